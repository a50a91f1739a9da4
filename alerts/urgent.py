"""Reviews that cannot wait for the weekly brief: an alert each, and a mail at once, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, sessionmaker

from alerts.clients import is_client
from alerts.history import VALUE, to_stars
from alerts.life import LIVING, Fact, end, tell
from alerts.urgent_mail import queue_urgent
from vigie.brief.quotes import AUTHOR_TO, quotable, sentence_around, shorten
from vigie.brief.readings import BACKFILL_WITHIN, day_start
from vigie.clock import day_of, now, today
from vigie.reputation_text import URGENT_REVIEW
from vigie.settings import Settings
from vigie.store import (
    Alert,
    Closing,
    Review,
    ReviewState,
    Score,
    Severity,
    Shop,
    Source,
    UrgencyMention,
)
from vigie.store.score import shown_model, text_digest

# Older than the first, a review is not told at once; older than the second, it is history.
AT_ONCE, TOLD = timedelta(days=14), timedelta(days=30)
# "They saved my life" is no emergency: nobody who gives four stars waits for help.
MOST_STARS = 3.5
# A comma or an article is no quote: the reader has found something there and cannot say what.
LEAST_LETTERS = 5
# How much later than its date a review may have been written.
_ROUGHLY = {"day": timedelta(), "month": timedelta(days=31), "year": timedelta(days=366)}


@dataclass(frozen=True)
class Urgent:
    """A review that speaks of something urgent, and the words that do."""

    review_id: int
    shop_id: int
    kinds: tuple[str, ...]
    quote: str
    author: str
    source: str
    published_on: date
    text_hash: str
    at_once: bool

    @property
    def subject(self) -> str:
        """Return what names the review among its shop's alerts."""
        return f"review {self.review_id}"


def tell_urgent(
    factory: sessionmaker[Session], settings: Settings, shop_ids: Sequence[int] | None = None
) -> int:
    """Tell the urgent reviews of these shops (all by default), and let go of those that ended.

    Returns:
        How many alerts are new or open again.
    """
    with factory() as session:
        found = list(_urgent(session, shop_ids))
        known = _known(session)
    told = 0
    with factory.begin() as session:
        for one in found:
            # Nearly all were told at an earlier tick.
            if known.get(one.subject) == (one.text_hash, one.kinds):
                continue
            if tell(session, _fact(one)):
                told += 1
                if one.at_once:
                    queue_urgent(session, settings, one.shop_id, one.review_id)
        end(session, _ended(session, shop_ids, {one.review_id for one in found}))
    return told


