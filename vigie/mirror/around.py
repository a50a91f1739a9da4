"""The shops of the same trade around a shop: within ten kilometres, or in its département."""

from math import asin, cos, radians, sin, sqrt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vigie.departements import departement_of, prefixes_of
from vigie.mirror.facts import FEWEST_OTHERS, Area
from vigie.store import Shop

NEAR_KM, EARTH_KM, KM_A_DEGREE = 10.0, 6371.0, 111.2
# So many bound the work of one page; the nearest count.
MOST_AROUND = 200


def around(session: Session, shop: Shop) -> tuple[Area, list[int]]:
    """Return which shops are beside it, and their numbers.

    Where ten kilometres hold too few to be told of, the département does.
    """
    near = _near(session, shop)
    if len(near) >= FEWEST_OTHERS:
        return Area.NEAR, near
    if departement_of(shop.postcode):
        return Area.DEPARTEMENT, _in_departement(session, shop)
    return (Area.NEAR if _is_placed(shop) else Area.NOWHERE), near


def _is_placed(shop: Shop) -> bool:
    return shop.latitude is not None and shop.longitude is not None


def _near(session: Session, shop: Shop) -> list[int]:
    if shop.latitude is None or shop.longitude is None:
        return []
    tall = NEAR_KM / KM_A_DEGREE
    wide = tall / max(0.01, cos(radians(shop.latitude)))
    rows = session.execute(
        select(Shop.id, Shop.latitude, Shop.longitude).where(
            Shop.trade == shop.trade,
            Shop.id != shop.id,
            Shop.latitude.between(shop.latitude - tall, shop.latitude + tall),
            Shop.longitude.between(shop.longitude - wide, shop.longitude + wide),
        )
    )
    here = shop.latitude, shop.longitude
    found = sorted((_km(here, (north or 0.0, east or 0.0)), id) for id, north, east in rows)
    return [id for km, id in found if km <= NEAR_KM][:MOST_AROUND]


def _in_departement(session: Session, shop: Shop) -> list[int]:
    own = departement_of(shop.postcode)
    query = select(Shop.id).where(
        Shop.trade == shop.trade,
        Shop.id != shop.id,
        Shop.country == shop.country,
        or_(*(Shop.postcode.startswith(prefix) for prefix in prefixes_of(own))),
    )
    return list(session.scalars(query.order_by(Shop.id).limit(MOST_AROUND)))


def _km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the great-circle distance (the haversine formula)."""
    (north, east), (other_north, other_east) = (tuple(map(radians, p)) for p in (here, there))
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
