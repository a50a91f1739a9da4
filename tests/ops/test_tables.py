"""What a table prints can be used: nothing cut short, nothing taken for markup."""

import pytest

from tests.ops.conftest import Vigie

URL = "https://avis.example.fr/centre-val-de-loire/garage-du-pont-de-la-motte-rouge"


@pytest.fixture
def listed(installed: Vigie, monkeypatch: pytest.MonkeyPatch) -> Vigie:
    """The command on one source with a long address, whose output goes to another program."""
    installed("shop", "add", "Garage [/b] [red]Martin", "--trade", "garage", "--slug", "martin")
    added = installed("source", "add", URL, "--shop", "martin", "--label", "[/i] avis")
    assert added.status == 0, added.err
    monkeypatch.setenv("COLUMNS", "40")
    return installed


def test_an_address_that_is_piped_on_is_whole(listed: Vigie) -> None:
    assert URL in listed("source", "list").out


def test_what_was_typed_is_never_markup(listed: Vigie) -> None:
    assert "Garage [/b] [red]Martin" in listed("shop", "list").out
    assert "[/i] avis" in listed("source", "list").out


def test_how_a_crawl_went_is_told_in_whole_sentences(listed: Vigie) -> None:
    assert listed("site", "set", "avis.example.fr", "--permission", "none").status == 0
    crawled = listed("crawl", "--source", "1")
    assert crawled.status == 1
    assert "[/i] avis · Garage [/b] [red]Martin" in crawled.out
    said = "Le site est marqué sans permission de lecture\u00a0: il n’est pas lu."
    assert crawled.out.splitlines()[-1].endswith(said)


def test_what_a_site_said_is_in_french(listed: Vigie) -> None:
    from vigie.settings import load_settings
    from vigie.store import Site
    from vigie.store.session import open_engine, session_factory

    with session_factory(open_engine(load_settings())).begin() as session:
        site = session.get_one(Site, 1)
        site.robots_decision, site.tdm_decision = "allowed", "none"
    said = listed("site", "list").out
    assert "permet la lecture" in said
    assert "allowed" not in said
