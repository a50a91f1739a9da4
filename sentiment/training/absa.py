"""Aspect-labelled sentences (French part of M-ABSA) under Vigie's names of aspects.

Source: Wu et al., "M-ABSA: A Multilingual Dataset for Aspect-Based Sentiment Analysis", 2025.
"""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from sentiment.scorer import Label
from sentiment.training.marks import Marks

POLARITIES: dict[str, Label] = {"negative": "neg", "neutral": "neu", "positive": "pos"}

# The first rule whose words stand in a category decides; no aspect stands for a category that
# Vigie does not name, such as an opinion of the whole.
_RULES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("price",), ("prix",)),
    (("logistics#speed",), ("livraison", "delai")),
    (("logistics", "shipment", "packaging"), ("livraison",)),
    (("timeliness",), ("delai",)),
    (("expertise",), ("conseil",)),
    (("after-sales", "support", "warranty"), ("sav",)),
    (("service",), ("accueil",)),
    (
        ("cleanliness", "ambience", "location", "rooms", "facilities", "hotel comfort"),
        ("proprete",),
    ),
    (("restaurant ", "hotel ", "amazon", "buyer", "branding", "overall", "company"), ()),
    (("food general", "laptop#general", "laptop#miscellaneous"), ()),
    (("laptop#quality", "product quality"), ("qualite",)),
)
_OTHERWISE = ("produit",)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and its aspects; the words that carry them are not known."""

    text: str
    marks: Marks


def aspects_of(category: str) -> tuple[str, ...]:
    """Return Vigie's aspects for a category such as ``food prices`` or ``LAPTOP#QUALITY``."""
    name = category.casefold()
    for words, aspects in _RULES:
        if any(word in name for word in words):
            return aspects
    return _OTHERWISE


def read_labelled(path: Path, split: str) -> list[Labelled]:
    """Read ``{"text", "aspects": [[term, category, polarity]], "split"}`` JSON Lines, gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_labelled(row) for row in rows if row["split"] == split]


def _labelled(row: dict[str, list[list[str]]]) -> Labelled:
    found = {
        (aspect, POLARITIES.get(polarity, "neu"), "")
        for _, category, polarity in row["aspects"]
        for aspect in aspects_of(category)
    }
    return Labelled(str(row["text"]), Marks(tuple(sorted(found)), None))
