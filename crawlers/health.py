"""How a source is doing, read off its last crawls. Pure."""

from collections.abc import Sequence

from vigie.store import Health, Outcome

# A site may be down for a day; from then on somebody has to look.
FAILURES_UNTIL_BROKEN = 3
_BY_OUTCOME = {
    Outcome.OK: Health.HEALTHY,
    Outcome.UNCHANGED: Health.HEALTHY,
    Outcome.EMPTY: Health.HEALTHY,
    Outcome.PARTIAL: Health.DEGRADED,
    Outcome.BLOCKED: Health.BLOCKED,
    Outcome.DISALLOWED: Health.DISALLOWED,
    Outcome.BROKEN: Health.BROKEN,
}


def health_after(outcomes: Sequence[Outcome]) -> Health:
    """Return a source's health after its last crawls, newest first (at least one)."""
    newest = outcomes[0]
    if newest is not Outcome.UNREACHABLE:
        return _BY_OUTCOME[newest]
    recent = outcomes[:FAILURES_UNTIL_BROKEN]
    down = all(outcome is Outcome.UNREACHABLE for outcome in recent)
    return Health.BROKEN if down and len(recent) == FAILURES_UNTIL_BROKEN else Health.LATE
