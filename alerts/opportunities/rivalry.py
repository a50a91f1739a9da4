"""What rivals do with the things that the shop sells too: run out, leave, cut prices."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from alerts.detectors.chance import at_least
from alerts.detectors.matching import PRECISION
from alerts.detectors.rivalry import OUT, Cut, cut_since, ran_out
from alerts.detectors.survival import Curve
from alerts.opportunities.items import Item
from alerts.opportunities.view import View
from alerts.opportunities.writing import Opportunity
from vigie.clock import today
from vigie.opportunity_text import PRICE_WAR, RIVAL_GONE, RIVAL_OUT
from vigie.store import Severity

# News of a rival is news for two weeks.
LATELY = timedelta(days=14)
DAYS = 14
LEAST_AT_WAR = 2
# A rival that sold fewer than these on a marketplace never was one there.
LEAST_SOLD, LEFT_WITHIN = 3, timedelta(days=30)
LEAST_BEFORE, LEAST_SURE = 10, 0.85
NAMED = 3


def rivalry(seen: View) -> Iterator[Opportunity]:
    """Yield what changed lately among the rivals' listings like the shop's own."""
    beside = {item.id: _rivals_like(seen, item) for item in seen.own}
    steps = seen.steps(other.id for others in beside.values() for other in others)
    for item in seen.own:
        others = beside[item.id]
        live = [other for other in others if other.live]
        if item.availability not in OUT:
            yield from _out_of_stock(
                item, live, {o.id: day for o in live if (day := ran_out(steps.get(o.id, ())))}
            )
            yield from _gone(item, others)
        cuts = {o.id: cut for o in live if (cut := cut_since(steps.get(o.id, ()), _start()))}
        yield from _price_war(item, live, cuts)
    for items in seen.rivals.values():
        yield from _left(items)


def _start() -> date:
    return today() - LATELY


def _rivals_like(seen: View, item: Item) -> list[Item]:
    return [other for other in seen.market.like(item) if other.seller in seen.rivals]


def _out_of_stock(item: Item, live: list[Item], out: dict[int, date]) -> Iterator[Opportunity]:
    lately = [other for other in live if other.id in out and out[other.id] >= _start()]
    still = {other.seller for other in live if other.availability not in OUT}
    gone = [other for other in lately if other.seller not in still]
    if gone:
        since = max(out[other.id] for other in gone)
        yield _of_rivals(RIVAL_OUT, item, gone, since, still=len(still))


def _gone(item: Item, others: list[Item]) -> Iterator[Opportunity]:
    """A used thing that is gone was sold; of things made again, its end is the seller's choice."""
    still = {other.seller for other in others if other.live}
    gone = [
        other
        for other in others
        if other.ended
        and other.ended >= _start()
        and other.seller not in still
        and other.thing.condition in (None, "NewCondition")
    ]
    if gone:
        since = max(other.ended for other in gone if other.ended)
        yield _of_rivals(RIVAL_GONE, item, gone, since, still=len(still), scope="thing")


def _of_rivals(
    kind: str, item: Item, others: list[Item], since: date, **facts: object
) -> Opportunity:
    sellers = _sellers(others)
    return Opportunity(
        kind=kind,
        subject=str(item.id),
        since=since,
        severity=Severity.INFO,
        gain=float(item.price_cents or 0) * len(sellers),
        days=DAYS,
        facts={
            "title": item.title,
            "rivals": len(sellers),
            "names": ", ".join(sellers[:NAMED]),
            "since_on": since.isoformat(),
            "sure": round(at_least(1, len(sellers), PRECISION), 3),
            "listing_id": item.id,
            "listing_ids": [other.id for other in others],
            **facts,
        },
        evidence=frozenset(other.seller for other in others),
    )


def _sellers(others: list[Item]) -> list[str]:
    return sorted({other.seller_name for other in others})


def _price_war(item: Item, live: list[Item], cuts: dict[int, Cut]) -> Iterator[Opportunity]:
    # A rival that cut on two pages cut once: the deepest counts.
    cutting = [other for other in live if other.id in cuts]
    cutting.sort(key=lambda other: -cuts[other.id].after_cents)
    deepest = {other.seller: other for other in cutting}
    if len(deepest) < LEAST_AT_WAR:
        return
    made = [(cuts[other.id], other) for other in reversed(deepest.values())]
    since = max(cut.day for cut, _ in made)
    yield Opportunity(
        kind=PRICE_WAR,
        subject=str(item.id),
        since=since,
        severity=Severity.WARNING,
        gain=float(sum(cut.before_cents - cut.after_cents for cut, _ in made)),
        days=DAYS,
        facts={
            "title": item.title,
            "currency": item.currency,
            "rivals": len(made),
            "offering": len({other.seller for other in live}),
            "own_cents": item.price_cents or 0,
            "priced": "yes" if item.price_cents else "no",
            "since_on": since.isoformat(),
            "cuts": [
                {
                    "seller": other.seller_name,
                    "before_cents": cut.before_cents,
                    "after_cents": cut.after_cents,
                }
                for cut, other in made
            ],
            "sure": round(at_least(LEAST_AT_WAR, len(made), PRECISION), 3),
            "listing_id": item.id,
            "listing_ids": [other.id for _, other in made],
        },
        evidence=frozenset(f"{other.id} {cut.after_cents}" for cut, other in made),
    )


def _left(items: list[Item]) -> Iterator[Opportunity]:
    """A rival whose listings on a marketplace have all gone lately, sooner than selling would."""
    by_host: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_host[item.host].append(item)
    for host, theirs in sorted(by_host.items()):
        lately = [i for i in theirs if i.ended and i.ended >= today() - LEFT_WITHIN]
        if not host or any(i.ended is None for i in theirs) or len(lately) < LEAST_SOLD:
            continue
        ends = [item.ended for item in lately if item.ended]
        # What its listings did before tells how many end in the time by being sold, else half.
        before = [item.stay for item in theirs if item not in lately]
        enough = len(before) >= LEAST_BEFORE
        usual = 1 - Curve(before).share_left(LEFT_WITHIN.days) if enough else 0.5
        sure = 1 - usual ** len(lately)
        if sure < LEAST_SURE:
            continue
        yield Opportunity(
            kind=RIVAL_GONE,
            subject=f"{theirs[0].seller} {host}"[:200],
            since=max(ends),
            severity=Severity.INFO,
            gain=float(sum(item.price_cents or 0 for item in lately)),
            days=LEFT_WITHIN.days,
            facts={
                "scope": "marketplace",
                "names": theirs[0].seller_name,
                "marketplace": host,
                "count": len(lately),
                "title": lately[-1].title,
                "rivals": 1,
                "still": 0,
                "since_on": max(ends).isoformat(),
                "sure": round(sure, 3),
                "listing_ids": [item.id for item in lately],
            },
        )
