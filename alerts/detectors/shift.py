"""Finds when a shop's ratings change for good, with a stated rate of false alarms."""

import math
from dataclasses import dataclass
from operator import mul
from typing import Any, Literal, Self

from alerts.detectors.bank import (
    CAUTION,
    MEAN_STEPS,
    MIDDLE,
    MIN_REVIEWS,
    MOST_TOLD,
    MOVES,
    POOLS,
    SHARES,
    STEPS,
    Bank,
    Profile,
    bank,
    profile_of,
    span,
    threshold,
)
from alerts.detectors.prior import Prior

_KEPT = 340
_SLACK = 8
_RING = 352
_CHANNELS = len(MOVES)
_RATIOS = POOLS * _CHANNELS
_PRIOR_VARIANCE = 0.08
# What a span that has not begun costs: its likelihood ratio is nought.
_UNHEARD_OF = 1000.0
_FEWEST = 10
_STATE_VERSION = 4


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of level. Indices count updates from 0; levels are means in [0, 1], bounds 95 %."""

    direction: Literal["up", "down"]
    change_index: int
    index: int
    before: float
    before_low: float
    before_high: float
    after: float
    after_low: float
    after_high: float
    n_before: int
    n_after: int


class ShiftDetector:
    """A sequential test for a change of level, neither level being known.

    It adds up, over the reviews at which a change may have come and over the changes of MOVES,
    the likelihood ratio of an exponential tilt of the shop's own distribution to the level
    before: a Shiryaev-Roberts statistic. Reviews are taken in spans that share one level before,
    estimated from all that came before the span. `arl0` is the mean number of reviews between
    false alarms when nothing changes. Memory and work a review are bounded. Until the first
    shift, a `prior` stands for reviews before the first.

    Sources: Roberts, "A comparison of some control chart procedures" (Technometrics 1966);
    Pollak, "Average run lengths of an optimal method of detecting a change in distribution"
    (Annals of Statistics 1987); Lorden, "Procedures for reacting to a change in distribution"
    (Annals of Mathematical Statistics 1971); thresholds: see `bank.threshold`.

    >>> detector = ShiftDetector(arl0=1000)
    >>> good, poor = [1.0, 0.75, 0.5, 1.0, 1.0] * 20, [0.25, 0.5, 0.75, 0.0, 0.5] * 5
    >>> shifts = [s for s in map(detector.update, good + poor) if s]
    >>> [(s.direction, s.change_index) for s in shifts]
    [('down', 100)]
    """

    def __init__(self, arl0: float = 1000, prior: Prior | None = None) -> None:
        if not 10 <= arl0 <= 1e6:
            raise ValueError(f"arl0 must be between 10 and 1000000, not {arl0!r}")
        self.arl0 = float(arl0)
        self._prior = prior
        self._index = -1
        self._restart([0] * (STEPS + 1), [])

    def _restart(self, counts: list[int], recent: list[int]) -> None:
        """Begin from counted levels, the last of which are `recent`, all channels at zero."""
        self._counts = counts
        self._n = sum(counts)
        self._sum = sum(level * count for level, count in enumerate(counts))
        self._levels = [0] * _RING
        for place, level in enumerate(recent, start=self._n - len(recent) + 1):
            self._levels[place % _RING] = level
        lent = self._prior.weights if self._prior else ()
        self._lent = sum(lent)
        self._lent_sum = sum(level * weight for level, weight in enumerate(lent))
        self._enough = max(_FEWEST, math.ceil(MIN_REVIEWS - self._lent)) if lent else MIN_REVIEWS
        self._profile: Profile | None = None
        self._calibrate_at = 0
        self._pool = 0
        self._next_pool = max(self._enough, self._n)
        self._births = [0] * POOLS
        self._ratios = [0.0] * _RATIOS
        self._slopes = [0.0] * _RATIOS
        self._costs = [_UNHEARD_OF] * _RATIOS
        self._factors = [[0.0] * _RATIOS for _ in range(STEPS + 1)]
        self._limit = math.inf

    @property
    def settled(self) -> bool:
        """False while it is too early to tell anything."""
        return self._n >= self._enough

    def update(self, value: float) -> Shift | None:
        """Take the next rating, in [0, 1]; ValueError names any other. Tell a shift once, if any.

        After a shift, only the reviews since the change count as known.
        """
        if not 0.0 <= value <= 1.0:
            raise ValueError(f"a rating must be between 0 and 1, not {value!r}")
        level = int(value * STEPS + 0.5)
        self._index += 1
        self._counts[level] += 1
        self._n = n = self._n + 1
        self._sum += level
        self._levels[n % _RING] = level
        first = self._pool * _CHANNELS
        for channel, share in enumerate(SHARES, first):
            self._ratios[channel] += share
        self._ratios = list(map(mul, self._ratios, self._factors[level]))
        if sum(self._ratios) > self._limit:
            return self._tell()
        if n >= self._next_pool:
            self._open_pool()
        return None

    def _open_pool(self) -> None:
        """Begin a span: a change may come at each of its reviews.

        Its level before is that of all reviews until now, and stays so: reviews which are
        suspected never water down what they are compared with. The least likely of the other
        spans makes room for it.
        """
        n = self._n
        if n >= self._calibrate_at:
            profile = profile_of(self._known_counts())
            self._calibrate(profile, threshold(profile, self.arl0))
            self._calibrate_at = 2 * n
        weights = [sum(self._ratios[at : at + _CHANNELS]) for at in range(0, _RATIOS, _CHANNELS)]
        weights[self._pool] = math.inf
        self._pool = pool = weights.index(min(weights))
        self._births[pool] = n
        self._next_pool = n + span(n)
        known = (self._sum + self._lent_sum) / STEPS
        share = (known + CAUTION * MIDDLE) / (n + self._lent + CAUTION)
        mean = int(share * MEAN_STEPS + 0.5)
        for channel in range(_CHANNELS):
            at = pool * _CHANNELS + channel
            self._ratios[at] = 0.0
            self._slopes[at] = self._bank.slopes[channel][mean]
            self._costs[at] = self._bank.costs[channel][mean]
            self._multiply(at)

    def _multiply(self, at: int) -> None:
        """Write down what each level multiplies a likelihood ratio by."""
        slope, cost = self._slopes[at], self._costs[at]
        for level, factors in enumerate(self._factors):
            factors[at] = math.exp(min(math.log(MOST_TOLD), slope * level - cost))

    def _known_counts(self) -> list[float]:
        if self._prior is None:
            return list(self._counts)
        return [own + lent for own, lent in zip(self._counts, self._prior.weights, strict=True)]

    def _calibrate(self, profile: Profile, limit: float) -> None:
        self._profile = profile
        self._bank: Bank = bank(profile)
        self._limit = limit

    def _recent(self, count: int) -> list[int]:
        return [self._levels[n % _RING] for n in range(self._n - count + 1, self._n + 1)]

    def _date(self, suspected: int, direction: int) -> int:
        """How many reviews stand after the change, by least squares near the suspected number.

        A span holds many reviews, and that which looks for a smaller change than there was
        alarms from too early on.
        """
        longest = min(suspected + _SLACK, _KEPT, self._n - 1)
        share = self._sum / self._n
        best, n_after, excess = -1.0, 1, 0.0
        for count, level in enumerate(reversed(self._recent(longest)), start=1):
            excess += level - share
            explained = excess * excess / (count * (self._n - count))
            if explained > best and excess * direction > 0:
                best, n_after = explained, count
        return n_after

    def _tell(self) -> Shift:
        """Measure both sides of the change and begin again from the reviews after it."""
        falls = [move < 0 for move in MOVES] * POOLS
        fallen = sum(ratio for ratio, fall in zip(self._ratios, falls, strict=True) if fall)
        down = 2 * fallen > sum(self._ratios)
        likeliest = max(
            (ratio, at)
            for at, (ratio, fall) in enumerate(zip(self._ratios, falls, strict=True))
            if fall == down
        )[1]
        suspected = self._n - self._births[likeliest // _CHANNELS]
        n_after = self._date(suspected, -1 if down else 1)
        changed = self._recent(n_after)
        counts_after = [0] * (STEPS + 1)
        for level in changed:
            counts_after[level] += 1
        counts_before = [a - b for a, b in zip(self._counts, counts_after, strict=True)]
        before, before_low, before_high = _mean_with_interval(counts_before)
        after, after_low, after_high = _mean_with_interval(counts_after)
        shift = Shift(
            direction="down" if down else "up",
            change_index=self._index + 1 - n_after,
            index=self._index,
            before=before,
            before_low=before_low,
            before_high=before_high,
            after=after,
            after_low=after_low,
            after_high=after_high,
            n_before=self._n - n_after,
            n_after=n_after,
        )
        # A shop whose level has just changed is no longer what its trade made likely.
        self._prior = None
        self._restart(counts_after, changed)
        return shift

    def to_state(self) -> dict[str, Any]:
        """All there is to know to go on exactly as from here, in JSON's own types."""
        return {
            "version": _STATE_VERSION,
            "arl0": self.arl0,
            "prior": None if self._prior is None else list(self._prior.weights),
            "index": self._index,
            "counts": list(self._counts),
            "recent": self._recent(min(self._n, _KEPT)),
            "profile": None if self._profile is None else list(self._profile),
            "limit": None if self._profile is None else self._limit,
            "calibrate_at": self._calibrate_at,
            "pool": self._pool,
            "next_pool": self._next_pool,
            "births": list(self._births),
            "ratios": list(self._ratios),
            "slopes": list(self._slopes),
            "costs": list(self._costs),
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Go on from `to_state`; ValueError for a state of another version."""
        if state.get("version") != _STATE_VERSION:
            raise ValueError(f"a detector state of version {state.get('version')!r} is not known")
        lent = state["prior"]
        detector = cls(state["arl0"], None if lent is None else Prior(tuple(lent)))
        detector._index = state["index"]
        detector._restart(list(state["counts"]), list(state["recent"]))
        if state["profile"] is not None:
            detector._calibrate(tuple(state["profile"]), state["limit"])
        for name in ("calibrate_at", "pool", "next_pool"):
            setattr(detector, f"_{name}", state[name])
        for name in ("births", "ratios", "slopes", "costs"):
            setattr(detector, f"_{name}", list(state[name]))
        for at in range(_RATIOS):
            detector._multiply(at)
        return detector


def _mean_with_interval(counts: list[int]) -> tuple[float, float, float]:
    """The mean of counted levels with its 95 % interval, all in [0, 1].

    One review's worth of prior variance keeps a run of equal ratings from looking certain.
    """
    n = sum(counts)
    levels = [level / STEPS for level in range(STEPS + 1)]
    mean = sum(level * count for level, count in zip(levels, counts, strict=True)) / n
    squares = sum(count * (level - mean) ** 2 for level, count in zip(levels, counts, strict=True))
    half = 1.96 * math.sqrt((squares + _PRIOR_VARIANCE) / n) / math.sqrt(n)
    return mean, max(0.0, mean - half), min(1.0, mean + half)
