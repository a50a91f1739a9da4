"""The statistics of a market: prices and times for sale."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alerts.detectors.prices import Offer, price_position
from alerts.detectors.survival import Curve, Stay

STAYS = st.lists(st.builds(Stay, st.integers(0, 400), st.booleans()), max_size=30)
PRICES = st.lists(st.integers(1, 10**7), min_size=5, max_size=30)


def offers(prices: list[int]) -> list[Offer]:
    return [Offer(place, f"seller {place}", price) for place, price in enumerate(prices)]


@given(STAYS)
def test_the_share_still_for_sale_falls_between_one_and_nought(stays: list[Stay]) -> None:
    shares = [1.0, *(share for _, share in Curve(stays).steps)]
    assert all(0 <= later < earlier <= 1 for earlier, later in pairwise(shares))


def test_a_listing_still_for_sale_counts_until_it_was_last_seen() -> None:
    stays = [Stay(10, True), Stay(15, False), Stay(20, True), Stay(30, False)]
    assert Curve(stays).steps == [(10, 0.75), (20, 0.375)]
    assert Curve(stays).days_until(0.5) == 20
    assert Curve(stays).days_until(0.9) is None


def test_it_is_the_surer_that_few_are_left_the_more_listings_say_so() -> None:
    few = [Stay(day, True) for day in range(1, 20)] + [Stay(100, False)]
    sure = [Curve(few * times).fewer_left(30, than=0.1) for times in (1, 4)]
    assert 0.7 < sure[0] < sure[1] < 1
    assert Curve([Stay(5, True)] * 20).fewer_left(30, than=0.1) == 1 - 0.9**20


@given(PRICES, st.integers(1, 10**7))
def test_quartiles_do_not_depend_on_the_order(prices: list[int], price: int) -> None:
    listed = offers(prices)
    assert price_position(price, listed) == price_position(price, listed[::-1])


def test_an_outlier_is_not_a_market() -> None:
    found = price_position(9000, offers([10000, 10500, 11000, 11500, 12000, 90000]))
    assert found is not None
    assert (found.where, found.median_cents, found.left_out_ids) == ("low", 11000, (5,))


def test_two_sellers_are_not_a_market_whatever_they_list_nor_are_four_listings() -> None:
    two = [Offer(place, f"seller {place % 2}", 1000 + place) for place in range(40)]
    assert price_position(1000, two) is None
    assert price_position(1000, offers([1000, 1100, 1200, 1300])) is None


def test_a_price_is_the_surer_far_out_the_more_sellers_stand_on_one_side_of_it() -> None:
    few, many = (price_position(2000, offers([1000] * count)) for count in (5, 9))
    assert few is not None
    assert many is not None
    assert few.sure == 1 - 1 / 32 < many.sure
