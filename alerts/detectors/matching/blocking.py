"""Which listings are worth comparing: those of one trade and kind that share an uncommon word."""

from array import array
from collections.abc import Sequence

import numpy as np

from alerts.detectors.matching.title import Attributes, Thing, read_title
from alerts.detectors.matching.trades import trade_of

# A word in more listings of a kind than this tells nothing of one of them.
COMMON = 200


class Index:
    """Listings by their words, in flat arrays: 200,000 of them take some tens of megabytes."""

    def __init__(self, things: Sequence[Thing]) -> None:
        hashes, places = array("q"), array("i")
        trades: dict[str, int] = {}
        self._trades = array("b")
        self._starts = array("q", [0])
        for place, thing in enumerate(things):
            keys = _keys(thing)
            hashes.extend(keys)
            places.extend([place] * len(keys))
            self._starts.append(len(hashes))
            trade = trade_of(thing)
            self._trades.append(0 if trade is None else trades.setdefault(trade, len(trades) + 1))
        self._of_place = np.array(hashes, dtype=np.int64)
        order = np.argsort(self._of_place, kind="stable")
        self._hashes = self._of_place[order]
        self._places = np.array(places, dtype=np.int32)[order]

    def __len__(self) -> int:
        return len(self._trades)

    def has_words(self, place: int) -> bool:
        """Say whether anything in it can be compared."""
        return self._starts[place] < self._starts[place + 1]

    def beside(self, place: int) -> list[int]:
        """Return the places worth comparing with this one, in order, without itself.

        A listing of an unknown trade stands beside all trades. A word borne by more than
        ``COMMON`` listings brings none, so work grows with the listings and not their square.
        """
        keys = self._of_place[self._starts[place] : self._starts[place + 1]]
        first = np.searchsorted(self._hashes, keys, "left")
        last = np.searchsorted(self._hashes, keys, "right")
        found: set[int] = set()
        for start, end in zip(first, last, strict=True):
            if 1 < end - start <= COMMON:
                found.update(self._places[start:end].tolist())
        found.discard(place)
        mine = self._trades[place]
        return sorted(other for other in found if not mine or self._trades[other] in (0, mine))


def _keys(thing: Thing) -> set[int]:
    """Return words, and pairs of words for those too common alone ("pain" in a bakery), hashed.

    All are kept apart by what contradicts when it differs at all: parts, markers and the count.
    """
    title = read_title(thing.title)
    apart = hash(must_equal(title))
    alone = sorted(title.content | title.models | title.parts | title.codes | title.brands)
    numbers = sorted(title.numbers | title.values.get("tyre", frozenset()))
    keys: set[object] = {*alone, *numbers, *title.values.get("reference", ())}
    keys.update((a, b) for i, a in enumerate(alone) for b in (*alone[i + 1 :], *numbers))
    if thing.gtin:
        keys.add(f"gtin {thing.gtin}")
    return {hash((apart, key)) for key in keys}


def must_equal(title: Attributes) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the count, the markers and the parts: titles in which they differ never match."""
    # A part may be told electric or not; of a bike or a car it makes another.
    markers = title.markers - {"electriqu"} if title.parts else title.markers
    return title.values.get("count", frozenset()) - {"1"}, markers, title.parts
