"""Measure a scorer on labelled examples, and compare kept models on the texts set apart to choose.

    python -m sentiment.training.evaluate --data ../shared/training/reviews.csv.gz \
        --extra sentiment/training/data --part choose ../model-run/step-400 ../model-run/final
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sentiment.evaluation import Answers, Figures, measure
from sentiment.labelled_file import Labelled
from sentiment.scorer import to_score
from sentiment.training.data import TRADES, Example, read_reviews, read_trades

Floats = npt.NDArray[np.float64]


def measure_examples(stars_p: Floats, examples: Sequence[Example]) -> Figures:
    """Hold (texts, 5) probabilities of one to five stars against what the writers gave."""
    scores = [to_score(row) for row in stars_p]
    rows = [
        Labelled(e.text, e.polarity, float(min(e.stars)) if len(e.stars) == 1 else None, e.source)
        for e in examples
    ]
    answers = Answers(
        [score.label for score in scores],
        np.array([(score.p_neg, score.p_neu, score.p_pos) for score in scores]),
        np.array([score.stars for score in scores]),
    )
    return measure(rows, answers)


def in_a_line(figures: Figures) -> str:
    """Return the figures that models are chosen by."""
    return (
        f"n {figures.texts:5d}  binary {figures.binary:.3f}  three-class {figures.accuracy:.3f}  "
        f"star MAE {figures.star_error:.3f}  ECE {figures.calibration:.3f}"
    )


def split_trades(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Return (collected reviews, sentences about trades)."""
    collected = [example for example in examples if example.source != TRADES]
    return collected, [example for example in examples if example.source == TRADES]


def probabilities(folder: Path, texts: Sequence[str], bf16: bool = True) -> Floats:
    """Return (texts, 5) from a folder of torch weights."""
    import torch

    from sentiment.training.network import load, logits_of

    model, tokenizer = load(folder)
    logits = logits_of(model, tokenizer, texts, bf16)
    result: Floats = torch.softmax(logits, dim=-1).double().numpy()
    return result


def main() -> None:
    """Print the figures of each folder."""
    parser = argparse.ArgumentParser(description="Compare models on a part of the data.")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of torch weights")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--part", choices=("choose", "test"), default="choose")
    args = parser.parse_args()
    examples = read_reviews(args.data) + read_trades(args.extra)
    groups = split_trades([example for example in examples if example.part == args.part])
    for folder in args.folders:
        for name, group in zip(("reviews", "trades"), groups, strict=True):
            if group:
                p = probabilities(folder, [example.text for example in group])
                figures = measure_examples(p, group)
                print(f"{folder.name:12s} {name:8s} {in_a_line(figures)}", flush=True)


if __name__ == "__main__":
    main()
