import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.hub_labels import meanings_of, to_stars
from sentiment.scorer import to_score
from vigie.errors import VigieError


@pytest.mark.parametrize(
    ("labels", "meanings"),
    [
        ("1 star|2 stars|3 stars|4 stars|5 stars", "1 2 3 4 5"),
        ("5 étoiles|4 étoiles|3 étoiles|2 étoiles|1 étoile", "5 4 3 2 1"),
        ("★|★★|★★★|★★★★|★★★★★", "1 2 3 4 5"),
        ("1|2|3|4|5", "1 2 3 4 5"),
        ("Very Negative|Negative|Neutral|Positive|Very Positive", "1 2 3 4 5"),
        ("très_négatif|négatif|neutre|positif|très_positif", "1 2 3 4 5"),
        ("LABEL_0|LABEL_1|LABEL_2|LABEL_3|LABEL_4", "1 2 3 4 5"),
        ("POSITIVE|NEGATIVE", "pos neg"),
        ("neg|neu|pos", "neg neu pos"),
        ("positif|mitigé|négatif", "pos neu neg"),
        ("LABEL_0|LABEL_1|LABEL_2", "neg neu pos"),
        ("LABEL_0|LABEL_1", "neg pos"),
    ],
)
def test_labels_say_what_they_mean(labels: str, meanings: str) -> None:
    assert " ".join(meanings_of(labels.split("|"), "m")) == meanings


@pytest.mark.parametrize(
    "labels",
    [
        ["joie", "colère", "peur"],
        ["neg", "pos", "pos"],
        ["neg", "neu"],
        ["1 star", "2 stars"],
        ["1", "2", "3", "4", "4"],
        ["0", "1"],
        ["LABEL_0"],
        ["LABEL_0", "LABEL_1", "LABEL_2", "LABEL_3"],
        ["LABEL_0", "pos"],
        ["a", "b", "c", "d", "e", "f"],
        [],
    ],
)
def test_labels_that_do_not_are_named_not_guessed(labels: list[str]) -> None:
    with pytest.raises(VigieError, match="choisissez un modèle à deux") as caught:
        meanings_of(labels, "équipe/modèle")
    assert "équipe/modèle" in str(caught.value)
    assert all(label in str(caught.value) for label in labels)


def test_thousands_of_endless_labels_make_a_short_sentence() -> None:
    with pytest.raises(VigieError) as caught:
        meanings_of(["x" * 10_000] * 10_000, "m")
    assert len(str(caught.value)) < 2000


def test_five_labels_are_put_in_order() -> None:
    p = np.array([[0.1, 0.2, 0.3, 0.15, 0.25]])
    assert to_stars(p, ("5", "4", "3", "2", "1")).tolist() == [[0.25, 0.15, 0.3, 0.2, 0.1]]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_polarity_keeps_its_probability_over_its_stars(one: float, two: float) -> None:
    neg, pos = one * two, one * (1 - two)
    score = to_score(to_stars(np.array([[neg, 1 - neg - pos, pos]]), ("neg", "neu", "pos"))[0])
    assert score.p_neg == pytest.approx(neg)
    assert score.p_pos == pytest.approx(pos)


def test_the_surer_a_polarity_the_more_extreme_its_stars() -> None:
    p = np.array([[0.0, 1.0], [0.3, 0.7], [0.5, 0.5], [1.0, 0.0]])
    stars = [to_score(row).stars for row in to_stars(p, ("neg", "pos"))]
    assert stars == [5.0, pytest.approx(3.8), 3.0, 1.0]
