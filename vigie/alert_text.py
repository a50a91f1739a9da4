"""An alert as a sentence: the kind names the text, the facts fill it in."""

from datetime import date

from vigie.french import decimal, french_date, t
from vigie.store import Alert

SHIFT = "rating-shift"


def alert_sentence(alert: Alert) -> str:
    """Return what the alert says, in one French sentence.

    Raises:
        KeyError: the catalogue has no text for the kind, or a fact is missing.
    """
    facts = alert.facts
    if alert.kind == SHIFT:
        return t(
            f"alert-{SHIFT}-{facts['direction']}",
            before=decimal(facts["before"]),
            after=decimal(facts["after"]),
            since=french_date(date.fromisoformat(facts["since"])),
            count=facts["n_after"],
        )
    return t(f"alert-{alert.kind}", **facts)
