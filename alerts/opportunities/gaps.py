"""What a shop could sell or buy: things demanded and hardly offered, offers below their market."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from alerts.detectors.chance import sign_test
from alerts.detectors.matching.trades import trade_of
from alerts.detectors.survival import Curve
from alerts.opportunities.items import Item, shop_key
from alerts.opportunities.market import SENT, Market, Row, row_of
from alerts.opportunities.pricing import position, position_facts
from alerts.opportunities.view import View
from alerts.opportunities.writing import Opportunity
from vigie.clock import today
from vigie.opportunity_text import BARGAIN, GAP
from vigie.store import Severity

LEAST_SOLD, LEAST_SELLERS, MOST_OFFERING = 5, 3, 2
# Half as long for sale as the trade's things is short; this many ends make a trade's curve.
SHORT, LEAST_OF_TRADE = 0.5, 20
LEAST_SURE = 0.85
# Below its market by so much, an offer pays for repair and resale; below this, it is doubtful.
CHEAP, DOUBTFUL = -0.25, -0.6
LATELY = timedelta(days=14)
RESOLD = frozenset({"UsedCondition", "RefurbishedCondition", "DamagedCondition"})
GAP_DAYS, BARGAIN_DAYS = 30, 7


class Finds:
    """What each trade and area holds for whoever sells there, looked for once in a pass."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self._gaps: dict[Row, list[Opportunity]] = {}
        self._bargains: dict[Row, list[tuple[Item, Opportunity]]] = {}

    def gaps(self, seen: View) -> Iterator[Opportunity]:
        """Yield what sells fast in the shop's trades and area, which few offer and it does not."""
        rows = {row for item in (*seen.own, *seen.past) if (row := row_of(item))}
        offered = {other.id for item in seen.own for other in seen.market.like(item)}
        offered |= {item.id for item in seen.own}
        for row in sorted(rows):
            if row not in self._gaps:
                self._gaps[row] = list(_gaps(self.market, self.market.rows[row]))
            for one in self._gaps[row]:
                if not offered & set(one.facts["listing_ids"]):
                    yield one

    def bargains(self, seen: View) -> Iterator[Opportunity]:
        """Yield others' offers clearly below their market, for a shop that resells such things."""
        resold = [item for item in (*seen.own, *seen.past) if item.thing.condition in RESOLD]
        for row in sorted({row for item in resold if (row := row_of(item))}):
            if row not in self._bargains:
                self._bargains[row] = list(_bargains(self.market, self.market.rows[row]))
            for item, one in self._bargains[row]:
                if item.seller != shop_key(seen.shop_id):
                    yield one


def _gaps(market: Market, items: Sequence[Item]) -> Iterator[Opportunity]:
    curve = Curve(item.stay for item in items)
    usual = curve.days_until(0.5)
    if usual is None or curve.ended < LEAST_OF_TRADE:
        return
    grouped: set[int] = set()
    for item in items:
        if item.ended is None or item.id in grouped:
            continue
        group = [item, *market.like(item)]
        grouped.update(other.id for other in group)
        found = _gap(item, group, usual)
        if found is not None:
            yield found


def _gap(item: Item, group: Sequence[Item], usual: float) -> Opportunity | None:
    ended = [other for other in group if other.ended]
    offering = {other.seller for other in group if other.live}
    sellers = {other.seller for other in ended}
    if len(offering) > MOST_OFFERING or len(ended) < LEAST_SOLD or len(sellers) < LEAST_SELLERS:
        return None
    half = Curve(other.stay for other in group).days_until(0.5)
    fast = sum(other.stay.days < usual for other in ended)
    sure = sign_test(fast, len(group))
    if half is None or half > SHORT * usual or sure < LEAST_SURE:
        return None
    prices = sorted(other.price_cents for other in ended if other.price_cents)
    return Opportunity(
        kind=GAP,
        # The group's first listing names it, whichever of them are still known.
        subject=str(min(other.id for other in group)),
        since=max(other.ended for other in ended if other.ended),
        severity=Severity.INFO,
        gain=float(sum(prices)),
        days=GAP_DAYS,
        facts={
            "title": item.title,
            "currency": item.currency,
            "ended": len(ended),
            "offering": len(offering),
            "half_days": round(half),
            "usual_days": round(usual),
            "low_cents": prices[0] if prices else 0,
            "high_cents": prices[-1] if prices else 0,
            "prices": len(set(prices[:1] + prices[-1:])),
            "near": "no" if trade_of(item.thing) in SENT else "yes",
            "sure": round(sure, 3),
            "listing_ids": [other.id for other in group],
        },
    )


def _bargains(market: Market, items: Sequence[Item]) -> Iterator[tuple[Item, Opportunity]]:
    for item in items:
        if not item.live or not _is_new(item.since):
            continue
        found = position(item, market)
        if found is None or found.where != "low" or found.gap > CHEAP or found.sure < LEAST_SURE:
            continue
        yield (
            item,
            Opportunity(
                kind=BARGAIN,
                subject=f"{item.id} {item.price_cents}",
                since=item.since,
                severity=Severity.INFO,
                gain=(found.median_cents - found.price_cents) * found.sure,
                days=BARGAIN_DAYS,
                facts={
                    "title": item.title,
                    "doubtful": "yes" if found.gap < DOUBTFUL else "no",
                    "marketplace": item.host,
                    "placed": "yes" if item.host else "no",
                    "left_cents": round(found.median_cents) - found.price_cents,
                    **position_facts(item, found),
                },
            ),
        )


def _is_new(since: date) -> bool:
    return since >= today() - LATELY
