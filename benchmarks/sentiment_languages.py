"""English and Dutch reviews, which nobody fine-tuned on: the shipped model beside the teacher.

    uv pip install -e '.[train]'
    python -m benchmarks.sentiment_languages --teacher ../shared/teacher

The reviews, fifty of each in ``tests/sentiment/languages``, were written for this by one person
before any model had read them. Both scorers read them without looking for their language.
"""

import argparse
from pathlib import Path

import numpy as np

from sentiment.labelled_file import read_labelled_file
from sentiment.model_files import MODEL_DIR
from sentiment.scorer import EmbeddedScorer
from sentiment.training.data import Example, stars_allowed
from sentiment.training.evaluate import in_a_line, measure_examples, probabilities

REVIEWS = Path(__file__).parents[1] / "tests" / "sentiment" / "languages"


def read_language(path: Path) -> list[Example]:
    """Read one language's file of ``text, stars``."""
    return [
        Example(row.text, stars_allowed(row.stars, row.polarity), row.polarity, path.stem, "test")
        for row in read_labelled_file(path)
    ]


def main() -> None:
    """Print each language's figures, a line a model."""
    parser = argparse.ArgumentParser(description="English and Dutch reviews beside the teacher.")
    parser.add_argument("--teacher", type=Path, required=True, help="its folder of torch weights")
    parser.add_argument("--model", type=Path, default=MODEL_DIR, help="an exported folder")
    args = parser.parse_args()
    scorer = EmbeddedScorer(args.model)
    for path in sorted(REVIEWS.glob("*.csv")):
        examples = read_language(path)
        texts = [example.text for example in examples]
        shipped = np.array([score.stars_p for score in scorer.score(texts)])
        for name, stars_p in (
            (scorer.version, shipped),
            ("teacher", probabilities(args.teacher, texts, bf16=False)),
        ):
            print(f"{path.stem}  {name:24}  {in_a_line(measure_examples(stars_p, examples))}")


if __name__ == "__main__":
    main()
