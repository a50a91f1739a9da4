"""The market: each listing beside those that offer the same thing where its buyers look."""

from collections.abc import Sequence
from functools import cached_property

from alerts.detectors.matching import Index, same_thing
from alerts.detectors.matching.trades import trade_of
from alerts.opportunities.items import Item

# Sold all over the country; whatever else, and what is unknown, is sought near home.
SENT = frozenset({"parts", "tyres", "phones", "clothes", "tools", "wine", "bikes"})


class Market:
    """All listings of a year, those still for sale and those that ended."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._places = {item.id: place for place, item in enumerate(items)}
        self._like: dict[int, list[Item]] = {}

    @cached_property
    def _index(self) -> Index:
        return Index([item.thing for item in self.items])

    def like(self, item: Item) -> list[Item]:
        """Return the listings of the same thing in the same area and money, without itself."""
        known = self._like.get(item.id)
        if known is None:
            found = (self.items[place] for place in self._index.beside(self._places[item.id]))
            known = [
                other
                for other in found
                if _same_area(item, other) and same_thing(item.thing, other.thing).sure
            ]
            self._like[item.id] = known
        return known

    def offered_like(self, item: Item) -> list[Item]:
        """Return those of them that other sellers offer now, at a price."""
        return [
            other
            for other in self.like(item)
            if other.live and other.seller != item.seller and other.price_cents is not None
        ]


def _same_area(one: Item, other: Item) -> bool:
    if one.country != other.country or one.currency != other.currency:
        return False
    return trade_of(one.thing) in SENT or (bool(one.area) and one.area == other.area)
