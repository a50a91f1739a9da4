"""A shop's reviews, filtered, a page at a time, with what hangs on each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from vigie.brief.readings import day_start
from vigie.clock import today
from vigie.store import AspectMention, Review, Score, Source
from vigie.store.score import current_model
from web.queries.paging import Paged, page_of
from web.queries.tones import TONES, score_of_review, tone_column

REVIEWS_A_PAGE = 20
# What the address says, and how many days back it reaches.
PERIODS = {"28j": 28, "90j": 90, "12m": 365}


@dataclass(frozen=True)
class ReviewFilter:
    """What a person asked to see; None keeps everything."""

    source_id: int | None = None
    tone: str | None = None
    period: str | None = None

    @classmethod
    def read(cls, source: str, tone: str, period: str) -> "ReviewFilter":
        """Read the address's words; one that means nothing keeps everything."""
        # More digits than any row's number would not fit the database's integers.
        is_number = source.isascii() and source.isdigit() and len(source) < 10
        return cls(
            int(source) if is_number else None,
            tone if tone in TONES else None,
            period if period in PERIODS else None,
        )

    def as_query(self) -> dict[str, str]:
        """Return the words that put this filter into an address."""
        words = {"source": self.source_id, "sentiment": self.tone, "periode": self.period}
        return {name: str(value) for name, value in words.items() if value is not None}


@dataclass(frozen=True)
class ShownReview:
    """A review as the page shows it: its tone, the aspects by polarity, its source's name."""

    review: Review
    tone: str
    # What the model reads in the text, None before it has.
    model_label: str | None
    model_stars: float | None
    aspects: Sequence[tuple[str, str]]


def reviews_page(
    session: Session, shop_id: int, wanted: ReviewFilter, number: int, size: int = REVIEWS_A_PAGE
) -> Paged[ShownReview]:
    """Return a page of the shop's reviews, newest first."""
    query = (
        select(Review, Score.label, Score.stars, tone_column())
        .outerjoin(Score, score_of_review(session))
        .where(Review.shop_id == shop_id, Review.duplicate_of_id.is_(None), *_conditions(wanted))
        .order_by(Review.published_at.desc(), Review.id.desc())
        .options(selectinload(Review.versions), selectinload(Review.source))
    )
    page = page_of(session, query, number, size)
    aspects = _aspects(session, [review.id for review, *_ in page.items])
    shown = [
        ShownReview(review, tone, label, stars, aspects[review.id])
        for review, label, stars, tone in page.items
    ]
    return Paged(shown, page.number, page.size, page.total)


def sources_of(session: Session, shop_id: int) -> Sequence[Source]:
    """Return the shop's sources, by name."""
    query = select(Source).where(Source.shop_id == shop_id).order_by(Source.label, Source.id)
    return session.scalars(query).all()


def _conditions(wanted: ReviewFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.source_id is not None:
        conditions.append(Review.source_id == wanted.source_id)
    if wanted.tone is not None:
        conditions.append(tone_column() == wanted.tone)
    if wanted.period is not None:
        since = today() - timedelta(days=PERIODS[wanted.period])
        conditions.append(Review.published_at >= day_start(since))
    return conditions


def _aspects(
    session: Session, review_ids: Sequence[int]
) -> defaultdict[int, list[tuple[str, str]]]:
    rows = session.execute(
        select(AspectMention.review_id, AspectMention.aspect, AspectMention.polarity)
        .where(
            AspectMention.review_id.in_(review_ids),
            AspectMention.model == current_model(session),
        )
        .order_by(AspectMention.review_id, AspectMention.start)
    )
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for review_id, aspect, polarity in rows:
        if (aspect, polarity) not in found[review_id]:
            found[review_id].append((aspect, polarity))
    return found
