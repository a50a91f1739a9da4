"""A source that nobody read in time is late, and stays what it is when it is worse."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.overdue import mark_late
from tests.factories import SOME_MOMENT, make_source
from vigie.evidence import evidence_sentence
from vigie.store import Health, HealthChange

DAY_S = 86_400


@pytest.mark.parametrize(
    ("hours", "cadence_s", "before", "after"),
    [
        (20, 3600, Health.HEALTHY, Health.HEALTHY),
        (50, 3600, Health.HEALTHY, Health.LATE),
        (50, DAY_S, Health.DEGRADED, Health.LATE),
        (50, 7 * DAY_S, Health.HEALTHY, Health.HEALTHY),
        (500, DAY_S, Health.BLOCKED, Health.BLOCKED),
        (500, DAY_S, Health.NEW, Health.LATE),
    ],
)
def test_late_is_what_waits_for_more_than_a_day_and_an_interval(
    session: Session, hours: int, cadence_s: int, before: Health, after: Health
) -> None:
    source = make_source(session, cadence_s=cadence_s, health=before, next_run_at=SOME_MOMENT)
    paused = make_source(session, paused=True, health=Health.HEALTHY, next_run_at=SOME_MOMENT)
    marked = mark_late(session, SOME_MOMENT + timedelta(hours=hours))
    assert (source.health, marked) == (after, int(after is not before))
    assert paused.health is Health.HEALTHY


def test_its_sentence_says_for_how_long_and_it_is_marked_once(session: Session) -> None:
    make_source(session, health=Health.HEALTHY, next_run_at=SOME_MOMENT)
    moment = SOME_MOMENT + timedelta(days=3)
    assert [mark_late(session, moment) for _ in range(2)] == [1, 0]
    (change,) = session.scalars(select(HealthChange)).all()
    assert evidence_sentence(change.evidence).startswith("La lecture attend depuis 3 jours")
