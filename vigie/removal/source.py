"""Removing one source, with all that was read from it."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from vigie.removal.evidence import alerts_losing
from vigie.removal.losses import Losses, losses_of
from vigie.removal.steps import drop_alerts, forget_letters, forget_sites, hand_copies_over, hold
from vigie.store import Source
from vigie.store.audit import audit


def source_losses(session: Session, source: Source) -> Losses:
    """Return what would go with a source."""
    alerts = alerts_losing(session, source.shop_id, [source.id])
    return losses_of(session, [source.id], len(alerts))


def remove_source(session: Session, source: Source, user_id: int | None = None) -> Losses:
    """Remove a source and return what went with it; the caller commits.

    Raises:
        VigieError: it is being read.
    """
    hold(session, [source])
    alerts = alerts_losing(session, source.shop_id, [source.id])
    losses = losses_of(session, [source.id], len(alerts))
    audit(
        session,
        "source-remove",
        source,
        user_id,
        label=source.label,
        url=source.url,
        shop=source.shop.slug,
        **losses.counts(),
    )
    hand_copies_over(session, source.id)
    drop_alerts(session, alerts)
    if losses.reviews or losses.listings or losses.tenders:
        forget_letters(session, source.shop_id)
        # Detection and the market are read anew without it.
        source.shop.detected_at = source.shop.market_read_at = None
    site_id = source.site_id
    session.execute(
        delete(Source).where(Source.id == source.id).execution_options(synchronize_session=False)
    )
    session.expunge(source)
    forget_sites(session, [site_id])
    return losses
