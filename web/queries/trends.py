"""What the charts of a shop draw: a year of ratings and of tones, and its rivals beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.brief.facts import WeekPoint
from vigie.brief.levels import readable_span, weekly_points
from vigie.brief.readings import day_start, readings
from vigie.charts import TonePoint
from vigie.clock import day_of, today
from vigie.mirror.naming import nameable
from vigie.store import Alert, Review, Rival, Score, Shop
from web.accounts import Account
from web.queries.portfolio import UNRATED, YEAR_DAYS, Standing, standings
from web.queries.scope import visible
from web.queries.tones import COUNTED, score_of_review, tone_column


@dataclass(frozen=True)
class Compared:
    """A shop beside its rivals."""

    shop: Shop
    standing: Standing


@dataclass(frozen=True)
class Comparison:
    """A shop beside the rivals that the reader may see; the others are only counted."""

    rows: Sequence[Compared]
    hidden: int


def rating_points(session: Session, shop_id: int) -> tuple[int, tuple[WeekPoint, ...]]:
    """Return how many weeks a point covers, and the points of the last year."""
    until = today()
    history = readings(session, shop_id, until - timedelta(days=YEAR_DAYS), until)
    span = readable_span(history)
    return span, weekly_points(history, span)


def rating_changes(session: Session, shop_id: int) -> list[date]:
    """Return the days on which the rating changed level, as alerts tell them."""
    query = (
        select(Alert.changed_on)
        .where(
            Alert.shop_id == shop_id,
            Alert.kind == "rating-shift",
            Alert.changed_on >= today() - timedelta(days=YEAR_DAYS),
        )
        .order_by(Alert.changed_on)
    )
    return list(session.scalars(query))


def tone_points(session: Session, shop_id: int) -> list[TonePoint]:
    """Return the reviews of the last twelve months by tone, a point a month that has some."""
    first = _months_back(today().replace(day=1), 11)
    rows = session.execute(
        select(Review.published_at, tone_column())
        .outerjoin(Score, score_of_review())
        .where(Review.shop_id == shop_id, COUNTED, Review.published_at >= day_start(first))
    )
    counts: Counter[tuple[date, str]] = Counter()
    for published, tone in rows:
        counts[day_of(published).replace(day=1), tone] += 1
    return [
        TonePoint(
            month,
            _months_back(month, -1),
            counts[month, "neg"],
            counts[month, "neu"],
            counts[month, "pos"],
        )
        for month in sorted({month for month, _ in counts})
    ]


def compared(session: Session, account: Account, shop: Shop) -> Comparison:
    """Return the shop and its rivals, the best rated first; no rows without rivals to name."""
    rivals = session.scalars(
        select(Shop).join(Rival, Rival.rival_id == Shop.id).where(Rival.shop_id == shop.id)
    ).all()
    named_ids = nameable(session, [rival.id for rival in rivals], visible(account))
    named = [rival for rival in rivals if rival.id in named_ids]
    hidden = len(rivals) - len(named)
    if not named:
        return Comparison((), hidden)
    shops = [shop, *named]
    found = standings(session, [one.id for one in shops])
    rows = [Compared(one, found.get(one.id, UNRATED)) for one in shops]
    rows.sort(key=lambda row: (_mean(row), row.shop.name), reverse=True)
    return Comparison(rows, hidden)


def _mean(row: Compared) -> float:
    return row.standing.level.mean if row.standing.level else 0.0


def _months_back(first_of_month: date, count: int) -> date:
    months = first_of_month.year * 12 + first_of_month.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)
