"""Unscored reviews to scores and aspects, in batches that each end in a commit.

Killed at any point, it goes on from the last commit; a text that was already read by the same
model, here or at another shop, is not read again.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from sentiment.aspects import Aspect, find_aspects
from sentiment.scorer import Scorer, SentimentScore, embedded_version, is_readable, to_score
from vigie.clock import now
from vigie.store import AspectMention, Review, ReviewVersion, Score
from vigie.store.upsert import insert_for

Factory = sessionmaker[Session]
Reading = tuple[SentimentScore, list[Aspect]]

BATCH_REVIEWS = 256


def count_unscored(factory: Factory, version: str | None = None) -> int:
    """Return how many reviews await a score by a model (by default the shipped one).

    The model is not loaded for this.
    """
    awaiting = _awaiting(version or embedded_version()).subquery()
    with factory() as session:
        return session.scalar(select(func.count()).select_from(awaiting)) or 0


def score_unscored(
    factory: Factory,
    scorer: Scorer,
    on_progress: Callable[[int], object] | None = None,
    batch: int = BATCH_REVIEWS,
) -> int:
    """Score the reviews that await it, with their aspects.

    Args:
        factory: makes sessions; none is held open while the model reads.
        scorer: reads the texts; its version is stored with each score.
        on_progress: called after each commit with the number of reviews it added.
        batch: reviews between two commits.

    Returns:
        How many reviews were scored.
    """
    last_id = done = 0
    while True:
        # Taken before the texts are read: an edit while the model works is then seen as newer.
        moment = now()
        with factory() as session:
            awaiting = _awaiting(scorer.version).where(Review.id > last_id)
            rows = session.execute(awaiting.order_by(Review.id).limit(batch)).all()
            if not rows:
                return done
            last_id = rows[-1].id
            text_by_review = {row.id: row.text for row in rows if is_readable(row.text)}
            texts = sorted(set(text_by_review.values()))
            known = _known_readings(session, scorer.version, texts)
        readings = known | _read([text for text in texts if text not in known], scorer)
        with factory.begin() as session:
            _write(session, scorer.version, text_by_review, readings, moment)
        done += len(text_by_review)
        if on_progress is not None:
            on_progress(len(text_by_review))


def _awaiting(version: str) -> Select[int, str]:
    """Select reviews with a text whose score is missing or older than their last edit."""
    edited_since = exists().where(
        ReviewVersion.review_id == Review.id, ReviewVersion.replaced_at > Score.scored_at
    )
    return (
        select(Review.id, Review.text)
        .outerjoin(Score, and_(Score.review_id == Review.id, Score.model == version))
        .where(_has_text(), or_(Score.id.is_(None), edited_since))
    )


def _has_text() -> ColumnElement[bool]:
    return func.trim(Review.text, " \t\r\n") != ""


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _read(texts: Sequence[str], scorer: Scorer) -> dict[str, Reading]:
    scores = scorer.score(texts) if texts else []
    aspects = find_aspects(texts, scorer, scores)
    return {text: (score, found) for text, score, found in zip(texts, scores, aspects, strict=True)}


def _known_readings(session: Session, version: str, texts: Sequence[str]) -> dict[str, Reading]:
    """Return what this model already read in the same texts, by text."""
    text_by_hash = {_digest(text): text for text in texts}
    rows = session.scalars(
        select(Score).where(Score.model == version, Score.text_hash.in_(text_by_hash))
    )
    score_by_hash = {row.text_hash: row for row in rows}
    mentions: dict[int, list[Aspect]] = {row.review_id: [] for row in score_by_hash.values()}
    for mention in session.scalars(
        select(AspectMention)
        .where(AspectMention.model == version, AspectMention.review_id.in_(mentions))
        .order_by(AspectMention.id)
    ):
        aspect = Aspect(mention.aspect, mention.polarity, mention.start, mention.end)  # type: ignore[arg-type]  # Stored from an Aspect.
        mentions[mention.review_id].append(aspect)
    return {
        text_by_hash[digest]: (
            to_score([row.p1, row.p2, row.p3, row.p4, row.p5]),
            mentions[row.review_id],
        )
        for digest, row in score_by_hash.items()
    }


def _write(
    session: Session,
    version: str,
    text_by_review: dict[int, str],
    readings: dict[str, Reading],
    moment: datetime,
) -> None:
    """Replace the scores and mentions of these reviews, those deleted meanwhile excepted."""
    ids = session.scalars(select(Review.id).where(Review.id.in_(text_by_review))).all()
    session.execute(delete(Score).where(Score.model == version, Score.review_id.in_(ids)))
    session.execute(
        delete(AspectMention).where(
            AspectMention.model == version, AspectMention.review_id.in_(ids)
        )
    )
    scores: list[dict[str, Any]] = []
    mentions: list[dict[str, Any]] = []
    for review_id in ids:
        text = text_by_review[review_id]
        score, aspects = readings[text]
        key = {"review_id": review_id, "model": version}
        scores.append(key | _score_columns(score, text) | {"scored_at": moment})
        mentions += [
            key | {"aspect": a.name, "polarity": a.polarity, "start": a.start, "end": a.end}
            for a in aspects
        ]
    # Another process may have scored the same reviews meanwhile: what it wrote is as good.
    for model, rows in ((Score, scores), (AspectMention, mentions)):
        if rows:
            session.execute(insert_for(session, model).on_conflict_do_nothing(), rows)


def _score_columns(score: SentimentScore, text: str) -> dict[str, Any]:
    p1, p2, p3, p4, p5 = score.stars_p
    return {
        "text_hash": _digest(text),
        "p1": p1,
        "p2": p2,
        "p3": p3,
        "p4": p4,
        "p5": p5,
        "stars": score.stars,
        "label": score.label,
    }
