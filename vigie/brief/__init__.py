"""A shop's week as plain facts, computed from the store; mail, page and PDF render the same."""

from vigie.brief.facts import Brief
from vigie.brief.weekly import weekly_brief

__all__ = ["Brief", "weekly_brief"]
