"""History -> alerts: each shop's ratings, oldest first, through the detector.

The whole history is read again each time, so a review that was missed, edited or read late counts
where it belongs. What was told once is not told again: see ``Change.is_same_as``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.borrowing import lent_to
from alerts.detectors.prior import Prior
from alerts.detectors.shift import Shift, ShiftDetector
from alerts.history import History, history, level_between, to_stars
from alerts.life import settle
from alerts.unusual import tell_unusual, unusual
from alerts.why import why
from vigie.alert_text import SHIFT
from vigie.brief.facts import Level
from vigie.clock import now, today
from vigie.settings import Settings
from vigie.store import Alert, AlertState, Closing, Review, Severity, Shop
from vigie.store.upsert import insert_if_absent

SUBJECT = "rating"
# Past this a change is history, which backfilled reviews bring along: dated, but closed.
RECENT = timedelta(days=120)
# As reviews come in, the estimate of the day of a change wanders by this much.
WANDERING = timedelta(days=45)
# A review becomes visible some time after its moment of reading, when its crawl commits.
OVERLAP = timedelta(minutes=15)


@dataclass(frozen=True)
class Change:
    """A change of level: the day of its first review, and of the review that gave it away."""

    direction: str
    since: date
    told_by: date

    def is_same_as(self, other: "Change") -> bool:
        """Say whether both tell one change, whose date was estimated on different reviews."""
        if self.direction != other.direction:
            return False
        overlap = self.since <= other.told_by and other.since <= self.told_by
        return overlap or abs(self.since - other.since) <= WANDERING


Found = tuple[Change, Shift]


def detect(
    factory: sessionmaker[Session],
    settings: Settings,
    shop_ids: Sequence[int] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Look at these shops (all by default) and write the alerts that are new.

    Args:
        factory: makes sessions on the database.
        settings: ``arl0`` is the mean number of reviews between two false alarms.
        shop_ids: the shops to look at.
        on_progress: called with 1 after each shop.

    Returns:
        How many alerts are new.
    """
    if shop_ids is None:
        with factory() as session:
            shop_ids = session.scalars(select(Shop.id).order_by(Shop.id)).all()
    with factory() as session:
        lent = lent_to(session, shop_ids)
    with factory.begin() as session:
        settle(session)
    written = 0
    for shop_id in shop_ids:
        seen_before = now() - OVERLAP
        with factory() as session:
            values = history(session, shop_id)
            odd = unusual(session, shop_id)
        found = shifts_in(values, settings.arl0, lent.get(shop_id))
        # Reading and detecting hold no lock; writing is short.
        with factory.begin() as session:
            written += _write(session, shop_id, values, found)
            written += tell_unusual(session, shop_id, odd)
            session.execute(update(Shop).where(Shop.id == shop_id).values(detected_at=seen_before))
        if on_progress is not None:
            on_progress(1)
    return written


def shops_with_news(factory: sessionmaker[Session]) -> list[int]:
    """Return the shops that got a review since detection last looked at them.

    An edit, or a score without a new review, waits for the next review, or for a look at all.
    """
    news = exists().where(Review.shop_id == Shop.id, Review.first_seen_at >= Shop.detected_at)
    with factory() as session:
        return list(
            session.scalars(
                select(Shop.id).where(or_(Shop.detected_at.is_(None), news)).order_by(Shop.id)
            )
        )


def shifts_in(values: History, arl0: float, prior: Prior | None = None) -> list[Found]:
    """Return the changes that the detector tells in a shop's ratings, oldest first."""
    detector = ShiftDetector(arl0, prior)
    found: list[Found] = []
    for day, value in values:
        shift = detector.update(value)
        if shift is not None:
            change = Change(shift.direction, values[shift.change_index][0], day)
            # A level that goes on falling is one fall.
            if not found or not change.is_same_as(found[-1][0]):
                found.append((change, shift))
    return found


