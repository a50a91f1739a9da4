"""Settings fail loudly, and every one of them is documented."""

import stat
from pathlib import Path

import pytest

from vigie.errors import VigieError
from vigie.secret_key import secret_key
from vigie.settings import Settings, load_settings

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_a_wrong_value_is_named_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_PORT", "eight thousand")
    with pytest.raises(VigieError, match=r"VIGIE_PORT.*eight thousand"):
        load_settings()


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    monkeypatch.setenv("VIGIE_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert secret_key(load_settings()) == "k" * 40


def test_a_secret_file_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIE_SMTP_PASSWORD_FILE", "/nowhere/password")
    with pytest.raises(VigieError, match="/nowhere/password"):
        load_settings()


def test_a_short_key_is_refused() -> None:
    with pytest.raises(VigieError, match="32"):
        secret_key(load_settings(secret_key="short"))


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "data")
    assert secret_key(settings) == secret_key(settings)
    mode = (tmp_path / "data" / "secret.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    with pytest.raises(VigieError, match="VIGIE_DATA_DIR"):
        secret_key(load_settings(data_dir=tmp_path / "data" / "deeper"))


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`VIGIE_{name.upper()}`" in DOCS.read_text(encoding="utf-8")
