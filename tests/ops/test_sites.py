"""``vigie site``: a permission and limits, stated once for a site, and written down."""

import sys
from collections.abc import Callable

import pytest
from sqlalchemy import select

from ops.cli import main
from tests.factories import make_source
from vigie.errors import VigieError
from vigie.hours import read_hours
from vigie.settings import Settings, load_settings
from vigie.store import AuditEntry, Permission, Shop, Site, Source
from vigie.store.session import open_engine, session_factory

Vigie = Callable[..., tuple[int, str, str]]


@pytest.fixture
def vigie(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Vigie:
    """The command on a database with one source; gives the status, stdout and stderr."""
    engine = open_engine(sqlite_settings)
    with session_factory(engine).begin() as session:
        source = make_source(session)
        assert source.site is not None
        source.site.host = "avis.example"
    engine.dispose()
    monkeypatch.setenv("VIGIE_DATA_DIR", str(sqlite_settings.data_dir))
    monkeypatch.setenv("VIGIE_CONTACT", "tests@example.org")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["vigie", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return code, out, err

    return run


def _stored() -> tuple[Site, list[AuditEntry]]:
    engine = open_engine(load_settings())
    with session_factory(engine)() as session:
        site = session.scalars(select(Site)).one()
        entries = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    engine.dispose()
    return site, entries


def test_a_permission_is_stated_and_each_change_of_it_is_audited(vigie: Vigie) -> None:
    status, out, _ = vigie("site", "set", "Avis.Example", "--permission", "written", "--note", "x")
    assert (status, "accord écrit" in out) == (0, True)
    vigie("site", "set", "avis.example", "--permission", "none")
    vigie("site", "set", "avis.example", "--permission", "none")
    site, entries = _stored()
    assert (site.permission, site.permission_note) == (Permission.NONE, None)
    assert site.permission_at is not None
    changes = [(entry.detail["before"], entry.detail["after"]) for entry in entries]
    assert changes == [("unstated", "written"), ("written", "none")]
    assert {entry.action for entry in entries} == {"site-permission"}


def test_limits_are_set_shown_and_taken_back(vigie: Vigie) -> None:
    words = ("--delay", "5", "--per-day", "500", "--hours", "22h30-6", "--concurrency", "2")
    status, out, _ = vigie("site", "set", "avis.example", *words)
    assert status == 0
    for shown in ("5,0 s", "500 requêtes par jour", "de 22 h 30 à 6 h", "2 requêtes à la fois"):
        assert shown in out
    assert "500 requêtes" in vigie("site", "list")[1]
    site, entries = _stored()
    assert (site.min_delay_s, site.requests_per_day, site.concurrency) == (5, 500, 2)
    assert (site.open_minute, site.close_minute) == (22 * 60 + 30, 6 * 60)
    assert entries[-1].detail["to"]["requests_per_day"] == 500
    _, out, _ = vigie("site", "set", "avis.example", "--reset-limits")
    assert "limites par défaut" in out
    assert _stored()[0].open_minute is None
    assert vigie("source", "undo", "2")[0] == 0
    assert (_stored()[0].min_delay_s, _stored()[0].open_minute) == (5, 22 * 60 + 30)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ailleurs.example", "--permission", "none"), "site list"),
        (("avis.example",), "--permission"),
        (("avis.example", "--hours", "8 à 20"), "8-20"),
        (("avis.example", "--hours", "8-25"), "8-20"),
    ],
)
def test_what_cannot_be_stated_is_said_in_one_sentence(
    vigie: Vigie, words: tuple[str, ...], said: str
) -> None:
    status, out, err = vigie("site", "set", *words)
    assert (status, out, said in err) == (1, "", True)
    assert len(err.strip().splitlines()) == 1


def test_a_source_cannot_change_what_was_stated_for_its_site(vigie: Vigie) -> None:
    vigie("site", "set", "avis.example", "--permission", "written")
    shop = ("--shop", _shop())
    url = "https://avis.example/autre"
    status, _, err = vigie("source", "add", url, *shop, "--permission", "none")
    assert (status, "vigie site set" in err) == (1, True)
    assert vigie("source", "add", url, *shop, "--permission", "written")[0] == 0


def test_a_source_whose_permission_is_not_stated_says_how_to_state_it(vigie: Vigie) -> None:
    _, out, _ = vigie("source", "add", "https://neuf.example/avis", "--shop", _shop())
    assert "vigie site set neuf.example --permission" in out
    assert "non précisée" in vigie("source", "list")[1]
    vigie("site", "set", "neuf.example", "--permission", "written")
    _, out, _ = vigie("source", "add", "https://neuf.example/autre", "--shop", _shop())
    assert "--permission" not in out


def test_both_cadences_of_a_source_can_be_changed_later(vigie: Vigie) -> None:
    vigie("source", "add", "https://neuf.example/avis", "--shop", _shop())
    status, out, _ = vigie("source", "set", "2", "--every", "12", "--full-every", "14")
    assert (status, "12 heures" in out, "14 jours" in out) == (0, True, True)
    assert vigie("source", "set", "2")[0] == 1
    engine = open_engine(load_settings())
    with session_factory(engine)() as session:
        changed = session.get_one(Source, 2)
    engine.dispose()
    assert (changed.cadence_s, changed.full_cadence_s) == (12 * 3600, 14 * 86_400)


def _shop() -> str:
    engine = open_engine(load_settings())
    with session_factory(engine)() as session:
        slug = session.scalars(select(Shop.slug)).one()
    engine.dispose()
    return slug


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("8-20", (480, 1200)),
        ("8h-20h", (480, 1200)),
        ("8:15 - 20:45", (495, 1245)),
        ("22-6", (1320, 360)),
        ("0-24", (None, None)),
        ("18-24", (1080, 0)),
    ],
)
def test_hours_are_read_as_people_write_them(
    text: str, minutes: tuple[int | None, int | None]
) -> None:
    assert read_hours(text) == minutes


@pytest.mark.parametrize("text", ["", "8", "8-", "25-3", "8:99-9", "matin", "8-20-22"])
def test_other_words_are_no_hours(text: str) -> None:
    with pytest.raises(VigieError, match="plage"):
        read_hours(text)
