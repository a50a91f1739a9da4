"""The market: each listing beside those that offer the same thing where its buyers look."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from alerts.detectors.matching import Index, same_thing
from alerts.detectors.matching.trades import trade_of
from alerts.opportunities.items import Item

# Sold all over the country; whatever else, and what is unknown, is sought near home.
SENT = frozenset({"parts", "tyres", "phones", "clothes", "tools", "wine", "bikes"})

Row = tuple[str, str, str, str]
"""A trade where its buyers look: trade, country, currency, and area (empty where it is sent)."""


class Market:
    """All listings of a year, those still for sale and those that ended."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._places = {item.id: place for place, item in enumerate(items)}
        self._alike: dict[int, list[Item]] = {}

    def alike(self, item: Item) -> list[Item]:
        """Return the listings of the same thing anywhere, without itself."""
        known = self._alike.get(item.id)
        if known is None:
            found = (self.items[place] for place in self._index.beside(self._places[item.id]))
            known = [other for other in found if same_thing(item.thing, other.thing).sure]
            self._alike[item.id] = known
        return known

    def like(self, item: Item) -> list[Item]:
        """Return the listings of the same thing in the same area and money, without itself."""
        return [other for other in self.alike(item) if _same_area(item, other)]

    def offered_like(self, item: Item) -> list[Item]:
        """Return those of them that other sellers offer now, at a price."""
        return [
            other
            for other in self.like(item)
            if other.live and other.seller != item.seller and other.price_cents is not None
        ]

    @cached_property
    def rows(self) -> dict[Row, list[Item]]:
        """Every listing of a known trade, by where its buyers look."""
        rows: dict[Row, list[Item]] = defaultdict(list)
        for item in self.items:
            row = row_of(item)
            if row is not None:
                rows[row].append(item)
        return dict(rows)

    @cached_property
    def _index(self) -> Index:
        return Index([item.thing for item in self.items])


def row_of(item: Item) -> Row | None:
    """Return where its buyers look; None where its trade or its area is unknown."""
    trade = trade_of(item.thing)
    if trade is None or (trade not in SENT and not item.area):
        return None
    return trade, item.country, item.currency, "" if trade in SENT else item.area


def _same_area(one: Item, other: Item) -> bool:
    if one.country != other.country or one.currency != other.currency:
        return False
    return trade_of(one.thing) in SENT or (bool(one.area) and one.area == other.area)
