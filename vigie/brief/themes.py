"""What people praise and complain of: aspects that recur, each with its best quote."""

from collections import defaultdict
from collections.abc import Sequence, Set
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
AUTHOR_TO = 40
ZERO_WIDTH_JOINER = "\u200d"


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
    counts = {
        aspect: len({mention.reading.review_id for mention in mentions})
        for aspect, mentions in by_aspect.items()
    }
    most = sorted(
        (aspect for aspect, count in counts.items() if count >= LEAST_MENTIONS),
        key=lambda aspect: (-counts[aspect], aspect),
    )
    found: list[Theme] = []
    quoted: set[int] = set()
    for aspect in most[:MOST_THEMES]:
        best = _best_mention(by_aspect[aspect], quoted)
        quoted.add(best.reading.review_id)
        found.append(Theme(aspect, polarity, counts[aspect], quote_of(best.reading, best.words)))
    return tuple(found)


def shorten(text: str, longest: int = QUOTE_TO) -> str:
    """Cut a quote at a word, with the mark of a cut; drop what prints nothing."""
    flat = " ".join(_printable(text).split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _printable(text: str) -> str:
    # A bidirectional override or an escape would reach beyond the quote; a joiner makes an emoji.
    return "".join(c for c in text if c.isprintable() or c.isspace() or c == ZERO_WIDTH_JOINER)


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


def _best_mention(mentions: Sequence[_Mention], quoted: Set[int]) -> _Mention:
    # A quote that can be read alone beats a newer one of three words; and one voice is enough
    # for one customer.
    return max(
        mentions,
        key=lambda mention: (
            mention.reading.review_id not in quoted,
            QUOTE_FROM <= len(mention.words) <= QUOTE_TO,
            mention.reading.day,
            mention.reading.review_id,
        ),
    )


def quote_of(reading: Reading, words: str | None = None) -> Quote:
    """Return a review's words as a quote."""
    text = shorten(words if words is not None else reading.text)
    author = shorten(reading.author, AUTHOR_TO) if reading.author else None
    return Quote(text, author or None, reading.source, reading.day)
