"""Why the machine refuses is said in French, too."""

import errno
import os
import socket
import ssl
from pathlib import Path

import pytest

from vigie.errors import VigieError, reason_of
from vigie.settings import load_settings


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EACCES, os.strerror(errno.EACCES)), "accès refusé"),
        (OSError(errno.EADDRINUSE, "Address already in use (…)"), "déjà pris"),
        (TimeoutError("timed out"), "pas de réponse à temps"),
        (socket.gaierror(-2, "Name or service not known"), "introuvable"),
        # Its number is that of a refused operation, its words are what tells.
        (ssl.SSLError(1, "wrong version number"), "wrong version number"),
        (OSError("a library's own words"), "a library's own words"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_reason_is_french_where_the_system_gives_it(error: Exception, said: str) -> None:
    assert said in reason_of(error)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("VIGIE_PORT", "huit mille", "il faut un nombre entier"),
        ("VIGIE_PORT", "99999", "il faut 65535 au plus"),
        ("VIGIE_MAX_PAGES", "0", "il faut 1 au moins"),
        ("VIGIE_CRAWL_DELAY_S", "vite", "il faut un nombre"),
        ("VIGIE_CADENCE_HOURS", "0", "il faut plus de 0"),
        ("VIGIE_SMTP_SECURITY", "ssl", "choisissez parmi 'starttls', 'tls' ou 'none'"),
    ],
)
def test_what_a_setting_wants_is_said_in_french(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(VigieError) as refused:
        load_settings()
    assert said in str(refused.value)
    assert "Input should" not in str(refused.value)


def test_a_secret_file_that_is_a_folder_is_said_to_be_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VIGIE_SECRET_KEY_FILE", str(tmp_path))
    with pytest.raises(VigieError, match="c’est un dossier"):
        load_settings()
