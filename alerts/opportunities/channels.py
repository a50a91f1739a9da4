"""Missing channel: marketplaces where rivals sell what the shop sells, and the shop is absent."""

from collections import defaultdict
from collections.abc import Iterator

from alerts.detectors.chance import at_least
from alerts.detectors.matching import PRECISION
from alerts.opportunities.items import Item
from alerts.opportunities.view import Channel, View
from alerts.opportunities.writing import Opportunity
from vigie.opportunity_text import MISSING_CHANNEL
from vigie.store import Severity

# One rival's own site is no marketplace.
LEAST_RIVALS = 2
DAYS = 60


def missing_channels(seen: View) -> Iterator[Opportunity]:
    """Yield each marketplace where two rivals sell, one at least of the shop's own things."""
    there: dict[Channel, list[Item]] = defaultdict(list)
    for items in seen.rivals.values():
        for item in items:
            channel = (item.host, item.country)
            if item.live and item.host and channel not in seen.channels:
                there[channel].append(item)
    own = {item.id for item in seen.own}
    for channel, items in sorted(there.items()):
        rivals = sorted({item.seller_name for item in items})
        same = {
            other.id: item for item in items for other in seen.market.alike(item) if other.id in own
        }
        if len(rivals) < LEAST_RIVALS or not same:
            continue
        matched = [item for item in items if item in same.values()]
        yield Opportunity(
            kind=MISSING_CHANNEL,
            subject=" ".join(channel)[:200],
            since=min(item.since for item in items),
            severity=Severity.INFO,
            gain=float(len(same)),
            days=DAYS,
            facts={
                "marketplace": channel[0],
                "country": channel[1],
                "home": "yes" if channel[1] == _home(seen) else "no",
                "rivals": len(rivals),
                "names": ", ".join(rivals[:3]),
                "count": len(items),
                "same": len(same),
                "title": next(item.title for item in seen.own if item.id in same),
                "sure": round(at_least(1, len(same), PRECISION), 3),
                "own_ids": sorted(same),
                "listing_ids": sorted({item.id for item in matched} | {i.id for i in items[:50]}),
            },
            evidence=frozenset(item.seller for item in items),
        )


def _home(seen: View) -> str:
    return seen.own[0].country if seen.own else ""
