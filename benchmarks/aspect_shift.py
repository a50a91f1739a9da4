"""False alarms and delays of what watches an aspect, on made-up shops.

    python -m benchmarks.aspect_shift [STREAMS] [ARL0]

A profile is how many reviews in a hundred complain of an aspect, and how many praise it. False
alarms are counted from the sixtieth review to the thousandth; a change comes after 80 or 200
reviews, and is looked for in the 60 that follow.
"""

import sys
import time
from collections.abc import Sequence
from random import Random
from statistics import median

from alerts.detectors.aspect import COMPLAINT, PRAISE_GIVEN, AspectDetector

PROFILES = ((2, 5), (2, 40), (15, 15), (30, 5), (3, 1), (6, 20))
CHANGES = (
    ("complaints", (6, 20), (30, 10)),
    ("complaints", (6, 20), (20, 15)),
    ("complaints", (15, 15), (40, 10)),
    ("complaints", (2, 5), (15, 5)),
    ("relief", (30, 5), (5, 5)),
    ("praise", (2, 5), (2, 30)),
)
STREAMS, ARL0, HISTORY, LENGTH, AFTER = 200, 10_000.0, 60, 1_000, 60


def reviews(random: Random, profile: tuple[int, int], count: int) -> list[float]:
    """Return what so many reviews say of the aspect."""
    bad, good = profile
    weights = (bad, 100 - bad - good, good)
    return random.choices((COMPLAINT, 0.5, PRAISE_GIVEN), weights, k=count)


def run_length(profile: tuple[int, int], streams: int, arl0: float) -> tuple[float, int]:
    """Return the mean number of reviews between false alarms, and how many there were."""
    random, alarms = Random(11), 0
    for _ in range(streams):
        detector = AspectDetector(arl0)
        alarms += sum(detector.update(v) is not None for v in reviews(random, profile, LENGTH))
    return streams * (LENGTH - HISTORY) / max(1, alarms), alarms


def delays(what: str, at: int, values: Sequence[list[float]], arl0: float) -> list[int]:
    """Return how many reviews each stream took to tell the change, where it did in time."""
    found = []
    for stream in values:
        detector = AspectDetector(arl0)
        turns = [turn for turn in map(detector.update, stream) if turn]
        told = [turn.index - at + 1 for turn in turns if turn.index >= at and turn.what == what]
        found += told[:1]
    return found


def main() -> None:
    """Print the figures."""
    words = sys.argv[1:3]
    streams = int(words[0]) if words else STREAMS
    arl0 = float(words[1]) if words[1:] else ARL0
    start, seen = time.process_time(), 0
    for profile in PROFILES:
        length, alarms = run_length(profile, streams, arl0)
        seen += streams * LENGTH
        print(f"{profile} of 100: one false alarm in {length:,.0f} reviews ({alarms})", flush=True)
    print(f"{seen / (time.process_time() - start):,.0f} reviews a second")
    for what, before, since in CHANGES:
        for at in (80, 200):
            random = Random(3)
            values = [
                reviews(random, before, at) + reviews(random, since, AFTER) for _ in range(streams)
            ]
            told = delays(what, at, values, arl0)
            share = len(told) / streams
            middle = f"{median(told):.0f}" if told else "–"
            print(f"{what} {before} -> {since} after {at}: {share:.0%} told, after {middle}")


if __name__ == "__main__":
    main()
