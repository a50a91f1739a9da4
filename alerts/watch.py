"""Every look that Vigie takes at a shop, in one pass: at what is new, or at all there is."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session, sessionmaker

from alerts.detect import detect, shops_with_news
from alerts.opportunities import detect_opportunities, shops_due
from alerts.urgent import tell_urgent
from vigie.settings import Settings


def look(
    factory: sessionmaker[Session],
    settings: Settings,
    shop_ids: Sequence[int] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Look at all there is about these shops (all by default); return how many alerts are new."""
    told = tell_urgent(factory, settings, shop_ids)
    told += detect(factory, settings, shop_ids, on_progress)
    return told + detect_opportunities(factory, shop_ids)


def look_at_news(factory: sessionmaker[Session], settings: Settings) -> int:
    """Look where there is something new, or where a look is due; return how many alerts are new."""
    told = tell_urgent(factory, settings)
    told += detect(factory, settings, shops_with_news(factory))
    return told + detect_opportunities(factory, shops_due(factory))
