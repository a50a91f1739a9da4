"""A site: one host, its manners and what it permits."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from vigie.clock import now
from vigie.errors import NotFoundError
from vigie.store.audit import audit
from vigie.store.base import Base, Pk, Str64, Str255, Url, enum_column


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
    # What the operator states; None means the setting's default, or no limit.
    min_delay_s: Mapped[float | None]
    requests_per_day: Mapped[int | None]
    # How many requests may be under way at once, over all processes; None is one.
    concurrency: Mapped[int | None]
    # Minutes since midnight in France; a window may go over midnight. None is all day.
    open_minute: Mapped[int | None]
    close_minute: Mapped[int | None]
    permission: Mapped[Permission] = mapped_column(
        enum_column(Permission), default=Permission.UNSTATED
    )
    # Where the permission is written down: a letter, a contract, a licence.
    permission_note: Mapped[Str255 | None]
    permission_at: Mapped[datetime | None]
    # Only the command line sets it: the explicit allow-list for loopback and private addresses.
    private_allowed: Mapped[bool] = mapped_column(default=False)
    # What robots.txt and the TDM reservation said at the last crawl.
    robots_decision: Mapped[Str255 | None]
    robots_delay_s: Mapped[float | None]
    tdm_decision: Mapped[Str255 | None]
    # The budget that every process shares: changed by compare-and-set on ``turn``.
    turn: Mapped[int] = mapped_column(default=0)
    last_request_at: Mapped[datetime | None]
    # The requests of one day in France.
    requests_day: Mapped[date | None]
    requests_made: Mapped[int] = mapped_column(default=0)
    # Requests under way: a token each, and until when it counts (an ISO moment).
    under_way: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # A back-off: nothing is asked until then. ``failures`` in a row make it longer.
    paused_until: Mapped[datetime | None]
    pause_reason: Mapped[Str64 | None]
    failures: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class PageMemory(Base):
    """What a page of a source held when it was last read, for a conditional request.

    ``held`` is ``{"reviews": [external ids], "listings": [...], "links": [[url, by_next]...],
    "stated_reviews", "stated_ratings", "stated_zero"}``: what a 304 stands for.
    """

    __tablename__ = "page_memory"
    __table_args__ = (UniqueConstraint("source_id", "url"),)

    id: Mapped[Pk]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    url: Mapped[Url]
    # The validators, as the server wrote them (RFC 9110, 8.8).
    etag: Mapped[Str255 | None]
    last_modified: Mapped[Str64 | None]
    # The version of Vigie that read it: another may see more in the same page.
    reader: Mapped[Str64]
    read_at: Mapped[datetime]
    held: Mapped[dict[str, Any]]


def site_by_host(session: Session, host: str) -> Site:
    """Return the site of this host (with its port, if unusual).

    Raises:
        NotFoundError: there is none.
    """
    site = session.scalar(select(Site).where(Site.host == host.strip().lower()))
    if site is None:
        raise NotFoundError("site-error-unknown", host=host[:200])
    return site


def state_permission(
    session: Session,
    site: Site,
    permission: Permission,
    note: str | None = None,
    user_id: int | None = None,
) -> None:
    """State on what ground a site is read, and record the change; the caller commits."""
    if permission is site.permission and (note or None) == site.permission_note:
        return
    before = str(site.permission) if site.permission else str(Permission.UNSTATED)
    site.permission, site.permission_note = permission, note or None
    site.permission_at = now()
    audit(
        session,
        "site-permission",
        site,
        user_id,
        host=site.host,
        before=before,
        after=str(permission),
        note=note or "",
    )
