"""Means and trends with their uncertainty: no arrow without an interval that leaves zero out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import fsum, sqrt
from statistics import NormalDist

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


@dataclass(frozen=True)
class Moments:
    """What a mean and its uncertainty need of a set of ratings, in stars: a query can sum it."""

    count: int
    total: float
    total_squares: float

    @property
    def mean(self) -> float:
        """The mean, in stars; the set is not empty."""
        return self.total / self.count

    @property
    def variance_of_mean(self) -> float:
        """The variance of the mean, with the spread shrunk towards the prior's."""
        squares = max(0.0, self.total_squares - self.total**2 / self.count)
        shrunk = (squares + PRIOR_VARIANCE * PRIOR_WEIGHT) / (self.count - 1 + PRIOR_WEIGHT)
        return shrunk / self.count


def moments(values: Sequence[float]) -> Moments:
    """Sum ``values`` (stars) and their squares."""
    return Moments(len(values), fsum(values), fsum(value**2 for value in values))


def level(values: Sequence[float]) -> Level | None:
    """Return the mean of ``values`` (stars) with its normal 95 % interval; None without values."""
    return level_of(moments(values))


def level_of(sample: Moments) -> Level | None:
    """Return the mean with its normal 95 % interval; None of an empty set."""
    if not sample.count:
        return None
    mean, half = sample.mean, Z_95 * sqrt(sample.variance_of_mean)
    return Level(mean, max(WORST_STARS, mean - half), min(BEST_STARS, mean + half), sample.count)


def trend(readings: Iterable[Reading], until: date, changed_on: date | None = None) -> Trend:
    """Compare the last four weeks with the half year before (Welch's interval, normal quantile).

    Neither window reaches over the day of a dated change, which would blur both.
    """
    turn = until - timedelta(days=RECENT_DAYS)
    start = turn - timedelta(days=BEFORE_DAYS)
    dated = changed_on if changed_on and start < changed_on <= until else None
    after, ended = turn, turn
    if dated:
        last_before = dated - timedelta(days=1)
        after, ended = max(turn, last_before), min(turn, last_before)
    rated = [(reading.day, reading.stars) for reading in readings if reading.stars is not None]
    recent = [stars for day, stars in rated if after < day <= until]
    before = [stars for day, stars in rated if start < day <= ended]
    return replace(trend_of(moments(recent), moments(before)), changed_on=dated)


def trend_of(recent: Moments, before: Moments) -> Trend:
    """Compare two sets of ratings: the difference of their means, with Welch's interval."""
    levels = level_of(recent), level_of(before)
    if recent.count < LEAST_RECENT or before.count < LEAST_BEFORE:
        return Trend(Direction.UNKNOWN, recent=levels[0], before=levels[1])
    delta = recent.mean - before.mean
    half = Z_95 * sqrt(recent.variance_of_mean + before.variance_of_mean)
    direction = Direction.STEADY
    if abs(delta) > half:
        direction = Direction.UP if delta > 0 else Direction.DOWN
    return Trend(direction, delta, delta - half, delta + half, levels[0], levels[1])


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
        points.append(WeekPoint(monday, week.mean, week.low, week.high, week.count, span))
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
