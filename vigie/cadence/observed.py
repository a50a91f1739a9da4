"""What is known of all sources at once, as arrays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from vigie.cadence.arrivals import Floats, Ints, Seen
from vigie.cadence.news import GOOD, LOOKED_BACK, ages, placed, seen_listings, seen_reviews
from vigie.cadence.rule import DAY_S, RUNS_A_FULL_PASS, CadenceKind
from vigie.store import Crawl, Reach, Shop, Site, Source

# The first readings are full ones; what comes after is short, as a rule.
FIRST_RUNS = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that a site is asked for, an entry each, by number."""

    id: Ints
    kind: NDArray[np.str_]
    # Read by the clock: not paused.
    active: NDArray[np.bool_]
    cadence_s: Floats
    # Numbers from 0.
    site: Ints
    platform: Ints
    group: Ints
    # Of each site: requests a day; infinity for no bound.
    budget: Floats
    # Requests that a reading takes which stops at what is known, on average, and how many a day
    # the full passes take beside.
    cost: Floats
    full_per_day: Floats
    # Whether its news are changes of listings, not reviews.
    by_changes: NDArray[np.bool_]
    seen: Seen


def observe(session: Session, moment: datetime) -> Sources | None:
    """Return what is known of all sources; None where there is none."""
    rows = session.execute(
        select(
            Source.id,
            Source.cadence_kind,
            Source.paused,
            Source.cadence_s,
            Source.full_cadence_s,
            Source.created_at,
            Source.site_id,
            Source.platform,
            Shop.trade,
            Site.requests_per_day,
            # The files of rules that a reading asks for first; a service has none.
            Site.robots_decision.is_not(None),
            Site.tdm_decision.is_not(None),
        )
        .join(Shop, Shop.id == Source.shop_id)
        .join(Site, Site.id == Source.site_id)
        .order_by(Source.id)
    ).all()
    if not rows:
        return None
    columns = zip(*rows, strict=True)
    ids, kinds, paused, cadences, fulls, created, sites, platforms, trades, *of_site = columns
    budgets, robots, tdm = of_site
    number = np.array(ids)
    cost, more, by_changes, last_d = _readings(session, number, moment)
    _, first_of, site = np.unique(sites, return_index=True, return_inverse=True)
    budget = np.array([np.inf if one is None else float(one) for one in budgets])[first_of]
    # Listings change at rates of their own: what gives reviews tells nothing of them.
    platform = _numbers(_numbers(np.array(platforms)) * 2 + by_changes)
    trade = _numbers(np.array(trades))
    created_d = ages(created, moment)
    kind, cadence_s = np.array([str(one) for one in kinds]), np.array(cadences, dtype=float)
    # As the rule has it, for all at once.
    runs = np.where(kind == CadenceKind.ADAPTIVE.value, RUNS_A_FULL_PASS, 1)
    full_s = np.maximum(np.array(fulls, dtype=float), runs * cadence_s)
    seen = seen_reviews(session, number, created_d, last_d, moment)
    changes = seen_listings(session, number, moment)
    return Sources(
        id=number,
        kind=kind,
        active=~np.array(paused),
        cadence_s=cadence_s,
        site=site,
        platform=platform,
        group=_numbers(platform * (trade.max() + 1) + trade),
        budget=budget,
        cost=cost + np.array(robots) + np.array(tdm),
        full_per_day=more * DAY_S / full_s,
        by_changes=by_changes,
        seen=_either(by_changes, changes, seen),
    )


def _numbers(values: NDArray[Any]) -> Ints:
    return np.unique(values, return_inverse=True)[1]


def _either(first: NDArray[np.bool_], one: Seen, other: Seen) -> Seen:
    return Seen(
        np.where(first, one.events, other.events),
        np.where(first, one.days, other.days),
        np.where(first, one.faded_events, other.faded_events),
        np.where(first, one.faded_days, other.faded_days),
    )


def _readings(
    session: Session, number: Ints, moment: datetime
) -> tuple[Floats, Floats, NDArray[np.bool_], Floats]:
    """Return of each source its readings' pages, what a full one has more, its kind, their age.

    The kind is whether it gives listings alone; the age is that of the last reading that went well.
    """
    pages, last_d = np.ones(len(number)), np.full(len(number), np.nan)
    more = np.zeros(len(number))
    by_changes = np.zeros(len(number), dtype=bool)
    good = case((Crawl.outcome.in_(GOOD), Crawl.started_at))
    stops = Crawl.reach == Reach.KNOWN
    rows = session.execute(
        select(
            Crawl.source_id,
            func.avg(case((stops, Crawl.pages))),
            func.avg(case((stops, None), else_=Crawl.pages)),
            func.count(),
            func.max(good),
            func.sum(Crawl.reviews_seen),
            func.sum(Crawl.listings_seen),
        )
        .where(Crawl.started_at >= moment - LOOKED_BACK, Crawl.finished_at.is_not(None))
        .group_by(Crawl.source_id)
    ).all()
    for at, (_, short, whole, runs, last, reviews, listings) in placed(number, rows):
        if short is not None:
            pages[at] = max(1.0, float(short))
            more[at] = max(0.0, float(whole or 0.0) - pages[at])
        elif runs > FIRST_RUNS:
            # It is never read but whole.
            pages[at] = max(1.0, float(whole))
        by_changes[at] = listings > 0 and not reviews
        if last is not None:
            last_d[at] = max(0.0, (moment - last).total_seconds() / DAY_S)
    return pages, more, by_changes, last_d
