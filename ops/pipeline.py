"""The flow, a function a step: crawl -> score -> detect -> brief -> tell."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from vigie.clock import PARIS, now
from vigie.settings import Settings
from vigie.store.source import due_source_ids

if TYPE_CHECKING:
    from crawlers.run import CrawlResult
    from sentiment.scorer import Scorer

Factory = sessionmaker[Session]


def crawl_due(settings: Settings, factory: Factory) -> "list[CrawlResult]":
    """Crawl what is due; a source that another process holds is left to it."""
    with factory() as session:
        due = due_source_ids(session, now())
    return crawl(settings, due) if due else []


def crawl(settings: Settings, source_ids: Sequence[int]) -> "list[CrawlResult]":
    """Crawl these sources in a child process."""
    from crawlers.run import run_batch

    return run_batch(settings, source_ids)


@lru_cache(maxsize=1)
def scorer() -> "Scorer":
    """Load the model once a process, when it is first needed."""
    from sentiment.scorer import embedded_scorer

    return embedded_scorer()


def score(factory: Factory) -> int:
    """Score the reviews that have no score yet; return how many."""
    from sentiment.scoring import count_unscored, score_unscored

    # The model is not loaded for nothing.
    return score_unscored(factory, scorer()) if count_unscored(factory) else 0


def detect(settings: Settings, factory: Factory) -> int:
    """Look at the shops that have new reviews and write the alerts that are new."""
    from alerts.detect import detect as look
    from alerts.detect import shops_with_news

    return look(factory, settings, shops_with_news(factory))


def last_week_end(settings: Settings, moment: datetime) -> date:
    """Return the day of the last weekly brief that is due at a moment, in France."""
    local = moment.astimezone(PARIS)
    day = local.date() - timedelta(days=(local.weekday() - settings.digest_weekday) % 7)
    due = datetime.combine(day, time(settings.digest_hour), PARIS)
    return day if due <= local else day - timedelta(days=7)


def queue_week(settings: Settings, factory: Factory) -> int:
    """Queue the weekly briefs that are due and were never queued, late or not; return how many.

    The brief tells the seven whole days before its own: what comes later on its day is next
    week's news.
    """
    from alerts.digest import queue_weekly

    return queue_weekly(factory, settings, last_week_end(settings, now()) - timedelta(days=1))


def deliver(settings: Settings, factory: Factory) -> int:
    """Send what is queued; return how many messages left."""
    from alerts.deliver import deliver_due

    return deliver_due(factory, settings).sent
