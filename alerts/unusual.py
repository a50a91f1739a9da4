"""Bursts and suspicion in one look at a shop's reviews: told once each, kept true, let go."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from alerts.bursts import Rhythm, bursts
from alerts.clients import is_client
from alerts.life import LIVING, Fact, end, tell
from alerts.reviews import told_reviews
from alerts.suspicion import suspicions
from vigie.reputation_text import BURST, SUSPICIONS
from vigie.store import Alert, Review, ReviewState, Shop

KINDS = (BURST, *SUSPICIONS)


def unusual(session: Session, shop_id: int) -> list[Fact]:
    """Return what is unusual about a shop's reviews now; nothing of one that nobody reads about."""
    if session.scalar(select(Shop.id).where(Shop.id == shop_id, is_client())) is None:
        return []
    told = told_reviews(session, shop_id)
    rhythm = Rhythm(told)
    return [*bursts(shop_id, rhythm), *suspicions(session, shop_id, rhythm, told)]


def tell_unusual(session: Session, shop_id: int, facts: Sequence[Fact]) -> int:
    """Write these facts, and let go of what rested on reviews that are gone.

    Returns:
        How many alerts are new or open again.
    """
    known = session.scalars(
        select(Alert).where(Alert.shop_id == shop_id, Alert.kind.in_(KINDS)).order_by(Alert.id)
    ).all()
    told = sum(tell(session, _as_known(fact, known)) for fact in facts)
    living = [alert for alert in known if alert.state in LIVING]
    end(session, [alert for alert in living if _has_lost_its_reviews(session, alert)])
    return told


def _as_known(fact: Fact, known: Sequence[Alert]) -> Fact:
    """Give a fact the subject under which it was told already: one that rests on the same."""
    ids = set(fact.facts["review_ids"])
    for alert in known:
        if alert.kind == fact.kind and ids & set(alert.facts["review_ids"]):
            return replace(fact, subject=alert.subject)
    return fact


def _has_lost_its_reviews(session: Session, alert: Alert) -> bool:
    """Say whether fewer than half of the reviews that it rests on are still shown."""
    ids = alert.facts["review_ids"]
    present = Review.id.in_(ids), Review.state == ReviewState.PRESENT
    return 2 * (session.scalar(select(func.count()).where(*present)) or 0) < len(ids)
