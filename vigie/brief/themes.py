"""What people praise and complain of: aspects that recur, each with its best quote."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.brief.facts import Quote, Theme
from vigie.brief.readings import Reading
from vigie.store import AspectMention
from vigie.store.score import current_model

MOST_THEMES = 3
# One customer is an anecdote.
LEAST_MENTIONS = 2
QUOTE_FROM, QUOTE_TO = 20, 160


@dataclass(frozen=True)
class _Mention:
    aspect: str
    polarity: str
    words: str
    reading: Reading


def themes(session: Session, readings: Sequence[Reading], polarity: str) -> tuple[Theme, ...]:
    """Return the aspects most spoken of with this polarity (``neg`` or ``pos``), most first."""
    by_aspect: dict[str, list[_Mention]] = defaultdict(list)
    for mention in _mentions(session, readings, polarity):
        by_aspect[mention.aspect].append(mention)
    found = []
    for aspect, mentions in by_aspect.items():
        customers = {mention.reading.review_id for mention in mentions}
        if len(customers) >= LEAST_MENTIONS:
            found.append(Theme(aspect, polarity, len(customers), _best_quote(mentions)))
    found.sort(key=lambda theme: (-theme.count, theme.aspect))
    return tuple(found[:MOST_THEMES])


def shorten(text: str, longest: int = QUOTE_TO) -> str:
    """Cut a quote at a word, with the mark of a cut."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _mentions(session: Session, readings: Sequence[Reading], polarity: str) -> list[_Mention]:
    by_review = {reading.review_id: reading for reading in readings}
    rows = session.scalars(
        select(AspectMention)
        .where(
            AspectMention.review_id.in_(by_review),
            AspectMention.model == current_model(session),
            AspectMention.polarity == polarity,
        )
        .order_by(AspectMention.review_id, AspectMention.start)
    )
    return [
        _Mention(
            row.aspect,
            row.polarity,
            by_review[row.review_id].text[row.start : row.end].strip(),
            by_review[row.review_id],
        )
        for row in rows
    ]


def _best_quote(mentions: Sequence[_Mention]) -> Quote:
    # A quote that can be read alone beats a newer one of three words.
    best = max(
        mentions,
        key=lambda mention: (
            QUOTE_FROM <= len(mention.words) <= QUOTE_TO,
            mention.reading.day,
            mention.reading.review_id,
        ),
    )
    return quote_of(best.reading, best.words)


def quote_of(reading: Reading, words: str | None = None) -> Quote:
    """Return a review's words as a quote."""
    text = shorten(words if words is not None else reading.text)
    return Quote(text, reading.author, reading.source, reading.day)
