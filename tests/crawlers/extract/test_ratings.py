import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract.ratings import read_rating


@pytest.mark.parametrize(
    ("stated", "value", "worst", "best", "normalised"),
    [
        (("4,5",), 4.5, 1, 5, 0.875),
        (("4.5/5",), 4.5, 1, 5, 0.875),
        (("9/10",), 9, 1, 10, 8 / 9),
        (("90 %",), 90, 0, 100, 0.9),
        (("90 %", None, "5"), 90, 0, 100, 0.9),
        ((8, None, None), 8, 1, 10, 7 / 9),
        ((0,), 0, 0, 5, 0),
        ((5, 0, 5), 5, 0, 5, 1),
        (("3", "5", "1"), 3, 1, 5, 0.5),
        (("Note : 4 étoiles sur 5",), 4, 1, 5, 0.75),
        (("★★★★☆",), 4, 1, 5, 0.75),
        ((4, None, None, 10.0), 4, 1, 10, 1 / 3),
    ],
)
def test_a_rating_is_read_on_its_scale(
    stated: tuple[object, ...], value: float, worst: float, best: float, normalised: float
) -> None:
    rating, problem = read_rating(*stated)  # type: ignore[arg-type]
    assert problem is None
    assert rating is not None
    assert (rating.value, rating.worst, rating.best) == (value, worst, best)
    assert rating.normalised == pytest.approx(normalised, abs=1e-6)


@pytest.mark.parametrize("stated", [("11/10",), (11, 1, 10), (92,), (-1,), ("6", "1", "5")])
def test_a_rating_outside_its_scale_is_dropped_and_said(stated: tuple[object, ...]) -> None:
    rating, problem = read_rating(*stated)  # type: ignore[arg-type]
    assert rating is None
    assert problem is not None
    assert problem.code == "rating-outside-scale"


@pytest.mark.parametrize("stated", ["", None, True, "bien", float("nan"), float("inf")])
def test_what_is_no_rating_is_none_without_a_problem(stated: object) -> None:
    assert read_rating(stated) == (None, None)


anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=60))


@given(anything, anything, anything)
def test_a_rating_that_is_read_is_always_on_its_scale(
    value: object, worst: object, best: object
) -> None:
    rating, _ = read_rating(value, worst, best)
    if rating is not None:
        assert rating.worst <= rating.value <= rating.best
        assert 0 <= rating.normalised <= 1


@given(st.integers(0, 50), st.sampled_from([",", "."]), st.sampled_from(["/5", " sur 5", " / 5"]))
def test_a_written_rating_comes_back(tenths: int, comma: str, scale: str) -> None:
    rating, _ = read_rating(f"{tenths // 10}{comma}{tenths % 10}{scale}")
    assert rating is not None
    assert rating.value == tenths / 10
    assert rating.best == 5
