"""Changes of level that a detector tells in a stream of dated values, and which of them are one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from alerts.detectors.aspect import Turn
from alerts.detectors.prior import Prior
from alerts.detectors.shift import Shift, ShiftDetector
from alerts.history import History
from vigie.store import Alert

# Past this a change is history, which backfilled reviews bring along: dated, but closed.
RECENT = timedelta(days=120)
# As reviews come in, the estimate of the day of a change wanders by this much.
WANDERING = timedelta(days=45)


@dataclass(frozen=True)
class Change:
    """A change of level: the day of its first review, and of the review that gave it away."""

    direction: str
    since: date
    told_by: date

    @classmethod
    def of(cls, alert: Alert) -> "Change":
        """Return the change that an alert tells."""
        since = alert.changed_on
        told_by = date.fromisoformat(alert.facts.get("told_by", since.isoformat()))
        return cls(alert.facts["direction"], since, told_by)

    def is_same_as(self, other: "Change") -> bool:
        """Say whether both tell one change, whose date was estimated on different reviews."""
        if self.direction != other.direction:
            return False
        overlap = self.since <= other.told_by and other.since <= self.told_by
        return overlap or abs(self.since - other.since) <= WANDERING

    def was_told(self, known: Iterable["Change"]) -> bool:
        """Say whether one of these tells this change; one from before a turn back is another."""
        known = list(known)
        return any(
            self.is_same_as(told)
            and not any(
                turn.direction != self.direction
                and min(told.since, self.since) < turn.since < max(told.since, self.since)
                for turn in known
            )
            for told in known
        )


T = TypeVar("T", bound=Shift | Turn)
T_co = TypeVar("T_co", bound=Shift | Turn, covariant=True)
Found = tuple[Change, Shift]
Turned = tuple[Change, Turn]


class Detector(Protocol[T_co]):
    """What watches a stream: a small machine that tells a change at the value that shows it."""

    arl0: float

    def update(self, value: float) -> T_co | None:
        """Take the next value; tell a change, if any."""

    def to_state(self) -> dict[str, Any]:
        """Return all there is to know to go on from here."""


def feed(detector: Detector[T], values: History, start: int, found: list[tuple[Change, T]]) -> None:
    """Give a detector that has read ``start`` values the others; add what it tells to ``found``."""
    for day, value in values[start:]:
        told = detector.update(value)
        if told is not None:
            change = Change(told.direction, values[told.change_index][0], day)
            # A level that goes on falling is one fall.
            if not found or not change.is_same_as(found[-1][0]):
                found.append((change, told))


def last_before(change: Change, changes: Iterable[Change]) -> date:
    """Return the day of the last change before another one; the first of days if there is none."""
    earlier = (
        one.since for one in changes if one.since < change.since and not one.is_same_as(change)
    )
    return max(earlier, default=date.min)


def shifts_in(values: History, arl0: float, prior: Prior | None = None) -> list[Found]:
    """Return the changes that the detector tells in a shop's ratings, oldest first."""
    found: list[Found] = []
    feed(ShiftDetector(arl0, prior), values, 0, found)
    return found
