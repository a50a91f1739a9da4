"""What is unusual about a shop's recent reviews. It is never said that one is false.

Every rule waits for several reviews, and for more of them than chance or the shop's own past
explains: one odd review is everyday.
"""

from collections.abc import Sequence
from math import comb
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

from alerts.detectors.burst import Burst, find_burst

# Similarity in percent (Indel, rapidfuzz.fuzz.ratio) of texts cut at so many letters.
LEAST_LIKENESS, COMPARED_LETTERS = 88.0, 1000
# Praise in few words is the same everywhere: "Très bon accueil, travail soigné, je recommande".
LEAST_LETTERS, LONG_LETTERS = 80, 200
# Three people, or two of a long text.
LEAST_AUTHORS, LEAST_AUTHORS_LONG = 3, 2
MOST_COMPARED = 300
# A share is unusual where so many of so many have this chance or less, and are so many.
SHARE_CHANCE, LEAST_ODD = 1e-3, 3
# Half of a wave's evidence is the week before it, so each half may be less rare than a burst.
WAVE_CHANCE, BAD_CHANCE, LEAST_BAD = 1e-3, 1e-2, 3
WAVE_DAYS, BAD_DAYS = 14, 21


class Written(NamedTuple):
    """A review's text and who wrote it; ``author`` is a pseudonym."""

    review_id: int
    author: str | None
    text: str


class Wave(NamedTuple):
    """A burst of the best ratings that follows one of bad ones."""

    bad: Burst
    best: Burst


def near_copies(reviews: Sequence[Written]) -> list[list[int]]:
    """Return groups of reviews by different authors whose texts are nearly the same.

    Args:
        reviews: the newest first; those beyond the first 300 long enough are left out.
    """
    compared = [
        (review, text)
        for review in reviews
        if review.author is not None and len(text := _words(review.text)) >= LEAST_LETTERS
    ][:MOST_COMPARED]
    if len(compared) < LEAST_AUTHORS_LONG:
        return []
    texts = [text for _, text in compared]
    alike = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    groups: list[list[int]] = []
    grouped: set[int] = set()
    for place in range(len(compared)):
        # Each is like the first of its group: a chain of small changes ends somewhere else.
        group = [at for at in alike[place].nonzero()[0].tolist() if at not in grouped]
        authors = {compared[at][0].author for at in group}
        is_long = all(len(texts[at]) >= LONG_LETTERS for at in group)
        if place in grouped or len(authors) < (LEAST_AUTHORS_LONG if is_long else LEAST_AUTHORS):
            continue
        grouped.update(group)
        groups.append(sorted(compared[at][0].review_id for at in group))
    return groups


def is_unusual_share(odd: int, total: int, usual: float) -> bool:
    """Say whether so many of so many are more than ``usual``, a share, explains."""
    if odd < LEAST_ODD:
        return False
    chance = sum(
        comb(total, count) * usual**count * (1 - usual) ** (total - count)
        for count in range(odd, total + 1)
    )
    return chance <= SHARE_CHANCE


def praise_wave(bad: Sequence[int], best: Sequence[int]) -> Wave | None:
    """Return a burst of the best ratings of the last days that came on a burst of bad ones.

    Args:
        bad: how many of the worst ratings each day had, oldest first; the last is today.
        best: the same of the best.
    """
    wave = find_burst(best, WAVE_DAYS, WAVE_CHANCE)
    if wave is None:
        return None
    before = find_burst(bad[: wave.first + 1], BAD_DAYS, BAD_CHANCE, LEAST_BAD)
    return Wave(before, wave) if before else None


def _words(text: str) -> str:
    """Return a text in lower case without punctuation, each gap one space."""
    return " ".join(utils.default_process(text[:COMPARED_LETTERS]).split())
