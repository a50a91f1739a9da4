"""What a wish changes, row by row: the values before and after. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from vigie.store import Health, Site, Source

Values = Mapping[str, Any]
SOURCE, SITE = Source.__tablename__, Site.__tablename__
PAUSED, ASKED, FULL = "paused", "run_requested_at", "full_cadence_s"
KIND, CRON, CADENCE = "cadence_kind", "cron", "cadence_s"
# One setting in three columns: it is kept and restored as one.
CADENCES = (KIND, CRON, CADENCE)
# Follows from the cadence; kept so that it can be restored too.
NEXT = "next_run_at"
BUDGET, OPENS, CLOSES = "requests_per_day", "open_minute", "close_minute"
DELAY, CONCURRENCY = "min_delay_s", "concurrency"
LIMITS = (BUDGET, OPENS, CLOSES, DELAY, CONCURRENCY)
# Stored as an ISO moment in the history.
MOMENTS = frozenset((ASKED, NEXT))
WELL = frozenset((Health.HEALTHY, Health.NEW))


class Run(StrEnum):
    """A reading that is asked for beside the clock."""

    NOW = "now"
    # Only of what did not go well.
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks for: columns of the sources, columns of their sites, a reading."""

    source: Values = field(default_factory=dict)
    site: Values = field(default_factory=dict)
    run: Run | None = None

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.source or self.site or self.run)


@dataclass(frozen=True, slots=True)
class Edit:
    """One row's change, as its history keeps it: plain values only."""

    kind: str
    id: int
    name: str
    before: Values
    after: Values

    @property
    def action(self) -> str:
        """What the audit calls it."""
        if self.kind == SITE:
            return "site-limits"
        if ASKED in self.after:
            return "source-run-now"
        if PAUSED in self.after:
            return "source-pause" if self.after[PAUSED] else "source-resume"
        return "source-cadence"


def edits_of(sources: Sequence[Source], wanted: Wanted, moment: datetime) -> list[Edit]:
    """Return what a wish changes, and nothing that is so already.

    Args:
        moment: at which a reading is asked for.
    """
    made = []
    for source in sources:
        made += _edit(SOURCE, source, name_of(source), wanted.source)
        wants_run = wanted.run is Run.NOW or (wanted.run and source.health not in WELL)
        if wants_run and source.run_requested_at is None:
            asked = {ASKED: moment.isoformat()}
            made.append(Edit(SOURCE, source.id, name_of(source), {ASKED: None}, asked))
    for site in {source.site_id: source.site for source in sources}.values():
        if site is not None:
            made += edits_of_site(site, wanted.site)
    return made


def edits_of_site(site: Site, wanted: Values) -> list[Edit]:
    """Return what a wish changes of one site."""
    return _edit(SITE, site, site.host, wanted)


def name_of(source: Source) -> str:
    """Return what a source is called among those of other shops."""
    return f"{source.label} · {source.shop.name}"


def mark_of(edits: Iterable[Edit]) -> str:
    """Return a short mark of what was shown, to tell whether it is what is confirmed."""
    shown = [
        [edit.kind, edit.id, dict(edit.before), {k: v for k, v in edit.after.items() if k != ASKED}]
        for edit in edits
    ]
    return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


def _edit(kind: str, row: Source | Site, name: str, wanted: Values) -> list[Edit]:
    after = {column: value for column, value in wanted.items() if getattr(row, column) != value}
    if not after:
        return []
    columns = [*after, *CADENCES] if any(column in after for column in CADENCES) else after
    return [Edit(kind, row.id, name, {one: getattr(row, one) for one in columns}, after)]
