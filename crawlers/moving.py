"""A page that moved: its source goes on at another address, with all that was read before."""

from sqlalchemy.orm import Session

from crawlers.memory import forget
from crawlers.platforms import is_service
from crawlers.sources import place_of
from vigie.clock import now
from vigie.errors import VigieError
from vigie.removal.steps import forget_sites, hold
from vigie.store import Source
from vigie.store.audit import audit


def move_source(session: Session, source: Source, url: str) -> None:
    """Read a source at another address from now on; the caller commits.

    A review is known by what its platform calls it, or by its author, day and text: it is the
    same at the new address. The site's permission and limits are those of the new one.

    Raises:
        VigieError: the address cannot be crawled or is watched already, the source is read by a
            service's interface or is an import, or a crawl holds it.
    """
    if is_service(source.platform) or source.site_id is None:
        raise VigieError("source-error-unmovable", source=str(source.id), label=source.label)
    before, old_site = source.url, source.site
    clean, site = place_of(session, source.shop, url)
    hold(session, [source])
    session.refresh(source, ["claimed_until", "claimed_by"])
    source.url, source.site_id = clean, site.id
    if old_site is not None and source.label == old_site.host:
        # The usual name is the site's.
        source.label = site.host
    # Nothing of the first address says where to stop at the second: all of it is read, at once.
    source.cursor = source.full_at = source.shortfall = None
    source.shortfall_passes = 0
    source.next_run_at = now()
    source.claimed_until = source.claimed_by = None
    forget(session, source.id)
    audit(session, "source-move", source, before=before, after=clean)
    session.flush()
    session.expire(source, ["site"])
    if old_site is not None and old_site.id != site.id:
        forget_sites(session, [old_site.id])
