"""Every setting of Vigie: one frozen object, read once from the environment and passed in.

Each field is the environment variable ``VIGIE_<NAME>``; a secret may come from the file named by
``VIGIE_<NAME>_FILE`` instead (the convention of container secrets).
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from vigie.errors import VigieError, reason_of
from vigie.french import has_text, t

PREFIX = "VIGIE_"
SECRETS = ("secret_key", "credential_keys", "smtp_password")


class Settings(BaseSettings):
    """The settings, validated; each field's description is its documentation."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data_dir: Path = Field(
        Path("data"), description="Folder of the embedded database, secret key and outbox."
    )
    database_url: str | None = Field(
        None,
        description="SQLAlchemy URL, such as postgresql+psycopg://user@host/vigie; "
        "SQLite in the data folder when unset.",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Key of sessions, links and author pseudonyms, 32 characters or more; "
        "made once in the data folder when unset.",
    )
    credential_keys: SecretStr | None = Field(
        None,
        description="Keys that seal the services' secrets, newest first, separated by spaces or "
        "commas; made once in the data folder when unset.",
    )
    contact: str = Field(
        "",
        description="E-mail or URL by which a site's owner can reach whoever runs this Vigie; "
        "sent in the user agent. Crawling refuses to start without it.",
    )
    public_url: str = Field(
        "",
        description="Address of the pages, as written in mails and links; this machine's, with "
        "VIGIE_PORT, when unset.",
    )
    host: str = Field("127.0.0.1", description="Address that the pages listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port of the pages; 0 picks a free one.")
    smtp_host: str = Field(
        "", description="SMTP server; when unset, mails are written to the outbox folder."
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the SMTP server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection to the SMTP server is protected."
    )
    smtp_user: str = Field("", description="Account at the SMTP server, if it asks for one.")
    smtp_password: SecretStr | None = Field(None, description="Password of that account.")
    mail_from: str = Field(
        "Vigie <vigie@localhost>", description="Sender of the mails, name and address."
    )
    digest_weekday: int = Field(
        0, ge=0, le=6, description="Day of the weekly mail: 0 is Monday, 6 is Sunday."
    )
    digest_hour: int = Field(7, ge=0, le=23, description="Hour of the weekly mail, in France.")
    max_body_mb: int = Field(10, ge=1, le=100, description="Largest page that is read, in MB.")
    max_pages: int = Field(200, ge=1, description="Most pages read in one crawl of one source.")
    max_depth: int = Field(50, ge=1, description="Most links followed one after another.")
    source_timeout_s: int = Field(
        600, ge=1, description="Longest one crawl of one source may take, in seconds."
    )
    crawl_delay_s: float = Field(
        2.0, ge=0, description="Least delay between two requests to a site, in seconds."
    )
    cadence_hours: float = Field(
        24.0,
        gt=0,
        description="Interval between two crawls of a new source, in hours; "
        "adaptive ones together take as many requests as if each were read so often.",
    )
    full_pass_days: float = Field(
        7.0,
        gt=0,
        description="Interval between two crawls of a new source that read every page, in days; "
        "in between, a crawl stops at the newest known review.",
    )
    tick_s: int = Field(30, ge=1, description="How often the scheduler looks for due work.")
    model: str = Field(
        "",
        description="Model that reads how satisfied a review is, with the [hub] extra: a name on "
        "the Hugging Face hub or a folder; the shipped one when unset.",
    )
    arl0: float = Field(
        1000.0,
        ge=50,
        description="Mean number of reviews between two false alarms of a shop where nothing "
        "changes (in-control average run length).",
    )

    @model_validator(mode="before")
    @classmethod
    def _public_url_of_this_machine(cls, values: dict[str, object]) -> dict[str, object]:
        given = str(values.get("public_url") or "").rstrip("/")
        host = str(values.get("host") or "127.0.0.1")
        here = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{values.get('port') or 8000}"  # noqa: S104  # Compared, not bound.
        return {**values, "public_url": given or here}

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.data_dir / 'vigie.sqlite3'}"

    @property
    def outbox_dir(self) -> Path:
        """Where mails are written when no SMTP server is configured."""
        return self.data_dir / "outbox"


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment.

    Raises:
        VigieError: a variable has a value that cannot be used; the sentence names it.
    """
    secrets = {name: _read_secret(name) for name in SECRETS}
    try:
        return Settings(**{k: v for k, v in {**secrets, **overrides}.items() if v is not None})  # type: ignore[arg-type]  # pydantic validates the values.
    except ValidationError as error:
        first = error.errors()[0]
        variable = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise VigieError(
            "error-setting", variable=variable, value=str(first["input"]), reason=_refusal(first)
        ) from None


def _refusal(error: ErrorDetails) -> str:
    """Return in French what was expected, where the catalogue knows it; pydantic's words, else."""
    text = f"reason-{error['type'].replace('_', '-')}"
    wanted = {name: str(value) for name, value in error.get("ctx", {}).items()}
    if "expected" in wanted:
        wanted["expected"] = wanted["expected"].replace(" or ", " ou ")
    return t(text, **wanted) if has_text(text) else error["msg"]


def _read_secret(name: str) -> str | None:
    path = os.environ.get(f"{PREFIX}{name.upper()}_FILE")
    if path is None:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise VigieError(
            "error-secret-file",
            variable=f"{PREFIX}{name.upper()}_FILE",
            path=path,
            reason=reason_of(error),
        ) from None
