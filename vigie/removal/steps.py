"""The steps that removing a source and removing a shop share; the caller commits."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import CursorResult, delete, or_, select, update
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.errors import VigieError
from vigie.reputation_text import URGENT_REVIEW
from vigie.store import (
    Alert,
    Credential,
    Message,
    MessageState,
    RecipeTrial,
    Review,
    ReviewState,
    Site,
    Source,
)
from vigie.store.message import WEEKLY, urgent_key
from vigie.store.unused_sites import forget_unused

# Longer than any removal takes; the rows are gone at its end.
HELD = timedelta(hours=1)
HOLDER = "removal"
A_STATEMENT = 500


def hold(session: Session, sources: Sequence[Source]) -> None:
    """Keep crawls off these sources until the transaction ends.

    Raises:
        VigieError: a crawl holds one of them.
    """
    for source in sources:
        held = session.execute(
            update(Source)
            .where(
                Source.id == source.id,
                or_(Source.claimed_until.is_(None), Source.claimed_until < now()),
            )
            .values(claimed_until=now() + HELD, claimed_by=HOLDER)
            .execution_options(synchronize_session=False)
        )
        if not isinstance(held, CursorResult) or held.rowcount != 1:
            raise VigieError("removal-error-running", source=source.label, number=str(source.id))


def drop_alerts(session: Session, alert_ids: Sequence[int]) -> None:
    """Drop alerts, and the mails that told one of them alone: they quote its review."""
    for start in range(0, len(alert_ids), A_STATEMENT):
        part = alert_ids[start : start + A_STATEMENT]
        urgent = select(Alert.facts).where(Alert.id.in_(part), Alert.kind == URGENT_REVIEW)
        keys = [urgent_key(facts["review_ids"][0]) for facts in session.scalars(urgent)]
        session.execute(
            delete(Message)
            .where(Message.dedupe_key.in_(keys))
            .execution_options(synchronize_session=False)
        )
        session.execute(
            delete(Alert).where(Alert.id.in_(part)).execution_options(synchronize_session=False)
        )


def forget_letters(session: Session, shop_id: int) -> None:
    """Empty a shop's mails that have left, and drop the week's that waits: they may quote it.

    The schedule makes the week's again without it. What waits to tell another review stays.
    """
    its = Message.shop_id == shop_id
    session.execute(
        delete(Message)
        .where(its, Message.kind == WEEKLY, Message.state == MessageState.QUEUED)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Message)
        .where(its, Message.state.in_((MessageState.SENT, MessageState.FAILED)))
        .values(mime=b"")
        .execution_options(synchronize_session=False)
    )


def hand_copies_over(session: Session, source_id: int) -> None:
    """Let the copies of a source's reviews on other sources count from now on.

    Of those that pointed to one review, the first that is still shown takes its place.
    """
    own = select(Review.id).where(Review.source_id == source_id)
    copies = session.execute(
        select(Review.id, Review.duplicate_of_id, Review.state)
        .where(Review.duplicate_of_id.in_(own))
        .order_by(Review.id)
    ).all()
    heads: dict[int | None, int] = {}
    for copy in sorted(copies, key=lambda one: (one.state is ReviewState.GONE, one.id)):
        heads.setdefault(copy.duplicate_of_id, copy.id)
    changes = []
    for copy in copies:
        head = heads[copy.duplicate_of_id]
        changes.append({"id": copy.id, "duplicate_of_id": None if head == copy.id else head})
    if changes:
        session.execute(update(Review), changes)


def forget_sites(session: Session, site_ids: Collection[int | None]) -> None:
    """Drop the secrets of those of these sites that have no source left, and what is not needed.

    What was stated of a site (its permission, its limits) stays: it is about the site.
    """
    used = select(Source.site_id).where(Source.site_id.is_not(None))
    left = session.execute(
        select(Site.id, Site.host).where(Site.id.in_(site_ids), Site.id.not_in(used))
    ).all()
    session.execute(
        delete(Credential)
        .where(Credential.site_id.in_([site.id for site in left]))
        .execution_options(synchronize_session=False)
    )
    tried = {urlsplit(url).netloc for url in session.scalars(select(RecipeTrial.url))}
    forget_unused(session, {site.host for site in left} - tried)
