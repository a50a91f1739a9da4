"""The ticker: dumb, one tick at a time, and a failing step holds no other back."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import sessionmaker

from ops import pipeline
from ops.schedule import scheduler, tick
from vigie.errors import VigieError
from vigie.settings import Settings

STEPS = ["adapt", "crawl_due", "score", "detect", "queue_health", "queue_week", "deliver", "forget"]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pipeline with steps that only say that they ran."""
    ran: list[str] = []
    for name in STEPS:
        monkeypatch.setattr(pipeline, name, lambda *_, name=name: ran.append(name))
    return ran


def test_a_tick_runs_the_flow_in_its_order(sqlite_settings: Settings, steps: list[str]) -> None:
    tick(sqlite_settings, sessionmaker())
    assert steps == STEPS


@pytest.mark.parametrize("error", [VigieError("cli-aborted"), RuntimeError("a bug")])
def test_a_step_that_fails_is_logged_and_the_others_still_run(
    sqlite_settings: Settings,
    steps: list[str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "adapt", fail)
    tick(sqlite_settings, sessionmaker())
    assert steps == STEPS[1:]
    assert caplog.records


def test_ticks_that_were_missed_count_for_one_and_never_overlap(
    sqlite_settings: Settings,
) -> None:
    clockwork = scheduler(sqlite_settings, sessionmaker())
    jobs = clockwork.get_jobs()
    for job in jobs:
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    # What somebody waits for at a page is not kept waiting by a long crawl.
    intervals = [job.trigger.interval for job in jobs]
    assert intervals == [timedelta(seconds=sqlite_settings.tick_s), timedelta(seconds=2)]