def _write(session: Session, shop_id: int, values: History, found: Sequence[Found]) -> int:
    rows = session.scalars(
        select(Alert)
        .where(Alert.shop_id == shop_id, Alert.kind == SHIFT)
        .order_by(Alert.changed_on)
    ).all()
    known = [_told(row) for row in rows]
    written = 0
    for number, (change, shift) in enumerate(found, 1):
        if _was_told(change, known):
            continue
        following = found[number][0].since if number < len(found) else None
        facts = _facts(change, shift, level_between(values, change.since, following))
        facts |= why(session, shop_id, change.direction, change.since, following)
        is_open = following is None and today() - change.since <= RECENT
        written += _insert(session, shop_id, change, facts, is_open=is_open)
    if written:
        _close_superseded(session, shop_id)
    elif rows and rows[-1].state is not AlertState.CLOSED:
        # What was told stays told; how far it goes is measured on all reviews since.
        last = rows[-1]
        after = _level_after(level_between(values, last.changed_on))
        reasons = why(session, shop_id, last.facts["direction"], last.changed_on)
        last.facts = {**last.facts, **after, **reasons}
    return written


def _told(alert: Alert) -> Change:
    since = alert.changed_on
    told_by = date.fromisoformat(alert.facts.get("told_by", since.isoformat()))
    return Change(alert.facts["direction"], since, told_by)


def _was_told(change: Change, known: Sequence[Change]) -> bool:
    """Say whether an alert has told this change; one from before a turn back is another."""
    return any(
        change.is_same_as(told)
        and not any(
            turn.direction != change.direction
            and min(told.since, change.since) < turn.since < max(told.since, change.since)
            for turn in known
        )
        for told in known
    )


def _insert(
    session: Session, shop_id: int, change: Change, facts: dict[str, Any], *, is_open: bool
) -> bool:
    moment = now()
    down = change.direction == "down"
    return insert_if_absent(
        session,
        Alert,
        ["key"],
        key=f"{shop_id}:{SHIFT}:{change.direction}:{change.since.isoformat()}",
        shop_id=shop_id,
        kind=SHIFT,
        subject=SUBJECT,
        changed_on=change.since,
        severity=Severity.WARNING if down else Severity.INFO,
        state=AlertState.OPEN if is_open else AlertState.CLOSED,
        state_changed_at=None if is_open else moment,
        facts=facts,
        detected_at=moment,
    )


def _facts(change: Change, shift: Shift, after: Level | None) -> dict[str, Any]:
    """Return the numbers behind the sentence; levels are in stars, bounds of 95 %."""
    levels = {
        "before": shift.before,
        "before_low": shift.before_low,
        "before_high": shift.before_high,
        "after": shift.after,
        "after_low": shift.after_low,
        "after_high": shift.after_high,
    }
    return {
        "direction": change.direction,
        "since": change.since.isoformat(),
        "told_by": change.told_by.isoformat(),
        "n_before": shift.n_before,
        "n_after": shift.n_after,
        **{name: round(to_stars(value), 3) for name, value in levels.items()},
        **_level_after(after),
    }


def _level_after(after: Level | None) -> dict[str, Any]:
    if after is None:
        return {}
    return {
        "after": round(after.mean, 3),
        "after_low": round(after.low, 3),
        "after_high": round(after.high, 3),
        "n_after": after.count,
    }


def _close_superseded(session: Session, shop_id: int) -> None:
    """Close what a later change has made history of."""
    newest = (
        select(Alert.changed_on)
        .where(Alert.shop_id == shop_id, Alert.kind == SHIFT)
        .order_by(Alert.changed_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    session.execute(
        update(Alert)
        .where(
            Alert.shop_id == shop_id,
            Alert.kind == SHIFT,
            Alert.state.in_((AlertState.OPEN, AlertState.SNOOZED)),
            Alert.changed_on < newest,
        )
        .values(state=AlertState.CLOSED, closed_because=Closing.OVER, state_changed_at=now())
        .execution_options(synchronize_session=False)
    )
