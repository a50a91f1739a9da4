"""The town's past: which review was written when, and what each thing cost on each day."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

from ops.demo.catalogue import (
    INITIALS,
    SHIFT_DAYS_AGO,
    SHIFT_POOL,
    SHIFT_SHOP,
    SHOPS,
    TownShop,
)
from ops.demo.goods import GOODS, Goods

TEXTS = Path(__file__).parent / "texts"
FIRST_NAMES = (TEXTS / "first_names.txt").read_text(encoding="utf-8").split()
HISTORY_DAYS = 390
SEED = 37990


@dataclass(frozen=True)
class TownReview:
    """A review as its site shows it: stars from 1 to 5."""

    reference: str
    shop: str
    site: str
    author: str
    stars: int
    text: str
    published: date
    reply: str | None = None
    replied: date | None = None


@dataclass(frozen=True)
class _Text:
    stars: int
    text: str
    reply: str | None


def town_reviews(today: date) -> list[TownReview]:
    """Return every review of the town up to ``today``, the same for a same day."""
    texts = {trade: _texts(trade) for trade in {shop.trade for shop in SHOPS}}
    reviews: list[TownReview] = []
    for shop in SHOPS:
        random = Random(f"{SEED}:{shop.slug}")  # noqa: S311  # A town, not a secret.
        pool = _own_part(texts[shop.trade][shop.pool], shop.share)
        calm_until = today
        if shop.slug == SHIFT_SHOP:
            calm_until = today - timedelta(days=SHIFT_DAYS_AGO)
            later = texts[shop.trade][SHIFT_POOL]
            reviews += _dated(shop, later, calm_until, today, random)
        start = today - timedelta(days=HISTORY_DAYS)
        reviews += _dated(shop, pool, start, calm_until, random)
    return sorted(reviews, key=lambda review: (review.published, review.reference))


def goods_on(day: date, today: date, seller: str) -> list[tuple[Goods, float]]:
    """Return what a seller offers on a day, with its price in euros."""
    ago = (today - day).days
    offered = []
    for goods in GOODS:
        if goods.seller != seller or (goods.sold_days_ago or -1) >= ago:
            continue
        prices = [price for since, price in goods.prices if since >= ago]
        if prices:
            offered.append((goods, prices[-1]))
    return offered


def _texts(trade: str) -> dict[str, list[_Text]]:
    pools: dict[str, list[_Text]] = defaultdict(list)
    for line in (TEXTS / f"{trade}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        pools[row["pool"]].append(_Text(row["stars"], row["text"], row.get("reply")))
    return pools


def _own_part(pool: Sequence[_Text], share: tuple[int, int]) -> Sequence[_Text]:
    index, parts = share
    return pool[index::parts]


def _dated(
    shop: TownShop, pool: Sequence[_Text], start: date, end: date, random: Random
) -> list[TownReview]:
    """Spread a pool over a period: in blocks that each look like the whole, so nothing shifts."""
    days = sorted(random.sample(range(1, (end - start).days + 1), k=len(pool)))
    reviews = []
    for ago, text in zip(days, _evenly_mixed(pool, random), strict=True):
        published = start + timedelta(days=ago)
        replied = published + timedelta(days=random.randint(0, 6)) if text.reply else None
        reviews.append(
            TownReview(
                reference=sha256(text.text.encode()).hexdigest()[:10],
                shop=shop.slug,
                site=random.choice(shop.sites),
                author=f"{random.choice(FIRST_NAMES)} {random.choice(INITIALS)}.",
                stars=text.stars,
                text=text.text,
                published=published,
                reply=text.reply,
                replied=replied,
            )
        )
    return reviews


def _evenly_mixed(pool: Sequence[_Text], random: Random) -> list[_Text]:
    """Order a pool so that every stretch has about the pool's own mix of ratings."""
    by_stars: dict[int, list[_Text]] = defaultdict(list)
    for text in pool:
        by_stars[text.stars].append(text)
    placed = []
    for group in by_stars.values():
        random.shuffle(group)
        # Systematic sampling: a random start, then equal steps, with some jitter.
        step, start = 1 / len(group), random.random()
        for index, text in enumerate(group):
            placed.append(((index + start + random.uniform(-0.3, 0.3)) * step, text))
    return [text for _, text in sorted(placed, key=lambda pair: pair[0])]
