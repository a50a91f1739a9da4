"""A shop's rating as a topic: the levels around a change, why it came, how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from alerts.changes import RECENT, Change, Found, last_before
from alerts.detectors.certainty import chance_alone
from alerts.history import History, level_between, to_stars
from alerts.told import Facts
from alerts.why import why
from vigie.alert_text import SHIFT
from vigie.clock import today

SUBJECT = "rating"


@dataclass
class RatingShift:
    """The rating of a shop; ``aspects`` changed with it, by the streams of their own."""

    session: Session
    shop_id: int
    values: History
    changes: Sequence[Change]
    aspects: Mapping[str, Sequence[Change]]
    kind: str = SHIFT
    keeps_past: bool = True

    @property
    def subject(self) -> str:
        """Name it among the shop's alerts of the kind."""
        return SUBJECT

    @property
    def name(self) -> str:
        """Begin the keys of its alerts."""
        return f"{self.shop_id}:{SHIFT}"

    def facts(self, found: Found) -> Facts:
        """Return the numbers of the day on which it was told; levels are in stars, bounds 95 %."""
        change, shift = found
        levels = ("before", "before_low", "before_high", "after", "after_low", "after_high")
        return {
            "what": SUBJECT,
            "direction": change.direction,
            "since": change.since.isoformat(),
            "told_by": change.told_by.isoformat(),
            "n_before": shift.n_before,
            "n_after": shift.n_after,
            **{name: round(to_stars(getattr(shift, name)), 3) for name in levels},
        }

    def measured(self, change: Change, what: str, until: date | None) -> Facts:
        """Return the level since, and the aspects that moved with it."""
        also = [
            n for n, moved in self.aspects.items() if any(one.is_same_as(change) for one in moved)
        ]
        reasons = why(self.session, self.shop_id, change.direction, change.since, until, also)
        after = level_between(self.values, change.since, until)
        if after is None:
            return reasons
        if until is None:
            reasons["chance"] = self._chance(change)
        return reasons | {
            "after": round(after.mean, 3),
            "after_low": round(after.low, 3),
            "after_high": round(after.high, 3),
            "n_after": after.count,
        }

    def _chance(self, change: Change) -> float:
        """Return how likely chance does this to a shop: its rating is half of what is watched."""
        begin = last_before(change, self.changes)
        values = [value for day, value in self.values if day >= begin]
        recent = sum(day >= today() - RECENT for day, _ in self.values)
        return min(1.0, 2 * chance_alone(values, recent, self.shop_id))
