"""A person's shops, each with its rating, its trend and what asks for attention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, exists, func, or_, select
from sqlalchemy.orm import Session

from vigie.alert_text import ASPECT_SHIFT, SHIFT
from vigie.brief.facts import Level, Trend
from vigie.brief.levels import BEFORE_DAYS, RECENT_DAYS, Moments, level_of, trend_of
from vigie.brief.readings import day_start
from vigie.brief.weekly import READ, TROUBLED
from vigie.clock import today
from vigie.false_discoveries import discoveries
from vigie.store import (
    Alert,
    AlertState,
    Crawl,
    DetectorMemory,
    Review,
    Rival,
    Score,
    Severity,
    Shop,
    Source,
)
from web.accounts import Account
from web.queries.paging import Paged, page_of
from web.queries.scope import visible
from web.queries.tones import COUNTED, score_where_unrated, stars_column

YEAR_DAYS = 365
SHOPS_A_PAGE = 48
KEPT = (AlertState.ACKNOWLEDGED, AlertState.SNOOZED)


@dataclass(frozen=True)
class Standing:
    """How a shop is rated: over a year, and lately against before."""

    level: Level | None
    trend: Trend
    recent_count: int


@dataclass(frozen=True)
class ShopCard:
    """A shop as the home page shows it."""

    shop: Shop
    standing: Standing
    open_alerts: int
    # Seen or put off by somebody, and not closed.
    kept_alerts: int
    last_crawl: datetime | None
    # Whether an open change holds among all shops together; None where there is none.
    is_sure: bool | None
    # Sources that cannot be read as they should.
    troubled_sources: int
    is_rival: bool


NOTHING = Moments(0, 0.0, 0.0)
UNRATED = Standing(None, trend_of(NOTHING, NOTHING), 0)


def shop_cards(session: Session, account: Account, words: str, number: int) -> Paged[ShopCard]:
    """Return a page of the person's shops whose name has ``words``.

    Those with something urgent stand first, then those with a sure change, then other alerts.
    """
    alerts = (
        select(
            Alert.shop_id,
            _count(Alert.state == AlertState.OPEN).label("open"),
            _count(Alert.state.in_(KEPT)).label("kept"),
            _count(Alert.state == AlertState.OPEN, Alert.severity == Severity.URGENT).label(
                "urgent"
            ),
        )
        .where(Alert.state.in_((AlertState.OPEN, *KEPT)))
        .group_by(Alert.shop_id)
        .subquery()
    )
    # Of a shop that this person sees: whom others watch is theirs to know.
    own = select(Shop.id).where(visible(account)).correlate(None)
    is_rival = exists().where(Rival.rival_id == Shop.id, Rival.shop_id.in_(own))
    changed, sure = _changed(session, account)
    opened = func.coalesce(alerts.c.open, 0)
    query = (
        select(Shop, opened, func.coalesce(alerts.c.kept, 0), is_rival)
        .outerjoin(alerts, alerts.c.shop_id == Shop.id)
        .where(visible(account), _named(words))
        .order_by(
            is_rival,
            func.coalesce(alerts.c.urgent, 0).desc(),
            case((Shop.id.in_(sure), 0), else_=1),
            opened.desc(),
            Shop.name,
        )
    )
    page = page_of(session, query, number, SHOPS_A_PAGE)
    shop_ids = [shop.id for shop, *_ in page.items]
    ratings, crawls = standings(session, shop_ids), _last_crawls(session, shop_ids)
    troubles = _troubled_sources(session, shop_ids)
    cards = [
        ShopCard(
            shop,
            ratings.get(shop.id, UNRATED),
            count,
            kept,
            crawls.get(shop.id),
            shop.id in sure if shop.id in changed else None,
            troubles.get(shop.id, 0),
            rival,
        )
        for shop, count, kept, rival in page.items
    ]
    return Paged(cards, page.number, page.size, page.total)


def kept_alerts(session: Session, shop_id: int) -> int:
    """Return how many of a shop's alerts somebody has seen or put off, and nobody closed."""
    kept = select(func.count()).where(Alert.shop_id == shop_id, Alert.state.in_(KEPT))
    return session.scalar(kept) or 0


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((and_(*conditions), 1), else_=0))


def _changed(session: Session, account: Account) -> tuple[set[int], set[int]]:
    """Return the person's shops with an open change, and those where it holds among all shops."""
    rows = session.execute(
        select(Alert.shop_id, Alert.facts)
        .join(Shop, Shop.id == Alert.shop_id)
        .where(
            visible(account), Alert.state == AlertState.OPEN, Alert.kind.in_((SHIFT, ASPECT_SHIFT))
        )
    )
    chances: dict[int, float] = {}
    for shop_id, facts in rows:
        # An alert of an earlier version is sure once detection has looked at it again.
        chance = facts.get("chance", 1.0)
        chances[shop_id] = min(chance, chances.get(shop_id, 1.0))
    watched = (
        select(func.count(distinct(DetectorMemory.shop_id)))
        .join(Shop, Shop.id == DetectorMemory.shop_id)
        .where(visible(account))
    )
    tested = max(session.scalar(watched) or 0, len(chances))
    return set(chances), discoveries(chances, tested)


def standings(session: Session, shop_ids: Sequence[int]) -> dict[int, Standing]:
    """Return the standing of each of these shops that has reviews, by shop, in one statement."""
    until = today()
    rows = session.execute(
        select(Review.shop_id, *_sums(until))
        .outerjoin(Score, score_where_unrated())
        .where(
            Review.shop_id.in_(shop_ids),
            COUNTED,
            Review.published_at >= day_start(until - timedelta(days=YEAR_DAYS)),
        )
        .group_by(Review.shop_id)
    )
    found = {}
    for shop_id, *sums in rows:
        year, recent, before = (
            Moments(*(value or 0 for value in sums[i : i + 3])) for i in (0, 3, 6)
        )
        found[shop_id] = Standing(level_of(year), trend_of(recent, before), recent.count)
    return found


def _sums(until: date) -> list[ColumnElement[Any]]:
    """Count, sum and sum of squares of the stars: over a year, lately, and before that."""
    stars = stars_column()
    turn = day_start(until - timedelta(days=RECENT_DAYS - 1))
    start = day_start(until - timedelta(days=RECENT_DAYS + BEFORE_DAYS - 1))
    recent = case((Review.published_at >= turn, stars))
    before = case(((Review.published_at < turn) & (Review.published_at >= start), stars))
    return [
        column
        for value in (stars, recent, before)
        for column in (func.count(value), func.sum(value), func.sum(value * value))
    ]


def _named(words: str) -> ColumnElement[bool]:
    return or_(
        Shop.name.icontains(words, autoescape=True),
        Shop.city.icontains(words, autoescape=True),
        Shop.trade.icontains(words, autoescape=True),
    )


def _last_crawls(session: Session, shop_ids: Sequence[int]) -> dict[int, datetime]:
    rows = session.execute(
        select(Source.shop_id, func.max(Crawl.started_at))
        .join(Crawl, Crawl.source_id == Source.id)
        .where(Source.shop_id.in_(shop_ids), Crawl.outcome.in_(READ))
        .group_by(Source.shop_id)
    )
    return dict(rows.all())


def _troubled_sources(session: Session, shop_ids: Sequence[int]) -> dict[int, int]:
    rows = session.execute(
        select(Source.shop_id, func.count())
        .where(Source.shop_id.in_(shop_ids), Source.health.in_(TROUBLED), Source.paused.is_(False))
        .group_by(Source.shop_id)
    )
    return dict(rows.all())
