"""Precision and recall of matching on the labelled pairs, and pairs a second on one core.

    python -m benchmarks.matching

Every third pair is held out: its errors were never looked at one by one. See
docs/opportunities.md for what that leaves open.
"""

import json
import time
from pathlib import Path

from alerts.detectors.matching import Thing, same_thing
from alerts.detectors.matching.title import read_title

PAIRS = Path(__file__).parents[1] / "tests/alerts/detectors/pairs.jsonl"
Pair = tuple[Thing, Thing, bool]


def pairs() -> tuple[list[Pair], list[Pair]]:
    """Return the pairs for tuning and those held out."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    read = [(Thing(row["a"]), Thing(row["b"]), bool(row["same"])) for row in rows]
    tuning = [pair for place, pair in enumerate(read) if place % 3 != 2]
    return tuning, read[2::3]


def precision_and_recall(labelled: list[Pair]) -> tuple[float, float]:
    """Return both, of the pairs told as the same."""
    told = [(same_thing(a, b).sure, same) for a, b, same in labelled]
    right = sum(sure and same for sure, same in told)
    return right / sum(sure for sure, _ in told), right / sum(same for _, same in told)


def main() -> None:
    """Print the figures."""
    tuning, held_out = pairs()
    for name, part in (("tuning", tuning), ("held out", held_out)):
        precision, recall = precision_and_recall(part)
        print(f"{name:9} {len(part)} pairs: precision {precision:.3f}, recall {recall:.3f}")
    read_title.cache_clear()
    for name in ("titles new", "titles read before"):
        start = time.perf_counter()
        precision_and_recall(tuning)
        print(f"{name}: {len(tuning) / (time.perf_counter() - start):,.0f} pairs a second")


if __name__ == "__main__":
    main()
