"""An alert in words: the kind names the texts, the facts fill them in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from vigie.french import decimal, french_date, percent, t
from vigie.opportunity_text import (
    KINDS,
    opportunity_beside,
    opportunity_headline,
    opportunity_sentence,
    opportunity_todo,
)
from vigie.reputation_text import KINDS as REPUTATION
from vigie.reputation_text import (
    reputation_headline,
    reputation_sentence,
    reputation_todo,
)
from vigie.store import Alert

SHIFT = "rating-shift"
ASPECT_SHIFT = "aspect-shift"


def alert_headline(alert: Alert) -> str:
    """Return what the alert says in a few words, for a subject line or a heading.

    Raises:
        KeyError: the catalogue has no text for the kind, or a fact is missing.
    """
    if alert.kind == SHIFT:
        return t(f"alert-{SHIFT}-{alert.facts['direction']}-headline", **_levels(alert))
    if alert.kind == ASPECT_SHIFT:
        return t(f"alert-{ASPECT_SHIFT}-{alert.facts['what']}-headline", aspect=_of(alert.facts))
    if alert.kind in KINDS:
        return opportunity_headline(alert.kind, alert.facts)
    if alert.kind in REPUTATION:
        return reputation_headline(alert.kind, alert.facts)
    return t(f"alert-{alert.kind}-headline", **alert.facts)


def alert_sentence(alert: Alert) -> str:
    """Return what the alert says, in a French sentence or two.

    Raises:
        KeyError: the catalogue has no text for the kind, or a fact is missing.
    """
    facts = alert.facts
    if alert.kind == SHIFT:
        sentence = t(
            f"alert-{SHIFT}-{facts['direction']}",
            since=french_date(date.fromisoformat(facts["since"])),
            count=facts["n_after"],
            **_levels(alert),
        )
        return " ".join([sentence, *_why(facts)])
    if alert.kind == ASPECT_SHIFT:
        return " ".join([_aspect_sentence(facts), *_quotes(facts)])
    if alert.kind in KINDS:
        return opportunity_sentence(alert.kind, facts)
    if alert.kind in REPUTATION:
        return reputation_sentence(alert.kind, facts)
    return t(f"alert-{alert.kind}", **facts)


def alert_beside(alert: Alert) -> str:
    """Return what an alert adds to another one about the same listing; empty for most kinds."""
    return opportunity_beside(alert.kind, alert.facts) if alert.kind in KINDS else ""


def alert_todo(alert: Alert) -> str:
    """Return what to do about it; empty where the brief's own advice says it."""
    if alert.kind == ASPECT_SHIFT:
        worse = alert.facts["what"] == "complaints"
        return t(f"advice-{alert.facts['aspect']}", count=alert.facts["count"]) if worse else ""
    if alert.kind in KINDS:
        return opportunity_todo(alert.kind, alert.facts)
    return reputation_todo(alert.kind, alert.facts) if alert.kind in REPUTATION else ""


def _levels(alert: Alert) -> dict[str, str]:
    return {name: decimal(alert.facts[name]) for name in ("before", "after")}


def _why(facts: Mapping[str, Any]) -> list[str]:
    """Return the sentence that says what moved most, where something did."""
    aspects = [
        t(
            "shift-why-aspect",
            aspect=t(f"aspect-{one['aspect']}"),
            before=percent(one["before"]),
            after=percent(one["after"]),
        )
        for one in facts.get("why", [])
    ]
    return [t(f"shift-why-{facts['direction']}", aspects=", ".join(aspects))] if aspects else []


def _aspect_sentence(facts: Mapping[str, Any]) -> str:
    numbers = {name: facts[name] for name in ("count", "of", "before", "of_before", "times")}
    since = french_date(date.fromisoformat(facts["since"]))
    return t(f"alert-{ASPECT_SHIFT}-{facts['what']}", since=since, aspect=_of(facts), **numbers)


def _of(facts: Mapping[str, Any]) -> str:
    return t(f"aspect-shift-of-{facts['aspect']}")


def _quotes(facts: Mapping[str, Any]) -> list[str]:
    return [
        t(
            "aspect-shift-quote",
            words=quote["words"],
            source=quote["source"],
            day=french_date(date.fromisoformat(quote["on"]), "d MMMM"),
        )
        for quote in facts["quotes"]
    ]
