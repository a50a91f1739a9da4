"""What a change would do: requests a day, delay until a review is seen, the next runs. Pure."""

import heapq
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, pairwise
from statistics import fmean
from typing import Any

from vigie.cadence.rule import DAY_S, CadenceKind, full_every_s, run_after
from vigie.tuning.edits import (
    ASKED,
    CADENCES,
    FULL,
    KIND,
    PAUSED,
    SITE,
    SOURCE,
    Edit,
    Values,
)
from vigie.tuning.places import Place

NEXT_SHOWN = 10
# Whole weeks, for hours and expressions that know of weekends; a year of what comes by the month.
# The clock of France may be put forward meanwhile.
LOOKED_AHEAD_S = 28 * DAY_S - 7_200
LEAST_GAPS, MOST_GAPS = 12, 3_000


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A source as far as the clock goes."""

    id: int
    name: str
    place_id: int
    cadence_kind: CadenceKind
    cron: str | None
    cadence_s: int
    paused: bool
    next_run_at: datetime | None
    asked_at: datetime | None
    # The mean of its last runs, files of rules counted: of those that stop at what is known, and
    # of those that read every page, which come round every ``full_cadence_s``.
    requests_a_run: float
    requests_a_full_run: float
    full_cadence_s: int
    # More than one: a group of sources alike, whose requests are those of all.
    count: int = 1

    @property
    def by_clock(self) -> bool:
        """Whether the clock reads it."""
        return not self.paused and self.next_run_at is not None

    def after(self, values: Values, moment: datetime) -> "Rhythm":
        """Return the source as a change leaves it."""
        changed: dict[str, Any] = {}
        if PAUSED in values:
            changed["paused"] = values[PAUSED]
        if ASKED in values:
            changed["asked_at"] = moment
        changed |= {column: values[column] for column in CADENCES if column in values}
        if FULL in values:
            changed[FULL] = values[FULL]
        if KIND in values:
            changed[KIND] = CadenceKind(values[KIND])
        then = replace(self, **changed)
        if self.next_run_at is None or not any(column in values for column in CADENCES):
            return then
        # As vigie.store.source.set_cadence does it.
        last = min(moment, self.next_run_at - timedelta(seconds=self.cadence_s))
        since = moment if then.cadence_kind is CadenceKind.CRON else last
        return replace(then, next_run_at=max(moment, run_after(then, since)))


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a source is read: the mean delay until a review is seen, and the mean gap."""

    delay_s: float
    gap_s: float


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a day at a site, of all its sources, now and after."""

    before: Place
    after: Place
    sources: int
    per_day_before: float
    per_day_after: float

    @property
    def is_over(self) -> bool:
        """Whether more would be asked for than the site's budget gives."""
        return self.after.budget is not None and self.per_day_after > self.after.budget


