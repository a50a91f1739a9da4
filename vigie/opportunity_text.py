"""Listing opportunities in words: facts put as French people write them, by the end of a name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale

from vigie.french import LOCALE, french_date, has_text, money, percent, t

PRICE_POSITION = "price-position"
RIVAL_OUT = "rival-out-of-stock"
RIVAL_GONE = "rival-gone"
PRICE_WAR = "price-war"
STALE = "stale"
GAP = "gap"
BARGAIN = "bargain"
MISSING_CHANNEL = "missing-channel"
WANTED = "wanted"
WANTED_AD = "wanted-ad"
KINDS = (
    PRICE_POSITION, RIVAL_OUT, RIVAL_GONE, PRICE_WAR, STALE, GAP, BARGAIN, MISSING_CHANNEL,
    WANTED, WANTED_AD,
)  # fmt: skip
# Below the first somebody should look again.
FAIRLY_SURE, SUREST = 0.85, 0.99
TITLE_LENGTH = 90
_CRAWLED = frozenset({"title", "seller", "names", "marketplace", "buyer", "own"})


def opportunity_headline(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what there is to gain, in a few words."""
    return t(f"alert-{kind}-headline", **_values(facts))


def opportunity_sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what was found, with its arithmetic and how sure it is."""
    return t(f"alert-{kind}", **_values(facts))


def opportunity_beside(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what it adds where another alert has told of the same listing; empty for most."""
    message = f"alert-{kind}-beside"
    return t(message, **_values(facts)) if has_text(message) else ""


def opportunity_todo(kind: str, facts: Mapping[str, Any]) -> str:
    """Return what to do about it."""
    return t(f"alert-{kind}-todo", **_values(facts))


def _values(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Word each fact: ``_cents`` is money, ``_share`` a percentage, ``_on`` a day.

    Titles are crawled: cut here, and escaped by the page or the mail that shows them.
    """
    currency = facts.get("currency", "EUR")
    values: dict[str, Any] = {}
    for name, value in facts.items():
        if name.endswith("_cents"):
            values[name.removesuffix("_cents")] = _money(value, currency)
        elif name.endswith("_share"):
            values[name.removesuffix("_share")] = percent(value)
        elif name.endswith("_on"):
            values[name.removesuffix("_on")] = french_date(date.fromisoformat(value))
        elif name == "country":
            values[name] = _country(value)
        elif name == "cuts":
            values[name] = ", ".join(
                t("alert-cut", **_values({**cut, "currency": currency})) for cut in value
            )
        elif name in _CRAWLED:
            values[name] = _cut(value)
        elif isinstance(value, str | int):
            values[name] = value
    if "sure" in facts:
        # Nothing read off a market is certain.
        sure = min(facts["sure"], SUREST)
        values["sure"] = t("alert-sure", level=_level(sure), percent=percent(sure))
    return values


def _country(code: str) -> str:
    """Return "Allemagne" for ``DE``; a code that Babel does not know stands for itself."""
    return str(Locale(LOCALE).territories.get(code, code))


def _level(sure: float) -> str:
    return "low" if sure < FAIRLY_SURE else "high"


def _money(cents: float, currency: str) -> str:
    """Return "129 €" for a whole sum, "129,90 €" otherwise."""
    text = money(round(cents), currency)
    return text if round(cents) % 100 else text.replace(",00", "")


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rstrip() + "…"
