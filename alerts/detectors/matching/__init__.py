"""Whether two listings offer the same thing: precision first."""

from alerts.detectors.matching.blocking import Index
from alerts.detectors.matching.compare import PRECISION, Match, same_thing
from alerts.detectors.matching.title import Thing

__all__ = ["PRECISION", "Index", "Match", "Thing", "same_thing"]