@dataclass(frozen=True, slots=True)
class NextRun:
    """A run to come, by the clock or asked for."""

    at: datetime
    source_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change would do.

    The delays are the mean, over the reviews to come of the sources chosen that a clock reads, of
    the time from a review's publication to the run that sees it, in seconds; None where no clock
    reads any.
    """

    loads: Sequence[Load]
    delay_before_s: float | None
    delay_after_s: float | None
    next_runs: Sequence[NextRun]


def effect_of(
    rhythms: Sequence[Rhythm],
    places: Sequence[Place],
    chosen: Mapping[int, float],
    edits: Iterable[Edit],
    moment: datetime,
) -> Effect:
    """Return what these edits would do.

    Args:
        rhythms: every source of ``places``.
        chosen: the sources that the change is about, and how many reviews each brings beside the
            others, in whatever unit.
    """
    by_row = defaultdict[tuple[str, int], dict[str, Any]](dict)
    for edit in edits:
        by_row[edit.kind, edit.id] |= edit.after
    now_at = _State({one.id: one for one in places}, rhythms, moment)
    then = _State(
        {one.id: one.after(by_row[SITE, one.id]) for one in places},
        [one.after(by_row[SOURCE, one.id], moment) for one in rhythms],
        moment,
    )
    loads = [
        Load(
            place,
            then.places[place.id],
            now_at.sources(place.id),
            now_at.per_day(place.id),
            then.per_day(place.id),
        )
        for place in sorted(places, key=lambda one: one.host)
    ]
    delays = [state.delay_s(chosen) for state in (now_at, then)]
    return Effect(loads, delays[0], delays[1], then.next_runs(chosen))


class _State:
    """Sites and their sources, before or after a change."""

    def __init__(
        self, places: dict[int, Place], rhythms: Sequence[Rhythm], moment: datetime
    ) -> None:
        self.places = places
        self._rhythms = rhythms
        self._moment = moment
        self._per_day: dict[int, float] = defaultdict(float)
        self._sources: dict[int, int] = defaultdict(int)
        # Few rhythms are kept by many sources.
        self._paces: dict[tuple[int | str, int | None, int | None], Pace] = {}
        for one in rhythms:
            self._sources[one.place_id] += one.count
            if one.by_clock:
                self._per_day[one.place_id] += _requests_per_day(one, self._pace(one).gap_s)

    def sources(self, place_id: int) -> int:
        return self._sources[place_id]

    def per_day(self, place_id: int) -> float:
        return self._per_day[place_id]

    def delay_s(self, chosen: Mapping[int, float]) -> float | None:
        read = [one for one in self._rhythms if one.id in chosen and one.by_clock]
        if not read:
            return None
        return fmean((self._delay_s(one) for one in read), [chosen[one.id] for one in read])

    def next_runs(self, wanted: Container[int]) -> list[NextRun]:
        each = (
            _named(one, runs(one, self.places[one.place_id], self._moment))
            for one in self._rhythms
            if one.id in wanted
        )
        merged = heapq.merge(*each, key=lambda run: run.at)
        return list(islice(merged, NEXT_SHOWN))

    def _delay_s(self, rhythm: Rhythm) -> float:
        place = self.places[rhythm.place_id]
        # What is beyond the budget waits for another day: everything comes round so much later.
        over = 1.0 if place.budget is None else self._per_day[place.id] / place.budget
        return self._pace(rhythm).delay_s * max(1.0, over)

    def _pace(self, rhythm: Rhythm) -> Pace:
        place = self.places[rhythm.place_id]
        key = (rhythm.cron or rhythm.cadence_s, place.open_minute, place.close_minute)
        if key not in self._paces:
            self._paces[key] = pace_of(rhythm, place, self._moment)
        return self._paces[key]


def runs(rhythm: Rhythm, place: Place, moment: datetime) -> Iterator[datetime]:
    """Give the runs to come, in order: asked for, then by the clock, once the site is free."""
    at = rhythm.next_run_at
    if rhythm.asked_at is not None:
        at = place.free_at(moment)
        yield at
        # A run by hand counts as one: the clock goes on from it.
        at = run_after(rhythm, at)
    if at is None or not rhythm.by_clock:
        return
    while True:
        at = place.free_at(max(at, moment))
        yield at
        at = run_after(rhythm, at)


def pace_of(rhythm: Rhythm, place: Place, moment: datetime) -> Pace:
    """Return how often a source is read within the hours of its site, in the long run.

    Reviews come at any time: a gap of length g is met in proportion to g and makes one wait g/2,
    so the mean delay is sum(g^2) / (2 sum(g)) (the inspection paradox; Feller 1971, XI.4).
    """
    if place.open_minute is None and rhythm.cron is None:
        return Pace(rhythm.cadence_s / 2, float(rhythm.cadence_s))
    # Where in its interval it stands makes no difference; hours fix that with the second run.
    start = replace(rhythm, asked_at=None, paused=False, next_run_at=run_after(rhythm, moment))
    gaps: list[float] = []
    whole_s = 0.0
    for before, after in islice(pairwise(runs(start, place.at_ease(), moment)), 1, None):
        if len(gaps) >= LEAST_GAPS and (whole_s >= LOOKED_AHEAD_S or len(gaps) >= MOST_GAPS):
            break
        gaps.append((after - before).total_seconds())
        whole_s += gaps[-1]
    return Pace(sum(gap * gap for gap in gaps) / (2 * whole_s), whole_s / len(gaps))


def _requests_per_day(rhythm: Rhythm, gap_s: float) -> float:
    full_gap_s = max(gap_s, full_every_s(rhythm, rhythm.full_cadence_s))
    more = rhythm.requests_a_full_run - rhythm.requests_a_run
    return rhythm.requests_a_run * DAY_S / gap_s + more * DAY_S / full_gap_s


def _named(rhythm: Rhythm, moments: Iterable[datetime]) -> Iterator[NextRun]:
    return (NextRun(at, rhythm.id, rhythm.name) for at in moments)
