"""Stored reviews that await a reading to readings, in batches that each end in a commit.

Killed at any point, it goes on from the last commit; a text that was already read by the same
model, here or at another shop, is not read again.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, sessionmaker

from sentiment.reading import Reading, TextReader
from sentiment.scorer import is_readable
from sentiment.stored import StoredText, known_readings, write_readings
from vigie.clock import now
from vigie.languages import UNKNOWN_LANGUAGE
from vigie.store import Review, ReviewVersion, Score

Factory = sessionmaker[Session]

BATCH_REVIEWS = 256
UNREADABLE = Reading(UNKNOWN_LANGUAGE, None, None, (), ())


def count_unscored(factory: Factory, version: str) -> int:
    """Return how many reviews await a reading by this model; it is not loaded for this."""
    with factory() as session:
        count = awaiting(version).with_only_columns(func.count(), maintain_column_froms=True)
        return session.scalar(count) or 0


def score_unscored(
    factory: Factory,
    reader: TextReader,
    on_progress: Callable[[int], object] | None = None,
    batch: int = BATCH_REVIEWS,
) -> int:
    """Read the reviews that await it.

    What is written is shown once all is (``sentiment.succession``), unless it is the first model.

    Args:
        factory: makes sessions; none is held open while the model reads.
        reader: reads the texts; its version is stored with each reading.
        on_progress: called after each commit with the number of reviews it added.
        batch: reviews between two commits.

    Returns:
        How many reviews were read.
    """
    last_id = done = 0
    while True:
        # Taken before the texts are read: an edit while the model works is then seen as newer.
        moment = now()
        with factory() as session:
            rows = session.execute(
                awaiting(reader.version, last_id).order_by(Review.id).limit(batch)
            )
            taken = [StoredText(*row) for row in rows]
            if not taken:
                return done
            last_id = taken[-1].review_id
            texts = sorted({one.text for one in taken})
            known = known_readings(session, reader.version, texts)
        readings = known | _read([text for text in texts if text not in known], reader)
        with factory.begin() as session:
            write_readings(session, reader.version, taken, readings, moment)
        done += len(taken)
        if on_progress is not None:
            on_progress(len(taken))


def awaiting(version: str, after_id: int = 0) -> Select[int, str, float | None]:
    """Select reviews with a text that this model has not read since their last edit.

    Args:
        version: the model's.
        after_id: reviews up to this number are left out, and cost nothing.
    """
    edited_since = exists().where(
        ReviewVersion.review_id == Review.id, ReviewVersion.replaced_at > Score.scored_at
    )
    fresh = exists().where(
        Score.review_id == Review.id,
        Score.model == version,
        # Said again, or PostgreSQL walks through the scores of all the reviews before.
        Score.review_id > after_id,
        ~edited_since.correlate(Review, Score),
    )
    return select(Review.id, Review.text, Review.rating_normalised).where(
        Review.id > after_id, _has_text(), ~fresh
    )


def _has_text() -> ColumnElement[bool]:
    return func.trim(Review.text, " \t\r\n") != ""


def _read(texts: Sequence[str], reader: TextReader) -> dict[str, Reading]:
    readable = [text for text in texts if is_readable(text)]
    read = reader.read(readable) if readable else []
    # Rare blanks pass for words in the database; they are marked, or they would await for ever.
    return dict.fromkeys(texts, UNREADABLE) | dict(zip(readable, read, strict=True))
