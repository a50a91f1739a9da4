"""French lexicons that others ship, given their best chance: cut points fitted on train texts.

textblob-fr: Pattern's French lexicon. vaderSentiment-fr: VADER's rules with a French lexicon.
"""

import warnings
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from sentiment.evaluation import Answers
from sentiment.scorer import LABELS
from sentiment.training.data import Example

Floats = npt.NDArray[np.float64]

FIT_TEXTS = 4000
GRID = np.linspace(-0.95, 0.95, 77)


class Lexicon:
    """A lexicon's one number a text, from -1 to 1, as classes and stars.

    Args:
        number: the lexicon.
    """

    def __init__(self, number: Callable[[str], float]) -> None:
        self._number = number
        self.middle = self.low = self.high = 0.0
        self._line = np.array([2.0, 3.0])

    def numbers(self, texts: Sequence[str]) -> Floats:
        """Return (texts,) numbers: all that the lexicon itself does."""
        return np.array([self._number(text) for text in texts])

    def fit(self, examples: Sequence[Example]) -> None:
        """Choose the cuts of greatest accuracy, and the line to the stars of least squares."""
        numbers = self.numbers([example.text for example in examples])
        truth = np.array([LABELS.index(example.polarity) for example in examples])
        decided = truth != 1
        said, right = numbers[decided], truth[decided] == 2
        self.middle = max(GRID, key=lambda cut: float(((said > cut) == right).mean()))
        self.low, self.high = max(
            ((low, high) for low in GRID for high in GRID if low <= high),
            key=lambda cuts: float((_classes(numbers, *cuts) == truth).mean()),
        )
        rated = np.array([len(example.stars) == 1 for example in examples])
        stars = np.array([min(example.stars) for example in examples])
        self._line = np.polyfit(numbers[rated], stars[rated], 1)

    def read(self, texts: Sequence[str]) -> Answers:
        """Return what the lexicon says; its weights are no probabilities."""
        numbers = self.numbers(texts)
        lean = numbers - self.middle
        weights = np.stack([-lean, np.zeros_like(lean), lean], axis=1)
        labels = [LABELS[place] for place in _classes(numbers, self.low, self.high)]
        return Answers(labels, weights, np.clip(np.polyval(self._line, numbers), 1, 5), False)


def textblob_fr() -> Lexicon:
    """Return textblob-fr as its page says to use it."""
    from textblob import Blobber
    from textblob_fr import PatternAnalyzer, PatternTagger

    blob = Blobber(pos_tagger=PatternTagger(), analyzer=PatternAnalyzer())
    return Lexicon(lambda text: float(blob(text).sentiment[0]))


def vader_fr() -> Lexicon:
    """Return vaderSentiment-fr as its page says to use it."""
    with warnings.catch_warnings():
        # One of its own libraries tells of a faster one.
        warnings.simplefilter("ignore")
        from vaderSentiment_fr.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return Lexicon(lambda text: float(analyzer.polarity_scores(text)["compound"]))


def _classes(numbers: Floats, low: float, high: float) -> npt.NDArray[np.int64]:
    return np.where(numbers < low, 0, np.where(numbers > high, 2, 1))
