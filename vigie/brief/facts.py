"""A shop's week as plain facts: what changed, why, what to do. One Brief, three renderings."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Direction(StrEnum):
    """Where a level goes; ``steady`` unless the interval of the difference leaves zero out."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Level:
    """A mean in stars (1 to 5) with its 95 % interval, over ``count`` reviews."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Trend:
    """The last four weeks against the half year before: a difference in stars, 95 % interval."""

    direction: Direction
    delta: float = 0.0
    low: float = 0.0
    high: float = 0.0
    recent: Level | None = None
    before: Level | None = None
    # The day of a dated change: what is before it is compared with what is after it.
    changed_on: date | None = None


@dataclass(frozen=True)
class Quote:
    """Words of a customer, and where they stand."""

    text: str
    author: str | None
    source: str
    published: date


@dataclass(frozen=True)
class Theme:
    """An aspect that several customers speak of in the same tone; ``polarity`` is neg or pos."""

    aspect: str
    polarity: str
    count: int
    quote: Quote


@dataclass(frozen=True)
class WeekPoint:
    """``weeks`` whole weeks on the chart: Monday, mean in stars, its 95 % interval, count."""

    monday: date
    mean: float
    low: float
    high: float
    count: int
    weeks: int = 1

    @property
    def middle(self) -> date:
        """The day that the point stands for on a time axis."""
        return self.monday + timedelta(days=7 * self.weeks // 2)


@dataclass(frozen=True)
class ToAnswer:
    """An unhappy review that nobody has answered; ``url`` is its own public address, if known."""

    review_id: int
    stars: float
    quote: Quote
    url: str = ""


@dataclass(frozen=True)
class SourceTrouble:
    """A source that could not be read, and since when."""

    label: str
    health: str
    since: date | None


@dataclass(frozen=True)
class AlertLine:
    """An open alert: its headline, its sentence, and the day on which things changed.

    ``todo`` says what to do where the kind alone tells it; else the brief's advice does.
    """

    alert_id: int
    kind: str
    severity: str
    headline: str
    sentence: str
    changed_on: date
    is_new: bool
    todo: str = ""
    # Somebody else than the shop's owners has seen it or put it off: it goes on for them.
    is_seen: bool = False
    # The listing that it speaks of, and what it adds to another alert about the same one.
    listing: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Brief:
    """Everything that the weekly mail, the page and the PDF tell about one shop."""

    shop_id: int
    shop_slug: str
    shop_name: str
    week_start: date
    week_end: date
    new_count: int
    new_positive: int
    new_neutral: int
    new_negative: int
    level: Level | None
    trend: Trend
    praised: tuple[Theme, ...]
    complained: tuple[Theme, ...]
    alerts: tuple[AlertLine, ...]
    # Those of the week, then all of the last three months, the worst first.
    to_answer: tuple[ToAnswer, ...]
    waiting: tuple[ToAnswer, ...]
    todo: tuple[str, ...]
    troubles: tuple[SourceTrouble, ...]
    # Labels of the sources that are in order.
    healthy: tuple[str, ...]
    weeks: tuple[WeekPoint, ...]
