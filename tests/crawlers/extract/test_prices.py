from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract.numbers import count_of
from crawlers.extract.prices import cents, currency_of, priced_in, read_price


@pytest.mark.parametrize(
    ("written", "text", "currency"),
    [
        ("1 290 €", "1290", "EUR"),
        ("1\u00a0290\u202f€", "1290", "EUR"),
        ("1\u202f290,50 €", "1290.50", "EUR"),
        ("1.290,00 €", "1290", "EUR"),
        ("€ 1,299.00", "1299", "EUR"),
        ("99€90", "99.90", "EUR"),
        ("12 € 50", "12.50", "EUR"),
        ("à partir de 49 €", "49", "EUR"),
        ("Prix : 45,5 € TTC", "45.50", "EUR"),
        ("49 € / heure", "49", "EUR"),
        ("44,99", "44.99", None),
        ("259.00", "259", None),
        ("19.900000", "19.90", None),
        ("0.990", "0.99", None),
        ("gratuit", "0", None),
        ("1'290.00 CHF", "1290", "CHF"),
        ("Dès 15 € au lieu de 25 €", "15", "EUR"),
        ("Prix conseillé 120 €, prix 89 €", "89", "EUR"),
        ("Le prix initial était : 45,00 €. Le prix actuel est : 39,00 €.", "39", "EUR"),
        (450, "450", None),
        (36.99, "36.99", None),
    ],
)
def test_a_price_is_read_as_people_write_it(
    written: object, text: str, currency: str | None
) -> None:
    price, problem = read_price(written)
    assert problem is None
    assert price is not None
    assert (price.text, price.currency) == (text, currency)


@pytest.mark.parametrize("written", ["10 € – 20 €", "de 10 à 20 €", "10 - 20 EUR"])
def test_a_range_keeps_both_ends(written: str) -> None:
    price, _ = read_price(written)
    assert price is not None
    assert (price.amount, price.high) == (Decimal(10), Decimal(20))


@pytest.mark.parametrize(
    "written", ["sur devis", "", None, "nous consulter", "tél. 01 02 03 04 05", True]
)
def test_no_amount_is_no_price(written: object) -> None:
    assert read_price(written) == (None, None)


@pytest.mark.parametrize("written", ["-5", 10**400, float("nan"), "99999999999"])
def test_an_impossible_price_is_dropped_and_said(written: object) -> None:
    price, problem = read_price(written)
    assert price is None
    assert problem is not None
    assert problem.code == "price-impossible"


def test_visible_text_needs_a_currency_to_be_a_price() -> None:
    assert priced_in("3 personnes") is None
    assert priced_in("33,32 €") is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("€", "EUR"),
        ("eur", "EUR"),
        ("12 euros", "EUR"),
        ("GBP", "GBP"),
        ("$", "USD"),
        ("prix", None),
    ],
)
def test_a_currency_is_a_code_whatever_its_sign(text: str, code: str | None) -> None:
    assert currency_of(text) == code


@pytest.mark.parametrize(
    ("written", "count"),
    [("128", 128), ("1 234 avis", 1234), ("1,234", 1234), (17, 17), ("0", 0), ("aucun", None)],
)
def test_a_count_is_read_with_its_thousands(written: object, count: int | None) -> None:
    assert count_of(written) == count


@given(st.one_of(st.text(max_size=200), st.integers(), st.floats()))
def test_whatever_is_written_a_price_is_bounded(written: object) -> None:
    price, _ = read_price(written)
    if price is not None:
        assert 0 <= price.amount < 10**9
        assert 0 <= cents(price.amount) < 2**63
        assert Decimal(price.text) >= 0


@given(st.integers(0, 99_999_999), st.sampled_from(["\u00a0", "\u202f", " ", "."]))
def test_a_french_price_comes_back_to_the_cent(amount_cents: int, separator: str) -> None:
    euros = f"{amount_cents // 100:,}".replace(",", separator)
    price, _ = read_price(f"{euros},{amount_cents % 100:02} €")
    assert price is not None
    assert cents(price.amount) == amount_cents
