"""A recipe to be tried on a page: the pages ask by a row, the schedule answers in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import CursorResult, ForeignKey, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from vigie.clock import now
from vigie.errors import NotFoundError, VigieError
from vigie.store.base import Base, LongText, Pk, Url
from vigie.store.unused_sites import forget_unused

KEPT = timedelta(days=1)
# One at a time is taken up: more would only wait.
MOST_WAITING = 5


class RecipeTrial(Base):
    """One trial; it is forgotten after a day.

    ``answer`` is what ``crawlers.trials`` found: ``{"count", "kept", "found": {field: items},
    "items": [{field: text}...], "next", "stated", "problems", "trouble", "status"}``.
    """

    __tablename__ = "recipe_trial"

    id: Mapped[Pk]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id", ondelete="SET NULL"))
    # The source whose recipe is being mended.
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime]
    url: Mapped[Url]
    recipe: Mapped[LongText]
    claimed_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)


def trial_by_id(session: Session, trial_id: int) -> RecipeTrial:
    """Return the trial of this number.

    Raises:
        NotFoundError: there is none, or it is forgotten by now.
    """
    trial = session.get(RecipeTrial, trial_id)
    if trial is None or trial.asked_at < now() - KEPT:
        raise NotFoundError("trial-error-unknown", trial=str(trial_id))
    return trial


def ask_trial(
    session: Session, user_id: int | None, url: str, recipe: str, source_id: int | None = None
) -> RecipeTrial:
    """Ask for a trial; the caller commits.

    Raises:
        VigieError: too many wait already.
    """
    waiting = select(func.count()).where(
        RecipeTrial.answered_at.is_(None), RecipeTrial.asked_at >= now() - KEPT
    )
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        raise VigieError("trial-error-many", most=MOST_WAITING)
    trial = RecipeTrial(
        user_id=user_id, source_id=source_id, asked_at=now(), url=url, recipe=recipe
    )
    session.add(trial)
    session.flush()
    return trial


def waiting_trial(session: Session) -> RecipeTrial | None:
    """Return the trial that waits longest and that nobody holds."""
    free = or_(RecipeTrial.claimed_until.is_(None), RecipeTrial.claimed_until < now())
    query = select(RecipeTrial).where(
        RecipeTrial.answered_at.is_(None), RecipeTrial.asked_at >= now() - KEPT, free
    )
    return session.scalar(query.order_by(RecipeTrial.id).limit(1))


def claim_trial(session: Session, trial_id: int, until: datetime) -> bool:
    """Take a trial, unless another holds it; the row count decides between two."""
    claimed = session.execute(
        update(RecipeTrial)
        .where(
            RecipeTrial.id == trial_id,
            RecipeTrial.answered_at.is_(None),
            or_(RecipeTrial.claimed_until.is_(None), RecipeTrial.claimed_until < now()),
        )
        .values(claimed_until=until)
        .execution_options(synchronize_session=False)
    )
    session.commit()
    return isinstance(claimed, CursorResult) and claimed.rowcount == 1


def forget_trials(session: Session) -> None:
    """Drop what nobody needs any more, with the sites only asked for trials; the caller commits."""
    old = RecipeTrial.asked_at < now() - KEPT
    urls = session.scalars(select(RecipeTrial.url).where(old)).all()
    if urls:
        session.execute(delete(RecipeTrial).where(old))
        kept = session.scalars(select(RecipeTrial.url)).all()
        forget_unused(session, _hosts(urls) - _hosts(kept))


def _hosts(urls: Iterable[str]) -> set[str]:
    return {urlsplit(url).netloc for url in urls}
