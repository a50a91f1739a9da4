"""What the second head of the model says of each token: one logit a name, in this order."""

from typing import get_args

from sentiment.reading import UrgencyKind
from sentiment.scorer import LABELS

ASPECTS = (
    "accueil",
    "prix",
    "delai",
    "qualite",
    "honnetete",
    "conseil",
    "proprete",
    "produit",
    "livraison",
    "sav",
)
"""The aspects' names; the catalogue shows them by ``aspect-<name>``."""

URGENCIES: tuple[UrgencyKind, ...] = get_args(UrgencyKind)

MARKS: tuple[str, ...] = (*ASPECTS, *LABELS, *URGENCIES)
"""Aspects (is this token part of one?), polarity (of whatever aspect it is part of), urgencies."""

ASPECT_MARKS = slice(0, len(ASPECTS))
POLARITY_MARKS = slice(len(ASPECTS), len(ASPECTS) + len(LABELS))
ASPECT_PART = slice(0, POLARITY_MARKS.stop)
"""Aspects and their polarity, which are learnt together."""

URGENCY_MARKS = slice(len(ASPECTS) + len(LABELS), len(MARKS))
