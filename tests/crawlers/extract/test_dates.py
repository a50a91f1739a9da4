from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract.dates import find_date, read_date

TODAY = date(2024, 3, 31)
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre"]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("2024-03-12", "2024-03-12", "day"),
        ("2024-03-12T10:20:30+01:00", "2024-03-12T10:20:30+01:00", "day"),
        ("2024-03-12T10:20:30.123Z", "2024-03-12T10:20:30+00:00", "day"),
        ("2024-03-12 10:20", "2024-03-12T10:20:00", "day"),
        ("2024-03", "2024-03-01", "month"),
        ("2024", "2024-01-01", "year"),
        ("20240312", "2024-03-12", "day"),
        ("12 mars 2024", "2024-03-12", "day"),
        ("1er avril 2023", "2023-04-01", "day"),
        ("Avis du 5 févr. 2024", "2024-02-05", "day"),
        ("mars 2024", "2024-03-01", "month"),
        ("12/03/2024", "2024-03-12", "day"),
        ("03/25/2024", "2024-03-25", "day"),
        ("12.03.24", "2024-03-12", "day"),
        ("22 mars, 11:37", "2024-03-22", "day"),
        ("22 décembre", "2023-12-22", "day"),
        ("il y a 3 jours", "2024-03-28", "day"),
        ("il y a 3 semaines", "2024-03-10", "month"),
        ("il y a un mois", "2024-02-29", "month"),
        ("il y a 2 ans", "2022-03-31", "year"),
        ("hier", "2024-03-30", "day"),
        ("avant-hier", "2024-03-29", "day"),
        ("March 12, 2024", "2024-03-12", "day"),
        ("Il y a 2 h", "2024-03-31", "day"),
        ("il y a 3 j", "2024-03-28", "day"),
        ("il y a 1 sem.", "2024-03-24", "month"),
        ("il y a moins d’une semaine", "2024-03-24", "month"),
        ("il y a deux mois", "2024-01-31", "month"),
        ("ce matin", "2024-03-31", "day"),
        ("samedi dernier", "2024-03-30", "day"),
        ("ce mois-ci", "2024-03-31", "month"),
        ("12 mars 22", "2022-03-12", "day"),
        ("12 mars 10h30", "2024-03-12", "day"),
        ("1ᵉʳ janvier 2024", "2024-01-01", "day"),
        ("2024/03/12", "2024-03-12", "day"),
        ("2 weeks ago", "2024-03-17", "month"),
    ],
)
def test_a_date_is_read_with_its_precision(written: str, value: str, precision: str) -> None:
    found, problem = read_date(written, TODAY)
    assert problem is None
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize("written", ["0000-00-00", "n’importe quand", "99/99/2024"])
def test_a_date_that_does_not_read_is_dropped_and_said(written: str) -> None:
    found, problem = read_date(written, TODAY)
    assert found is None
    assert problem is not None
    assert problem.code == "date-unreadable"


def test_a_date_in_the_future_is_dropped_only_when_the_day_is_known() -> None:
    assert read_date("2099-01-01", TODAY)[1] is not None
    assert read_date("2099-01-01")[0] is not None


def test_a_relative_date_needs_a_day_to_count_from() -> None:
    assert find_date("il y a 3 semaines") is None


@given(st.dates(date(1990, 1, 1), TODAY))
def test_a_day_written_in_french_comes_back(day: date) -> None:
    for written in (
        f"Publié le {day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day:%d/%m/%Y}",
        day.isoformat(),
    ):
        found, _ = read_date(written, TODAY)
        assert found is not None
        assert found.day == day


@given(st.text(max_size=250), st.dates())
def test_no_text_makes_a_date_fail(written: str, today: date) -> None:
    found, problem = read_date(written, today)
    if found is None:
        assert problem is None or problem.code in ("date-unreadable", "date-in-future")
        assert (problem is None) == (not written.strip()[:200])
    else:
        assert problem is None
        assert found.day == date.fromisoformat(found.value[:10])
        assert found.precision in ("day", "month", "year")
        assert len(found.value) <= len("2024-03-12T10:20:30+01:00")


@given(st.integers(0, 999), st.sampled_from(["jours", "semaines", "mois", "ans", "heures"]))
def test_relative_dates_never_lie_in_the_future(count: int, unit: str) -> None:
    found = find_date(f"il y a {count} {unit}", TODAY)
    if found is not None:
        assert found.day <= TODAY
