"""Precision and recall of matching on the labelled pairs, and pairs a second on one core.

    python -m benchmarks.matching

The pairs for tuning have all been read with their errors; of those held out, none was read before
the code was done. The natural ones have a listing's fields, too, and were written by somebody who
never saw the code; of one half the errors were read since. "Sellers", most of them hard
negatives, were written before the rules were tried on them, and read since. "Blind" was written
by somebody who saw neither code nor pairs, most negatives as hard as they could be; of its errors
only what was told wrongly was read. See docs/opportunities.md.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from alerts.detectors.matching import Thing, same_thing
from alerts.detectors.matching.title import read_title

FOLDER = Path(__file__).parents[1] / "tests/alerts/detectors"
TUNING, HELD_OUT = FOLDER / "pairs.jsonl", FOLDER / "pairs_held_out.jsonl"
NATURAL, NATURAL_HELD_OUT = (
    FOLDER / "pairs_natural.jsonl",
    FOLDER / "pairs_natural_held_out.jsonl",
)
SELLERS, BLIND = FOLDER / "pairs_sellers.jsonl", FOLDER / "pairs_blind.jsonl"
FIELDS = frozenset(field.name for field in fields(Thing))
Pair = tuple[Thing, Thing, bool]


def pairs(path: Path) -> list[Pair]:
    """Return the labelled pairs of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(_thing(row["a"]), _thing(row["b"]), bool(row["same"])) for row in rows]


def _thing(told: str | Mapping[str, Any]) -> Thing:
    """Return a listing: its title, or its fields, of which matching does not read all."""
    if isinstance(told, str):
        return Thing(told)
    return Thing(**{name: value for name, value in told.items() if name in FIELDS})


def precision_and_recall(labelled: list[Pair]) -> tuple[float, float]:
    """Return both, of the pairs told as the same."""
    told = [(same_thing(a, b).sure, same) for a, b, same in labelled]
    right = sum(sure and same for sure, same in told)
    return right / sum(sure for sure, _ in told), right / sum(same for _, same in told)


def main() -> None:
    """Print the figures."""
    sets = {
        "tuning": TUNING,
        "held out": HELD_OUT,
        "natural": NATURAL,
        "natural, held out": NATURAL_HELD_OUT,
        "sellers": SELLERS,
        "blind": BLIND,
    }
    for name, path in sets.items():
        part = pairs(path)
        precision, recall = precision_and_recall(part)
        told = sum(same_thing(a, b).sure for a, b, _ in part)
        print(
            f"{name:17} {len(part)} pairs, {told} told: "
            f"precision {precision:.3f}, recall {recall:.3f}"
        )
    tuning = pairs(TUNING)
    read_title.cache_clear()
    for name in ("titles new", "titles read before"):
        start = time.perf_counter()
        precision_and_recall(tuning)
        print(f"{name}: {len(tuning) / (time.perf_counter() - start):,.0f} pairs a second")


if __name__ == "__main__":
    main()
