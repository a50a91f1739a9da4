"""Removing a source or a shop for good: what goes is told before, and goes in one transaction."""

from vigie.removal.losses import Losses, losses_of
from vigie.removal.shop import ShopLosses, remove_shop, shop_losses
from vigie.removal.source import remove_source, source_losses

__all__ = [
    "Losses",
    "ShopLosses",
    "losses_of",
    "remove_shop",
    "remove_source",
    "shop_losses",
    "source_losses",
]
