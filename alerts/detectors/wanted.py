"""Whether a call for tenders or a wanted ad is for a shop: signs that agree, of trade and place."""

import re
from collections.abc import Collection, Sequence

from alerts.detectors.matching.title import MAX_TITLE, fold

# Words of calls by trades, both folded; a trade is told by the beginning of its name.
_TRADES = tuple(
    (re.compile(trade), re.compile(words))
    for trade, words in (
        (r"garage|mecan|automob|carross", r"vehicul|automob|pneu|garage|carross|mecanique auto"),
        (r"plomb|chauff", r"plomb|sanitair|chauff|chaudier|reseaux? d eau|climatis|ecs\b"),
        (r"boulang|patiss", r"\bpains?\b|boulang|patiss|viennois|produits de boulang"),
        (r"traiteur|restaur", r"traiteur|restauration|repas|buffet|cocktail|reception"),
        (r"electric", r"electri|courant (fort|faible)|eclairage|courants"),
        (r"menuis|charpent|ebenist", r"menuiser|charpent|bois|fenetre|porte|agencement"),
        (r"peint", r"peintur|ravalement|revetement|platr"),
        (r"macon|batiment|couvreur|couvert", r"macon|gros oeuvre|demolition|couvertur|toitur"),
        (r"paysag|jardin|espace", r"espaces? verts?|paysag|elagage|plantation|tonte"),
        (r"nettoy|proprete", r"nettoy|proprete|entretien des locaux|vitrerie"),
        (r"imprim", r"impression|imprim|reprograph"),
        (r"informat|telephon", r"informatiq|ordinateur|telephon|materiel info"),
        (r"fleur", r"fleur|floral"),
        (r"bouch|charcut", r"viande|bouch|charcut"),
        (r"primeur|maraich|fruit", r"fruit|legume"),
    )
)
# "Recherche de fuite" and "recherche de panne" are services.
_SEEKING = re.compile(
    r"\W*(?:urgent\W+)?(?:je |nous |j['’])?"
    r"(?:recherch(?:e|ons)(?! de )|cherch(?:e|ons)|ach[eè]t(?:e|ons)|wanted|wtb|suche|busco|cerco)"
    r"\b[\s:,/-]*",
    re.IGNORECASE,
)


def sought_in(title: str) -> str | None:
    """Return what the ad of this title looks for; None where it offers something."""
    seeking = _SEEKING.match(title[:MAX_TITLE])
    return title[seeking.end() :].strip() or None if seeking else None


def signs(
    trade: str,
    areas: Collection[str],
    *,
    title: str,
    descriptors: Sequence[str],
    codes: Collection[str],
    places: Collection[str],
    followed: Collection[str],
) -> tuple[str, ...]:
    """Return the signs that a call is for a shop of this trade in these départements.

    ``title``: its words are the trade's; ``trade``: so is the descriptor that its buyer chose, or
    its code is one that the shop follows; ``area``: the work is in one of ``areas``.
    """
    words = next((words for name, words in _TRADES if name.match(fold(trade))), None)
    found = []
    if words is not None and words.search(fold(title)):
        found.append("title")
    described = words is not None and any(words.search(fold(one)) for one in descriptors)
    if described or set(codes) & set(followed):
        found.append("trade")
    if set(places) & set(areas):
        found.append("area")
    return tuple(found)
