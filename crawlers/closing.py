"""The end of a crawl: its row, its source's health and next run, and the claim freed."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.health import FAILURES_UNTIL_BROKEN, health_after
from vigie.cadence.rule import run_after
from vigie.clock import now
from vigie.store import Crawl, Outcome, Source
from vigie.store.health_change import change_health


def close_crawl(
    session: Session,
    crawl_id: int,
    outcome: Outcome,
    evidence: dict[str, Any],
    **values: Any,
) -> None:
    """Write how a crawl ended; the caller commits.

    Args:
        values: columns of ``Crawl``, by name.
    """
    crawl = session.get_one(Crawl, crawl_id)
    source = session.get_one(Source, crawl.source_id)
    crawl.outcome = outcome
    crawl.evidence = evidence
    crawl.finished_at = now()
    for name, value in values.items():
        setattr(crawl, name, value)
    _update_source(session, source, crawl)


def _update_source(session: Session, source: Source, crawl: Crawl) -> None:
    session.flush()
    last = session.scalars(
        select(Crawl.outcome)
        .where(Crawl.source_id == source.id, Crawl.outcome.is_not(None))
        .order_by(Crawl.id.desc())
        .limit(FAILURES_UNTIL_BROKEN)
    )
    health = health_after([outcome for outcome in last if outcome is not None])
    change_health(session, source, health, now(), crawl.evidence)
    source.next_run_at = run_after(source, now())
    source.claimed_until = source.claimed_by = None
