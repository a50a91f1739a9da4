"""The plain way, to be beaten: TF-IDF of words and characters, and linear models over them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_union

from sentiment.scorer import LABELS
from sentiment.training.data import Example


class Baseline:
    """Three-class logistic regression, and ridge regression for the stars."""

    def __init__(self) -> None:
        self.features = make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
            TfidfVectorizer(
                analyzer="char_wb",
                ngram_range=(2, 5),
                min_df=3,
                max_features=300_000,
                sublinear_tf=True,
            ),
        )
        self.classes = LogisticRegression(C=4.0, max_iter=200)
        self.stars = Ridge(alpha=3.0, solver="lsqr")

    def fit(self, examples: Sequence[Example]) -> None:
        """Learn from the same texts as the model; the stars from those that were given."""
        features: Any = self.features.fit_transform([example.text for example in examples])
        self.classes.fit(features, [LABELS.index(example.polarity) for example in examples])
        rated = [place for place, example in enumerate(examples) if len(example.stars) == 1]
        self.stars.fit(features[rated], [min(examples[place].stars) for place in rated])

    def predict(
        self, texts: Sequence[str]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return (texts, 3) probabilities of neg, neu, pos, and (texts,) stars from 1 to 5."""
        features = self.features.transform(texts)
        return self.classes.predict_proba(features), np.clip(self.stars.predict(features), 1, 5)
