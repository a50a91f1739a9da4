"""All the sources of some sites, as far as the clock goes: one by one, or in groups where many."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from vigie.store import Crawl, Reach, Shop, Site, Source
from vigie.tuning.effects import Rhythm

# The runs that tell how many requests a run takes; of a site of many sources, the last so many.
LOOKED_BACK = timedelta(days=28)
RUNS_LOOKED_AT = 2_000
# A service may have all sources of an installation: beyond so many, those that are not chosen are
# counted by cadence, at the mean of the site's own runs.
ONE_BY_ONE = 2_000
Pages = tuple[float, float]


def rhythms_of(
    session: Session, sites: Sequence[Site], chosen: Sequence[int], moment: datetime
) -> list[Rhythm]:
    """Return the sources of these sites.

    Args:
        chosen: the numbers of the sources that have to be told apart.
    """
    counts = select(Source.site_id, func.count()).group_by(Source.site_id)
    of_site = dict(
        session.execute(counts.where(Source.site_id.in_([one.id for one in sites]))).all()
    )
    many = [site for site in sites if of_site.get(site.id, 0) > ONE_BY_ONE]
    few = [site.id for site in sites if of_site.get(site.id, 0) <= ONE_BY_ONE]
    since = moment - LOOKED_BACK
    made = list(_each(session, since, Source.site_id.in_(few)))
    for site in many:
        of_this = (Source.site_id == site.id, Source.id.in_(chosen))
        made += _each(session, since, *of_this)
        made += _groups(session, site, chosen)
    return made


def _each(session: Session, since: datetime, *meant: ColumnElement[bool]) -> Iterator[Rhythm]:
    pages = _pages_by_source(session, since, *meant)
    rows = session.execute(
        select(Source, Site, Shop.name)
        .join(Shop, Shop.id == Source.shop_id)
        .join(Site, Site.id == Source.site_id)
        .where(*meant)
        .order_by(Source.id)
    )
    for source, site, shop in rows:
        known, whole = pages.get(source.id, (1.0, 1.0))
        rules = _files_of_rules(site)
        yield Rhythm(
            source.id,
            f"{source.label} · {shop}",
            site.id,
            source.cadence_kind,
            source.cron,
            source.cadence_s,
            source.paused,
            source.next_run_at,
            source.run_requested_at,
            known + rules,
            whole + rules,
            source.full_cadence_s,
        )


def _groups(session: Session, site: Site, chosen: Sequence[int]) -> Iterator[Rhythm]:
    known, whole = _pages_of_site(session, site)
    rules = _files_of_rules(site)
    cadence = (Source.cadence_kind, Source.cron, Source.cadence_s, Source.full_cadence_s)
    rows = session.execute(
        select(*cadence, Source.paused, func.min(Source.next_run_at), func.count())
        .where(Source.site_id == site.id, Source.id.not_in(chosen))
        .group_by(*cadence, Source.paused, Source.next_run_at.is_(None))
    )
    for kind, cron, cadence_s, full_s, paused, next_run_at, count in rows:
        yield Rhythm(
            0,
            site.host,
            site.id,
            kind,
            cron,
            cadence_s,
            paused,
            next_run_at,
            None,
            count * (known + rules),
            count * (whole + rules),
            full_s,
            count,
        )


def _pages_by_source(
    session: Session, since: datetime, *meant: ColumnElement[bool]
) -> dict[int, Pages]:
    stops = Crawl.reach == Reach.KNOWN
    means = session.execute(
        select(
            Crawl.source_id,
            func.avg(case((stops, Crawl.pages))),
            func.avg(case((stops, None), else_=Crawl.pages)),
        )
        .join(Source, Source.id == Crawl.source_id)
        .where(*meant, Crawl.started_at >= since, Crawl.finished_at.is_not(None))
        .group_by(Crawl.source_id)
    )
    return {source_id: _pages(known, whole) for source_id, known, whole in means}


def _pages_of_site(session: Session, site: Site) -> Pages:
    last = (
        select(Crawl.pages, (Crawl.reach == Reach.KNOWN).label("stops"))
        .join(Source, Source.id == Crawl.source_id)
        .where(Source.site_id == site.id, Crawl.finished_at.is_not(None))
        .order_by(Crawl.id.desc())
        .limit(RUNS_LOOKED_AT)
        .subquery()
    )
    known, whole = session.execute(
        select(
            func.avg(case((last.c.stops, last.c.pages))),
            func.avg(case((last.c.stops, None), else_=last.c.pages)),
        )
    ).one()
    return _pages(known, whole)


def _pages(known: float | None, whole: float | None) -> Pages:
    """Return the mean pages of the runs that stop at what is known, and of the others.

    Where one kind was not seen yet, the other is the best guess; a run takes one at least.
    """
    first = known if known is not None else whole
    second = whole if whole is not None else known
    return max(1.0, float(first or 1.0)), max(1.0, float(second or 1.0))


def _files_of_rules(site: Site) -> int:
    """Return how many files of rules a run asks a site for first; a service has none."""
    return sum(said is not None for said in (site.robots_decision, site.tdm_decision))
