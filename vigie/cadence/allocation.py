"""How often to read each source, within what its site permits. Pure.

The harmonic staleness penalty of Kolobov, Peres, Lu and Horvitz (2019), Staying up to Date with
Online Content Changes Using Reinforcement Learning for Scheduling, NeurIPS 32: of the news unseen
the k-th costs 1/k, so that busy sources do not starve the quiet ones. At one price of a request, a
source with news at rate d whose reading takes c requests is best read at rate

    r = d / 2 * (sqrt(1 + 4 / (price * c * d)) - 1)

(their proposition for changes that only a reading shows, with c beside the multiplier). The price
is where the requests meet the budget; it is found by bisection. Times are in days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from vigie.cadence.arrivals import Floats, Ints
from vigie.cadence.rule import CEILING_D

STEPS = 44
# The logarithms of the prices looked among: from a thousand readings a day to one in a lifetime.
LEAST_PRICE, MOST_PRICE = -20.0, 30.0
SHORTEST_D = 1 / 24
# Where a budget is too small to read each source within the ceiling, so much of it goes to reading
# all in turn; the rest follows the news.
IN_TURN = 0.5


class Bound(StrEnum):
    """What but the news decided how often a source is read."""

    CEILING = "ceiling"
    SHORTEST = "shortest"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Plan:
    """The days between two readings of each source, and what but the news decided."""

    interval_d: Floats
    # The ceiling, or what the budget leaves of it.
    at_longest: NDArray[np.bool_]
    at_shortest: NDArray[np.bool_]
    # The site's own budget, not that of all, sets the price.
    by_site: NDArray[np.bool_]


def allocate(rates: Floats, cost: Floats, site: Ints, budget: Floats, total: float) -> Plan:
    """Share requests out among the sources.

    Args:
        rates: news a day; ``cost``: requests that a reading takes.
        site: of each source, a number from 0.
        budget: requests a day that each site permits; infinity for no bound.
        total: requests a day over all sites.
    """
    sites = len(budget)
    in_turn = np.maximum(np.bincount(site, cost, sites), 1e-12)
    at_least = np.minimum(1 / CEILING_D, IN_TURN * np.minimum(budget, total) / in_turn)
    at_least = np.minimum(at_least, IN_TURN * total / in_turn.sum())[site]

    def reading(price: Floats) -> Floats:
        return _readings(rates, cost * np.exp(price), at_least)

    of_site = _price(
        lambda price: np.bincount(site, cost * reading(price[site]), sites) > budget, sites
    )[site]
    of_all = _price(
        lambda price: np.atleast_1d(cost @ reading(np.maximum(price, of_site)) > total), 1
    )
    read = reading(np.maximum(of_all, of_site))
    return Plan(1 / read, read <= at_least, read >= 1 / SHORTEST_D, of_site > of_all)


def expected_delay_s(rates: Floats | float, interval_s: Floats | float) -> float:
    """Return the mean time from a piece of news to the reading that sees it, over all sources.

    News come at any time, so each waits half its source's interval; the sources with more news
    count for more.

    Args:
        rates: news of each source, in whatever unit.
    """
    weights, interval_s = np.broadcast_arrays(np.asarray(rates, dtype=float), interval_s)
    if not weights.sum():
        return float(np.mean(interval_s)) / 2
    return float(np.average(interval_s, weights=weights)) / 2


def _readings(rates: Floats, price: Floats, at_least: Floats) -> Floats:
    rates = np.maximum(rates, 1e-9)
    read = rates / 2 * (np.sqrt(1 + 4 / (price * rates)) - 1)
    bounded: Floats = np.clip(read, at_least, 1 / SHORTEST_D)
    return bounded


def _price(is_over: Callable[[Floats], NDArray[np.bool_]], count: int) -> Floats:
    """Return the lowest prices (their logarithms) at which no budget is exceeded."""
    low, high = np.full(count, LEAST_PRICE), np.full(count, MOST_PRICE)
    for _ in range(STEPS):
        middle = (low + high) / 2
        over = is_over(middle)
        low, high = np.where(over, middle, low), np.where(over, high, middle)
    return high
