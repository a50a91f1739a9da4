"""Which pairs of listings are worth comparing: those of one trade that share an uncommon word."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alerts.detectors.matching.title import Thing, read_title
from alerts.detectors.matching.trades import trade_of

# A word in more listings than this tells nothing of one of them.
COMMON = 200


def candidates(things: Sequence[Thing]) -> Iterator[tuple[int, int]]:
    """Yield each pair of places (first < second) worth comparing, once, in order.

    Listings of an unknown trade stand beside all others. A word borne by more than ``COMMON``
    listings pairs nothing, so work grows with the listings and not with their square.
    """
    bearers: dict[str, list[int]] = defaultdict(list)
    trades = [trade_of(thing) for thing in things]
    for place, thing in enumerate(things):
        for key in _keys(thing):
            bearers[key].append(place)
    beside: dict[int, set[int]] = defaultdict(set)
    for places in bearers.values():
        if len(places) > COMMON:
            continue
        for i, first in enumerate(places):
            beside[first].update(
                second
                for second in places[i + 1 :]
                if trades[first] is None or trades[second] in (None, trades[first])
            )
    for first in sorted(beside):
        for second in sorted(beside[first]):
            yield first, second


def _keys(thing: Thing) -> set[str]:
    """Return words, and pairs of words for those too common alone ("pain" in a bakery)."""
    title = read_title(thing.title)
    alone = sorted(title.content | title.models | title.parts | title.codes | title.brands)
    numbers = sorted(title.numbers | title.values.get("tyre", frozenset()))
    keys = {*alone, *numbers, *title.values.get("reference", ())}
    keys.update(f"{a} {b}" for i, a in enumerate(alone) for b in (*alone[i + 1 :], *numbers))
    if thing.gtin:
        keys.add(f"gtin {thing.gtin}")
    return keys
