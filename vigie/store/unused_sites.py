"""Sites that nothing needs any more: dropped with the last trial or source that asked them."""

from collections.abc import Collection

from sqlalchemy import delete, exists, func, not_, or_
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.store.credential import Credential
from vigie.store.site import Site
from vigie.store.source import Source


def forget_unused(session: Session, hosts: Collection[str]) -> None:
    """Drop those of these sites that have no source and of which nobody stated anything."""
    stated = or_(
        Site.permission_at.is_not(None),
        Site.min_delay_s.is_not(None),
        Site.requests_per_day.is_not(None),
        Site.concurrency.is_not(None),
        Site.open_minute.is_not(None),
        Site.private_allowed,
        # A back-off is kept for whoever asks next.
        func.coalesce(Site.paused_until > now(), False),
    )
    used = or_(
        exists().where(Source.site_id == Site.id), exists().where(Credential.site_id == Site.id)
    )
    session.execute(
        delete(Site)
        .where(Site.host.in_(hosts), not_(stated), not_(used))
        .execution_options(synchronize_session=False)
    )
