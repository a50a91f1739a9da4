"""What a shop's weekly mails have told: what was published by a day, and known by a moment.

A mail tells what is known when it is made, also what was read on the very morning; the next one
goes on from there. So whatever is read late is told once, in the first mail after it is known.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.brief.readings import Reading, day_start
from vigie.store import Message
from vigie.store.message import WEEKLY


@dataclass(frozen=True, slots=True)
class Told:
    """All that had been told once the brief of a week was made."""

    last_day: date
    until: datetime

    def has(self, reading: Reading) -> bool:
        """Say whether a review was told by then."""
        return reading.day <= self.last_day and reading.known_at <= self.until


def weekly_key(shop_id: int, week_end: date) -> str:
    """Return the dedupe key of a shop's weekly message."""
    return f"{WEEKLY}:{shop_id}:{week_end.isoformat()}"


def told_by(session: Session, shop_id: int, week_end: date, moment: datetime | None = None) -> Told:
    """Return what the brief of the week that ends on ``week_end`` tells, and those before it.

    Args:
        moment: when it is made, for one that was not; by default, as the week ends.
    """
    made_at = session.scalar(
        select(Message.created_at).where(Message.dedupe_key == weekly_key(shop_id, week_end))
    )
    return Told(week_end, made_at or moment or day_start(week_end + timedelta(days=1)))


def last_told(session: Session, shop_id: int, week_end: date) -> Told | None:
    """Return what the shop's last weekly mail of an earlier week told; None: there was none."""
    mail = session.execute(
        select(Message.dedupe_key, Message.created_at)
        .where(
            Message.shop_id == shop_id,
            Message.kind == WEEKLY,
            Message.dedupe_key < weekly_key(shop_id, week_end),
        )
        .order_by(Message.dedupe_key.desc())
        .limit(1)
    ).first()
    if mail is None:
        return None
    return Told(date.fromisoformat(mail.dedupe_key.rpartition(":")[2]), mail.created_at)
