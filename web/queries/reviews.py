"""A shop's reviews, filtered, a page at a time, with what is read in each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, selectinload

from vigie.brief.quotes import quotable, sentence_around
from vigie.brief.readings import day_start
from vigie.clock import today
from vigie.languages import UNKNOWN_LANGUAGE
from vigie.store import AspectMention, Review, Score, Source, UrgencyMention
from vigie.store.score import shown_model, text_digest
from web.queries.paging import Paged, page_of
from web.queries.tones import TONES, score_of_review, tone_column

REVIEWS_A_PAGE = 20
# What the address says, and how many days back it reaches.
PERIODS = {"28j": 28, "90j": 90, "12m": 365}
YES = "oui"
HOME_LANGUAGE = "fr"
CONTENT = "pos"
# "Longue date" says nothing by itself.
LEAST_WORDS_LENGTH = 12

Mention = TypeVar("Mention", AspectMention, UrgencyMention)


@dataclass(frozen=True)
class ReviewFilter:
    """What a person asked to see; None, and False, keep everything."""

    source_id: int | None = None
    tone: str | None = None
    period: str | None = None
    urgent: bool = False
    disagrees: bool = False

    @classmethod
    def read(
        cls, source: str, tone: str, period: str, urgent: str = "", disagrees: str = ""
    ) -> "ReviewFilter":
        """Read the address's words; one that means nothing keeps everything."""
        # More digits than any row's number would not fit the database's integers.
        is_number = source.isascii() and source.isdigit() and len(source) < 10
        return cls(
            int(source) if is_number else None,
            tone if tone in TONES else None,
            period if period in PERIODS else None,
            urgent == YES,
            disagrees == YES,
        )

    def as_query(self) -> dict[str, str]:
        """Return the words that put this filter into an address."""
        words = {
            "source": self.source_id,
            "sentiment": self.tone,
            "periode": self.period,
            "urgents": YES if self.urgent else None,
            "desaccord": YES if self.disagrees else None,
        }
        return {name: str(value) for name, value in words.items() if value is not None}


@dataclass(frozen=True)
class Reading:
    """What the model reads in a review's text.

    Attributes:
        label: ``neg``, ``neu`` or ``pos``; None in a language that the model does not read.
        stars: 1.0 to 5.0; None as above.
        language: the text's, unless it is French or was not asked for.
        disagrees: whether the text says the contrary of the customer's stars.
        praise: words of a mixed review that praise, as ``complaint`` those that complain.
        aspects: each (aspect, polarity) once.
        urgencies: each (kind, words).
    """

    label: str | None
    stars: float | None
    language: str | None
    disagrees: bool
    praise: str | None
    complaint: str | None
    aspects: Sequence[tuple[str, str]]
    urgencies: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ShownReview:
    """A review as the page shows it: its tone, and what is read in it, None before it has been."""

    review: Review
    tone: str
    reading: Reading | None


def reviews_page(
    session: Session, shop_id: int, wanted: ReviewFilter, number: int, size: int = REVIEWS_A_PAGE
) -> Paged[ShownReview]:
    """Return a page of the shop's reviews, newest first."""
    query = (
        select(Review, Score, tone_column())
        .join_from(Review, Score, score_of_review(), isouter=True)
        .where(Review.shop_id == shop_id, Review.duplicate_of_id.is_(None), *_conditions(wanted))
        .order_by(Review.published_at.desc(), Review.id.desc())
        .options(selectinload(Review.versions), selectinload(Review.source))
    )
    page = page_of(session, query, number, size)
    # One statement, so all of one model, which the words are then asked for by name.
    scores = [score for _, score, _ in page.items if score is not None]
    aspects = _mentions(session, AspectMention, scores)
    urgencies = _mentions(session, UrgencyMention, scores)
    shown = [
        ShownReview(
            review,
            tone,
            score
            and _reading(
                review,
                score,
                aspects[review.id],
                # "They saved my life" is no emergency: nobody content waits for help.
                urgencies[review.id] if tone != CONTENT else (),
            ),
        )
        for review, score, tone in page.items
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
    if wanted.urgent:
        mention = UrgencyMention.review_id == Review.id, UrgencyMention.model == shown_model()
        conditions += [exists().where(*mention), tone_column() != CONTENT]
    if wanted.disagrees:
        conditions.append(Score.disagrees.is_(True))
    return conditions


def _reading(
    review: Review,
    score: Score,
    aspects: Sequence[AspectMention],
    urgencies: Sequence[UrgencyMention],
) -> Reading:
    # Offsets into a text that was edited since would quote other words.
    unchanged = score.text_hash == text_digest(review.text)

    def quote(start: int, end: int) -> str | None:
        return quotable(sentence_around(review.text, start, end)) if unchanged else None

    praise, complaint = _of_two_minds(review.text, score) if unchanged else (None, None)
    return Reading(
        label=None if score.label == UNKNOWN_LANGUAGE else score.label,
        stars=score.stars,
        language=None if score.language == HOME_LANGUAGE else score.language,
        disagrees=score.disagrees,
        praise=praise,
        complaint=complaint,
        aspects=list(dict.fromkeys((one.aspect, one.polarity) for one in aspects)),
        urgencies=[(one.kind, quote(one.start, one.end) or "") for one in urgencies],
    )


def _of_two_minds(text: str, score: Score) -> tuple[str | None, str | None]:
    """Return the sentences of a mixed review that praise and complain.

    Where one sentence does both, the bare words, unless these are too few to say anything.
    """
    places = (
        (score.mixed_praise_start, score.mixed_praise_end),
        (score.mixed_complaint_start, score.mixed_complaint_end),
    )
    spans = [(start, end) for start, end in places if start is not None and end is not None]
    if len(spans) < len(places):
        return None, None
    praise, complaint = (sentence_around(text, start, end) for start, end in spans)
    if praise == complaint:
        praise, complaint = (text[start:end] for start, end in spans)
        if min(len(praise), len(complaint)) < LEAST_WORDS_LENGTH:
            return None, None
    return quotable(praise), quotable(complaint)


def _mentions(
    session: Session, table: type[Mention], scores: Sequence[Score]
) -> defaultdict[int, list[Mention]]:
    """Return the mentions of these readings, by review, in the order of the text."""
    found: defaultdict[int, list[Mention]] = defaultdict(list)
    rows = session.scalars(
        select(table)
        .where(
            table.review_id.in_({score.review_id for score in scores}),
            table.model.in_({score.model for score in scores}),
        )
        .order_by(table.review_id, table.start, table.id)
    )
    for row in rows:
        found[row.review_id].append(row)
    return found
