"""A secret that a service asks for, kept sealed (``vigie.vault``)."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vigie.clock import now
from vigie.store.base import Base, LongText, Pk, Str64
from vigie.store.source import Source


class Credential(Base):
    """One secret, of a source or of a whole site: the source's own comes first."""

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("source_id", "name"), UniqueConstraint("site_id", "name"))

    id: Mapped[Pk]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    # What the platform calls it: "api_key", "refresh_token"...
    name: Mapped[Str64]
    sealed: Mapped[LongText]
    set_at: Mapped[datetime]


def credentials_of(session: Session, source: Source) -> dict[str, Credential]:
    """Return the secrets that a source is read with, by name."""
    found = session.scalars(
        select(Credential).where(
            or_(Credential.source_id == source.id, Credential.site_id == source.site_id)
        )
    ).all()
    shared = {one.name: one for one in found if one.source_id is None}
    return shared | {one.name: one for one in found if one.source_id is not None}


def keep_credential(
    session: Session, source: Source, name: str, sealed: str, *, whole_site: bool = False
) -> None:
    """Keep a sealed secret for a source, or for all sources of its site; the caller commits."""
    owner = {"site_id": source.site_id} if whole_site else {"source_id": source.id}
    held = session.query(Credential).filter_by(**owner, name=name).one_or_none()
    if held is None:
        held = Credential(**owner, name=name)
        session.add(held)
    held.sealed, held.set_at = sealed, now()
