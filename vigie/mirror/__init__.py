"""The trade's mirror: a shop beside its rivals and its trade, as plain facts from the store."""

from vigie.mirror.facts import Mirror
from vigie.mirror.whole import mirror_of

__all__ = ["Mirror", "mirror_of"]
