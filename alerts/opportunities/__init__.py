"""Listing opportunities: what a seller can gain, read off its own and others' listings."""

from alerts.opportunities.run import detect_opportunities

__all__ = ["detect_opportunities"]
