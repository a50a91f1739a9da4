"""Readings as rows: writing them beside their reviews, and finding what was read already."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import String, column, delete, select, values
from sqlalchemy.orm import Session

from sentiment.disagreement import disagrees
from sentiment.reading import Aspect, Mixed, Reading, Urgency
from sentiment.scorer import to_score
from vigie.brief.readings import BEST_STARS, WORST_STARS
from vigie.languages import UNKNOWN_LANGUAGE
from vigie.store import AspectMention, Review, Score, UrgencyMention
from vigie.store.score import current_model, show_model, text_digest
from vigie.store.upsert import insert_for

NO_STARS = dict.fromkeys(("p1", "p2", "p3", "p4", "p5", "stars"))
OFFSETS = (
    "mixed_praise_start",
    "mixed_praise_end",
    "mixed_complaint_start",
    "mixed_complaint_end",
)


Mention = TypeVar("Mention", AspectMention, UrgencyMention)


class StoredText(NamedTuple):
    """A review as it is read: its number, its text, and the customer's rating in [0, 1]."""

    review_id: int
    text: str
    rating: float | None


def known_readings(session: Session, version: str, texts: Sequence[str]) -> dict[str, Reading]:
    """Return what this model already read in the same texts, by text."""
    if not texts:
        return {}
    text_by_hash = {text_digest(text): text for text in texts}
    wanted = (
        values(column("text_hash", String), name="wanted")
        .data([(digest,) for digest in text_by_hash])
        .cte("wanted")
    )
    # One row a text, however many reviews say the same: a popular "Super" is not fetched whole.
    one = (
        select(Score.id)
        .where(
            Score.text_hash == wanted.c.text_hash,
            Score.model == version,
            # A row from before languages were asked for is no whole reading.
            Score.language.is_not(None),
        )
        .limit(1)
        .correlate(wanted)
        .scalar_subquery()
    )
    # In two steps: within one statement, PostgreSQL reads the whole table for the outer one.
    ids = [found for found in session.scalars(select(one).select_from(wanted)) if found is not None]
    scores = session.scalars(select(Score).where(Score.id.in_(ids)))
    score_by_hash = {score.text_hash: score for score in scores}
    review_ids = [score.review_id for score in score_by_hash.values()]
    aspects: dict[int, list[Aspect]] = {review_id: [] for review_id in review_ids}
    urgencies: dict[int, list[Urgency]] = {review_id: [] for review_id in review_ids}
    for aspect in _mentions(session, AspectMention, version, review_ids):
        aspects[aspect.review_id].append(
            Aspect(aspect.aspect, aspect.polarity, aspect.start, aspect.end)  # type: ignore[arg-type]  # Stored from an Aspect.
        )
    for urgency in _mentions(session, UrgencyMention, version, review_ids):
        urgencies[urgency.review_id].append(
            Urgency(urgency.kind, urgency.start, urgency.end)  # type: ignore[arg-type]  # Stored from an Urgency.
        )
    return {
        text_by_hash[digest]: _reading(
            score, tuple(aspects[score.review_id]), tuple(urgencies[score.review_id])
        )
        for digest, score in score_by_hash.items()
    }


def write_readings(
    session: Session,
    version: str,
    batch: Sequence[StoredText],
    readings: Mapping[str, Reading],
    moment: datetime,
) -> None:
    """Replace the readings of these reviews, those deleted meanwhile excepted.

    The first model ever is shown from its first reading on: there is none to mix it with.
    """
    reviews = {one.review_id: one for one in batch}
    ids = session.scalars(select(Review.id).where(Review.id.in_(reviews))).all()
    rows: dict[type[Score | AspectMention | UrgencyMention], list[dict[str, Any]]] = {
        Score: [],
        AspectMention: [],
        UrgencyMention: [],
    }
    for review_id in ids:
        one = reviews[review_id]
        reading = readings[one.text]
        key = {"review_id": review_id, "model": version}
        rows[Score].append(key | _columns(one, reading) | {"scored_at": moment})
        rows[AspectMention] += [
            key | {"aspect": a.name, "polarity": a.polarity, "start": a.start, "end": a.end}
            for a in reading.aspects
        ]
        rows[UrgencyMention] += [
            key | {"kind": u.kind, "start": u.start, "end": u.end} for u in reading.urgencies
        ]
    for table, new in rows.items():
        session.execute(delete(table).where(table.review_id.in_(ids), table.model == version))
        # Another process may have read the same reviews meanwhile: what it wrote is as good.
        if new:
            session.execute(insert_for(session, table).on_conflict_do_nothing(), new)
    if current_model(session) is None:
        show_model(session, version)


def _mentions(
    session: Session, table: type[Mention], version: str, review_ids: Sequence[int]
) -> Sequence[Mention]:
    return session.scalars(
        select(table)
        .where(table.model == version, table.review_id.in_(review_ids))
        .order_by(table.review_id, table.start, table.id)
    ).all()


def _reading(score: Score, aspects: tuple[Aspect, ...], urgencies: tuple[Urgency, ...]) -> Reading:
    """Return what a row keeps; the label follows from it."""
    all_or_none = (score.p1, score.p2, score.p3, score.p4, score.p5)
    numbers = [p for p in all_or_none if p is not None]
    return Reading(
        language=score.language or UNKNOWN_LANGUAGE,
        score=to_score(numbers) if numbers else None,
        mixed=_mixed(score),
        aspects=aspects,
        urgencies=urgencies,
    )


def _mixed(score: Score) -> Mixed | None:
    a, b, c, d = (getattr(score, name) for name in OFFSETS)
    return None if a is None else Mixed((a, b), (c, d))


def _columns(one: StoredText, reading: Reading) -> dict[str, Any]:
    score, mixed = reading.score, reading.mixed
    numbers: dict[str, float | None] = dict(NO_STARS)
    if score is not None:
        numbers = dict(zip(NO_STARS, (*score.stars_p, score.stars), strict=True))
    offsets = (*mixed.praise, *mixed.complaint) if mixed else (None,) * len(OFFSETS)
    given = None if one.rating is None else WORST_STARS + (BEST_STARS - WORST_STARS) * one.rating
    return {
        "text_hash": text_digest(one.text),
        "language": reading.language,
        "label": reading.label,
        "disagrees": disagrees(given, reading),
        **numbers,
        **dict(zip(OFFSETS, offsets, strict=True)),
    }
