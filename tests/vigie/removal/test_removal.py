"""Removing a source or a shop, on both databases: all of it goes, and nothing else."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import (
    SOME_MOMENT,
    make_listing,
    make_review,
    make_score,
    make_shop,
    make_source,
    make_user,
)
from vigie import clock
from vigie.alert_text import SHIFT
from vigie.removal import remove_shop, remove_source, shop_losses, source_losses
from vigie.reputation_text import BURST, URGENT_REVIEW
from vigie.store import (
    Alert,
    AspectMention,
    Base,
    Crawl,
    Credential,
    Member,
    MemberRole,
    Message,
    MessageState,
    PageMemory,
    Permission,
    Review,
    ReviewState,
    ReviewVersion,
    Rival,
    Severity,
    Shop,
    Site,
    Source,
    Tender,
)
from vigie.store.health_change import change_health
from vigie.store.site import state_permission
from vigie.store.source import Health, claim_source

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon() -> None:
    clock.set_clock(lambda: NOW)


def make_alert(session: Session, shop: Shop, kind: str, **facts: Any) -> Alert:
    number = session.scalar(select(func.count()).select_from(Alert))
    alert = Alert(
        shop_id=shop.id,
        key=f"{shop.id}:{kind}:{number}",
        kind=kind,
        subject=str(number),
        changed_on=date(2026, 3, 2),
        severity=Severity.WARNING,
        facts=facts,
        detected_at=SOME_MOMENT,
    )
    session.add(alert)
    session.flush()
    return alert


def make_message(session: Session, shop: Shop, key: str, state: MessageState) -> Message:
    message = Message(
        dedupe_key=key,
        shop_id=shop.id,
        channel="email",
        kind=key.split(":", maxsplit=1)[0],
        recipient="a@example.org",
        subject="La semaine",
        mime=b"Marie D. : trop long",
        state=state,
        created_at=SOME_MOMENT,
        next_attempt_at=SOME_MOMENT,
    )
    session.add(message)
    session.flush()
    return message


def fill(session: Session, source: Source) -> Review:
    """Give a source one row of each kind that belongs to it; return its review."""
    review = make_review(session, source)
    make_score(session, review)
    make_listing(session, source)
    session.add_all(
        [
            ReviewVersion(review_id=review.id, replaced_at=NOW, text="Avant", rating=4.0),
            AspectMention(
                review_id=review.id, model="modele-1", aspect="price", polarity="neg",
                start=0, end=3,
            ),
            Crawl(source_id=source.id, started_at=NOW),
            Credential(source_id=source.id, name="api_key", sealed="x", set_at=NOW),
            PageMemory(
                source_id=source.id, url=source.url, reader="1", read_at=NOW, held={}
            ),
            Tender(
                shop_id=source.shop_id, source_id=source.id, external_id="1", title="Toiture",
                departements=[], codes=[], descriptors=[], content_hash="x",
                first_seen_at=NOW, last_seen_at=NOW,
            ),
        ]
    )  # fmt: skip
    change_health(session, source, Health.BROKEN, NOW, {})
    session.flush()
    return review


def rows(session: Session) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def left(session: Session, rows: Sequence[Alert] | Sequence[Message]) -> list[bool]:
    """Say of each of these rows whether it is still there."""
    # Their numbers as they were read: the rows may be gone.
    numbers = [(type(row), row.id) for row in rows]
    session.expire_all()
    return [session.get(model, number) is not None for model, number in numbers]


def test_removing_a_source_leaves_as_many_rows_as_there_were_without_it(session: Session) -> None:
    kept = make_source(session)
    fill(session, kept)
    session.commit()
    before = rows(session)
    source = make_source(session, kept.shop)
    fill(session, source)
    session.commit()
    told = source_losses(session, source)
    assert told.counts() == dict.fromkeys(
        ("reviews", "listings", "tenders", "crawls", "secrets"), 1
    )
    assert remove_source(session, source) == told
    session.commit()
    assert rows(session) == before | {"audit_entry": before["audit_entry"] + 1}


def test_removing_a_shop_leaves_as_many_rows_as_there_were_without_it(session: Session) -> None:
    client = make_source(session)
    fill(session, client)
    person = make_user(session)
    session.commit()
    before = rows(session)
    source = make_source(session)
    first = fill(session, source)
    make_review(session, source, external_id="copie", duplicate_of_id=first.id)
    shop = source.shop
    session.add_all(
        [
            Member(user_id=person.id, shop_id=shop.id, role=MemberRole.OWNER),
            Rival(shop_id=shop.id, rival_id=client.shop_id),
            Rival(shop_id=client.shop_id, rival_id=shop.id),
        ]
    )
    make_alert(session, shop, SHIFT)
    make_message(session, shop, "weekly:1", MessageState.SENT)
    session.commit()
    told = shop_losses(session, shop)
    assert [one.id for one in told.beside] == [client.shop_id]
    assert told.without_shop == [person.email]
    assert remove_shop(session, shop) == told.losses
    session.commit()
    assert rows(session) == before | {"audit_entry": before["audit_entry"] + 1}


def test_a_copy_elsewhere_counts_once_its_original_is_removed(session: Session) -> None:
    shop = make_shop(session)
    sources = [make_source(session, shop) for _ in range(4)]
    head = make_review(session, sources[0])
    lost, shown, later = (
        make_review(session, source, duplicate_of_id=head.id) for source in sources[1:]
    )
    lost.state = ReviewState.GONE
    session.commit()
    remove_source(session, sources[0])
    session.commit()
    session.expire_all()
    assert (shown.duplicate_of_id, lost.duplicate_of_id, later.duplicate_of_id) == (
        None,
        shown.id,
        shown.id,
    )


def test_alerts_go_with_what_they_rest_on_and_others_stay(session: Session) -> None:
    shop, other = make_shop(session), make_shop(session)
    source, second, elsewhere = (
        make_source(session, shop),
        make_source(session, shop),
        make_source(session, other),
    )
    review, kept = make_review(session, source), make_review(session, second)
    own, theirs = make_listing(session, source), make_listing(session, elsewhere)
    more = make_listing(session, elsewhere)
    going = [
        make_alert(session, shop, URGENT_REVIEW, review_ids=[review.id], quote="trop long"),
        make_alert(session, shop, BURST, review_ids=[review.id, kept.id]),
        # Half of the shop's reviews go.
        make_alert(session, shop, SHIFT, review_ids=[]),
        make_alert(session, other, "opportunity-price", listing_ids=[own.id, theirs.id]),
    ]
    staying = [
        make_alert(session, shop, BURST, review_ids=[kept.id]),
        make_alert(session, other, "opportunity-price", listing_ids=[own.id, theirs.id, more.id]),
        make_alert(session, other, SHIFT, review_ids=[]),
    ]
    session.commit()
    assert remove_source(session, source).alerts == len(going)
    session.commit()
    assert left(session, going) == [False] * 4
    assert left(session, staying) == [True] * 3


def test_mails_that_quote_what_goes_are_emptied_or_made_again(session: Session) -> None:
    source = make_source(session)
    source.shop.detected_at = NOW
    review = make_review(session, source)
    make_alert(session, source.shop, URGENT_REVIEW, review_ids=[review.id])
    urgent = make_message(session, source.shop, f"urgent:{review.id}", MessageState.SENT)
    waiting = make_message(session, source.shop, "weekly:1", MessageState.QUEUED)
    sent = make_message(session, source.shop, "weekly:0", MessageState.SENT)
    other = make_message(session, source.shop, "urgent:0", MessageState.QUEUED)
    shop = source.shop
    session.commit()
    remove_source(session, source)
    session.commit()
    # What was sent is still known as sent: it is not sent again.
    assert left(session, [urgent, waiting, sent, other]) == [False, False, True, True]
    assert sent.mime == b""
    assert shop.detected_at is None


def test_a_sites_secret_goes_with_its_last_source_and_what_was_stated_stays(
    session: Session,
) -> None:
    first, plain = make_source(session), make_source(session)
    second = make_source(session, url="https://avis.example/autre")
    second.site_id = first.site_id
    for source in (first, plain):
        session.add(Credential(site_id=source.site_id, name="api_key", sealed="x", set_at=NOW))
    stated, unstated = first.site, plain.site_id
    assert stated is not None
    state_permission(session, stated, Permission.OWN_PAGE)
    session.commit()
    remove_source(session, first)
    remove_source(session, plain)
    session.commit()
    assert session.scalars(select(Credential.site_id)).all() == [stated.id]
    assert unstated not in session.scalars(select(Site.id)).all()
    remove_source(session, second)
    session.commit()
    assert session.scalars(select(Credential)).all() == []
    assert stated.id in session.scalars(select(Site.id)).all()


def test_a_crawl_that_comes_meanwhile_finds_nothing_to_read(
    factory: sessionmaker[Session],
) -> None:
    with factory.begin() as session:
        number = make_source(session).id
    claims: list[bool] = []

    def crawl() -> None:
        with factory() as other:
            claims.append(claim_source(other, number, "crawl", NOW + timedelta(minutes=10)))

    with factory.begin() as session:
        remove_source(session, session.get_one(Source, number))
        thread = Thread(target=crawl)
        thread.start()
        # It waits for the row, or for the database.
        thread.join(0.3)
        assert claims == []
    thread.join(10)
    assert claims == [False]


def test_a_removal_that_fails_removes_nothing(session: Session) -> None:
    free = make_source(session)
    read = make_source(session, free.shop, claimed_until=NOW + timedelta(minutes=3))
    fill(session, free)
    fill(session, read)
    shop = free.shop
    session.commit()
    before = rows(session)
    with pytest.raises(Exception, match="en cours de lecture"):
        remove_shop(session, shop)
    session.rollback()
    assert rows(session) == before
    assert free.claimed_until is None
