"""Warnings about reviews in words: urgent ones, bursts, and what is unusual about some of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.lists import format_list

from vigie.french import LOCALE, decimal, french_date, percent, t

URGENT_REVIEW = "urgent-review"
BURST = "burst"
NEAR_COPIES = "near-copies"
RIVAL_ACCOUNTS = "rival-accounts"
TEXT_AT_ODDS = "text-at-odds"
PRAISE_WAVE = "praise-wave"
SUSPICIONS = (NEAR_COPIES, RIVAL_ACCOUNTS, TEXT_AT_ODDS, PRAISE_WAVE)
KINDS = (URGENT_REVIEW, BURST, *SUSPICIONS)
# The most pressing first: one thing to do is told.
URGENCIES = ("blessure", "sante", "securite", "discrimination", "fraude", "juridique")


def reputation_headline(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what there is to know, in a few words."""
    return t(f"alert-{kind}-headline", **_values(facts))


def reputation_sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what was found, with what it rests on."""
    return t(f"alert-{kind}", **_values(facts))


def reputation_todo(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what to do about it."""
    return t(f"alert-{kind}-todo", **_values(facts))


def _values(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Word each fact: ``_on`` is a day, ``_share`` a percentage, ``kinds`` urgencies."""
    values: dict[str, Any] = {}
    for name, value in facts.items():
        if name == "kinds":
            values[name] = _listed([t(f"urgency-{kind}").lower() for kind in value])
            values["first"] = next((kind for kind in URGENCIES if kind in value), "")
        elif name == "sources":
            values[name] = _listed(value)
        elif name.endswith("_on"):
            values[name.removesuffix("_on")] = french_date(date.fromisoformat(value))
        elif name.endswith("_share"):
            values[name.removesuffix("_share")] = percent(value)
        elif name == "quote":
            values[name] = _unstopped(value)
        elif isinstance(value, float):
            values[name] = decimal(value)
        elif isinstance(value, str | int):
            values[name] = value
    if "first_on" in facts:
        values["period"] = _period(
            date.fromisoformat(facts["first_on"]), date.fromisoformat(facts["last_on"])
        )
    return values


def _unstopped(words: str) -> str:
    """Drop a quote's full stop: the sentence around it has its own."""
    return words.removesuffix(".") if not words.endswith("..") else words


def _period(first: date, last: date) -> str:
    """Return "le 18 novembre 2026" or "du 18 au 20 novembre 2026"."""
    if first == last:
        return t("reputation-day", day=french_date(first))
    shared = (first.year == last.year) + ((first.year, first.month) == (last.year, last.month))
    style = ("long", "d MMMM", "d")[shared]
    return t("reputation-period", first=french_date(first, style), last=french_date(last))


def _listed(words: list[str]) -> str:
    return str(format_list(words, locale=LOCALE))
