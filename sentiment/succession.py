"""From one model to the next, so that no chart and no mail ever mixes two.

While a new model reads what is stored, readers go on showing the one before. Once nothing awaits
it, they move to it in one commit; only then are the other's readings deleted, in small commits.
Killed at any point, the next run goes on from there.

A model that was left is retired: a process that still runs it, since before an upgrade or under
other settings, must not lead readers back. ``recall`` does, when a person asks for it.
"""

from collections.abc import Callable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from sentiment.scoring import awaiting
from vigie.errors import VigieError
from vigie.store import AspectMention, ModelState, ReadingModel, Score, UrgencyMention
from vigie.store.score import current_model, is_retired, show_model

Factory = sessionmaker[Session]

BATCH_ROWS = 1000


def refuse_retired(factory: Factory, version: str) -> None:
    """Make sure that readers have not moved on from this model.

    Raises:
        VigieError: they have; the sentence says to which, and how to come back.
    """
    with factory() as session:
        if is_retired(session, version):
            shown = current_model(session) or ""
            raise VigieError("score-model-retired", model=version, shown=shown)


def recall(factory: Factory, version: str) -> None:
    """Let a retired model have its turn again."""
    with factory.begin() as session:
        session.execute(
            delete(ReadingModel).where(
                ReadingModel.model == version, ReadingModel.state == ModelState.RETIRED
            )
        )


def take_over(factory: Factory, version: str) -> bool:
    """Show this model's readings if it has read all there is; say whether they are shown."""
    with factory.begin() as session:
        if current_model(session) == version:
            return True
        unread = session.scalar(awaiting(version).limit(1)) is not None
        if unread or is_retired(session, version):
            return False
        show_model(session, version)
        return True


def drop_retired(factory: Factory, on_progress: Callable[[int], object] | None = None) -> int:
    """Delete what retired models read, in small commits; return how many readings that was."""
    dropped = 0
    retired = select(ReadingModel.model).where(ReadingModel.state == ModelState.RETIRED)
    while True:
        with factory.begin() as session:
            models = session.scalars(retired).all()
            rows = session.execute(
                select(Score.id, Score.review_id).where(Score.model.in_(models)).limit(BATCH_ROWS)
            ).all()
            if not rows:
                return dropped
            reviews = [row.review_id for row in rows]
            for table in (AspectMention, UrgencyMention):
                session.execute(
                    delete(table).where(table.review_id.in_(reviews), table.model.in_(models))
                )
            session.execute(delete(Score).where(Score.id.in_([row.id for row in rows])))
        dropped += len(rows)
        if on_progress is not None:
            on_progress(len(rows))
