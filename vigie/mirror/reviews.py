"""What the mirror counts of reviews, in sums: still shown, each once, none of a day to come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from vigie.brief.levels import Moments
from vigie.brief.readings import BEST_STARS, NEGATIVE_UP_TO, WORST_STARS, day_start
from vigie.clock import day_of, today
from vigie.mirror.facts import Answers, Freshness
from vigie.mirror.index import Site
from vigie.store import Review, ReviewState, Score, Shop, Source
from vigie.store.score import shown_model

# Older reviews tell of another time.
INDEX_DAYS, YEAR_DAYS, LATELY_DAYS = 3 * 365, 365, 90
MONTHS_A_YEAR, LEAST_DAYS = 12, 30
# A trade's level is known well from so many of its shops; more would only cost time.
MOST_SHOPS = 200
STARS: ColumnElement[float | None] = func.coalesce(
    WORST_STARS + (BEST_STARS - WORST_STARS) * Review.rating_normalised, Score.stars
)
ANSWERED = func.coalesce(Review.reply_text, "") != ""


@dataclass
class Tally:
    """A shop's ratings by site, and what it answered, over the same time."""

    cells: dict[Site, Moments] = field(default_factory=dict)
    count: int = 0
    answered: int = 0


def tallies(session: Session, shop_ids: Collection[int]) -> dict[int, Tally]:
    """Add up the reviews of these shops, in one statement; those without reviews are left out."""
    rows = session.execute(
        select(
            Review.shop_id,
            Source.site_id,
            func.count(STARS),
            func.sum(STARS),
            func.sum(STARS * STARS),
            func.count(),
            func.sum(case((ANSWERED, 1), else_=0)),
        )
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Score, _score_where_unrated())
        .where(Review.shop_id.in_(shop_ids), *_counted(INDEX_DAYS))
        .group_by(Review.shop_id, Source.site_id)
    )
    found: dict[int, Tally] = {}
    for shop_id, site, rated, total, squares, count, answered in rows:
        tally = found.setdefault(shop_id, Tally())
        if rated:
            tally.cells[site] = Moments(rated, total, squares)
        tally.count += count
        tally.answered += answered
    return found


def shops_of_trade(session: Session, shop: Shop) -> list[int]:
    """Return the shops that tell a trade's level: the first of it, at most ``MOST_SHOPS``."""
    query = select(Shop.id).where(Shop.trade == shop.trade, Shop.id != shop.id)
    return list(session.scalars(query.order_by(Shop.id).limit(MOST_SHOPS)))


def answers_of(session: Session, shop_id: int) -> Answers:
    """Return what the shop answered of a year's reviews, and how quickly."""
    rows = session.execute(
        select(Review.published_at, Review.published_precision, Review.reply_at, ANSWERED, STARS)
        .outerjoin(Score, _score_where_unrated())
        .where(Review.shop_id == shop_id, *_counted(YEAR_DAYS))
    ).all()
    lately = day_start(today() - timedelta(days=LATELY_DAYS))
    return Answers(
        count=len(rows),
        answered=sum(bool(row[3]) for row in rows),
        median_s=_median_s((row[0], row[2]) for row in rows if row[1] == "day" and row[3]),
        negative_unanswered=sum(
            not answered and stars is not None and stars <= NEGATIVE_UP_TO and published >= lately
            for published, _, _, answered, stars in rows
        ),
    )


def freshness_of(session: Session, shop_id: int) -> Freshness:
    """Return when the last review came, and how many a month over the last year."""
    first, last = session.execute(
        select(func.min(Review.published_at), func.max(Review.published_at)).where(
            Review.shop_id == shop_id, *_counted()
        )
    ).one()
    if last is None:
        return Freshness(None, 0.0)
    count = session.scalar(
        select(func.count()).where(Review.shop_id == shop_id, *_counted(YEAR_DAYS))
    )
    days = min(YEAR_DAYS, max(LEAST_DAYS, (today() - day_of(first)).days))
    return Freshness(day_of(last), (count or 0) * YEAR_DAYS / MONTHS_A_YEAR / days)


def _median_s(dates: Iterable[tuple[datetime, datetime | None]]) -> float | None:
    """Return the median time to answer; an answer dated before its review tells nothing."""
    times = [(reply - published).total_seconds() for published, reply in dates if reply]
    return median(kept) if (kept := [one for one in times if one >= 0]) else None


def _counted(days: int | None = None) -> tuple[ColumnElement[bool], ...]:
    counted: tuple[ColumnElement[bool], ...] = (
        Review.state == ReviewState.PRESENT,
        Review.duplicate_of_id.is_(None),
        Review.published_at < day_start(today() + timedelta(days=1)),
    )
    if days is None:
        return counted
    return (*counted, Review.published_at >= day_start(today() - timedelta(days=days)))


def _score_where_unrated() -> ColumnElement[bool]:
    """Join the shown model's reading: a rated review costs no search for one."""
    unrated = case((Review.rating_normalised.is_(None), Review.id))
    return and_(Score.review_id == unrated, Score.model == shown_model())
