"""Two labelled reviews joined into one, so that praise and complaint stand side by side.

What is marked in each stays marked: the head learns which words an aspect and its polarity rest
on, whatever stands next to them (cf. Andreas, "Good-enough compositional data augmentation",
ACL 2020).
"""

import random
from dataclasses import replace

from sentiment.training.data import STARS, TRADES, Example
from sentiment.training.marks import Marks

JOINED_SHARE = 0.35
"""How often a labelled review is joined with another."""

LONGEST_CHARS = 140
JOINTS = (". ", " ! ", ", ", " ; ", "... ", "\n", " et ")
TURNS = (", mais ", ". Mais ", ", par contre ", ". En revanche ", " mais ", ". Dommage : ", ", ")


def is_joinable(example: Example) -> bool:
    """Say whether all that a short text speaks of is known, with its words."""
    return (
        example.source == TRADES
        and len(example.text) <= LONGEST_CHARS
        and example.marks is not None
        and example.marks.aspects is not None
    )


def joined(first: Example, second: Example, rng: random.Random) -> Example:
    """Return both texts as one, or the first alone where their aspects contradict each other.

    Where the two have not the same polarity any number of stars would be right.
    """
    marks, others = first.marks, second.marks
    if not (marks and others and marks.aspects is not None and others.aspects is not None):
        return first
    if {name for name, *_ in marks.aspects} & {name for name, *_ in others.aspects}:
        return first
    alike = first.polarity == second.polarity
    joint = rng.choice(JOINTS if alike else TURNS)
    start = first.text.rstrip(" .!…") if joint.strip() else first.text
    return replace(
        first,
        text=f"{start}{joint}{second.text}",
        stars=first.stars | second.stars if alike else STARS,
        polarity=first.polarity if alike else "neu",
        marks=Marks(
            marks.aspects + others.aspects, (marks.urgencies or ()) + (others.urgencies or ())
        ),
    )
