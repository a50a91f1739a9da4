"""Finds when a shop's ratings change for good, with a stated rate of false alarms."""

import math
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np

from alerts.detectors.threshold import (
    MEANS,
    MIN_BEFORE,
    STEPS,
    WINDOWS,
    Floats,
    Integers,
    Profile,
    profile_of,
    rate,
    threshold,
)

MIN_REVIEWS = 40
"""Below this many reviews since the start, or since the last shift, it is too early to tell."""

_RING = 256
_WINDOWS = np.array(WINDOWS)
_ALL_WINDOWS = np.arange(2, WINDOWS[-1] + 1)
_USABLE = [sum(n - w >= MIN_BEFORE for w in WINDOWS) for n in range(WINDOWS[-1] + MIN_BEFORE + 1)]
_PRIOR_VARIANCE = 0.08
_STATE_VERSION = 1


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

    After each review, the last 2 to 240 reviews are compared with all those before them by the
    generalised likelihood ratio of two exponential tilts of the shop's own distribution. `arl0`
    is the mean number of reviews between false alarms when nothing changes. Memory and work a
    review are bounded.

    Sources: Page, "Continuous inspection schemes" (Biometrika 1954); Lorden, "Procedures for
    reacting to a change in distribution" (Annals of Mathematical Statistics 1971); Siegmund and
    Venkatraman (Annals of Statistics 1995) for the ratio with an unknown level before; Brook and
    Evans (Biometrika 1972) for run lengths computed for the distribution at hand.

    >>> detector = ShiftDetector(arl0=1000)
    >>> good, poor = [1.0, 0.75, 1.0, 1.0, 0.5] * 20, [0.5, 0.25, 0.75, 0.0, 0.5] * 5
    >>> shifts = [s for s in map(detector.update, good + poor) if s]
    >>> [(s.direction, s.change_index) for s in shifts]
    [('down', 100)]
    """

    def __init__(self, arl0: float = 1000) -> None:
        if not 10 <= arl0 <= 1e6:
            raise ValueError(f"arl0 must be between 10 and 1000000, not {arl0!r}")
        self.arl0 = float(arl0)
        self._profile: Profile | None = None
        self._index = -1
        self._restart([0] * (STEPS + 1), [])

    def _restart(self, counts: list[int], recent: list[int]) -> None:
        """Begin from counted levels, the last of which are `recent`, and no calibration."""
        self._counts = counts
        self._n = sum(counts)
        self._sum = sum(level * count for level, count in enumerate(counts))
        # The sum of all levels up to review k, for the last reviews, stands at k modulo its length.
        self._sums = np.zeros(_RING, dtype=np.int64)
        total = self._sum
        self._sums[self._n % _RING] = total
        for back, level in enumerate(reversed(recent), start=1):
            total -= level
            self._sums[(self._n - back) % _RING] = total
        self._calibrate_at = max(MIN_REVIEWS, self._n)

    @property
    def settled(self) -> bool:
        """False while it is too early to tell anything."""
        return self._n >= MIN_REVIEWS

    def update(self, value: float) -> Shift | None:
        """Take the next rating, in [0, 1]; ValueError names any other. Tell a shift once, if any.

        After a shift, only the reviews since the change count as known.
        """
        if not 0.0 <= value <= 1.0:
            raise ValueError(f"a rating must be between 0 and 1, not {value!r}")
        level = int(value * STEPS + 0.5)
        self._index += 1
        self._counts[level] += 1
        self._n += 1
        self._sum += level
        self._sums[self._n % _RING] = self._sum
        if self._n < MIN_REVIEWS:
            return None
        if self._n >= self._calibrate_at:
            self._calibrate(profile_of(self._counts))
            self._calibrate_at = self._n * 3 // 2
        usable = _USABLE[min(self._n, len(_USABLE) - 1)]
        if self._gains(_WINDOWS[:usable]).max() <= self._threshold:
            return None
        return self._tell()

    def _calibrate(self, profile: Profile) -> None:
        self._profile = profile
        self._rate = rate(profile)
        self._threshold = threshold(profile, self.arl0)

    def _gains(self, windows: Integers) -> Floats:
        """Log-likelihood gained by a change before the last `windows` reviews, for each."""
        sums_before = self._sums[(self._n - windows) & (_RING - 1)]
        before = self._n - windows
        means_after = (self._sum - sums_before) / (STEPS * windows)
        gains: Floats = windows * np.interp(means_after, MEANS, self._rate)
        gains += before * np.interp(sums_before / (STEPS * before), MEANS, self._rate)
        gains -= self._n * np.interp(self._sum / (STEPS * self._n), MEANS, self._rate)
        return gains

    def _recent(self) -> list[int]:
        kept = min(self._n, WINDOWS[-1])
        sums = self._sums[np.arange(self._n - kept, self._n + 1) & (_RING - 1)]
        return [int(level) for level in np.diff(sums)]

    def _tell(self) -> Shift:
        """Date the change, measure both sides and begin again from the reviews after it."""
        windows = _ALL_WINDOWS[self._n - MIN_BEFORE >= _ALL_WINDOWS]
        n_after = int(windows[self._gains(windows).argmax()])
        changed = self._recent()[-n_after:]
        counts_after = [0] * (STEPS + 1)
        for level in changed:
            counts_after[level] += 1
        counts_before = [a - b for a, b in zip(self._counts, counts_after, strict=True)]
        before, before_low, before_high = _mean_with_interval(counts_before)
        after, after_low, after_high = _mean_with_interval(counts_after)
        shift = Shift(
            direction="up" if after > before else "down",
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
        self._restart(counts_after, changed)
        return shift

    def to_state(self) -> dict[str, Any]:
        """All there is to know to go on exactly as from here, in JSON's own types."""
        return {
            "version": _STATE_VERSION,
            "arl0": self.arl0,
            "index": self._index,
            "counts": list(self._counts),
            "recent": self._recent(),
            "profile": None if self._profile is None else list(self._profile),
            "calibrate_at": self._calibrate_at,
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Go on from `to_state`; ValueError for a state of another version."""
        if state.get("version") != _STATE_VERSION:
            raise ValueError(f"a detector state of version {state.get('version')!r} is not known")
        detector = cls(state["arl0"])
        detector._index = state["index"]
        detector._restart(list(state["counts"]), list(state["recent"]))
        detector._calibrate_at = state["calibrate_at"]
        if state["profile"] is not None:
            detector._calibrate(tuple(state["profile"]))
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
