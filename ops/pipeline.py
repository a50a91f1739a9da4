"""The flow, a function a step: crawl -> score -> detect -> brief -> tell."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session, sessionmaker

from vigie.cadence.rule import HOUR_S
from vigie.clock import PARIS, now
from vigie.settings import Settings
from vigie.store.recipe_trial import forget_trials, waiting_trial
from vigie.store.source import due_source_ids, has_outdated_cadence

if TYPE_CHECKING:
    from crawlers.run import CrawlResult

Factory = sessionmaker[Session]


def crawl_due(settings: Settings, factory: Factory) -> "list[CrawlResult]":
    """Crawl what is due; a source that another process holds is left to it."""
    with factory() as session:
        due = due_source_ids(session, now())
    return crawl(settings, due) if due else []


def adapt(settings: Settings, factory: Factory) -> int:
    """Compute the adaptive cadences anew where one is new or a day old; return how many changed."""
    with factory() as session:
        if not has_outdated_cadence(session, now()):
            return 0
    # What it computes with takes a moment to load, and is asked for once a day.
    from vigie.cadence.recompute import recompute

    return recompute(factory, settings.cadence_hours * HOUR_S).changed


def try_recipes(settings: Settings, factory: Factory) -> int:
    """Try the recipes that the pages ask for; return how many were answered."""
    with factory() as session:
        if waiting_trial(session) is None:
            return 0
    from crawlers.trials import take_up

    return take_up(settings, factory)


def forget(factory: Factory) -> None:
    """Drop the trials that nobody needs any more."""
    with factory.begin() as session:
        forget_trials(session)


def crawl(settings: Settings, source_ids: Sequence[int]) -> "list[CrawlResult]":
    """Crawl these sources in a child process."""
    from crawlers.run import run_batch

    return run_batch(settings, source_ids)


def score(settings: Settings, factory: Factory) -> int:
    """Read the reviews that await it; return how many.

    After an upgrade these are all: pages and mails move to the new model once it has read them.
    """
    from sentiment.reader import open_reader, reader_version
    from sentiment.scoring import count_unscored, score_unscored
    from sentiment.succession import drop_retired, refuse_retired, take_over

    version = reader_version(settings)
    refuse_retired(factory, version)
    # The model is not loaded for nothing.
    waiting = count_unscored(factory, version)
    read = score_unscored(factory, open_reader(settings)) if waiting else 0
    take_over(factory, version)
    drop_retired(factory)
    return read


def detect(settings: Settings, factory: Factory) -> int:
    """Look at the shops that have new reviews or an unread market, and write what is new."""
    from alerts.watch import look_at_news

    return look_at_news(factory, settings)


def last_week_end(settings: Settings, moment: datetime) -> date:
    """Return the day of the last weekly brief that is due at a moment, in France."""
    local = moment.astimezone(PARIS)
    day = local.date() - timedelta(days=(local.weekday() - settings.digest_weekday) % 7)
    due = datetime.combine(day, time(settings.digest_hour), PARIS)
    return day if due <= local else day - timedelta(days=7)


def queue_health(settings: Settings, factory: Factory) -> int:
    """Mark the sources that nobody read in time, and queue the operators' mails; return how many.

    A change of health is told once.
    """
    from alerts.health import queue_health as queue
    from crawlers.overdue import mark_late

    with factory.begin() as session:
        mark_late(session, now())
    return queue(factory, settings)


def queue_week(settings: Settings, factory: Factory) -> int:
    """Queue the weekly briefs that are due and were never queued, late or not; return how many.

    The brief tells what was published in the seven whole days before its own, and all that is
    known of it by now.
    """
    from alerts.digest import queue_weekly

    return queue_weekly(factory, settings, last_week_end(settings, now()) - timedelta(days=1))


def deliver(settings: Settings, factory: Factory) -> int:
    """Send what is queued; return how many messages left."""
    from alerts.deliver import deliver_due

    return deliver_due(factory, settings).sent
