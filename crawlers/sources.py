"""Adding a source: its URL made sure of, its site known."""

from urllib.parse import SplitResult, urlunsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.addresses import (
    is_public,
    is_web_port,
    is_written_address,
    may_be_own,
    site_of,
    split_web_url,
)
from crawlers.rows import URL_LIMIT
from vigie.clock import now
from vigie.errors import VigieError
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Permission, Shop, Site, Source
from vigie.store.site import state_permission

PLATFORM = "structured"
HOUR_S = 3600
DAY_S = 24 * HOUR_S
LABEL_LIMIT = 255


def add_source(
    session: Session,
    settings: Settings,
    shop: Shop,
    url: str,
    *,
    label: str | None = None,
    cadence_s: int | None = None,
    full_cadence_s: int | None = None,
    permission: Permission = Permission.UNSTATED,
) -> Source:
    """Watch a page for a shop; the caller commits. The first crawl is due at once.

    For the operator's own use (the command line, the demo): a page on a loopback or private
    address is put on its site's allow-list, for exactly that host and port.

    Raises:
        VigieError: the URL cannot be crawled, or the shop watches it already.
    """
    parts = _parts(url)
    clean = _normalised(parts)
    watched = select(Source.id).where(Source.shop_id == shop.id, Source.url == clean)
    if session.scalar(watched) is not None:
        raise VigieError("source-error-known", url=clean, shop=shop.slug)
    site = _site(session, parts, permission)
    source = Source(
        shop_id=shop.id,
        site_id=site.id,
        platform=PLATFORM,
        label=(" ".join((label or "").split()) or site.host)[:LABEL_LIMIT],
        url=clean,
        cadence_s=cadence_s or round(settings.cadence_hours * HOUR_S),
        full_cadence_s=full_cadence_s or round(settings.full_pass_days * DAY_S),
        next_run_at=now(),
        created_at=now(),
    )
    session.add(source)
    session.flush()
    return source


def _parts(url: str) -> SplitResult:
    url = url.strip()
    shown = url[:200]
    if len(url) > URL_LIMIT:
        raise VigieError("source-error-long", url=shown, limit=URL_LIMIT)
    if "://" not in url or not url.isprintable() or " " in url:
        raise VigieError("source-error-url", url=shown)
    parts = split_web_url(url)
    if parts is None:
        if "@" in url.partition("://")[2].partition("/")[0]:
            # The password is not repeated.
            raise VigieError("source-error-credentials", url=shown.rpartition("@")[2])
        raise VigieError("source-error-url", url=shown)
    host = parts.hostname or ""
    if not may_be_own(host) and not _is_of_the_web(host, parts.port):
        raise VigieError("source-error-address", url=shown)
    return parts


def _is_of_the_web(host: str, port: int | None) -> bool:
    return is_web_port(port) and (not is_written_address(host) or is_public(host))


def _normalised(parts: SplitResult) -> str:
    """Host in lower case, usual port and fragment dropped: one page has one name."""
    return urlunsplit((parts.scheme, site_of(parts), parts.path or "/", parts.query, ""))


def _site(session: Session, parts: SplitResult, permission: Permission) -> Site:
    host = site_of(parts)
    site = session.scalar(select(Site).where(Site.host == host))
    if site is None:
        site = Site(host=host, created_at=now())
        session.add(site)
        session.flush()
    if permission is not Permission.UNSTATED and permission is not site.permission:
        if site.permission is not Permission.UNSTATED:
            raise VigieError(
                "site-error-stated", host=host, permission=t(f"permission-{site.permission}")
            )
        state_permission(session, site, permission)
    site.private_allowed = may_be_own(parts.hostname or "")
    session.flush()
    return site
