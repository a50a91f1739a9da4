"""French for people: the catalogue's door, dates, numbers and typography.

Texts live in ``vigie/locale/<language>/*.ftl`` (Project Fluent), one file an area; plurals follow
CLDR through Babel. Another language is another folder.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent
from fluent.runtime import FluentBundle, FluentResource

from vigie.clock import PARIS, day_of

LOCALE = "fr"
CATALOGUE = Path(__file__).parent / "locale" / LOCALE


@lru_cache(maxsize=1)
def _bundle() -> FluentBundle:
    # Isolation marks are for mixed-direction text; French mail clients show them as boxes.
    bundle = FluentBundle([LOCALE], use_isolating=False)
    for path in sorted(CATALOGUE.glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def has_text(message_id: str) -> bool:
    """Say whether the catalogue has a text of this identifier."""
    return bool(_bundle().has_message(message_id))


def t(message_id: str, **args: object) -> str:
    """Return the catalogue's text with its values filled in.

    Raises:
        KeyError: the catalogue has no such text, or the text names a value that was not given.
    """
    message = _bundle().get_message(message_id)
    if message.value is None:
        raise KeyError(message_id)
    text, errors = _bundle().format_pattern(message.value, args)
    if errors:
        raise KeyError(f"{message_id}: {errors[0]}")
    return str(text)


def french_date(day: date, style: str = "long") -> str:
    """Return "12 mars 2024" (``long``), "12 mars" (``d MMMM``), "12/03/2024" (``short``)..."""
    if isinstance(day, datetime):
        day = day_of(day)
    return _with_ordinal(format_date(day, format=style, locale=LOCALE))


def french_datetime(moment: datetime, style: str = "d MMMM y 'à' HH:mm") -> str:
    """Return an aware moment as French people read it, in the time of Paris."""
    return _with_ordinal(format_datetime(moment, format=style, tzinfo=PARIS, locale=LOCALE))


def _with_ordinal(text: str) -> str:
    """French writes the first of a month as an ordinal."""
    return re.sub(r"(^| )1 (?=[a-zéû])", r"\g<1>1er ", text, count=1)


def decimal(value: float, digits: int = 1) -> str:
    """Return "4,3" with exactly ``digits`` decimals and French separators."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    text: str = format_decimal(value, format=pattern, locale=LOCALE)
    return text


def percent(share: float) -> str:
    """Return "12 %" for 0.12, with its no-break space."""
    text: str = format_percent(share, locale=LOCALE)
    return text


def money(cents: int, currency: str = "EUR") -> str:
    """Return "1 290,00 €" for 129000 cents."""
    text: str = format_currency(cents / 100, currency, locale=LOCALE)
    return text


def language_name(code: str) -> str:
    """Return "anglais" for ``en``; a code that Babel does not know stands for itself."""
    return str(Locale(LOCALE).languages.get(code, code))


def of(name: str) -> str:
    """Return "de Marie" or "d’Aïcha": "de" before a vowel or a mute h is elided.

    A y is a vowel before a consonant ("d’Yves"), and none before a vowel ("de Yann").
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", name[:3]).lower() if c.isalpha())
    is_vowel = plain[:1] in set("aeiouh") or (plain[:1] == "y" and plain[1:2] not in set("aeiou"))
    return f"d’{name}" if plain and is_vowel else f"de {name}"
