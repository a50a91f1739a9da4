"""A page that moved keeps its reviews, and is read whole at its new address."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.moving import move_source
from tests.factories import make_review, make_shop, make_source
from vigie import clock
from vigie.errors import VigieError
from vigie.store import AuditEntry, PageMemory, Permission, Review, Site, Source
from vigie.store.site import state_permission
from vigie.store.source import due_source_ids

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def source(session: Session) -> Source:
    clock.set_clock(lambda: NOW)
    source = make_source(
        session,
        make_shop(session, slug="garage"),
        cursor="page 3",
        full_at=NOW,
        next_run_at=NOW + timedelta(hours=9),
    )
    assert source.site is not None
    source.label = source.site.host
    make_review(session, source)
    session.add(PageMemory(source_id=source.id, url=source.url, reader="1", read_at=NOW, held={}))
    session.commit()
    return source


def test_a_page_that_moved_keeps_its_reviews_and_is_read_whole_at_once(
    session: Session, source: Source
) -> None:
    old, before = source.url, source.site
    assert before is not None
    move_source(session, source, "https://Avis.Example.com/nouvelle#avis")
    session.commit()
    session.expire_all()
    assert source.url == "https://avis.example.com/nouvelle"
    assert source.site is not None
    # The usual name follows its site; nothing else needed the old one.
    assert source.label == source.site.host == "avis.example.com"
    assert [site.host for site in session.scalars(select(Site))] == ["avis.example.com"]
    assert (source.cursor, source.full_at) == (None, None)
    assert session.scalars(select(PageMemory)).all() == []
    assert len(session.scalars(select(Review)).all()) == 1
    assert due_source_ids(session, NOW) == [source.id]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "source-move")).one()
    assert entry.detail == {"before": old, "after": source.url}


def test_the_new_site_has_a_permission_of_its_own(session: Session, source: Source) -> None:
    assert source.site is not None
    state_permission(session, source.site, Permission.OWN_PAGE)
    old, source.label = source.site.host, "Avis du Coin"
    session.commit()
    move_source(session, source, "https://avis.example.com/nouvelle")
    session.commit()
    assert source.site.permission is Permission.UNSTATED
    assert source.label == "Avis du Coin"
    # What was stated of a site is about the site.
    assert old in session.scalars(select(Site.host)).all()


def test_only_a_page_that_is_not_being_read_moves_and_to_one_that_is_not_watched(
    session: Session, source: Source
) -> None:
    other = make_source(session, source.shop)
    session.commit()
    for url in (other.url, "ftp://avis.example.com/x", source.url):
        with pytest.raises(VigieError):
            move_source(session, source, url)
    source.claimed_until = NOW + timedelta(minutes=3)
    session.commit()
    with pytest.raises(VigieError, match="en cours de lecture"):
        move_source(session, source, "https://avis.example.com/nouvelle")
    session.rollback()
    service = make_source(session, source.shop, platform="google")
    with pytest.raises(VigieError, match="pas une page web"):
        move_source(session, service, "https://avis.example.com/nouvelle")
