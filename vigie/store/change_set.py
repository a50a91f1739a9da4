"""Settings that a person changed at once: what one click takes back."""

from datetime import datetime

from sqlalchemy import CursorResult, ForeignKey, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from vigie.errors import NotFoundError
from vigie.store.base import Base, Pk, Str64
from vigie.store.user import User


class ChangeSet(Base):
    """One change of one or many sources and sites; its audit entries hold the old values."""

    __tablename__ = "change_set"

    id: Mapped[Pk]
    at: Mapped[datetime]
    # None: the command line.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id", ondelete="SET NULL"))
    action: Mapped[Str64]
    # The change that took this one back.
    undone_by: Mapped[int | None] = mapped_column(
        ForeignKey("change_set.id", ondelete="SET NULL"), index=True
    )

    user: Mapped[User | None] = relationship()


def change_set_by_id(session: Session, change_set_id: int) -> ChangeSet:
    """Return the change of this number.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(ChangeSet, change_set_id)
    if found is None:
        raise NotFoundError("tuning-error-change-unknown", change=str(change_set_id))
    return found


def claim_undo(session: Session, change_set_id: int, undone_by: int) -> bool:
    """Mark a change as taken back, unless it was already; the row count decides between two."""
    done = session.execute(
        update(ChangeSet)
        .where(ChangeSet.id == change_set_id, ChangeSet.undone_by.is_(None))
        .values(undone_by=undone_by)
        .execution_options(synchronize_session=False)
    )
    return isinstance(done, CursorResult) and done.rowcount == 1
