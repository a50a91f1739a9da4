"""What people praise and complain of: aspects that recur, each with its best quote."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.brief.facts import Theme
from vigie.brief.quotes import quote_of
from vigie.brief.readings import Reading
from vigie.store import AspectMention
from vigie.store.score import shown_model

MOST_THEMES = 3
# One customer is an anecdote.
LEAST_MENTIONS = 2
QUOTE_FROM = 20


@dataclass(frozen=True)
class _Mention:
    aspect: str
    polarity: str
    start: int
    end: int
    reading: Reading

    @property
    def is_credible(self) -> bool:
        """Whether the review's stars do not say the contrary, as irony and misreadings do."""
        return {self.reading.tone, self.polarity} != {"neg", "pos"}


def themes(session: Session, readings: Sequence[Reading], polarity: str) -> tuple[Theme, ...]:
    """Return the aspects most spoken of with this polarity (``neg`` or ``pos``), most first.

    An aspect needs two customers, one of whom at least is of that mind altogether.
    """
    by_aspect: dict[str, list[_Mention]] = defaultdict(list)
    for mention in _mentions(session, readings, polarity):
        by_aspect[mention.aspect].append(mention)
    counts = {
        aspect: len({mention.reading.review_id for mention in mentions})
        for aspect, mentions in by_aspect.items()
    }
    most = sorted(
        (
            aspect
            for aspect, mentions in by_aspect.items()
            if counts[aspect] >= LEAST_MENTIONS and any(m.is_credible for m in mentions)
        ),
        key=lambda aspect: (-counts[aspect], aspect),
    )
    found: list[Theme] = []
    quoted: set[int] = set()
    for aspect in most[:MOST_THEMES]:
        best = _best_mention(by_aspect[aspect], quoted)
        quoted.add(best.reading.review_id)
        quote = quote_of(best.reading, best.start, best.end)
        found.append(Theme(aspect, polarity, counts[aspect], quote))
    return tuple(found)


def _mentions(session: Session, readings: Sequence[Reading], polarity: str) -> list[_Mention]:
    by_review = {reading.review_id: reading for reading in readings}
    rows = session.scalars(
        select(AspectMention)
        .where(
            AspectMention.review_id.in_(by_review),
            AspectMention.model == shown_model(),
            AspectMention.polarity == polarity,
        )
        .order_by(AspectMention.review_id, AspectMention.start)
    )
    return [
        _Mention(row.aspect, row.polarity, row.start, row.end, by_review[row.review_id])
        for row in rows
    ]


def _best_mention(mentions: Sequence[_Mention], quoted: Set[int]) -> _Mention:
    # One voice is enough for one customer; somebody unhappy complains more clearly than somebody
    # content; and a quote that can be read alone beats a newer one of three words.
    return max(
        mentions,
        key=lambda mention: (
            mention.is_credible,
            mention.reading.review_id not in quoted,
            mention.reading.tone == mention.polarity,
            mention.end - mention.start >= QUOTE_FROM,
            mention.reading.day,
            mention.reading.review_id,
        ),
    )
