"""The market: each listing beside those that offer the same thing where its buyers look."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from alerts.detectors.matching import Index, Thing, same_thing
from alerts.detectors.matching.fields import said_in_fields
from alerts.detectors.matching.title import read_title
from alerts.detectors.matching.trades import trade_of
from alerts.detectors.survival import Curve
from alerts.opportunities.items import Item

# Sold all over the country; whatever else, and what is unknown, is sought near home.
SENT = frozenset({"parts", "tyres", "phones", "clothes", "tools", "wine", "bikes"})

Row = tuple[str, str, str, str]
"""A trade where its buyers look: trade, country, currency, and area (empty where it is sent)."""


class Market:
    """All listings of a year, those still for sale and those that ended.

    Listings whose titles and fields say the same are one kind: kinds are compared, once a pair.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self._kinds: list[list[Item]] = []
        self._kind_of: dict[int, int] = {}
        self._near: dict[tuple[int, str, str, str], list[Item]] = defaultdict(list)
        self._alike: dict[int, list[int]] = {}
        self._curves: dict[tuple[Row, str | None], Curve] = {}
        numbers: dict[object, int] = {}
        for item in items:
            kind = numbers.setdefault(_said(item.thing), len(numbers))
            if kind == len(self._kinds):
                self._kinds.append([])
            self._kinds[kind].append(item)
            # Under no area stand all of the country.
            for area in {"", item.area}:
                self._near[kind, item.country, item.currency, area].append(item)
            self._kind_of[item.id] = kind

    def alike(self, item: Item) -> list[Item]:
        """Return the listings of the same thing anywhere, without itself."""
        kinds = self._kinds_alike(self._kind_of[item.id])
        return [other for kind in kinds for other in self._kinds[kind] if other.id != item.id]

    def _kinds_alike(self, kind: int) -> list[int]:
        known = self._alike.get(kind)
        if known is None:
            near = self.index.beside(kind)
            known = [other for other in near if self._same(kind, other)]
            known += [kind] if self.index.has_words(kind) else []
            self._alike[kind] = known
        return known

    def _same(self, kind: int, other: int) -> bool:
        # It is the same both ways: what one has found, the other need not compare.
        known = self._alike.get(other)
        if known is not None:
            return kind in known
        return same_thing(self._thing(kind), self._thing(other)).sure

    def _thing(self, kind: int) -> Thing:
        return self._kinds[kind][0].thing

    def like(self, item: Item) -> list[Item]:
        """Return the listings of the same thing in the same area and money, without itself."""
        sent = trade_of(item.thing) in SENT
        if not sent and not item.area:
            return []
        area = "" if sent else item.area
        kinds = self._kinds_alike(self._kind_of[item.id])
        return [
            other
            for kind in kinds
            for other in self._near.get((kind, item.country, item.currency, area), ())
            if other.id != item.id
        ]

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

    def curve(self, row: Row, condition: str | None) -> Curve:
        """Return how long things of a trade in one condition stay for sale there."""
        key = row, condition
        if key not in self._curves:
            self._curves[key] = Curve(
                item.stay for item in self.rows[row] if item.thing.condition == condition
            )
        return self._curves[key]

    @cached_property
    def index(self) -> Index:
        """The kinds by their words."""
        return Index([self._thing(kind) for kind in range(len(self._kinds))])


def _said(thing: Thing) -> object:
    brand = thing.brand and thing.brand.casefold()
    said = read_title(thing.title).said
    return (
        trade_of(thing), brand, thing.gtin, thing.condition, said, said_in_fields(thing),
    )  # fmt: skip


def row_of(item: Item) -> Row | None:
    """Return where its buyers look; None where its trade or its area is unknown."""
    trade = trade_of(item.thing)
    if trade is None or (trade not in SENT and not item.area):
        return None
    return trade, item.country, item.currency, "" if trade in SENT else item.area
