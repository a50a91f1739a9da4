"""What people praise and complain of: aspects that recur, each with its best quote."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
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
# Five stars of five complain of nothing, one praises nothing.
MOST_CONTENT, LEAST_CONTENT = 4.5, 1.5
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
        """Whether the review is not of the contrary mind altogether."""
        return {self.reading.tone, self.polarity} != {"neg", "pos"}

    @property
    def counts(self) -> bool:
        """Whether somebody so content, or so unhappy, means it: else it is irony or a misreading.

        Four stars and a complaint, or two and a kind word, go together.
        """
        stars = self.reading.stars
        if stars is None:
            return True
        return stars < MOST_CONTENT if self.polarity == "neg" else stars > LEAST_CONTENT


_ByAspect = Mapping[str, Sequence[_Mention]]


def themes(
    session: Session, readings: Sequence[Reading]
) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    """Return what is complained of and what is praised, the most spoken of first.

    Each aspect needs two customers, one of whom at least is of that mind altogether, and stands on
    the side of most customers, on both where they are as many.
    """
    by_side: dict[str, dict[str, list[_Mention]]] = {}
    for side in ("neg", "pos"):
        by_aspect = by_side[side] = defaultdict(list)
        for mention in _mentions(session, readings, side):
            if mention.counts:
                by_aspect[mention.aspect].append(mention)
    return _side(by_side["neg"], by_side["pos"]), _side(by_side["pos"], by_side["neg"])


def _side(own: _ByAspect, contrary: _ByAspect) -> tuple[Theme, ...]:
    counts = {aspect: _customers(mentions) for aspect, mentions in own.items()}
    most = sorted(
        (
            aspect
            for aspect, count in counts.items()
            if count >= max(LEAST_MENTIONS, _customers(contrary.get(aspect, ())))
            and any(mention.is_credible for mention in own[aspect])
        ),
        key=lambda aspect: (-counts[aspect], aspect),
    )
    found: list[Theme] = []
    quoted: set[int] = set()
    for aspect in most[:MOST_THEMES]:
        best = _best_mention(own[aspect], quoted)
        quoted.add(best.reading.review_id)
        quote = quote_of(best.reading, best.start, best.end)
        found.append(Theme(aspect, best.polarity, counts[aspect], quote))
    return tuple(found)


def _customers(mentions: Sequence[_Mention]) -> int:
    return len({mention.reading.review_id for mention in mentions})


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
