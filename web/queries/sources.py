"""Sources and their crawls, as operators watch them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, contains_eager

from vigie.store import Crawl, Health, HealthChange, Shop, Site, Source
from vigie.tuning.selection import Filter
from web.queries.paging import Paged, page_of

SOURCES_A_PAGE = 30
HOSTS_OFFERED = 300
CHANGES_SHOWN = 10
# Worst first.
BY_CONCERN = (
    Health.BROKEN,
    Health.BLOCKED,
    Health.DISALLOWED,
    Health.LATE,
    Health.DEGRADED,
    Health.NEW,
    Health.HEALTHY,
)


@dataclass(frozen=True)
class ShownSource:
    """A source and its last finished crawl, if any."""

    source: Source
    crawl: Crawl | None


@dataclass(frozen=True)
class Choices:
    """What sources can be filtered by."""

    platforms: Sequence[str]
    hosts: Sequence[str]
    trades: Sequence[str]


def sources_page(session: Session, wanted: Filter, number: int) -> Paged[ShownSource]:
    """Return a page of the sources, those that need care first."""
    concern = case({one: rank for rank, one in enumerate(BY_CONCERN)}, value=Source.health)
    query = (
        select(Source)
        .join(Source.shop)
        .outerjoin(Source.site)
        .where(*wanted.conditions())
        .order_by(concern, Shop.name, Source.id)
        .options(contains_eager(Source.shop), contains_eager(Source.site))
    )
    page = page_of(session, query, number, SOURCES_A_PAGE)
    sources = [source for (source,) in page.items]
    crawls = _last_crawls(session, [source.id for source in sources])
    shown = [ShownSource(source, crawls.get(source.id)) for source in sources]
    return Paged(shown, page.number, page.size, page.total)


def health_counts(session: Session, wanted: Filter) -> list[tuple[Health, int]]:
    """Return how many of the sources meant are in each health, whichever is asked for."""
    query = select(Source.health, func.count()).join(Source.shop).outerjoin(Source.site)
    rows = session.execute(
        query.where(*replace(wanted, health=None).conditions()).group_by(Source.health)
    )
    counts = dict(rows.all())
    return [(health, counts[health]) for health in BY_CONCERN if health in counts]


def choices(session: Session) -> Choices:
    """Return the platforms, sites and trades that sources have."""
    platforms = select(Source.platform).distinct().order_by(Source.platform)
    hosts = select(Site.host).order_by(Site.host).limit(HOSTS_OFFERED)
    trades = select(Shop.trade).join(Source, Source.shop_id == Shop.id).distinct()
    return Choices(
        session.scalars(platforms).all(),
        session.scalars(hosts).all(),
        session.scalars(trades.order_by(Shop.trade)).all(),
    )


def changes_of(session: Session, source_id: int) -> Sequence[HealthChange]:
    """Return the last changes of a source's health, newest first."""
    query = (
        select(HealthChange)
        .where(HealthChange.source_id == source_id)
        .order_by(HealthChange.id.desc())
        .limit(CHANGES_SHOWN)
    )
    return session.scalars(query).all()


def last_crawl(session: Session, source_id: int) -> Crawl | None:
    """Return the last finished crawl of a source."""
    return _last_crawls(session, [source_id]).get(source_id)


def _last_crawls(session: Session, source_ids: Sequence[int]) -> dict[int, Crawl]:
    newest = (
        select(Crawl.source_id, func.max(Crawl.started_at).label("started_at"))
        .where(Crawl.source_id.in_(source_ids), Crawl.outcome.is_not(None))
        .group_by(Crawl.source_id)
        .subquery()
    )
    rows = session.scalars(
        select(Crawl).join(
            newest,
            (Crawl.source_id == newest.c.source_id) & (Crawl.started_at == newest.c.started_at),
        )
    )
    return {crawl.source_id: crawl for crawl in rows}