def _known(session: Session) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the text and the kinds of what was told and is not over, by subject."""
    rows = session.execute(
        select(Alert.subject, Alert.facts).where(
            Alert.kind == URGENT_REVIEW, Alert.closed_because.is_distinct_from(Closing.OVER)
        )
    )
    return {
        subject: (facts["text_hash"], tuple(facts["kinds"]))
        for subject, facts in rows
        if facts["expires_on"] >= today().isoformat()
    }


def _urgent(session: Session, shop_ids: Sequence[int] | None) -> Iterator[Urgent]:
    query = (
        select(
            UrgencyMention.review_id, UrgencyMention.kind, UrgencyMention.start,
            UrgencyMention.end, Review.shop_id, Review.text, Review.author_label,
            Review.published_at, Review.published_precision, Review.first_seen_at,
            Score.text_hash, Source.label, Source.created_at, Shop.created_at.label("shop_since"),
            VALUE.label("value"),
        )
        .join(Review, Review.id == UrgencyMention.review_id)
        # Outer, so that no database starts from all that a model has read.
        .outerjoin(Score, and_(Score.review_id == Review.id, Score.model == UrgencyMention.model))
        .join(Source, Source.id == Review.source_id)
        .join(Shop, Shop.id == Review.shop_id)
        .where(
            UrgencyMention.model == shown_model(),
            Review.state == ReviewState.PRESENT,
            Review.duplicate_of_id.is_(None),
            Review.published_at >= day_start(today()) - TOLD,
            Review.published_at < day_start(today() + timedelta(days=1)),
            is_client(),
        )
        .order_by(UrgencyMention.review_id, UrgencyMention.start)
    )  # fmt: skip
    if shop_ids is not None:
        query = query.where(Review.shop_id.in_(shop_ids))
    for _, rows in groupby(session.execute(query), lambda row: row.review_id):
        mentions = [row for row in rows if _is_quote(row.text[row.start : row.end])]
        if not mentions:
            continue
        first = mentions[0]
        # A text that was edited since waits until it has been read again.
        is_read = text_digest(first.text) == first.text_hash
        if is_read and (first.value is None or to_stars(first.value) <= MOST_STARS):
            yield _of(mentions)


def _is_quote(words: str) -> bool:
    return sum(letter.isalpha() for letter in words) >= LEAST_LETTERS


def _of(mentions: Sequence[Any]) -> Urgent:
    first = mentions[0]
    return Urgent(
        review_id=first.review_id,
        shop_id=first.shop_id,
        kinds=tuple(sorted({row.kind for row in mentions})),
        quote=quotable(sentence_around(first.text, first.start, first.end)),
        author=shorten(first.author_label or "", AUTHOR_TO),
        source=first.label,
        published_on=day_of(first.published_at),
        text_hash=first.text_hash,
        at_once=_at_once(
            first.published_at,
            first.published_precision,
            first.first_seen_at,
            first.created_at,
            first.shop_since,
        ),
    )


def _at_once(
    published: datetime,
    precision: str,
    first_seen: datetime,
    source_since: datetime,
    shop_since: datetime,
) -> bool:
    """Say whether it is news: written lately, and since the shop is watched."""
    # A page without dates has its reviews dated by the moment of reading.
    is_rough = precision != "day" or published == first_seen
    if is_rough and first_seen - source_since < BACKFILL_WITHIN:
        return False
    latest = min(first_seen, published + _ROUGHLY.get(precision, timedelta()))
    latest = max(latest, published)
    return latest >= shop_since and now() - latest <= AT_ONCE


def _fact(one: Urgent) -> Fact:
    return Fact(
        shop_id=one.shop_id,
        kind=URGENT_REVIEW,
        subject=one.subject,
        changed_on=one.published_on,
        severity=Severity.URGENT,
        facts={
            "kinds": list(one.kinds),
            "quote": one.quote,
            "author": one.author,
            "known": "yes" if one.author else "no",
            "source": one.source,
            "published_on": one.published_on.isoformat(),
            "expires_on": (one.published_on + TOLD).isoformat(),
            "text_hash": one.text_hash,
            "review_ids": [one.review_id],
        },
        evidence=frozenset(one.kinds),
    )


def _ended(session: Session, shop_ids: Sequence[int] | None, still: set[int]) -> list[Alert]:
    """Return the alerts whose review is gone, told elsewhere, or says something else by now."""
    query = select(Alert).where(Alert.kind == URGENT_REVIEW, Alert.state.in_(LIVING))
    if shop_ids is not None:
        query = query.where(Alert.shop_id.in_(shop_ids))
    alerts = [row for row in session.scalars(query) if row.facts["review_ids"][0] not in still]
    ids = [alert.facts["review_ids"][0] for alert in alerts]
    read = and_(Score.review_id == Review.id, Score.model == shown_model())
    rows = session.execute(
        select(Review.id, Review.state, Review.duplicate_of_id, Review.text, Score.text_hash)
        .outerjoin(Score, read)
        .where(Review.id.in_(ids))
    )
    kept = {
        row.id: row.text_hash if row.text_hash == text_digest(row.text) else None
        for row in rows
        if row.state is ReviewState.PRESENT and row.duplicate_of_id is None
    }
    return [
        alert
        for alert, review_id in zip(alerts, ids, strict=True)
        if review_id not in kept or _says_else(kept[review_id], alert)
    ]


def _says_else(text_hash: str | None, alert: Alert) -> bool:
    """Say whether the text was edited and read again; another model alone changes nothing."""
    return text_hash is not None and text_hash != alert.facts["text_hash"]
