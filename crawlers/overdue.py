"""Sources that were not read when they should have been: nobody crawled, so no crawl tells it."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vigie.store import Health, Source
from vigie.store.health_change import change_health

# A run may wait its turn at a busy site; a day after it was due, or a whole interval, it is late.
LEAST_DELAY = timedelta(days=1)
# What is worse than late stays as it is.
_BETTER = (Health.NEW, Health.HEALTHY, Health.DEGRADED)


def mark_late(session: Session, moment: datetime) -> int:
    """Mark the sources whose run is overdue as late; return how many. The caller commits."""
    candidates = session.scalars(
        select(Source).where(
            Source.paused.is_(False),
            Source.next_run_at < moment - LEAST_DELAY,
            or_(Source.claimed_until.is_(None), Source.claimed_until < moment),
            Source.health.in_(_BETTER),
        )
    )
    late = [source for source in candidates if _delay(source, moment) > source.cadence_s]
    for source in late:
        days = max(1, round(_delay(source, moment) / LEAST_DELAY.total_seconds()))
        evidence = {"reason": "crawl-overdue", "args": {"days": days}}
        change_health(session, source, Health.LATE, moment, evidence)
    return len(late)


def _delay(source: Source, moment: datetime) -> float:
    """Return for how long the source has been due, in seconds."""
    return (moment - source.next_run_at).total_seconds() if source.next_run_at else 0.0
