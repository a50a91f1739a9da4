"""A shop beside its rivals and its trade: one Mirror, for the page and the command alike."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FEWEST_OTHERS = 5
"""Other people's clients that anything told of them together must rest on.

The shop itself is not among them: it knows its own part and would take it away.
"""


class Area(StrEnum):
    """Which shops of the same trade are beside it."""

    NEAR = "near"
    DEPARTEMENT = "departement"
    NOWHERE = "nowhere"


class Answer(StrEnum):
    """How a point of the check-up stands; ``check`` where the store does not tell."""

    YES = "yes"
    TODO = "todo"
    CHECK = "check"


@dataclass(frozen=True)
class Index:
    """A mean in stars (1 to 5) shrunk towards its trade, with its 95 % interval.

    ``raw`` is the plain mean of its ``count`` reviews; ``target`` is what it was shrunk towards,
    None where too few shops tell one: then the index is the plain mean.
    """

    value: float
    low: float
    high: float
    raw: float
    count: int
    target: float | None
    variance: float


@dataclass(frozen=True)
class Rank:
    """A place among so many shops, 1 the best; ``best`` to ``worst`` is what doubt allows."""

    place: int
    among: int
    best: int
    worst: int


@dataclass(frozen=True)
class Beside:
    """A shop that the reader may see, and its index; None without reviews."""

    slug: str
    name: str
    is_own: bool
    index: Index | None


@dataclass(frozen=True)
class Rivals:
    """The rivals: those that the reader may see by name, the others only counted.

    ``rank`` is among the rated ones that are named; None where there are none.
    """

    named: tuple[Beside, ...]
    hidden: int
    rank: Rank | None


@dataclass(frozen=True)
class Neighbours:
    """The shops of the same trade around; all but ``area`` is None where too few may be told of.

    ``median_index`` and ``median_answered`` (a share) are those of the others.
    """

    area: Area
    departement: str
    rank: Rank | None = None
    median_index: float | None = None
    median_answered: float | None = None


@dataclass(frozen=True)
class Answers:
    """What a shop answered of a year's reviews; ``median_s`` is None where no answer is dated.

    ``negative_unanswered`` counts the poor reviews of the last ninety days without an answer.
    """

    count: int
    answered: int
    median_s: float | None
    negative_unanswered: int

    @property
    def share(self) -> float | None:
        """The share answered; None without reviews."""
        return self.answered / self.count if self.count else None


@dataclass(frozen=True)
class Freshness:
    """When the last review came, and how many a month over a year, or since the first."""

    last: date | None
    a_month: float


@dataclass(frozen=True)
class Place:
    """Where the shop can be found: a source, its reviews counted once, their copies, its offers."""

    label: str
    platform: str
    reviews: int
    copies: int
    listings: int
    is_troubled: bool


@dataclass(frozen=True)
class Elsewhere:
    """A site where named rivals can be found and the shop cannot."""

    host: str
    rivals: int


@dataclass(frozen=True)
class Point:
    """One line of the check-up; its text is ``mirror-point-<name>-<answer>``."""

    name: str
    answer: Answer
    values: dict[str, object]


@dataclass(frozen=True)
class Mirror:
    """Everything that the page shows."""

    index: Index | None
    rivals: Rivals
    neighbours: Neighbours
    answers: Answers
    freshness: Freshness
    places: tuple[Place, ...]
    elsewhere: tuple[Elsewhere, ...]
    points: tuple[Point, ...]
