"""What is read in one text: its score, what it speaks of, and what cannot wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sentiment.scorer import Label, SentimentScore
from vigie.languages import UNKNOWN_LANGUAGE

UrgencyKind = Literal["securite", "blessure", "juridique", "discrimination", "fraude", "sante"]


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect that a text speaks of.

    Attributes:
        name: one of ``sentiment.marks.ASPECTS``.
        polarity: ``neg``, ``neu`` or ``pos``.
        start: first character, in the text, of the words it rests on.
        end: the character after their last.
    """

    name: str
    polarity: Label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Urgency:
    """Something the owner should act on today, and the words it rests on (as ``Aspect``)."""

    kind: UrgencyKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mixed:
    """Why a text is neutral although it judges: a praise and a complaint, as (start, end)."""

    praise: tuple[int, int]
    complaint: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read in one text.

    Attributes:
        language: ISO 639-1 code, or ``und`` where it is none that the model reads.
        score: how satisfied the text is; None where the language is unknown, which is not guessed.
        label: ``neg``, ``neu``, ``pos``; a mixed text is ``neu`` whatever its score's likeliest
            class; ``und`` where there is no score.
        mixed: the praise and the complaint of a mixed text, else None.
        aspects: in the order of the text, each name once a clause.
        urgencies: in the order of the text.
    """

    language: str
    score: SentimentScore | None
    mixed: Mixed | None
    aspects: tuple[Aspect, ...]
    urgencies: tuple[Urgency, ...]

    @property
    def label(self) -> str:
        """Return the class that is shown and counted."""
        if self.score is None:
            return UNKNOWN_LANGUAGE
        return "neu" if self.mixed else self.score.label


class TextReader(Protocol):
    """Anything that reads texts; ``version`` is stored with every reading."""

    @property
    def version(self) -> str:
        """Name and digest of the weights, at most 64 characters."""

    def read(self, texts: Sequence[str], batch_size: int = 32) -> list[Reading]:
        """Return one reading a text, in order; every text must be readable (``is_readable``)."""
