"""A shop's index: its mean rating, shrunk towards that of its trade on the same sites."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from vigie.brief.levels import PRIOR_VARIANCE, PRIOR_WEIGHT, Z_95, Moments
from vigie.brief.readings import BEST_STARS, WORST_STARS
from vigie.mirror.facts import FEWEST_OTHERS, Index

Site = int | None
Cells = Mapping[Site, Moments]
"""A shop's ratings by the site that they stand on, None for what was imported."""
Sample = tuple[float, float]
"""A mean, and its variance."""

# Shops of a trade are never all alike, whatever few of them look like: a tenth of a star.
LEAST_VARIANCE = 0.01
# Ten good reviews in a row look as if no other could come: a shop's spread is its trade's, for so
# many reviews, and its own.
SPREAD_WEIGHT = 20


@dataclass(frozen=True)
class Trade:
    """What a trade's shops have in common: a level by site, and how much shops differ.

    ``spread`` is the variance of one review within a shop; ``factor`` makes up for a trade that is
    estimated on few shops.
    """

    level: float
    levels: Mapping[Site, float]
    variance: float
    spread: float
    factor: float

    def target(self, cells: Cells) -> float:
        """Return the level of such a shop: each site's, by how many reviews stand there."""
        count = sum(cell.count for cell in cells.values())
        weighted = (self.levels.get(site, self.level) * c.count for site, c in cells.items())
        return sum(weighted) / count


def fit_trade(shops: Sequence[Cells]) -> Trade | None:
    """Fit a trade to its rated shops, the shop in question among them or not.

    Between-shop variance by moments (DerSimonian and Laird, "Meta-analysis in clinical trials",
    Controlled Clinical Trials 1986), levels weighted by it. None for fewer shops than the shop and
    five others, whose level would tell of single ones. Sites with as few are taken together, and
    their level is the trade's.
    """
    rated = [cells for cells in shops if cells]
    if len(rated) <= FEWEST_OTHERS:
        return None
    spread = _pooled([cell for cells in rated for cell in cells.values()])
    shared = Counter(site for cells in rated for site in cells)
    by_site: dict[Site, list[Sample]] = defaultdict(list)
    for cells in rated:
        for site, cell in cells.items():
            told_apart = site if shared[site] > FEWEST_OTHERS else None
            by_site[told_apart].append((cell.mean, _variance(cell, spread)))
    excess = freedom = 0.0
    for found in by_site.values():
        one_excess, one_freedom = _excess(found)
        excess, freedom = excess + one_excess, freedom + one_freedom
    variance = max(LEAST_VARIANCE, excess / freedom if freedom else 0.0)
    levels: dict[Site, float] = {
        site: _level(found, variance) for site, found in by_site.items() if site is not None
    }
    whole = [(one.mean, _variance(one, spread)) for one in map(whole_of, rated)]
    factor = (len(rated) - 3) / (len(rated) - 1)
    return Trade(_level(whole, variance), levels, variance, spread, factor)


def index_of(cells: Cells, trade: Trade | None) -> Index | None:
    """Return a shop's index; None without ratings.

    The posterior mean of a normal level given a normal mean of its reviews, and its normal 95 %
    interval: Efron and Morris, "Stein's estimation rule and its competitors" (JASA 1973), with the
    factor of Morris, "Parametric empirical Bayes inference" (JASA 1983), for the estimated trade.
    Without a trade, the plain mean and its interval.
    """
    if not cells:
        return None
    own = whole_of(cells)
    if trade is None:
        value, variance, target = own.mean, own.variance_of_mean, None
    else:
        target = trade.target(cells)
        doubt = _variance(own, trade.spread)
        shrunk = doubt / (doubt + trade.variance) * trade.factor
        value = own.mean + shrunk * (target - own.mean)
        variance = doubt * (1 - shrunk)
    half = Z_95 * sqrt(variance)
    low, high = max(WORST_STARS, value - half), min(BEST_STARS, value + half)
    return Index(value, low, high, own.mean, own.count, target, variance)


def whole_of(cells: Cells) -> Moments:
    """Add up a shop's ratings over its sites."""
    parts = list(cells.values())
    return Moments(
        sum(part.count for part in parts),
        sum(part.total for part in parts),
        sum(part.total_squares for part in parts),
    )


def _squares(one: Moments) -> float:
    return max(0.0, one.total_squares - one.total**2 / one.count)


def _pooled(cells: Sequence[Moments]) -> float:
    """Return the variance of a review within a shop, over all; the house's own for two reviews."""
    squares = sum(map(_squares, cells)) + PRIOR_VARIANCE * PRIOR_WEIGHT
    return squares / (sum(cell.count - 1 for cell in cells) + PRIOR_WEIGHT)


def _variance(one: Moments, spread: float) -> float:
    """Return the variance of a mean."""
    shrunk = (_squares(one) + spread * SPREAD_WEIGHT) / (one.count - 1 + SPREAD_WEIGHT)
    return shrunk / one.count


def _excess(found: Sequence[Sample]) -> tuple[float, float]:
    """Return by how much means differ more than chance makes them, and what a unit of it weighs."""
    weights = [1 / variance for _, variance in found]
    total = sum(weights)
    middle = sum(w * mean for w, (mean, _) in zip(weights, found, strict=True)) / total
    spread = sum(w * (mean - middle) ** 2 for w, (mean, _) in zip(weights, found, strict=True))
    return spread - (len(found) - 1), total - sum(w * w for w in weights) / total


def _level(found: Sequence[Sample], variance: float) -> float:
    weights = [1 / (own + variance) for _, own in found]
    return sum(w * mean for w, (mean, _) in zip(weights, found, strict=True)) / sum(weights)
