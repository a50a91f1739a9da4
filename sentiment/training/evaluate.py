"""Measure a scorer on labelled examples, and compare kept models on the texts set apart to choose.

    python -m sentiment.training.evaluate --data ../shared/training/reviews.csv.gz \
        --extra sentiment/training/data --part choose ../model-run/step-400 ../model-run/final
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sentiment.training.calibrate import expected_calibration_error
from sentiment.training.data import TRADES, Example, read_reviews, read_trades

Floats = npt.NDArray[np.float64]
POLARITIES = ("neg", "neu", "pos")


@dataclass(frozen=True)
class Figures:
    """What was measured.

    Attributes:
        texts: number of examples.
        binary: accuracy of neg against pos, on the examples that are one of them.
        three: accuracy over neg, neu, pos.
        star_mae: mean absolute error of the expected stars, where the stars were given (else nan).
        calibration: expected calibration error of the three classes.
    """

    texts: int
    binary: float
    three: float
    star_mae: float
    calibration: float

    def __str__(self) -> str:
        return (
            f"n {self.texts:5d}  binary {self.binary:.3f}  three-class {self.three:.3f}  "
            f"star MAE {self.star_mae:.3f}  ECE {self.calibration:.3f}"
        )


def measure(stars_p: Floats, examples: Sequence[Example]) -> Figures:
    """Compare (texts, 5) probabilities of one to five stars with what the writers gave."""
    sums = np.stack([stars_p[:, :2].sum(axis=1), stars_p[:, 2], stars_p[:, 3:].sum(axis=1)], axis=1)
    return measure_classes(sums, stars_p @ np.arange(1, 6), examples)


def measure_classes(classes_p: Floats, stars: Floats, examples: Sequence[Example]) -> Figures:
    """Compare (texts, 3) probabilities and (texts,) stars with what the writers gave."""
    truth = np.array([POLARITIES.index(example.polarity) for example in examples])
    chosen = classes_p.argmax(axis=1)
    decided = truth != 1
    says_pos = classes_p[:, 2] > classes_p[:, 0]
    rated = np.array([len(example.stars) == 1 for example in examples])
    given = np.array([float(min(example.stars)) for example in examples])
    return Figures(
        len(examples),
        float((says_pos == (truth == 2))[decided].mean()),
        float((chosen == truth).mean()),
        float(np.abs(stars - given)[rated].mean()) if rated.any() else float("nan"),
        expected_calibration_error(classes_p.max(axis=1), chosen == truth),
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
                print(f"{folder.name:12s} {name:8s} {measure(p, group)}", flush=True)


if __name__ == "__main__":
    main()
