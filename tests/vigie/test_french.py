"""French as French people write it."""

import re
from datetime import UTC, date, datetime

import pytest

from vigie import french
from vigie.french import CATALOGUE, decimal, french_date, french_datetime, money, of, percent, t


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert french_date(date(2026, 5, 1)) == "1er mai 2026"
    assert french_date(date(2026, 5, 11)) == "11 mai 2026"
    assert french_date(date(2026, 12, 1), "EEEE d MMMM") == "mardi 1er décembre"
    assert french_datetime(datetime(2026, 5, 1, 9, 0, tzinfo=UTC)) == "1er mai 2026 à 11:00"


def test_a_moment_is_read_in_the_time_of_paris() -> None:
    assert french_datetime(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2 juillet 2026 à 00:30"


def test_numbers_have_french_separators() -> None:
    assert decimal(4.25) == "4,2"
    assert re.fullmatch(r"1\s234,5", decimal(1234.5))
    assert re.fullmatch(r"12\s%", percent(0.12))
    assert re.fullmatch(r"1\s290,00\s€", money(129_000))


def test_de_is_elided_before_a_vowel() -> None:
    assert [of(name) for name in ("Marie D.", "Aïcha C.", "Émilie", "Yann", "Yves", "")] == [
        "de Marie D.",
        "d’Aïcha C.",
        "d’Émilie",
        "de Yann",
        "d’Yves",
        "de ",
    ]


def test_a_text_that_is_not_in_the_catalogue_is_a_bug() -> None:
    with pytest.raises(KeyError):
        t("no-such-text")


def test_a_value_that_was_not_given_is_a_bug() -> None:
    with pytest.raises(KeyError):
        t("error-shop-unknown")


def test_no_text_is_defined_twice() -> None:
    names = [
        name
        for path in CATALOGUE.glob("*.ftl")
        for name in re.findall(r"^([a-z][\w-]*) *=", path.read_text("utf-8"), re.MULTILINE)
    ]
    assert sorted(names) == sorted(set(names))


def test_every_text_the_code_asks_for_is_in_the_catalogue() -> None:
    root = CATALOGUE.parents[2]
    asked = {
        name
        for package in ("vigie", "crawlers", "sentiment", "alerts", "web", "ops")
        for path in (root / package).rglob("*")
        if path.suffix in {".py", ".html", ".mjml", ".txt"}
        for name in re.findall(
            # A name that ends with a hyphen is a prefix, which the code completes.
            r"""(?<![\w.])(?:t|VigieError|NotFoundError|StoreError)\("""
            r"""\s*["']([a-z][a-z0-9-]*[a-z0-9])["']""",
            path.read_text("utf-8"),
        )
    }
    assert len(asked) > 10
    assert {name for name in asked if not french.has_text(name)} == set()
