from random import Random

import pytest

from vigie.brief.levels import Moments, moments
from vigie.mirror.facts import Index
from vigie.mirror.index import Cells, fit_trade, index_of
from vigie.mirror.ranking import rank_of


def about(mean: float, count: int, site: int = 1) -> Cells:
    """Ratings of this mean, a star apart on average."""
    return {site: Moments(count, mean * count, (mean**2 + 1) * count)}


PEERS = [about(mean, 60) for mean in (3.9, 4.1, 4.2, 4.3, 4.4, 4.6)]


def test_a_good_mean_on_many_reviews_beats_a_better_one_on_few() -> None:
    trade = fit_trade([about(3.7 + n / 20, 60 + 10 * n) for n in range(12)])
    many, few = index_of(about(4.3, 800), trade), index_of(about(4.8, 10), trade)
    assert many is not None
    assert few is not None
    assert many.value > few.value
    assert many.value == pytest.approx(4.3, abs=0.02)
    assert few.raw == pytest.approx(4.8)
    assert few.high - few.low > 3 * (many.high - many.low)


def test_a_shop_is_shrunk_towards_its_trade_on_the_sites_where_it_is_rated() -> None:
    severe = [about(mean - 1, 60, site=2) for mean in (3.9, 4.1, 4.2, 4.3, 4.4, 4.6)]
    trade = fit_trade([*PEERS, *severe])
    here, there = index_of(about(4.0, 5, site=1), trade), index_of(about(4.0, 5, site=2), trade)
    assert here is not None
    assert there is not None
    assert here.value > 4.0 > there.value


def test_shops_that_differ_are_left_apart_though_each_stands_on_a_site_of_its_own() -> None:
    trade = fit_trade([about(2 + n / 4, 60, site=n) for n in range(1, 13)])
    index = index_of(about(4.75, 60, site=11), trade)
    assert index is not None
    assert index.value == pytest.approx(4.75, abs=0.05)


def test_too_few_shops_tell_no_level_of_their_trade() -> None:
    assert fit_trade(PEERS[:5]) is None
    assert fit_trade([*PEERS[:5], {}, {}]) is None
    plain = index_of(about(4.0, 5), None)
    assert plain is not None
    assert (plain.value, plain.target) == (4.0, None)
    assert index_of({}, fit_trade(PEERS)) is None


def test_the_interval_holds_the_true_level_of_nineteen_shops_in_twenty() -> None:
    dice, held, shops = Random(6), 0, 600
    levels = [min(4.9, max(2.5, dice.gauss(4.2, 0.3))) for _ in range(shops)]
    trade_cells: list[Cells] = [
        {1: moments([level + dice.uniform(-1, 1) for _ in range(dice.randint(3, 60))])}
        for level in levels
    ]
    trade = fit_trade(trade_cells)
    for level, cells in zip(levels, trade_cells, strict=True):
        index = index_of(cells, trade)
        assert index is not None
        held += index.low <= level <= index.high
    assert 0.92 <= held / shops <= 0.99


def test_a_place_tells_the_places_that_doubt_allows() -> None:
    def rated(value: float, variance: float = 0.01) -> Index:
        return Index(value, value, value, value, 10, None, variance)

    rank = rank_of(rated(4.2), [rated(4.9), rated(4.3), rated(4.2), rated(4.1), rated(3.0)])
    assert (rank.place, rank.among, rank.best, rank.worst) == (3, 6, 2, 5)
