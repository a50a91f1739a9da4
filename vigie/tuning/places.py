"""A site as far as reading it goes: its budget, its hours, and what holds it back today. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vigie.hours import opens_at
from vigie.tuning.edits import BUDGET, CLOSES, OPENS, Values


class Held(StrEnum):
    """Why a site is not read for a while."""

    BACK_OFF = "back-off"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Place:
    """A site; ``made_today`` is how many requests it got of the day that ends at ``day_ends_at``.

    Until ``paused_until`` it is left alone: it refused, failed or asked to wait.
    """

    id: int
    host: str
    budget: int | None = None
    open_minute: int | None = None
    close_minute: int | None = None
    made_today: int = 0
    day_ends_at: datetime | None = None
    paused_until: datetime | None = None

    def after(self, values: Values) -> "Place":
        """Return the site as a change leaves it."""
        columns = {BUDGET: "budget", OPENS: "open_minute", CLOSES: "close_minute"}
        known = {columns[name]: value for name, value in values.items() if name in columns}
        return replace(self, **known)

    def at_ease(self) -> "Place":
        """Return the site as it is in the long run: what holds it back today is over."""
        return replace(self, made_today=0, paused_until=None)

    def held(self, moment: datetime) -> tuple[Held, datetime] | None:
        """Return why it is not read at a moment, beside its hours, and until when."""
        is_spent = self.budget is not None and self.made_today >= self.budget
        bounds = (
            (self.paused_until, Held.BACK_OFF),
            (self.day_ends_at if is_spent else None, Held.BUDGET),
        )
        holding = [(until, why) for until, why in bounds if until is not None and until > moment]
        if not holding:
            return None
        until, why = max(holding)
        return why, until

    def free_at(self, moment: datetime) -> datetime:
        """Return when it may be read, at a moment or as soon as possible after."""
        held = self.held(moment)
        at = moment if held is None else held[1]
        return opens_at(self.open_minute, self.close_minute, at) or at
