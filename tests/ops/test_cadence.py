"""``vigie source set`` and ``vigie cadence``: three kinds of cadence, and why."""

import sys
from collections.abc import Callable

import pytest

from ops.cli import main
from ops.pipeline import adapt
from tests.factories import make_source
from vigie.settings import Settings
from vigie.store import AuditEntry, Source
from vigie.store.session import open_engine, session_factory

Vigie = Callable[..., tuple[int, str]]


@pytest.fixture
def vigie(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Vigie:
    """The command on a database with one source and one import; gives the status and all output."""
    engine = open_engine(sqlite_settings)
    with session_factory(engine).begin() as session:
        make_source(session)
        make_source(session, site_id=None, next_run_at=None)
    engine.dispose()
    monkeypatch.setenv("VIGIE_DATA_DIR", str(sqlite_settings.data_dir))
    monkeypatch.setenv("VIGIE_CONTACT", "tests@example.org")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["vigie", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(str(ended.value.code)), out + err

    return run


def test_a_source_is_read_by_cron_then_as_its_news_come_and_each_change_is_audited(
    vigie: Vigie, sqlite_settings: Settings
) -> None:
    status, said = vigie("source", "set", "1", "--cron", "0 6 * * 1-5")
    assert (status, "0 6 * * 1-5" in said, "06:00" in said) == (0, True, True)
    assert vigie("source", "set", "1", "--adaptive")[0] == 0
    engine = open_engine(sqlite_settings)
    factory = session_factory(engine)
    # The schedule computes it at its next tick, and not again that day.
    assert [adapt(sqlite_settings, factory) for _ in range(2)] == [1, 0]
    status, said = vigie("cadence")
    assert (status, "d’après des sources semblables" in said) == (0, True)
    assert "Une cadence calculée, 0 changée." in said
    with factory() as session:
        source = session.get_one(Source, 1)
        kinds = [entry.detail["to"]["cadence_kind"] for entry in session.query(AuditEntry)]
    engine.dispose()
    assert (source.cadence_kind, source.cron, source.cadence_s) == ("adaptive", None, 86_400)
    assert kinds == ["cron", "adaptive"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("1", "--cron", "0 6 * * lundi"), "cinq champs"),
        (("1", "--cron", "0 6 * * 1", "--adaptive"), "Plusieurs cadences"),
        (("1",), "--cron"),
        (("2", "--adaptive"), "import"),
    ],
)
def test_what_cannot_be_says_why_and_changes_nothing(
    vigie: Vigie, words: tuple[str, ...], why: str
) -> None:
    status, said = vigie("source", "set", *words)
    assert (status, why in said) == (1, True)
    assert "Aucune source n’a de cadence adaptée" in vigie("cadence")[1]
