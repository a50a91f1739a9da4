"""The trade that a marketplace's category belongs to, whatever the marketplace calls it."""

import re
from functools import lru_cache

from alerts.detectors.matching.title import Thing, fold

_TRADES = tuple(
    (trade, re.compile(pattern))
    for trade, pattern in (
        ("tyres", r"pneu|jante|roue"),
        ("parts", r"piece|equipement auto|accessoires? auto"),
        ("services", r"service|prestation|reparation|depannage"),
        ("cars", r"voiture|vehicule|utilitaire|automobile"),
        ("bikes", r"velo|cycle"),
        ("phones", r"telephon|smartphone|mobile"),
        ("food", r"patisser|boulanger|traiteur|fromag|epicer|aliment|cremerie"),
        ("wine", r"\bvins?\b|champagne|spiritueux"),
        ("clothes", r"vetement|chaussure|mode\b"),
        ("furniture", r"meuble|ameublement|mobilier|decoration"),
        ("tools", r"outil|bricolage|materiel|jardin"),
    )
)


def trade_of(thing: Thing) -> str | None:
    """Return the trade of the listing's category; None where there is none, or an unknown one."""
    return _trade_named(thing.category) if thing.category else None


@lru_cache(maxsize=10_000)
def _trade_named(category: str) -> str | None:
    category = fold(category)
    return next((trade for trade, pattern in _TRADES if pattern.search(category)), None)
