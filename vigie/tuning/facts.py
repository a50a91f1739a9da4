"""What a preview needs from the store: the sites of the sources chosen, and all their sources."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from vigie.cadence.rule import CadenceKind
from vigie.clock import today
from vigie.store import Crawl, Reach, Shop, Site, Source
from vigie.tuning.edits import CADENCE, KIND, Edit
from vigie.tuning.effects import Effect, Load, Place, Rhythm, effect_of

# The runs that tell how many requests a run takes.
LOOKED_BACK = timedelta(days=28)
A_STATEMENT = 500


def preview(
    session: Session, sources: Sequence[Source], edits: Sequence[Edit], moment: datetime
) -> Effect:
    """Return what these edits of these sources, and of their sites, would do. Writes nothing."""
    site_ids = {source.site_id for source in sources if source.site_id is not None}
    places, rhythms = _read(session, sorted(site_ids), moment)
    return effect_of(rhythms, places, [source.id for source in sources], edits, moment)


def foresee(session: Session, edits: Sequence[Edit], default_s: float) -> list[Edit]:
    """Return these edits with the intervals that adaptive cadences will be computed to.

    Args:
        default_s: the interval that sets what all adaptive sources may take.
    """
    numbers = {edit.id for edit in edits if edit.after.get(KIND) == CadenceKind.ADAPTIVE}
    if not numbers:
        return list(edits)
    # The computing library would slow every command down.
    from vigie.cadence.recompute import foreseen

    seconds = foreseen(session, default_s, numbers)
    return [
        replace(edit, after={**edit.after, CADENCE: seconds[edit.id]})
        if edit.after.get(KIND) == CadenceKind.ADAPTIVE and edit.id in seconds
        else edit
        for edit in edits
    ]


def loads(session: Session, site_ids: Sequence[int], moment: datetime) -> Mapping[int, Load]:
    """Return what these sites are asked a day as things are, by site."""
    places, rhythms = _read(session, site_ids, moment)
    return {load.after.id: load for load in effect_of(rhythms, places, (), (), moment).loads}


def _read(
    session: Session, site_ids: Sequence[int], moment: datetime
) -> tuple[list[Place], list[Rhythm]]:
    places: list[Place] = []
    rhythms: list[Rhythm] = []
    for start in range(0, len(site_ids), A_STATEMENT):
        some = site_ids[start : start + A_STATEMENT]
        sites = session.scalars(select(Site).where(Site.id.in_(some))).all()
        places += [_place(site) for site in sites]
        rhythms += _rhythms(session, some, moment)
    return places, rhythms


def _place(site: Site) -> Place:
    return Place(
        site.id,
        site.host,
        site.requests_per_day,
        site.open_minute,
        site.close_minute,
        site.requests_made if site.requests_day == today() else 0,
    )


def _rhythms(session: Session, site_ids: Sequence[int], moment: datetime) -> list[Rhythm]:
    pages = _pages_a_run(session, site_ids, moment - LOOKED_BACK)
    rows = session.execute(
        select(Source, Site, Shop.name)
        .join(Shop, Shop.id == Source.shop_id)
        .join(Site, Site.id == Source.site_id)
        .where(Site.id.in_(site_ids))
        .order_by(Source.id)
    )
    made = []
    for source, site, shop in rows:
        known, whole = pages.get(source.id, (1.0, 1.0))
        rules = _files_of_rules(site)
        made.append(
            Rhythm(
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
        )
    return made


def _pages_a_run(
    session: Session, site_ids: Sequence[int], since: datetime
) -> dict[int, tuple[float, float]]:
    """Return the mean pages of the runs that stop at what is known, and of the others."""
    stops = Crawl.reach == Reach.KNOWN
    means = session.execute(
        select(
            Crawl.source_id,
            func.avg(case((stops, Crawl.pages))),
            func.avg(case((stops, None), else_=Crawl.pages)),
        )
        .join(Source, Source.id == Crawl.source_id)
        .where(
            Source.site_id.in_(site_ids), Crawl.started_at >= since, Crawl.finished_at.is_not(None)
        )
        .group_by(Crawl.source_id)
    )
    pages = {}
    for source_id, known, whole in means:
        # Where one kind was not seen yet, the other is the best guess.
        each = (known if known is not None else whole, whole if whole is not None else known)
        pages[source_id] = (max(1.0, float(each[0])), max(1.0, float(each[1])))
    return pages


def _files_of_rules(site: Site) -> int:
    """Return how many files of rules a run asks a site for first; a service has none."""
    return sum(said is not None for said in (site.robots_decision, site.tdm_decision))
