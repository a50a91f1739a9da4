"""A site: one host, its manners and what it permits."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from vigie.store.base import Base, Pk, Str255, enum_column


class Permission(StrEnum):
    """On what ground the operator reads a site, stated once per site."""

    UNSTATED = "unstated"
    OWN_PAGE = "own-page"
    API_ACCOUNT = "api-account"
    OPEN_DATA = "open-data"
    WRITTEN = "written"
    NONE = "none"


class Site(Base):
    """A host (with its port, if unusual): politeness is kept per site, across sources."""

    __tablename__ = "site"

    id: Mapped[Pk]
    host: Mapped[Str255] = mapped_column(unique=True)
    # None means the setting's default.
    min_delay_s: Mapped[float | None]
    requests_per_day: Mapped[int | None]
    permission: Mapped[Permission] = mapped_column(
        enum_column(Permission), default=Permission.UNSTATED
    )
    # Only the command line sets it: the explicit allow-list for loopback and private addresses.
    private_allowed: Mapped[bool] = mapped_column(default=False)
    # What robots.txt and the TDM reservation said at the last crawl.
    robots_decision: Mapped[Str255 | None]
    created_at: Mapped[datetime]
