"""The audit trail: who changed what, when."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from vigie.clock import now
from vigie.store.base import Base, Pk, Str64


class AuditEntry(Base):
    """One change made by a person."""

    __tablename__ = "audit_entry"
    # Serves a page's history: "what was changed about this row?"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id", "id"),)

    id: Mapped[Pk]
    at: Mapped[datetime] = mapped_column(index=True)
    # None: the command line.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id", ondelete="SET NULL"))
    action: Mapped[Str64]
    subject_kind: Mapped[Str64]
    subject_id: Mapped[int | None]
    # Of a change that can be taken back: ``detail`` then has the values "from" and "to".
    change_set_id: Mapped[int | None] = mapped_column(
        ForeignKey("change_set.id", ondelete="SET NULL"), index=True
    )
    detail: Mapped[dict[str, Any]]


def audit(
    session: Session,
    action: str,
    subject: Base,
    user_id: int | None = None,
    *,
    change_set_id: int | None = None,
    **detail: Any,
) -> None:
    """Record a change in the data's own transaction."""
    if getattr(subject, "id", None) is None:
        session.flush()
    session.add(
        AuditEntry(
            at=now(),
            user_id=user_id,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=getattr(subject, "id", None),
            change_set_id=change_set_id,
            detail=detail,
        )
    )
