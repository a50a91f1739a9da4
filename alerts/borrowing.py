"""What each shop borrows while it is new: the ratings that its trade and its platform make likely.

Shops are grouped by trade and by the platform that holds most of their reviews; where fewer than
five shops are alike in both, by trade alone.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from alerts.detectors.bank import MIN_REVIEWS, STEPS
from alerts.detectors.prior import FEWEST_SHOPS, Prior, fit_prior
from alerts.history import VALUE, counted, shown_score
from vigie.store import Review, Score, Shop, Source

Counts = list[int]


def lent_to(session: Session, shop_ids: Collection[int]) -> dict[int, Prior]:
    """Return what each of these shops borrows; a shop with too few of its kind is left out.

    One query counts the ratings of the trades concerned, and each group is fitted once.
    """
    trades = {shop.id: shop.trade for shop in session.execute(select(Shop.id, Shop.trade))}
    asked = {id: trades[id] for id in shop_ids if id in trades}
    shops = _counts(session, set(asked.values()))
    groups: dict[tuple[str, str | None], list[Counts]] = defaultdict(list)
    mains = {}
    for id, platforms in shops.items():
        mains[id] = max(sorted(platforms), key=lambda platform: sum(platforms[platform]))
        whole = [sum(counts) for counts in zip(*platforms.values(), strict=True)]
        for group in ((trades[id], mains[id]), (trades[id], None)):
            groups[group].append(whole)
    needed = {(trade, mains.get(id)) for id, trade in asked.items()}
    needed |= {(trade, None) for trade, _ in needed}
    priors = {group: prior for group in needed if (prior := _fitted(groups.get(group, [])))}
    lent = {
        id: priors.get((trade, mains.get(id))) or priors.get((trade, None))
        for id, trade in asked.items()
    }
    return {id: prior for id, prior in lent.items() if prior is not None}


def _counts(session: Session, trades: set[str]) -> dict[int, dict[str, Counts]]:
    """Count the ratings of the shops of these trades by shop, platform and level."""
    level = func.round(VALUE * STEPS).label("rating_level")
    rows = session.execute(
        select(Review.shop_id, Source.platform, level, func.count())
        .join(Source, Source.id == Review.source_id)
        .join(Shop, Shop.id == Review.shop_id)
        .outerjoin(Score, shown_score())
        .where(Shop.trade.in_(trades), *counted())
        .group_by(Review.shop_id, Source.platform, level)
    )
    shops: dict[int, dict[str, Counts]] = defaultdict(
        lambda: defaultdict(lambda: [0] * (STEPS + 1))
    )
    for shop_id, platform, at, count in rows:
        counts = shops[shop_id].setdefault(platform, [0] * (STEPS + 1))
        counts[min(STEPS, max(0, int(at)))] += count
    return shops


def _fitted(shops: Sequence[Counts]) -> Prior | None:
    """Fit shops that borrow nothing themselves, where there are enough of them, else all."""
    for fewest_reviews in (MIN_REVIEWS, 2):
        enough = [counts for counts in shops if sum(counts) >= fewest_reviews]
        if len(enough) >= FEWEST_SHOPS:
            return fit_prior(enough)
    return None
