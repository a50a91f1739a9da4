"""Listing opportunities: what a seller can gain, read off its own and others' listings."""

from alerts.opportunities.run import detect_opportunities, shops_due

__all__ = ["detect_opportunities", "shops_due"]
