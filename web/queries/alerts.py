"""Alerts as pages list them, what each rests on, what people did with it and found of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from vigie.alert_life import moves_of
from vigie.clock import now
from vigie.store import Alert, AlertFeedback, AlertState, AuditEntry, Listing, Review, User
from vigie.store.upsert import insert_for
from vigie.wilson import wilson_interval
from web.queries.paging import Paged, page_of

ALERTS_A_PAGE = 20
MOST_SHOWN = 20


@dataclass(frozen=True)
class Move:
    """One move of an alert; ``who`` is None where Vigie made it."""

    entry: AuditEntry
    who: str | None


@dataclass(frozen=True)
class Precision:
    """How often an alert of a kind was of use: ``low`` and ``high`` bound the share at 95 %.

    An alert on which several people answered counts once, as of use if most of them say so.
    """

    kind: str
    told: int
    judged: int
    useful: int
    low: float = 0.0
    high: float = 1.0

    @property
    def share(self) -> float:
        """Return the measured precision; 0 where nobody answered."""
        return self.useful / self.judged if self.judged else 0.0


def alerts_page(session: Session, shop_id: int, number: int) -> Paged[Alert]:
    """Return a page of the shop's alerts: those that wait first, then the newest."""
    waiting = case((Alert.state == AlertState.OPEN, 0), else_=1)
    query = (
        select(Alert)
        .where(Alert.shop_id == shop_id)
        .order_by(waiting, Alert.detected_at.desc(), Alert.id.desc())
    )
    page = page_of(session, query, number, ALERTS_A_PAGE)
    return Paged([alert for (alert,) in page.items], page.number, page.size, page.total)


def history(session: Session, alert: Alert) -> list[Move]:
    """Return who did what with an alert, the newest first."""
    entries = moves_of(session, alert)
    ids = {entry.user_id for entry in entries if entry.user_id is not None}
    people = session.scalars(select(User).where(User.id.in_(ids)))
    names = {person.id: person.email for person in people}
    return [Move(entry, names.get(entry.user_id) if entry.user_id else None) for entry in entries]


def evidence(session: Session, alert: Alert) -> tuple[Sequence[Review], Sequence[Listing]]:
    """Return the reviews and the listings that an alert rests on, of its shop or its rivals."""
    review_ids = alert.facts.get("review_ids", [])[:MOST_SHOWN]
    listing_ids = alert.facts.get("listing_ids", [])[:MOST_SHOWN]
    reviews = session.scalars(
        select(Review)
        .where(Review.id.in_(review_ids))
        .order_by(Review.published_at.desc(), Review.id.desc())
        .options(joinedload(Review.source))
    ).all()
    listings = session.scalars(
        select(Listing).where(Listing.id.in_(listing_ids)).order_by(Listing.price_cents)
    ).all()
    return reviews, listings


def feedback_of(session: Session, alert: Alert, user_id: int) -> bool | None:
    """Return what a person found of an alert, None before they said so."""
    given = AlertFeedback.alert_id == alert.id, AlertFeedback.user_id == user_id
    return session.scalar(select(AlertFeedback.useful).where(*given))


def give_feedback(session: Session, alert: Alert, user_id: int, useful: bool | None) -> None:
    """Keep what a person found of an alert; None takes it back."""
    if useful is None:
        given = AlertFeedback.alert_id == alert.id, AlertFeedback.user_id == user_id
        for row in session.scalars(select(AlertFeedback).where(*given)):
            session.delete(row)
        return
    answer = {"useful": useful, "given_at": now()}
    session.execute(
        insert_for(session, AlertFeedback)
        .values(alert_id=alert.id, user_id=user_id, **answer)
        .on_conflict_do_update(index_elements=["alert_id", "user_id"], set_=answer)
    )


def precisions(session: Session) -> list[Precision]:
    """Return the measured precision of each kind of alert that was told."""
    judged = (
        select(
            AlertFeedback.alert_id,
            func.avg(case((AlertFeedback.useful, 1.0), else_=0.0)).label("share"),
        )
        .group_by(AlertFeedback.alert_id)
        .subquery()
    )
    rows = session.execute(
        select(
            Alert.kind,
            func.count(),
            func.count(judged.c.share),
            func.sum(case((judged.c.share > 0.5, 1), else_=0)),
        )
        .outerjoin(judged, judged.c.alert_id == Alert.id)
        .group_by(Alert.kind)
        .order_by(Alert.kind)
    )
    return [_precision(kind, told, judged, int(useful)) for kind, told, judged, useful in rows]


def _precision(kind: str, told: int, judged: int, useful: int) -> Precision:
    bounds = wilson_interval(useful, judged) if judged else (0.0, 1.0)
    return Precision(kind, told, judged, useful, *bounds)
