"""Finds when a shop's ratings change for good, with a stated rate of false alarms."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np

from alerts.detectors.bank import (
    FORGOTTEN,
    GRID,
    LESS_KNOWN,
    MIN_REVIEWS,
    MOST_KNOWN,
    MOVES,
    SHARES,
    STEPS,
    Bank,
    Floats,
    Former,
    Profile,
    Singles,
    bank,
    eagerness,
    moved,
    profile_of,
    returning,
    threshold,
)
from alerts.detectors.prior import Prior

_KEPT = 340
_SLACK = 8
_RING = 352
_PRIOR_VARIANCE = 0.08
_FEWEST = 10
_STATE_VERSION = 6
_HIGHEST = np.float32(1e18)
_LIKELY = np.array((*SHARES, 0.0), np.float32)[:, None]


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
    the likelihood ratio of a change to none, in exponential tilts of the shop's own distribution:
    a Shiryaev-Roberts statistic. The level before is unknown on either side of the ratio: it is
    integrated out, over a grid, by what all reviews say of it. `arl0` is the mean number of
    reviews between false alarms when nothing changes. Memory and work a review are bounded. Until
    the first shift, a `prior` stands for reviews before the first. After one, the level before it
    stays possible until the reviews since speak against it: the shift may have been a false alarm,
    and then the next reviews are no way back but the level that never changed.

    Sources: Roberts, "A comparison of some control chart procedures" (Technometrics 1966);
    Pollak, "Average run lengths of an optimal method of detecting a change in distribution"
    (Annals of Statistics 1987); Pollak and Siegmund, "Sequential detection of a change in a
    normal mean when the initial value is unknown" (Annals of Statistics 1991).

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

    def _restart(self, counts: list[int], recent: list[int], former: Former | None = None) -> None:
        """Begin from counted levels, the last of which are `recent`, all channels at zero."""
        self._counts = counts
        self._former = former
        self._returning: Floats | None = None
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
        self._known = 0.0
        # A last row of ones stands for no change.
        self._ratios: Singles = np.ones((len(MOVES) + 1, GRID), np.float32)
        self._ratios[:-1] = 0.0
        self._calibrate_at = max(self._enough, self._n)

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
        if self._profile is not None:
            self._ratios += _LIKELY * eagerness(n, self.arl0)
            self._ratios *= self._bank.factors[level]
            np.minimum(self._ratios, _HIGHEST, out=self._ratios)
            *changed, steady = (self._ratios @ self._weights()).tolist()
            if sum(changed) > self._limit * steady:
                return self._tell()
        if n >= self._calibrate_at:
            self._calibrate()
        return None

    def _weights(self) -> Singles:
        """How likely each mean of the grid is if nothing changed, the likeliest at one."""
        fresh, former = self._weights_apart()
        return fresh if former is None else fresh + former

    def _weights_apart(self) -> tuple[Singles, Singles | None]:
        """What any level would have, and what the level before the last shift adds."""
        n = self._n + self._lent
        likely = self._bank.thetas * ((self._sum + self._lent_sum) / STEPS) - self._bank.psis * n
        likely -= np.maximum.reduce(likely)
        fresh = np.exp(likely * (min(n - LESS_KNOWN, MOST_KNOWN) / n), dtype=np.float32)
        if self._returning is None:
            return fresh, None
        return fresh, np.exp(likely + self._returning, dtype=np.float32)

    def _calibrate(self) -> None:
        """Take the shop's distribution anew from all its reviews, the ratios with it."""
        before = None if self._profile is None else self._bank
        self._use(profile_of(self._known_counts()), self._n + self._lent)
        fresh, former = self._weights_apart()
        if former is not None and former.sum() < FORGOTTEN * fresh.sum():
            self._former = self._returning = None
        if before is not None:
            self._ratios = moved(self._ratios, before, self._bank)
        self._calibrate_at = self._n + (self._n + 1) // 2

    def _use(self, profile: Profile, known: float) -> None:
        self._profile, self._known = profile, known
        self._bank: Bank = bank(profile, known)
        self._limit = threshold(self.arl0, self._bank.deviation)
        self._returning = None if self._former is None else returning(self._bank, self._former)

    def _known_counts(self) -> list[float]:
        if self._prior is None:
            return list(self._counts)
        return [own + lent for own, lent in zip(self._counts, self._prior.weights, strict=True)]

    def _recent(self, count: int) -> list[int]:
        return [self._levels[n % _RING] for n in range(self._n - count + 1, self._n + 1)]

    def _date(self, suspected: int, direction: int) -> int:
        """How many reviews stand after the change, by least squares near the suspected number.

        What looks for a smaller change than there was alarms from too early on. None if no
        review lies in that direction.
        """
        longest = min(suspected + _SLACK, _KEPT, self._n - 1)
        share = self._sum / self._n
        best, n_after, excess = 0.0, 0, 0.0
        for count, level in enumerate(reversed(self._recent(longest)), start=1):
            excess += level - share
            explained = excess * excess / (count * (self._n - count))
            if explained > best and excess * direction > 0:
                best, n_after = explained, count
        return n_after

    def _suspect(self, told: Sequence[float]) -> int:
        """How many reviews make a change likeliest, by what each level tells for it."""
        best, since, total = -math.inf, 1, 0.0
        for count, level in enumerate(reversed(self._recent(min(self._n, _KEPT))), start=1):
            total += told[level]
            if total > best:
                best, since = total, count
        return since

    def _tell(self) -> Shift | None:
        """Measure both sides of the change and begin again from the reviews after it.

        Equal ratings alone, however many, tell nothing: the ratios begin again.
        """
        shares = self._ratios[:-1] * self._weights()
        falls = np.array(MOVES) < 0
        down = bool(2 * shares[falls].sum() > shares.sum())
        shares[falls != down] = 0.0
        channel, mean = np.unravel_index(shares.argmax(), shares.shape)
        suspected = self._suspect(np.log(self._bank.factors[:, channel, mean]).tolist())
        n_after = self._date(suspected, -1 if down else 1)
        if n_after == 0:
            self._ratios[:-1] = 0.0
            return None
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
        self._restart(counts_after, changed, (self._n - n_after, self._sum - sum(changed)))
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
            "known": self._known,
            "former": None if self._former is None else list(self._former),
            "calibrate_at": self._calibrate_at,
            "ratios": _shortest(self._ratios[:-1]),
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Go on from `to_state`; ValueError for a state of another version."""
        if state.get("version") != _STATE_VERSION:
            raise ValueError(f"a detector state of version {state.get('version')!r} is not known")
        lent, former = state["prior"], state["former"]
        detector = cls(state["arl0"], None if lent is None else Prior(tuple(lent)))
        detector._index = state["index"]
        former = None if former is None else (former[0], former[1])
        detector._restart(list(state["counts"]), list(state["recent"]), former)
        if state["profile"] is not None:
            detector._use(tuple(state["profile"]), state["known"])
        detector._ratios[:-1] = np.reshape(state["ratios"], (len(MOVES), GRID))
        detector._calibrate_at = state["calibrate_at"]
        return detector


def _shortest(ratios: Singles) -> list[float]:
    """Nine digits tell one single-precision number from the next."""
    return [float(f"{ratio:.9g}") for ratio in ratios.ravel().tolist()]


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
