"""The French reader against the others, in one run: accuracy a source, speed, memory, cold start.

    uv pip install -e '.[train]'
    python -m benchmarks.sentiment --data ../shared/training/reviews.csv.gz \
        --extra sentiment/training/data --clauses ../shared/training/aspects.jsonl.gz \
        --weights ../model-run/final --teacher ../shared/teacher

``validation`` (and each source of it), ``trades`` and ``town`` (the sandbox town's reviews, in
``ops/demo/texts``) are texts that no contender has seen. TF-IDF learns from the same train split
as the model, which takes a few minutes; the lexicons' cut points are fitted on it.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.sentiment_lexicons import FIT_TEXTS, textblob_fr, vader_fr
from benchmarks.sentiment_speed import (
    Read,
    median_texts,
    plain_pipeline,
    print_cold_start,
    print_speed,
)
from sentiment.evaluation import Answers, Figures, answers_of, chosen, measure
from sentiment.labelled_file import Labelled, polarity_of
from sentiment.model_files import MODEL_DIR
from sentiment.reader import Reader
from sentiment.scorer import LABELS, EmbeddedScorer
from sentiment.training.data import TRADES, Example, read_clauses, read_reviews, read_trades

TOWN = Path(__file__).parents[1] / "ops" / "demo" / "texts"
VALIDATION = "validation"
SHOWN, SCORED = "Vigie, as shown", "Vigie, score alone"
TABLES = {
    "binary accuracy": ("binary", 3),
    "three-class accuracy": ("accuracy", 3),
    "macro-F1": ("macro_f1", 3),
    "error in stars": ("star_error", 2),
    "calibration error": ("calibration", 3),
}


def read_town() -> list[Labelled]:
    """Read the reviews of the sandbox town: a garage, a bakery and a plumber, and their rivals."""
    rows = [
        json.loads(line)
        for path in sorted(TOWN.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [Labelled(row["text"], polarity_of(row["stars"]), row["stars"], "town") for row in rows]


def labelled(example: Example) -> Labelled:
    """Return an example as what a person gave; stars only where one number was given."""
    stars = float(min(example.stars)) if len(example.stars) == 1 else None
    return Labelled(example.text, example.polarity, stars, example.source)


def shipped_answers(reader: Reader, texts: Sequence[str]) -> dict[str, Answers]:
    """Return what is shown (mixed is neutral), and what the score says by itself."""
    readings = reader.read(texts)
    shown = answers_of(readings)
    alone = [reading.score.label if reading.score else "und" for reading in readings]
    return {SHOWN: shown, SCORED: Answers(alone, shown.classes_p, shown.stars)}


def tf_idf(train: Sequence[Example]) -> Callable[[Sequence[str]], Answers]:
    """Fit the plain way and return how it reads texts."""
    from sentiment.training.baseline import Baseline

    baseline = Baseline()
    baseline.fit(train)

    def read(texts: Sequence[str]) -> Answers:
        classes, stars = baseline.predict(texts)
        return Answers([LABELS[place] for place in classes.argmax(axis=1)], classes, stars)

    return read


def groups_of(rows: Sequence[Labelled]) -> dict[str, list[int]]:
    """Return the places of each group's texts: validation and its sources, trades, the town."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.source not in (TRADES, "town"):
            groups[VALIDATION].append(place)
        groups[row.source].append(place)
    order = sorted(groups, key=lambda name: (name != VALIDATION, -len(groups[name])))
    return {name: groups[name] for name in order}


def print_accuracy(rows: Sequence[Labelled], answers: dict[str, Answers]) -> None:
    """Print a Markdown table a figure: a line a group of texts, a column a contender."""
    groups = groups_of(rows)
    figures: dict[str, list[Figures]] = {
        group: [
            measure([rows[place] for place in places], chosen(one, places))
            for one in answers.values()
        ]
        for group, places in groups.items()
    }
    for title, (attribute, digits) in TABLES.items():
        print(f"\n| {title} | texts | {' | '.join(answers)} |\n|{'---|' * (len(answers) + 2)}")
        for group, row in figures.items():
            values = [getattr(one, attribute) for one in row]
            cells = ["" if np.isnan(value) else f"{value:.{digits}f}" for value in values]
            print(f"| {group} | {len(groups[group])} | {' | '.join(cells)} |", flush=True)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="The French reader against the others.")
    parser.add_argument("--data", type=Path, required=True, help="reviews, .csv or .csv.gz")
    parser.add_argument("--extra", type=Path, help="folder of what was written for Vigie")
    parser.add_argument("--clauses", type=Path, help="aspect-labelled sentences, .jsonl.gz")
    parser.add_argument("--model", type=Path, default=MODEL_DIR, help="an exported folder")
    parser.add_argument("--weights", type=Path, help="its weights, in transformers' layout")
    parser.add_argument("--teacher", type=Path, help="the teacher's, likewise")
    parser.add_argument("--sample", type=int, help="validation texts to read; all, if not given")
    parser.add_argument("--speed-texts", type=int, default=400, help="texts to time")
    parser.add_argument("--skip-tf-idf", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Print everything."""
    args = arguments()
    examples = read_reviews(args.data) + read_trades(args.extra) + read_clauses(args.clauses)
    random.Random(1).shuffle(examples)
    train = [example for example in examples if example.part == "train"]
    tests = [labelled(example) for example in examples if example.part == "test"]
    reviews = [row for row in tests if row.source != TRADES]
    rows = reviews[: args.sample] + [row for row in tests if row.source == TRADES] + read_town()
    texts = [row.text for row in rows]

    scorer = EmbeddedScorer(args.model)
    reader = Reader(scorer)
    print(f"Vigie is {scorer.version}", flush=True)
    answers = shipped_answers(reader, texts)
    speed: dict[str, Read] = {SHOWN: reader.read, SCORED: scorer.score}
    for name, folder in {"its weights": args.weights, "the teacher": args.teacher}.items():
        if folder:
            speed[f"{name} in a plain pipeline, fp32"] = plain_pipeline(folder)
    for name, lexicon in {"textblob-fr": textblob_fr(), "vader-fr": vader_fr()}.items():
        lexicon.fit(train[:FIT_TEXTS])
        answers[name], speed[name] = lexicon.read(texts), lexicon.numbers
    if not args.skip_tf_idf:
        baseline = tf_idf(train)
        answers["TF-IDF"], speed["TF-IDF"] = baseline(texts), baseline
    print_accuracy(rows, answers)
    alike = median_texts([row.text for row in reviews], args.speed_texts)
    print_speed(speed, alike, SCORED)
    print_cold_start(args.model, alike)


if __name__ == "__main__":
    main()
