"""One aspect of a shop as a topic: how many complain of it or praise it, before and since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session

from alerts.aspects import STREAMS, Heard, Polarity
from alerts.changes import RECENT, Change, Turned, last_before
from alerts.detectors.certainty import chance_alone
from alerts.history import VALUE, shown_score
from alerts.told import Facts
from alerts.why import BEFORE, MIDDLE
from vigie.alert_text import ASPECT_SHIFT
from vigie.brief.quotes import quotable, sentence_around, shorten
from vigie.clock import day_of, today
from vigie.store import AspectMention, Review, Score, Source

MOST_QUOTES, QUOTE_TO = 2, 100
# Among the latest voices, for the database to choose from.
MOST_VOICES = 50
# Ten times more often is as good as never before.
MOST_TIMES = 10
LIFE = timedelta(days=90)


@dataclass(frozen=True)
class Share:
    """How many of so many reviews say something, before a change and since."""

    before: int
    of_before: int
    count: int
    of: int

    @property
    def times(self) -> int:
        """How many times as often it is said since; 0 where that cannot be told in a word."""
        if not (self.before and self.of):
            return 0
        times = int(self.count * self.of_before / (self.of * self.before))
        return times if 2 <= times <= MOST_TIMES else 0


@dataclass
class AspectShift:
    """An aspect of a shop, with the reviews whose text was read."""

    session: Session
    shop_id: int
    aspect: str
    reviews: Sequence[Heard]
    changes: Sequence[Change]
    kind: str = ASPECT_SHIFT
    keeps_past: bool = False

    @property
    def subject(self) -> str:
        """Name the aspect among the shop's alerts."""
        return self.aspect

    @property
    def name(self) -> str:
        """Begin the keys of its alerts."""
        return f"{self.shop_id}:{ASPECT_SHIFT}:{self.aspect}"

    def facts(self, found: Turned) -> Facts:
        """Return what stays as it was told."""
        change, turn = found
        return {
            "aspect": self.aspect,
            "what": turn.what,
            "direction": change.direction,
            "since": change.since.isoformat(),
            "told_by": change.told_by.isoformat(),
            "expires_on": (change.told_by + LIFE).isoformat(),
        }

    def measured(self, change: Change, what: str, until: date | None) -> Facts:
        """Return who says what since and before, with quotes."""
        polarity: Polarity = "pos" if what == "praise" else "neg"
        before = [r for r in self.reviews if change.since - BEFORE <= r.day < change.since]
        since = [
            r for r in self.reviews if r.day >= change.since and (until is None or r.day < until)
        ]
        share = self._share(polarity, before, since)
        voices = [r.id for r in since if r.has(polarity, self.aspect)]
        quotes = [] if what == "relief" else self._quotes(voices, polarity)
        return {
            "chance": self._chance(change, polarity),
            "count": share.count,
            "of": share.of,
            "before": share.before,
            "of_before": share.of_before,
            "times": share.times,
            "quotes": [quote for _, quote in quotes],
            "review_ids": [review_id for review_id, _ in quotes],
        }

    def _chance(self, change: Change, polarity: Polarity) -> float:
        """Return how likely chance does this to a shop: all aspects are half of what is watched."""
        begin = last_before(change, self.changes)
        said = [float(r.has(polarity, self.aspect)) for r in self.reviews if r.day >= begin]
        recent = sum(r.day >= today() - RECENT for r in self.reviews)
        return min(1.0, 2 * STREAMS * chance_alone(said, recent, self.shop_id))

    def _share(self, polarity: Polarity, before: Iterable[Heard], since: Iterable[Heard]) -> Share:
        said = [[r.has(polarity, self.aspect) for r in reviews] for reviews in (before, since)]
        return Share(sum(said[0]), len(said[0]), sum(said[1]), len(said[1]))

    def _quotes(self, voices: Sequence[int], polarity: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the latest reviews that say so, those first whose rating agrees, in a sentence."""
        agrees = VALUE <= MIDDLE if polarity == "neg" else VALUE >= MIDDLE
        rows = self.session.execute(
            select(
                Review.id, Review.text, Review.published_at, Source.label,
                AspectMention.start, AspectMention.end,
            )
            .join(Source, Source.id == Review.source_id)
            .join(Score, shown_score())
            .join(
                AspectMention,
                and_(AspectMention.review_id == Review.id, AspectMention.model == Score.model),
            )
            .where(
                Review.id.in_(voices[-MOST_VOICES:]),
                AspectMention.aspect == self.aspect,
                AspectMention.polarity == polarity,
            )
            .order_by(
                case((agrees, 0), else_=1), Review.published_at.desc(), Review.id.desc(),
                AspectMention.start,
            )
        )  # fmt: skip
        quotes: dict[int, dict[str, Any]] = {}
        for row in rows:
            if len(quotes) == MOST_QUOTES:
                break
            words = shorten(quotable(sentence_around(row.text, row.start, row.end)), QUOTE_TO)
            day = day_of(row.published_at).isoformat()
            quotes.setdefault(row.id, {"words": words, "source": row.label, "on": day})
        return list(quotes.items())
