"""Where a price stands among those of comparable listings."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from alerts.detectors.chance import sign_test

# Fewer are no market.
LEAST_SELLERS = 3
LEAST_OFFERS = 5
# Times the width of the middle half, beyond which a price is no part of the market (J. W. Tukey,
# "Exploratory Data Analysis", 1977).
FENCE = 1.5


@dataclass(frozen=True, slots=True)
class Offer:
    """A comparable listing: its id, who sells it, and its price."""

    listing_id: int
    seller: str
    price_cents: int


@dataclass(frozen=True, slots=True)
class PricePosition:
    """The market's quartiles in cents, the share of sellers that ask less, and the evidence."""

    price_cents: int
    first_quartile_cents: float
    median_cents: float
    third_quartile_cents: float
    share_cheaper: float
    sellers: int
    listing_ids: tuple[int, ...]
    left_out_ids: tuple[int, ...]

    @property
    def where(self) -> str:
        """``low``, ``within`` or ``high``: outside the quartiles or not."""
        if self.price_cents < self.first_quartile_cents:
            return "low"
        return "high" if self.price_cents > self.third_quartile_cents else "within"

    @property
    def gap(self) -> float:
        """How far from the median, as a share of it: 0.2 is a fifth above."""
        return self.price_cents / self.median_cents - 1

    @property
    def sure(self) -> float:
        """How seldom a price at the market's middle would stand so far out.

        Each other seller asks less or more with even odds, were it the median of their market.
        """
        cheaper = round(self.share_cheaper * self.sellers)
        return sign_test(max(cheaper, self.sellers - cheaper), self.sellers)


def price_position(price_cents: int, offers: Sequence[Offer]) -> PricePosition | None:
    """Place a price among other sellers' offers; None where they are too few to be a market.

    A seller counts once, at their median price, so that one with twenty listings is not a market.
    """
    by_seller: dict[str, list[Offer]] = {}
    for offer in offers:
        by_seller.setdefault(offer.seller, []).append(offer)
    asked = {
        seller: float(median(offer.price_cents for offer in theirs))
        for seller, theirs in by_seller.items()
    }
    if len(asked) < LEAST_SELLERS or len(offers) < LEAST_OFFERS:
        return None
    low, high = np.quantile(list(asked.values()), [0.25, 0.75])
    room = FENCE * (high - low)
    kept = {s: price for s, price in asked.items() if low - room <= price <= high + room}
    counted = tuple(sorted(offer.listing_id for offer in offers if offer.seller in kept))
    if len(kept) < LEAST_SELLERS or len(counted) < LEAST_OFFERS:
        return None
    first, middle, third = np.quantile(list(kept.values()), [0.25, 0.5, 0.75])
    return PricePosition(
        price_cents,
        float(first),
        float(middle),
        float(third),
        sum(price < price_cents for price in kept.values()) / len(kept),
        len(kept),
        counted,
        tuple(sorted(offer.listing_id for offer in offers if offer.seller not in kept)),
    )
