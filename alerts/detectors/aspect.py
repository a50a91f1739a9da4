"""Finds when customers begin to complain of an aspect, stop doing so, or begin to praise it."""

from dataclasses import dataclass
from math import log
from typing import Any, Literal, Self

import numpy as np

COMPLAINT, PRAISE_GIVEN = 0.0, 1.0

What = Literal["complaints", "relief", "praise"]

LIMITS = (
    (300, 5.7),
    (1_000, 7.05),
    (3_000, 8.3),
    (10_000, 9.85),
    (100_000, 12.8),
    (1e7, 18.7),
)
"""For a mean run length, the limit of the log-likelihood ratio.

By simulations of 1,000 reviews in the least favourable of six profiles; the last two are
extrapolated.
"""

LEAST_BEFORE = 40
"""Reviews before a change; fewer do not tell what is usual."""

LEAST_VOICES = 3
"""Customers who say so since; fewer are anecdotes."""

_PLACES = 32
"""How many of the latest complaints, and praises, a change may have begun with."""

_RELIEF_EVERY = 5
"""Silence grows with each review, so that this many reviews may pass between two looks at it."""

Place = tuple[int, int, int]
"""How many reviews since the start come before a review, and complaints and praises among them."""

_STATE_VERSION = 1
_LOGS = [0.0]


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of what is said. Indices count updates from 0."""

    what: What
    change_index: int
    index: int

    @property
    def direction(self) -> Literal["up", "down"]:
        """Whether things got better or worse."""
        return "down" if self.what == "complaints" else "up"


class AspectDetector:
    """Three sequential tests of one aspect, with neither share known: before and since.

    Each value is a review: 0 for a complaint, 1 for praise, a half for neither. A change may have
    come with any of the latest complaints or praises; the largest likelihood ratio of two shares
    to one is compared with a limit. As the share before is estimated and not taken as known, a
    short past makes no false alarm. `arl0` is the mean number of reviews between false alarms of
    the three together. Memory and work a review are bounded.

    Sources: Siegmund and Venkatraman, "Using the generalized likelihood ratio statistic for
    sequential detection of a change-point" (Annals of Statistics 1995); limits by simulation.

    >>> detector = AspectDetector(arl0=10_000)
    >>> turns = [detector.update(v) for v in [0.5] * 60 + [0.0, 0.5, 0.0, 0.0, 0.0, 0.0]]
    >>> [(turn.what, turn.change_index) for turn in turns if turn]
    [('complaints', 60)]
    """

    def __init__(self, arl0: float = 10_000) -> None:
        if not 10 <= arl0 <= 1e7:
            raise ValueError(f"arl0 must be between 10 and 10000000, not {arl0!r}")
        self.arl0 = float(arl0)
        self._limit = limit(arl0)
        self._index = -1
        # The first review of the present level, and how many since say what.
        self._start = 0
        self._counts = {COMPLAINT: 0, PRAISE_GIVEN: 0}
        self._places: dict[float, list[Place]] = {COMPLAINT: [], PRAISE_GIVEN: []}

    def update(self, value: float) -> Turn | None:
        """Take the next review; tell a change once, and begin again from the reviews since."""
        self._index += 1
        n = self._index - self._start + 1
        while len(_LOGS) <= n:
            _LOGS.append(len(_LOGS) * log(len(_LOGS)))
        if value in self._counts:
            before = n - 1, self._counts[COMPLAINT], self._counts[PRAISE_GIVEN]
            self._places[value] = [*self._places[value], before][-_PLACES:]
            self._counts[value] += 1
            place = self._rise(n, value)
            if place is not None:
                return self._tell("complaints" if value == COMPLAINT else "praise", place)
        if n % _RELIEF_EVERY == 0:
            place = self._relief(n)
            if place is not None:
                return self._tell("relief", place)
        return None

    def _rise(self, n: int, value: float) -> Place | None:
        """Return where a share rose, if it did: at one of the latest that say so."""
        total = self._counts[value]
        best, at = self._limit, None
        for since, place in enumerate(reversed(self._places[value]), 1):
            before = place[0]
            if before < LEAST_BEFORE:
                break
            if since >= LEAST_VOICES and since * before > (total - since) * (n - before):
                ratio = _ratio(total - since, before, since, n - before)
                if ratio > best:
                    best, at = ratio, place
        return at

    def _relief(self, n: int) -> Place | None:
        """Return where complaints became rare, if they did: after one of the latest."""
        total = self._counts[COMPLAINT]
        best, at = self._limit, None
        for since, (last, complaints, praises) in enumerate(reversed(self._places[COMPLAINT])):
            before, after = last + 1, n - last - 1
            if before < LEAST_BEFORE:
                break
            if since * before < (total - since) * after:
                ratio = _ratio(total - since, before, since, after)
                if ratio > best:
                    best, at = ratio, (before, complaints + 1, praises)
        return at

    def _tell(self, what: What, place: Place) -> Turn:
        """Begin again from the reviews since the change."""
        before, *counts = place
        turn = Turn(what, self._start + before, self._index)
        self._start += before
        for value, count in zip(self._counts, counts, strict=True):
            self._counts[value] -= count
            self._places[value] = [
                (at - before, complaints - counts[0], praises - counts[1])
                for at, complaints, praises in self._places[value]
                if at >= before
            ]
        return turn

    def to_state(self) -> dict[str, Any]:
        """All there is to know to go on exactly as from here, in JSON's own types."""
        return {
            "version": _STATE_VERSION,
            "arl0": self.arl0,
            "index": self._index,
            "start": self._start,
            "counts": [self._counts[COMPLAINT], self._counts[PRAISE_GIVEN]],
            "places": [list(self._places[COMPLAINT]), list(self._places[PRAISE_GIVEN])],
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Go on from `to_state`; ValueError for a state of another version."""
        if state.get("version") != _STATE_VERSION:
            raise ValueError(f"a detector state of version {state.get('version')!r} is not known")
        detector = cls(state["arl0"])
        detector._index, detector._start = state["index"], state["start"]
        for at, value in enumerate((COMPLAINT, PRAISE_GIVEN)):
            detector._counts[value] = state["counts"][at]
            detector._places[value] = [(a, b, c) for a, b, c in state["places"][at]]
        return detector


def limit(arl0: float) -> float:
    """Return the limit for a mean run length."""
    lengths, limits = zip(*LIMITS, strict=True)
    return float(np.interp(log(arl0), np.log(lengths), limits))


def _ratio(a1: int, n1: int, a2: int, n2: int) -> float:
    """The log-likelihood ratio of two shares, a1 of n1 and a2 of n2, to one of both."""
    logs, a, n = _LOGS, a1 + a2, n1 + n2
    two = logs[a1] + logs[n1 - a1] - logs[n1] + logs[a2] + logs[n2 - a2] - logs[n2]
    return two - (logs[a] + logs[n - a] - logs[n])
