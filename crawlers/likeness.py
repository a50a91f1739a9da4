"""Whether two reviews, met on two sources, are one and the same. Pure."""

from datetime import datetime, timedelta
from typing import NamedTuple

from rapidfuzz import fuzz, utils

from vigie.clock import day_of

# The part of two texts that is the same, in percent (Indel similarity, rapidfuzz.fuzz.ratio).
LEAST_LIKENESS = 90.0
# "Très bien." by Marie D. may well be said twice: a short text has to be the same to the letter,
# by the same full name, on the same day, with the same rating.
SHORT_LETTERS = 25
# An excerpt ("... Lire la suite") is compared with the beginning of the whole text.
EXCERPT_LETTERS = 40
EXCERPT_LIKENESS = 95.0
EXCERPT_ENDS = ("…", "...", "lire la suite", "voir plus", "en savoir plus", "afficher plus")
# Half a star of five: 9/10 is shown as 4.5 or as 5.
LARGEST_RATING_GAP = 0.13
COMPARED_LETTERS = 5000
# Names that many people share.
NOBODY = frozenset(
    (
        "anonyme",
        "anonymous",
        "client",
        "cliente",
        "acheteur",
        "acheteuse",
        "utilisateur",
        "utilisatrice",
        "user",
        "internaute",
        "membre",
        "visiteur",
        "visiteuse",
        "guest",
        "consommateur",
        "patient",
        "locataire",
        "voyageur",
        "un",
        "une",
        "a",
    )
)
# A platform takes a day or two to let a review through; a rougher date leaves more room.
_SLACK = {"day": timedelta(days=3), "month": timedelta(days=35), "year": timedelta(days=370)}


class Told(NamedTuple):
    """What a review tells of itself; ``rating`` is in [0, 1]."""

    author_label: str
    author_pseudonym: str | None
    published_at: datetime
    precision: str
    rating: float | None
    title: str | None
    text: str


def slack(precision: str) -> timedelta:
    """Return how far the dates of two copies may lie apart."""
    return _SLACK.get(precision, _SLACK["year"])


def likeness(one: Told, other: Told) -> float | None:
    """Return how alike two reviews are, in percent; None where they are not the same review."""
    if not one.author_label or one.author_label != other.author_label:
        return None
    apart = abs(one.published_at - other.published_at)
    if apart > max(slack(one.precision), slack(other.precision)):
        return None
    rated = one.rating is not None and other.rating is not None
    if rated and abs(one.rating - other.rating) > LARGEST_RATING_GAP:  # type: ignore[operator]  # Neither is None.
        return None
    return _same_text(one, other)


def _same_text(one: Told, other: Told) -> float | None:
    first, second = _words(one.text), _words(other.text)
    if not first or not second:
        return None
    if min(len(first), len(second)) < SHORT_LETTERS:
        return 100.0 if first == second and _surely_one_person(one, other) else None
    alike = fuzz.ratio(first, second, score_cutoff=LEAST_LIKENESS)
    if not alike and (one.title or other.title):
        # One platform's title is the first sentence of another's text.
        whole = [_words(f"{told.title or ''} {told.text}") for told in (one, other)]
        alike = fuzz.ratio(*whole, score_cutoff=LEAST_LIKENESS)
    return alike or _excerpt(one.text, second) or _excerpt(other.text, first)


def _surely_one_person(one: Told, other: Told) -> bool:
    return (
        one.author_pseudonym is not None
        and one.author_pseudonym == other.author_pseudonym
        and one.author_label.split()[0].casefold() not in NOBODY
        # A day without an hour is kept as its midnight in France: the day before, in UTC.
        and day_of(one.published_at) == day_of(other.published_at)
        and one.rating == other.rating
    )


def _excerpt(text: str, whole: str) -> float | None:
    """Compare a text that was cut short with the beginning of the whole one."""
    cut = text.rstrip().casefold()
    for end in EXCERPT_ENDS:
        if cut.endswith(end):
            words = _words(cut[: -len(end)].rstrip(" .…"))
            if len(words) < EXCERPT_LETTERS or len(words) >= len(whole):
                return None
            return fuzz.ratio(words, whole[: len(words)], score_cutoff=EXCERPT_LIKENESS) or None
    return None


def _words(text: str) -> str:
    """Return a text in lower case without punctuation, each gap one space."""
    return " ".join(utils.default_process(text[:COMPARED_LETTERS]).split())
