"""The command line as a person runs it: words in, words and an exit status out."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ops.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    status: int
    out: str
    err: str


Vigie = Callable[..., Answer]


@pytest.fixture
def vigie(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Vigie:
    """Run ``vigie`` with a data folder of its own."""
    monkeypatch.setenv("VIGIE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("VIGIE_CONTACT", "tests@example.org")
    # Tables are not folded to a terminal that is not there.
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str) -> Answer:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["vigie", *words])
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        else:
            status = 0
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return run


@pytest.fixture
def installed(vigie: Vigie) -> Vigie:
    """The same, with its database made."""
    assert vigie("init").status == 0
    return vigie
