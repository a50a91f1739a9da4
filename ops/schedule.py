"""The ticker. It is dumb: what is due lives in the database, so a missed tick loses nothing."""

import logging
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from ops import pipeline
from ops.pipeline import Factory
from vigie.errors import VigieError
from vigie.settings import Settings

log = logging.getLogger(__name__)


def tick(settings: Settings, factory: Factory) -> None:
    """Do what is due now: one step that fails is logged and does not hold the others back."""
    steps: list[Callable[[], object]] = [
        lambda: pipeline.adapt(settings, factory),
        lambda: pipeline.crawl_due(settings, factory),
        lambda: pipeline.score(settings, factory),
        lambda: pipeline.detect(settings, factory),
        lambda: pipeline.queue_health(settings, factory),
        lambda: pipeline.queue_week(settings, factory),
        lambda: pipeline.deliver(settings, factory),
    ]
    for step in steps:
        try:
            step()
        except VigieError as error:
            log.error("%s", error)
        except Exception:
            log.exception("a step of the schedule failed; the next tick tries again")


def scheduler(settings: Settings, factory: Factory) -> BackgroundScheduler:
    """Make the ticker, not started: one tick at a time; those missed count for one."""
    clockwork = BackgroundScheduler()
    clockwork.add_job(
        tick,
        "interval",
        args=(settings, factory),
        seconds=settings.tick_s,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    return clockwork
