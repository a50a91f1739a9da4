"""The ticker. It is dumb: what is due lives in the database, so a missed tick loses nothing."""

import logging
from collections.abc import Callable

from apscheduler.schedulers.background import BackgroundScheduler

from ops import pipeline
from ops.pipeline import Factory
from vigie.errors import VigieError
from vigie.settings import Settings

log = logging.getLogger(__name__)
# How often it looks for what somebody waits for.
ANSWER_S = 2


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
        lambda: pipeline.forget(factory),
    ]
    for step in steps:
        _do(step)


def answer(settings: Settings, factory: Factory) -> None:
    """Do what somebody waits for at a page; a long crawl does not keep them waiting."""
    _do(lambda: pipeline.try_recipes(settings, factory))


def _do(step: Callable[[], object]) -> None:
    try:
        step()
    except VigieError as error:
        log.error("%s", error)
    except Exception:
        log.exception("a step of the schedule failed; the next tick tries again")


def scheduler(settings: Settings, factory: Factory) -> BackgroundScheduler:
    """Make the ticker, not started: one tick at a time of each kind; those missed count for one."""
    # That a tick finds the one before still at work is no news.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    clockwork = BackgroundScheduler()
    for job, seconds in ((tick, settings.tick_s), (answer, ANSWER_S)):
        clockwork.add_job(
            job,
            "interval",
            args=(settings, factory),
            seconds=seconds,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    return clockwork
