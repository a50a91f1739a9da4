"""The log of a source's crawls."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from vigie.errors import NotFoundError
from vigie.store import Crawl, Outcome, Source
from web.queries.paging import Paged, page_of

CRAWLS_A_PAGE = 25
LAST_SHOWN = 5


@dataclass(frozen=True)
class Neighbours:
    """The crawls of the same source before and after one."""

    before: int | None
    after: int | None


def last_crawls(session: Session, source_id: int) -> Sequence[Crawl]:
    """Return the last crawls of a source, newest first."""
    query = select(Crawl).where(Crawl.source_id == source_id)
    newest = query.order_by(Crawl.started_at.desc(), Crawl.id.desc()).limit(LAST_SHOWN)
    return session.scalars(newest).all()


def crawls_page(
    session: Session, source_id: int, outcome: Outcome | None, number: int
) -> Paged[Crawl]:
    """Return a page of a source's crawls, newest first."""
    query = select(Crawl).where(Crawl.source_id == source_id)
    if outcome is not None:
        query = query.where(Crawl.outcome == outcome)
    query = query.order_by(Crawl.started_at.desc(), Crawl.id.desc())
    page = page_of(session, query, number, CRAWLS_A_PAGE)
    return Paged([crawl for (crawl,) in page.items], page.number, page.size, page.total)


def outcome_counts(session: Session, source_id: int) -> list[tuple[Outcome, int]]:
    """Return how many crawls of a source ended in each way."""
    rows = session.execute(
        select(Crawl.outcome, func.count())
        .where(Crawl.source_id == source_id, Crawl.outcome.is_not(None))
        .group_by(Crawl.outcome)
    )
    counts = dict(rows.all())
    return [(outcome, counts[outcome]) for outcome in Outcome if outcome in counts]


def crawl_by_id(session: Session, crawl_id: int) -> Crawl:
    """Return the crawl of this number, with its source.

    Raises:
        NotFoundError: there is none.
    """
    loaded = joinedload(Crawl.source).joinedload(Source.shop)
    crawl = session.get(Crawl, crawl_id, options=[loaded])
    if crawl is None:
        raise NotFoundError("crawl-error-unknown", crawl=str(crawl_id))
    return crawl


def neighbours(session: Session, crawl: Crawl) -> Neighbours:
    """Return the crawls of the same source just before and after."""
    same = select(Crawl.id).where(Crawl.source_id == crawl.source_id)
    before = same.where(Crawl.id < crawl.id).order_by(Crawl.id.desc()).limit(1)
    after = same.where(Crawl.id > crawl.id).order_by(Crawl.id).limit(1)
    return Neighbours(session.scalar(before), session.scalar(after))
