"""The French reader against the plain way, in one run: accuracy, stars, speed, memory, aspects.

    uv pip install -e '.[train]'
    python -m benchmarks.sentiment --data ../shared/training/reviews.csv.gz \
        --extra sentiment/training/data --aspects ../shared/training/aspects.jsonl.gz

Both learn from the same train split. ``validation``, ``trades`` and ``town`` (the
reviews of the sandbox town, in ``ops/demo/texts``) are texts that neither has seen. The baseline
takes a few minutes to fit (``--skip-baseline`` leaves it out).
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sentiment.aspects import find_aspects
from sentiment.lexicon import ASPECTS
from sentiment.scorer import EmbeddedScorer, Scorer
from sentiment.training.absa import read_labelled
from sentiment.training.data import (
    TRADES,
    Example,
    polarity_of,
    read_clauses,
    read_reviews,
    read_trades,
)
from sentiment.training.evaluate import measure_classes, split_trades

SPEED_TEXTS = 1000
TOWN = Path(__file__).parents[1] / "ops" / "demo" / "texts"
COLD_START = """
import resource, sys, time
started_s = time.perf_counter()
from sentiment.scorer import embedded_scorer
scorer = embedded_scorer()
loaded_s = time.perf_counter() - started_s
texts = sys.stdin.read().splitlines()
scorer.score(texts[:1])
first_s = time.perf_counter() - started_s
scorer.score(texts)
peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"loaded in {loaded_s:.2f} s, first score after {first_s:.2f} s, peak {peak_mb:.0f} MB")
"""

Readings = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
Reader = Callable[[Sequence[str]], Readings]


def read_town() -> list[Example]:
    """Read the reviews of the sandbox town: a garage, a bakery and a plumber, and their rivals."""
    rows = [
        json.loads(line)
        for path in sorted(TOWN.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [
        Example(row["text"], frozenset({row["stars"]}), polarity_of(row["stars"]), "town", "test")
        for row in rows
    ]


def shipped_reader(scorer: Scorer) -> Reader:
    """Return how the shipped model reads texts."""

    def read(texts: Sequence[str]) -> Readings:
        scores = scorer.score(texts)
        classes = np.array([(score.p_neg, score.p_neu, score.p_pos) for score in scores])
        return classes, np.array([score.stars for score in scores])

    return read


def baseline_reader(train: Sequence[Example]) -> Reader:
    """Fit the baseline and return how it reads texts."""
    from sentiment.training.baseline import Baseline

    baseline = Baseline()
    baseline.fit(train)
    return baseline.predict


def print_accuracy(name: str, read: Reader, test: Sequence[Example]) -> None:
    """Print a reader's figures on each group of texts, each text read once."""
    started_s = time.perf_counter()
    classes, stars = read([example.text for example in test])
    print(f"\n{name} ({len(test) / (time.perf_counter() - started_s):.0f} texts/s)")
    groups: dict[str, list[int]] = defaultdict(list)
    for place, example in enumerate(test):
        own = example.source in (TRADES, "town")
        groups[example.source if own else "validation"].append(place)
        if not own:
            groups[f"  {example.source}"].append(place)
    for group, places in sorted(groups.items(), reverse=True):
        figures = measure_classes(classes[places], stars[places], [test[p] for p in places])
        print(f"  {group:32s} {figures}", flush=True)


def print_speed(name: str, texts: Sequence[str], read: Callable[[Sequence[str]], object]) -> None:
    """Print texts a second, the best of two passes."""
    best_s = float("inf")
    for _ in range(2):
        started_s = time.perf_counter()
        read(texts)
        best_s = min(best_s, time.perf_counter() - started_s)
    print(f"  {name:28s} {len(texts) / best_s:8.0f} texts/s", flush=True)


def print_aspects(path: Path, scorer: Scorer) -> None:
    """Print precision and recall of the lexicon, and how often the clause's polarity is right."""
    labelled = read_labelled(path, "validation")
    texts = [sentence.text for sentence in labelled]
    found = find_aspects(texts, scorer, scorer.score(texts))
    hits, claimed, given = Counter[str](), Counter[str](), Counter[str]()
    decided = right = 0
    for sentence, aspects in zip(labelled, found, strict=True):
        polarity = {aspect.name: aspect.polarity for aspect in aspects}
        claimed.update(polarity.keys())
        given.update(sentence.aspects.keys())
        for name in polarity.keys() & sentence.aspects.keys():
            hits[name] += 1
            if sentence.aspects[name] in ({"neg"}, {"pos"}):
                decided += 1
                right += polarity[name] in sentence.aspects[name]
    print(f"\nAspects (lexicon) on {len(texts)} sentences about hotels, meals and electronics")
    for name in ASPECTS:
        print(f"  {name:12s} {_precision_recall(hits[name], claimed[name], given[name])}")
    print(f"  {'all':12s} {_precision_recall(hits.total(), claimed.total(), given.total())}")
    print(f"  polarity right in {right / decided:.3f} of {decided} found, positive or negative")


def _precision_recall(hits: int, claimed: int, given: int) -> str:
    precision, recall = hits / max(1, claimed), hits / max(1, given)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"given {given:4d}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description="The French reader against the plain way.")
    parser.add_argument("--data", type=Path, required=True, help="reviews, .csv or .csv.gz")
    parser.add_argument("--extra", type=Path, help="folder of text,stars,trade files")
    parser.add_argument("--aspects", type=Path, help="aspect-labelled sentences, .jsonl.gz")
    parser.add_argument("--sample", type=int, help="validation texts to read; all, if not given")
    parser.add_argument("--skip-baseline", action="store_true")
    args = parser.parse_args()
    examples = read_reviews(args.data) + read_trades(args.extra) + read_clauses(args.aspects)
    reviews, trades = split_trades([e for e in examples if e.part == "test"])
    random.Random(1).shuffle(reviews)
    test = reviews[: args.sample] + trades + read_town()
    texts = [example.text for example in reviews[:SPEED_TEXTS]]

    scorer = EmbeddedScorer()
    print_accuracy(scorer.version, shipped_reader(scorer), test)
    if not args.skip_baseline:
        baseline = baseline_reader([e for e in examples if e.part == "train"])
        print_accuracy("TF-IDF + linear models", baseline, test)
        print("\nSpeed")
        print_speed("TF-IDF + linear models", texts, baseline)
    print_speed(scorer.version, texts, scorer.score)
    command = [sys.executable, "-c", COLD_START]
    lines = "\n".join(" ".join(text.split()) for text in texts)
    print("  cold start: ", end="", flush=True)
    subprocess.run(command, input=lines, text=True, check=True)
    if args.aspects:
        print_aspects(args.aspects, scorer)


if __name__ == "__main__":
    main()
