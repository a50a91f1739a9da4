"""What a preview needs from the store: the sites of the sources chosen, and all their sources."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vigie.cadence.rule import CadenceKind
from vigie.clock import PARIS, day_of
from vigie.store import Review, Site, Source
from vigie.tuning.edits import CADENCE, KIND, Edit
from vigie.tuning.effects import Effect, Load, Rhythm, effect_of
from vigie.tuning.places import Place
from vigie.tuning.rhythms import rhythms_of

A_STATEMENT = 500
NEWS_OF = timedelta(days=90)


def preview(
    session: Session, sources: Sequence[Source], edits: Sequence[Edit], moment: datetime
) -> Effect:
    """Return what these edits of these sources, and of their sites, would do. Writes nothing."""
    site_ids = {source.site_id for source in sources if source.site_id is not None}
    chosen = [source.id for source in sources]
    places, rhythms = _read(session, sorted(site_ids), chosen, moment)
    return effect_of(rhythms, places, _news(session, chosen, moment), edits, moment)


def _news(session: Session, chosen: Sequence[int], moment: datetime) -> dict[int, float]:
    """Return how many reviews each source brings beside the others.

    The reviews of the last 90 days plus one half, as Jeffreys' prior of a Poisson rate has it:
    where there are none, all sources count alike.
    """
    news = dict.fromkeys(chosen, 0.5)
    if len(chosen) > 1:
        for start in range(0, len(chosen), A_STATEMENT):
            counts = session.execute(
                select(Review.source_id, func.count())
                .where(
                    Review.source_id.in_(chosen[start : start + A_STATEMENT]),
                    Review.published_at >= moment - NEWS_OF,
                )
                .group_by(Review.source_id)
            )
            for source_id, count in counts:
                news[source_id] += count
    return news


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
    places, rhythms = _read(session, site_ids, (), moment)
    return {load.after.id: load for load in effect_of(rhythms, places, {}, (), moment).loads}


def _read(
    session: Session, site_ids: Sequence[int], chosen: Sequence[int], moment: datetime
) -> tuple[list[Place], list[Rhythm]]:
    places: list[Place] = []
    rhythms: list[Rhythm] = []
    for start in range(0, len(site_ids), A_STATEMENT):
        some = select(Site).where(Site.id.in_(site_ids[start : start + A_STATEMENT]))
        sites = session.scalars(some).all()
        places += [_place(site, moment) for site in sites]
        rhythms += rhythms_of(session, sites, chosen, moment)
    return places, rhythms


def _place(site: Site, moment: datetime) -> Place:
    day = day_of(moment)
    return Place(
        site.id,
        site.host,
        site.requests_per_day,
        site.open_minute,
        site.close_minute,
        site.requests_made if site.requests_day == day else 0,
        datetime.combine(day + timedelta(days=1), time(), PARIS),
        site.paused_until,
    )
