"""How right readings are, held against what people gave: the figures of ``vigie eval``."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sentiment.labelled_file import Labelled
from sentiment.reading import Reading
from sentiment.scorer import LABELS
from vigie.languages import UNKNOWN_LANGUAGE

Floats = npt.NDArray[np.float64]

SHOWN = (*LABELS, UNKNOWN_LANGUAGE)
"""What a text may be shown as: the columns of a confusion table."""

CALIBRATION_BINS = 15


@dataclass(frozen=True)
class Answers:
    """What a reader said of some texts.

    Attributes:
        labels: what each is shown as, of ``SHOWN``.
        classes_p: (texts, 3) of neg, neu, pos; nan where nothing was said.
        stars: (texts,) expected stars; nan where nothing was said.
        are_probabilities: whether ``classes_p`` are meant to be; a lexicon's weights are not.
    """

    labels: Sequence[str]
    classes_p: Floats
    stars: Floats
    are_probabilities: bool = True


@dataclass(frozen=True)
class Figures:
    """How right the answers are; nan where a figure has nothing to rest on.

    Attributes:
        texts: number of texts.
        unknown: how many were not read, for their language is unknown; they count as wrong.
        binary: share of the negative and positive texts on whose side the answer leans.
        accuracy: share of right labels.
        macro_f1: mean over the classes that occur of the F1 score of their labels.
        star_error: mean absolute error of the expected stars, where stars were given.
        calibration: expected calibration error of the likeliest class.
        confusion: number of texts, by what was given (``LABELS``), then what is shown (``SHOWN``).
    """

    texts: int
    unknown: int
    binary: float
    accuracy: float
    macro_f1: float
    star_error: float
    calibration: float
    confusion: dict[str, dict[str, int]]


def answers_of(readings: Sequence[Reading]) -> Answers:
    """Return what Vigie's readings say."""
    nan = float("nan")
    scores = [reading.score for reading in readings]
    return Answers(
        [reading.label for reading in readings],
        np.array([(s.p_neg, s.p_neu, s.p_pos) if s else (nan, nan, nan) for s in scores]),
        np.array([s.stars if s else nan for s in scores]),
    )


def measure(rows: Sequence[Labelled], answers: Answers) -> Figures:
    """Hold answers against what people gave, in the same order; at least one text."""
    truth = np.array([LABELS.index(row.polarity) for row in rows])
    shown = np.array([SHOWN.index(label) for label in answers.labels])
    counts = np.zeros((len(LABELS), len(SHOWN)), dtype=int)
    np.add.at(counts, (truth, shown), 1)
    lean = answers.classes_p[:, 2] - answers.classes_p[:, 0]
    sided = np.where(truth == 2, lean > 0, lean < 0)[truth != 1]
    given = np.array([np.nan if row.stars is None else row.stars for row in rows])
    errors = np.abs(answers.stars - given)
    return Figures(
        texts=len(rows),
        unknown=int((shown == SHOWN.index(UNKNOWN_LANGUAGE)).sum()),
        binary=_mean(sided),
        accuracy=_mean(shown == truth),
        macro_f1=_macro_f1(counts),
        star_error=_mean(errors[~np.isnan(errors)]),
        calibration=_calibration(answers, truth),
        confusion={
            given_as: {one: int(counts[i, j]) for j, one in enumerate(SHOWN)}
            for i, given_as in enumerate(LABELS)
        },
    )


def by_source(rows: Sequence[Labelled]) -> dict[str, list[int]]:
    """Return the places of each source's texts, largest first; empty without such a column."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(row.source, []).append(place)
    if set(places) == {""}:
        return {}
    return dict(sorted(places.items(), key=lambda item: -len(item[1])))


def chosen(answers: Answers, places: Sequence[int]) -> Answers:
    """Return the answers at some places."""
    return Answers(
        [answers.labels[place] for place in places],
        answers.classes_p[places],
        answers.stars[places],
        answers.are_probabilities,
    )


def expected_calibration_error(p: Floats, right: npt.NDArray[np.bool_]) -> float:
    """Return the mean gap between confidence and accuracy, over 15 bins of equal width.

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.

    Args:
        p: (texts,) probability given to the likeliest class.
        right: (texts,) whether that class was right.
    """
    bins = np.minimum((p * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = [
        abs(p[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean()
        for one in np.unique(bins)
    ]
    return float(sum(gaps)) if gaps else float("nan")


def _calibration(answers: Answers, truth: npt.NDArray[np.int64]) -> float:
    """Judge the probabilities themselves: a mixed text's too, whatever it is shown as."""
    said = ~np.isnan(answers.classes_p).any(axis=1)
    if not answers.are_probabilities or not said.any():
        return float("nan")
    p = answers.classes_p[said]
    return expected_calibration_error(p.max(axis=1), p.argmax(axis=1) == truth[said])


def _macro_f1(counts: npt.NDArray[np.int64]) -> float:
    own = counts.diagonal()
    given, shown = counts.sum(axis=1), counts[:, : len(LABELS)].sum(axis=0)
    occurs = given > 0
    return float((2 * own[occurs] / (given + shown)[occurs]).mean())


def _mean(values: npt.NDArray[np.bool_] | Floats) -> float:
    return float(values.mean()) if len(values) else float("nan")
