"""The mirror of one shop, for one reader: who may be named is the reader's matter."""

from collections.abc import Collection, Mapping
from statistics import median

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from vigie.departements import departement_of
from vigie.mirror.around import around
from vigie.mirror.checkup import checkup
from vigie.mirror.facts import FEWEST_OTHERS, Area, Beside, Index, Mirror, Neighbours, Rivals
from vigie.mirror.index import fit_trade, index_of
from vigie.mirror.naming import nameable
from vigie.mirror.presence import elsewhere, places_of
from vigie.mirror.ranking import rank_of
from vigie.mirror.reviews import Tally, answers_of, freshness_of, shops_of_trade, tallies
from vigie.store import Rival, Shop

Tallies = Mapping[int, Tally]
NOTHING = Tally()


def mirror_of(session: Session, shop: Shop, sees: ColumnElement[bool]) -> Mirror:
    """Compute a shop's mirror from the store; the work is bounded, whatever the store holds.

    Args:
        sees: the condition on ``Shop`` that keeps the shops of which the reader is a member.
    """
    area, beside = around(session, shop)
    rivals = session.scalars(
        select(Shop).join(Rival, Rival.rival_id == Shop.id).where(Rival.shop_id == shop.id)
    ).all()
    others = {*beside, *(rival.id for rival in rivals)}
    named_ids = nameable(session, others, sees)
    named = [rival for rival in rivals if rival.id in named_ids]
    of_trade = shops_of_trade(session, shop)
    found = tallies(session, {shop.id, *others, *of_trade})
    own = found.get(shop.id, NOTHING)
    trade = fit_trade([own.cells, *(found[id].cells for id in of_trade if id in found)])
    index = index_of(own.cells, trade)
    indices = {id: index_of(found[id].cells, trade) for id in others if id in found}
    answers, freshness = answers_of(session, shop.id), freshness_of(session, shop.id)
    places = places_of(session, shop.id)
    missing = elsewhere(session, shop.id, [rival.id for rival in named])
    return Mirror(
        index=index,
        rivals=_rivals(shop, index, named, len(rivals) - len(named), indices),
        neighbours=_neighbours(shop, area, beside, named_ids, index, indices, found),
        answers=answers,
        freshness=freshness,
        places=places,
        elsewhere=missing,
        points=checkup(shop, answers, freshness, places, missing, has_rivals=bool(named)),
    )


def _rivals(
    shop: Shop,
    index: Index | None,
    named: Collection[Shop],
    hidden: int,
    indices: Mapping[int, Index | None],
) -> Rivals:
    rows = [Beside(shop.slug, shop.name, True, index)]
    rows += [Beside(one.slug, one.name, False, indices.get(one.id)) for one in named]
    rows.sort(key=lambda row: (-row.index.value if row.index else 0.0, row.name))
    rated = [row.index for row in rows if row.index is not None and not row.is_own]
    rank = rank_of(index, rated) if index is not None and rated else None
    return Rivals(tuple(rows) if named else (), hidden, rank)


def _neighbours(
    shop: Shop,
    area: Area,
    beside: Collection[int],
    named_ids: Collection[int],
    index: Index | None,
    indices: Mapping[int, Index | None],
    found: Tallies,
) -> Neighbours:
    """Tell of the shops around together, if nobody's can be told apart.

    The reader could take away the shops that they know: those that they do not must be enough by
    themselves, or none.
    """
    departement = departement_of(shop.postcode)
    rated = {id: one for id in beside if (one := indices.get(id)) is not None}
    unknown = sum(id not in named_ids for id in rated)
    if index is None or len(rated) < FEWEST_OTHERS or 0 < unknown < FEWEST_OTHERS:
        return Neighbours(area, departement)
    return Neighbours(
        area,
        departement,
        rank_of(index, list(rated.values())),
        median(one.value for one in rated.values()),
        median(found[id].answered / found[id].count for id in rated),
    )
