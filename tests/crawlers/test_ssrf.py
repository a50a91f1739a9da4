"""No form of a forbidden address gets a connection: crawled for real, counted at the socket."""

import pytest
from sqlalchemy.orm import Session

from crawlers.sources import add_source
from tests.crawlers.hostile import FORMS, Figures, crawl_all
from tests.factories import make_shop
from vigie.errors import VigieError
from vigie.settings import Settings, load_settings
from vigie.store import Outcome, Site
from vigie.store.session import open_engine
from vigie.store.upgrade import upgrade


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder = tmp_path_factory.mktemp("ssrf")
    settings = load_settings(data_dir=folder / "data", contact="tests@example.org")
    settings.data_dir.mkdir()
    engine = open_engine(settings)
    upgrade(engine)
    engine.dispose()
    return crawl_all(settings, folder)


def test_no_connection_is_made_to_any_of_them(figures: Figures) -> None:
    assert figures.strays == []
    assert figures.visits == 0


def test_the_connections_that_are_allowed_were_counted(figures: Figures) -> None:
    # Else the count above would be worth nothing.
    assert figures.allowed >= 20


def test_at_least_sixty_forms_were_tried_and_each_ends_in_an_outcome(figures: Figures) -> None:
    assert len(FORMS) >= 60
    good = {Outcome.OK, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.PARTIAL}
    kept = {
        name: result.sentence
        for name, result in figures.results.items()
        if result.outcome in good or result.reviews
    }
    assert kept == {}


def test_only_what_is_plainly_written_as_the_operators_own_is_put_on_the_allow_list(
    sqlite_settings: Settings, sqlite_session: Session
) -> None:
    shop = make_shop(sqlite_session)
    allowed, refused = set(), set()
    for number, (name, form) in enumerate(FORMS.items()):
        url = form.replace("PORT", str(8100 + number))
        try:
            source = add_source(sqlite_session, sqlite_settings, shop, url)
        except VigieError:
            refused.add(name)
        else:
            if sqlite_session.get_one(Site, source.site_id).private_allowed:
                allowed.add(name)
    assert allowed == OWN
    # A name is only known by what DNS says at the crawl; everything else is refused at once.
    names = {name for name in FORMS if name.startswith(("a name", "the same"))}
    assert set(FORMS) - refused - allowed == names | DISGUISED


OWN = {
    "loopback",
    "loopback, not the first",
    "localhost",
    "localhost, capitals",
    "a hash before the sign",
    "private, class A",
    "private, class B",
    "private, class B, the last",
    "private, class C",
    "IPv6 loopback",
    "IPv6 loopback, in full",
    "IPv6 unique local",
}
# Names of this machine that nobody writes plainly: they are added, and the crawl refuses them.
DISGUISED = {"localhost, trailing dot", "localhost, a name below", "localhost, circled letters"}
