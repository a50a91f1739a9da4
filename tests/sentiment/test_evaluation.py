import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.evaluation import (
    Answers,
    answers_of,
    by_source,
    chosen,
    expected_calibration_error,
    measure,
)
from sentiment.labelled_file import Labelled
from sentiment.reading import Mixed, Reading
from sentiment.scorer import LABELS, Label, to_score

SURE: dict[str, list[float]] = {
    "neg": [0.9, 0.1, 0.0, 0.0, 0.0],
    "neu": [0.0, 0.0, 1.0, 0.0, 0.0],
    "pos": [0.0, 0.0, 0.0, 0.1, 0.9],
}
STARS = {"neg": 1.0, "neu": 3.0, "pos": 5.0}


def row(polarity: Label, stars: float | None = None, source: str = "") -> Labelled:
    return Labelled("…", polarity, stars, source)


def read(label: str, mixed: bool = False) -> Reading:
    if label == "und":
        return Reading("und", None, None, (), ())
    reason = Mixed((0, 1), (1, 2)) if mixed else None
    return Reading("fr", to_score(SURE[label]), reason, (), ())


def test_readings_that_are_all_right_have_nothing_to_regret() -> None:
    rows = [row(label, STARS[label]) for label in LABELS]
    figures = measure(rows, answers_of([read(label) for label in LABELS]))
    assert (figures.binary, figures.accuracy, figures.macro_f1) == (1, 1, 1)
    assert figures.star_error == pytest.approx(0.2 / 3)
    assert figures.calibration == pytest.approx(0)
    assert figures.confusion["neu"] == {"neg": 0, "neu": 1, "pos": 0, "und": 0}


def test_each_figure_by_hand() -> None:
    rows = [row("neg", 1), row("neg", 2), row("neu"), row("pos", 4), row("pos", 5)]
    answers = answers_of([read(label) for label in ("neg", "pos", "neu", "pos", "neu")])
    figures = measure(rows, answers)
    assert figures.accuracy == pytest.approx(3 / 5)
    # The last is shown as neutral and leans nowhere: it is on nobody's side.
    assert figures.binary == pytest.approx(2 / 4)
    assert figures.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1 / 2) / 3)
    assert figures.star_error == pytest.approx((0.1 + 2.9 + 0.9 + 2) / 4)


def test_a_text_of_an_unknown_language_is_wrong_and_counted() -> None:
    figures = measure([row("pos", 5), row("pos", 5)], answers_of([read("pos"), read("und")]))
    assert (figures.unknown, figures.accuracy, figures.binary) == (1, 0.5, 0.5)
    assert figures.star_error == pytest.approx(0.1)
    assert figures.confusion["pos"]["und"] == 1


def test_a_mixed_review_is_judged_as_shown_and_calibrated_as_scored() -> None:
    figures = measure([row("pos")], answers_of([read("pos", mixed=True)]))
    assert figures.accuracy == 0
    assert figures.binary == 1
    assert figures.calibration == pytest.approx(0)


def test_a_figure_without_ground_is_not_a_number() -> None:
    figures = measure([row("neu")], answers_of([read("und")]))
    assert np.isnan([figures.binary, figures.star_error, figures.calibration]).all()
    assert figures.macro_f1 == 0


def test_what_is_no_probability_has_no_calibration() -> None:
    answers = Answers(["pos"], np.array([[0.0, 0.0, 1.0]]), np.array([4.0]), False)
    assert np.isnan(measure([row("pos")], answers).calibration)


def test_calibration_is_the_gap_between_confidence_and_truth() -> None:
    sure = np.full(10, 0.9)
    assert expected_calibration_error(sure, np.arange(10) < 9) == pytest.approx(0)
    assert expected_calibration_error(sure, np.arange(10) < 5) == pytest.approx(0.4)
    assert expected_calibration_error(np.array([1.0, 0.5]), np.array([True, False])) == 0.25


def test_sources_are_parted_largest_first() -> None:
    rows = [row("pos", source="a"), row("neg", source="b"), row("neu", source="b")]
    assert by_source(rows) == {"b": [1, 2], "a": [0]}
    assert by_source([row("pos")]) == {}
    answers = chosen(answers_of([read(label) for label in ("neu", "neg", "neu")]), [1, 2])
    assert measure(rows[1:], answers).accuracy == 1


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from([*LABELS, "und"])), min_size=1))
def test_the_confusion_table_holds_every_text_once(pairs: list[tuple[Label, str]]) -> None:
    figures = measure([row(one) for one, _ in pairs], answers_of([read(two) for _, two in pairs]))
    cells = [count for counts in figures.confusion.values() for count in counts.values()]
    assert sum(cells) == figures.texts == len(pairs)
    assert figures.accuracy == pytest.approx(
        sum(figures.confusion[label][label] for label in LABELS) / len(pairs)
    )
