"""Sources and their crawls, as operators watch them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from vigie.store import Crawl, Health, HealthChange, Shop, Source
from web.queries.paging import Paged, page_of

SOURCES_A_PAGE = 30
CRAWLS_SHOWN = 20
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


def sources_page(
    session: Session, health: Health | None, words: str, number: int
) -> Paged[ShownSource]:
    """Return a page of the sources, those that need care first."""
    concern = case({one: rank for rank, one in enumerate(BY_CONCERN)}, value=Source.health)
    query = (
        select(Source)
        .join(Source.shop)
        .where(
            or_(
                Shop.name.icontains(words, autoescape=True),
                Source.label.icontains(words, autoescape=True),
                Source.url.icontains(words, autoescape=True),
            )
        )
        .order_by(concern, Shop.name, Source.id)
        .options(contains_eager(Source.shop), joinedload(Source.site))
    )
    if health is not None:
        query = query.where(Source.health == health)
    page = page_of(session, query, number, SOURCES_A_PAGE)
    sources = [source for (source,) in page.items]
    crawls = _last_crawls(session, [source.id for source in sources])
    shown = [ShownSource(source, crawls.get(source.id)) for source in sources]
    return Paged(shown, page.number, page.size, page.total)


def health_counts(session: Session) -> list[tuple[Health, int]]:
    """Return how many sources are in each health, worst first."""
    rows = session.execute(select(Source.health, func.count()).group_by(Source.health))
    counts = dict(rows.all())
    return [(health, counts[health]) for health in BY_CONCERN if health in counts]


def crawls_of(session: Session, source_id: int) -> Sequence[Crawl]:
    """Return the last crawls of a source, newest first."""
    query = (
        select(Crawl)
        .where(Crawl.source_id == source_id)
        .order_by(Crawl.started_at.desc(), Crawl.id.desc())
        .limit(CRAWLS_SHOWN)
    )
    return session.scalars(query).all()


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
