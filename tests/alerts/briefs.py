"""Briefs as tests need them: a calm shop, of which a test changes what matters."""

from dataclasses import replace
from datetime import date, timedelta

from vigie.brief.facts import (
    AlertLine,
    Brief,
    Direction,
    Level,
    Quote,
    SourceTrouble,
    Theme,
    ToAnswer,
    Trend,
    WeekPoint,
)

WEEK_END = date(2026, 11, 22)
LEVEL = Level(4.34, 4.1, 4.6, 57)
STEADY = Trend(Direction.STEADY, 0.1, -0.3, 0.5, Level(4.4, 4.0, 4.8, 9), Level(4.3, 4.1, 4.5, 48))
FALL = Trend(Direction.DOWN, -1.6, -2.34, -0.86, Level(2.9, 2.2, 3.6, 12), Level(4.5, 4.3, 4.7, 60))
SHIFT = AlertLine(
    1,
    "rating-shift",
    "warning",
    "Votre note est passée de 4,5 à 2,9",
    "La note a baissé : 4,5 étoiles avant, 2,9 depuis le 29 septembre 2026 (sur 22 avis).",
    date(2026, 9, 29),
    is_new=True,
)
CALM = Brief(
    shop_id=7,
    shop_slug="aux-trois-epis",
    shop_name="Aux Trois Épis",
    week_start=WEEK_END - timedelta(days=6),
    week_end=WEEK_END,
    new_count=3,
    new_positive=2,
    new_neutral=1,
    new_negative=0,
    level=LEVEL,
    trend=STEADY,
    praised=(),
    complained=(),
    alerts=(),
    to_answer=(),
    waiting=(),
    todo=("Rien d’urgent.",),
    troubles=(),
    healthy=("Avis du Coin",),
    weeks=tuple(
        WeekPoint(WEEK_END - timedelta(days=6 + 7 * ago), 4.2 + 0.1 * (ago % 3), 3.9, 4.8, 6)
        for ago in reversed(range(8))
    ),
)


def a_brief(**changes: object) -> Brief:
    return replace(CALM, **changes)  # type: ignore[arg-type]  # Each test gives a field its type.


def a_quiet_brief(**changes: object) -> Brief:
    return a_brief(**{"new_count": 0, "new_positive": 0, "new_neutral": 0, **changes})


def an_empty_brief(**changes: object) -> Brief:
    nothing: dict[str, object] = {
        "level": None,
        "trend": Trend(Direction.UNKNOWN),
        "weeks": (),
        "todo": (),
        "healthy": (),
    }
    return a_quiet_brief(**{**nothing, **changes})


def a_theme(text: str, author: str | None = "Marie D.", polarity: str = "neg") -> Theme:
    return Theme("accueil", polarity, 4, a_quote(text, author))


def a_quote(text: str, author: str | None = "Marie D.", source: str = "Avis du Coin") -> Quote:
    return Quote(text, author, source, date(2026, 11, 1))


def to_answer(text: str = "Très déçu.") -> ToAnswer:
    return ToAnswer(1, 1.0, a_quote(text))


def trouble(label: str = "Bons Artisans") -> SourceTrouble:
    return SourceTrouble(label, "blocked", date(2026, 12, 1))
