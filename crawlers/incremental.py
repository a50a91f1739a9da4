"""Whether a run may stop at the newest known review, and when every page is read again. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawlers.shortfall import PASSES_UNTIL_BORNE_OUT
from vigie.cadence.rule import full_every_s
from vigie.store import Source

# A run that comes a little early is the one that was meant.
EARLY = 0.5


@dataclass(slots=True)
class Order:
    """Whether the reviews of a pass came newest first, as far as their dates tell."""

    newest_first: bool = True
    days: int = 0
    last: date | None = None

    def see(self, dates: Iterable[date | None]) -> None:
        """Take the dates of the next reviews, in the order of the page."""
        for day in dates:
            if day is None or day == self.last:
                continue
            if self.last is not None and day > self.last:
                self.newest_first = False
            self.last = day
            self.days += 1

    @property
    def is_told(self) -> bool:
        """Two days at least, each before the one above."""
        return self.newest_first and self.days > 1


def full_is_due(source: Source, moment: datetime) -> bool:
    """Say whether the next run reads every page: edits and deletions show in no other way."""
    if source.full_at is None or 0 < source.shortfall_passes < PASSES_UNTIL_BORNE_OUT:
        return True
    every_s = full_every_s(source, source.full_cadence_s)
    early_s = min(source.cadence_s, every_s) * EARLY
    return moment >= source.full_at + timedelta(seconds=every_s - early_s)


def adds_up(stated: int | None, known: int, shortfall: int | None) -> bool:
    """Say whether what is known and what the page states fit: then nothing is hidden further on.

    Args:
        stated: the count on the page, None where it gives none.
        known: the reviews stored as present, those just read included.
        shortfall: how many more the page stated than were known when every page was last read.
    """
    return stated is None or stated - known == (shortfall or 0)
