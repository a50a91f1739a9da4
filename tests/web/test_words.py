from datetime import UTC, datetime, timedelta

import pytest

from vigie import clock
from vigie.tuning.words import every
from web.words import ago, dated, signed, stars

NOW = datetime(2026, 3, 20, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("delta", "said"),
    [
        (timedelta(seconds=-10), "à l’instant"),
        (timedelta(minutes=-1), "il y a 1 minute"),
        (timedelta(minutes=-59), "il y a 59 minutes"),
        (timedelta(hours=-5), "il y a 5 heures"),
        (timedelta(hours=3), "dans 3 heures"),
        (timedelta(hours=-20), "hier à 16:00"),
        (timedelta(hours=20), "demain à 08:00"),
        (timedelta(days=-10), "le 10 mars à 12:00"),
    ],
)
def test_moments_are_said_as_people_do(delta: timedelta, said: str) -> None:
    clock.set_clock(lambda: NOW)
    assert ago(NOW + delta) == said


def test_intervals_dates_and_numbers_are_french() -> None:
    assert [every(s) for s in (86_400, 172_800, 21_600, 3600, 5400, 900)] == [
        "chaque jour",
        "tous les 2 jours",
        "toutes les 6 heures",
        "chaque heure",
        "toutes les 1,5 heures",
        "toutes les 15 minutes",
    ]
    moment = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert dated(moment, "day") == "1er mars 2026", "the day is that of Paris"
    assert dated(moment, "month") == "mars 2026"
    assert dated(moment, "year") == "2026"
    assert [signed(x) for x in (0.42, -0.84, 0)] == ["+0,4", "−0,8", "0,0"]
    assert [stars(x) for x in (0, 0.5, 1)] == ["★☆☆☆☆", "★★★☆☆", "★★★★★"]
