"""Means and trends with their uncertainty: no arrow without an interval that leaves zero out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import sqrt
from statistics import NormalDist, fmean, variance

from vigie.brief.facts import Direction, Level, Trend, WeekPoint
from vigie.brief.readings import BEST_STARS, WORST_STARS, Reading

Z_95 = NormalDist().inv_cdf(0.975)
# Few reviews have a variance that says little: half a star squared, for two reviews' worth,
# keeps three equal ratings from looking certain.
PRIOR_VARIANCE, PRIOR_WEIGHT = 0.5, 2
# Below these, the difference of two means is not told.
LEAST_RECENT, LEAST_BEFORE = 5, 15
RECENT_DAYS, BEFORE_DAYS = 28, 182
# Weeks that a point of the curve may cover, and the reviews that it should rest on.
SPANS, READABLE_COUNT = (1, 2, 4), 5


def level(values: Sequence[float]) -> Level | None:
    """Return the mean of ``values`` (stars) with its normal 95 % interval; None without values."""
    if not values:
        return None
    mean, half = fmean(values), Z_95 * sqrt(_variance_of_mean(values))
    return Level(mean, max(WORST_STARS, mean - half), min(BEST_STARS, mean + half), len(values))


def trend(readings: Iterable[Reading], until: date) -> Trend:
    """Compare the last four weeks with the half year before (Welch's interval, normal quantile)."""
    turn = until - timedelta(days=RECENT_DAYS)
    start = turn - timedelta(days=BEFORE_DAYS)
    rated = [(reading.day, reading.stars) for reading in readings if reading.stars is not None]
    recent = [stars for day, stars in rated if turn < day <= until]
    before = [stars for day, stars in rated if start < day <= turn]
    if len(recent) < LEAST_RECENT or len(before) < LEAST_BEFORE:
        return Trend(Direction.UNKNOWN, recent=level(recent), before=level(before))
    delta = fmean(recent) - fmean(before)
    half = Z_95 * sqrt(_variance_of_mean(recent) + _variance_of_mean(before))
    direction = Direction.STEADY
    if abs(delta) > half:
        direction = Direction.UP if delta > 0 else Direction.DOWN
    return Trend(direction, delta, delta - half, delta + half, level(recent), level(before))


def weekly_points(readings: Iterable[Reading], span: int = 1) -> tuple[WeekPoint, ...]:
    """Return a point every ``span`` weeks that have ratings, in order.

    Weeks begin on Monday (ISO 8601); spans are laid from 1 January 1 on, so that a point does not
    move as weeks go by.
    """
    rated: dict[date, list[float]] = defaultdict(list)
    for reading in readings:
        if reading.stars is not None:
            rated[_first_monday(reading.day, span)].append(reading.stars)
    points = []
    for monday, values in sorted(rated.items()):
        week = level(values)
        assert week is not None, "a point has at least one rating"  # noqa: S101  # For the types.
        points.append(WeekPoint(monday, week.mean, week.low, week.high, week.count))
    return tuple(points)


def readable_span(readings: Sequence[Reading]) -> int:
    """Return how many weeks a point must cover for the curve to show more than single reviews."""
    rated = [reading.day for reading in readings if reading.stars is not None]
    if not rated:
        return SPANS[-1]
    weeks = ((max(rated) - min(rated)).days + 1) / 7
    enough = (span for span in SPANS if len(rated) * span >= READABLE_COUNT * max(weeks, span))
    return next(enough, SPANS[-1])


def _first_monday(day: date, span: int) -> date:
    # 1 January of year 1 is a Monday in the calendar that Python extends backwards.
    weeks = (day - date.min).days // 7
    return date.min + timedelta(weeks=weeks - weeks % span)


def _variance_of_mean(values: Sequence[float]) -> float:
    count = len(values)
    spread = variance(values) if count > 1 else 0.0
    shrunk = (spread * (count - 1) + PRIOR_VARIANCE * PRIOR_WEIGHT) / (count - 1 + PRIOR_WEIGHT)
    return shrunk / count
