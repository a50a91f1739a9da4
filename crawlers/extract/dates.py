"""Dates of reviews and listings: ISO first, then French and English words, each with its precision.

Relative dates ("il y a 3 semaines") count from the day given; without it they cannot be told.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from crawlers.extract.items import Problem

DAY, MONTH, YEAR = "day", "month", "year"
_TEXT_LIMIT = 200

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?:[.,](\d{1,9}))?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?)?(?!\d)",
    re.I,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}(?:Z|[+-]\d{2}:?\d{2})?)?$")
_EPOCH = re.compile(r"(?:/Date\()?(\d{10}(?:\d{3})?)(?:[+-]\d{4})?(?:\)/)?$")
_YEAR = re.compile(r"(?:19|20)\d{2}$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier janv jan january", "février fevrier févr fevr fév fev feb february",
         "mars mar march", "avril avr april apr", "mai may", "juin june jun",
         "juillet juil july jul", "août aout august aug", "septembre sept sep september",
         "octobre oct october", "novembre nov november", "décembre decembre déc dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:er|ᵉʳ|st|nd|rd|th)?\s{{1,3}}{_MONTH},?"
    rf"(?:\s{{1,3}}(\d{{4}}|['’]?\d{{2}})\b(?!\s?[h:]))?",
    re.I,
)
_MONTH_DAY = re.compile(
    rf"\b{_MONTH}\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(\d{{4}})\b", re.I
)
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\s{{1,3}}(\d{{4}})\b", re.I)
_SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d{2})([/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTH_SLASH = re.compile(r"(?<![\d/])(\d{1,2})/((?:19|20)\d{2})(?![\d/])")
_UNITS = {
    "minute": 0, "min": 0, "heure": 0, "hour": 0, "jour": 1, "day": 1, "semaine": 7, "week": 7,
    "mois": 30, "month": 30, "an": 365, "année": 365, "annee": 365, "year": 365,
    "seconde": 0, "second": 0, "mn": 0, "h": 0, "j": 1, "sem": 7,
}  # fmt: skip
_UNIT = (
    r"(secondes?|minutes?|min|mn|heures?|hours?|h|jours?|days?|j|semaines?|sem|weeks?|mois|months?"
    r"|années?|annees?|ans?|years?)\b"
)
_COUNTS = {
    "quelques": 3, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15,
}  # fmt: skip
_AGO = re.compile(
    rf"(?:il\s{{1,3}}y\s{{1,3}}a|depuis)\s{{1,3}}(?:environ\s|(?:plus|moins|près)\sd(?:e\s|['’]\s?))?"
    rf"(\d{{1,3}}|une?|{'|'.join(_COUNTS)})\s{{0,3}}{_UNIT}",
    re.I,
)
_AGO_ENGLISH = re.compile(rf"\b(\d{{1,3}}|an?)\s{{1,3}}{_UNIT}\s{{1,3}}ago", re.I)
_DAYS_BACK = (
    (re.compile(r"avant[- ]hier", re.I), 2),
    (re.compile(r"\b(?:hier|yesterday)\b", re.I), 1),
    (re.compile(r"aujourd['’]\s?hui|\btoday\b|à l['’]instant|just now"
                r"|\bce (?:matin|midi|soir)\b|\bcet(?:te)? (?:après-midi|nuit)\b", re.I), 0),
)  # fmt: skip
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAY_NAME = f"({'|'.join(_DAYS)})"
_LAST_DAY = re.compile(rf"\b{_DAY_NAME}\s(?:dernier|passé)\b|^{_DAY_NAME}$", re.I)
_THIS = re.compile(r"\b(?:cette|ce|l['’]) ?(semaine|mois|année)(?:[-\s]ci)?\b", re.I)
_LAST = re.compile(
    r"\b(?:le\s|la\s|l['’])?(semaine|mois|an|année)\s(?:dernier|dernière|passée?)", re.I
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as ISO text (a day, or a moment with or without zone), and its precision."""

    value: str
    precision: str

    @property
    def day(self) -> date:
        """The day, whatever the time."""
        return date.fromisoformat(self.value[:10])


def read_date(value: object, today: date | None = None) -> tuple[Dated | None, Problem | None]:
    """Read one date; the problem says why one that is written was dropped."""
    if isinstance(value, bool) or value is None:
        return None, None
    text = str(value).strip()[:_TEXT_LIMIT]
    if not text:
        return None, None
    try:
        found = _plain_day(text) or _from_machine(text) or find_date(text, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        return None, Problem("date-unreadable", text[:40])
    # Days told as ISO text come in the order of time.
    if today is not None and found.value[:10] > _latest(today):
        return None, Problem("date-in-future", found.value[:10])
    return found, None


@lru_cache(maxsize=8)
def _latest(today: date) -> str:
    """Return the last day that a page may tell: where it is written, today may be over."""
    return (today + timedelta(days=1)).isoformat()


def find_date(text: str, today: date | None = None) -> Dated | None:
    """Return the first date written in a text, in words, digits or relative to ``today``."""
    text = text[:_TEXT_LIMIT]
    for reader in (_iso, _day_month, _slashed, _month_year, _relative):
        try:
            if found := reader(text, today):
                return found
        except (ValueError, OverflowError):
            # "31 février" is no date; another way of reading the text may be.
            continue
    return None


def _plain_day(text: str) -> Dated | None:
    """Read "2024-03-12", as most pages write it."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    day = date.fromisoformat(text)
    return Dated(text, DAY) if 1970 <= day.year <= 2200 else None


def _from_machine(text: str) -> Dated | None:
    if found := _COMPACT.match(text):
        year, month, day = map(int, found.groups())
        return Dated(date(year, month, day).isoformat(), DAY) if 1970 <= year <= 2100 else None
    if found := _EPOCH.match(text):
        seconds = int(found.group(1)) / (1000 if len(found.group(1)) == 13 else 1)
        return Dated(datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds"), DAY)
    if _YEAR.match(text):
        return Dated(date(int(text), 1, 1).isoformat(), YEAR)
    return None


def _iso(text: str, today: date | None) -> Dated | None:
    found = _ISO.search(text)
    if not found or not 1970 <= int(found.group(1)) <= 2200:
        return None
    year, month, day, clock, fraction, zone = found.groups()
    if day is None:
        return Dated(date(int(year), int(month), 1).isoformat(), MONTH)
    plain = date(int(year), int(month), int(day)).isoformat()
    if clock is None:
        return Dated(plain, DAY)
    fraction = f".{fraction[:6]:0<6}" if fraction and clock.count(":") == 2 else ""
    moment = datetime.fromisoformat(f"{plain}T{clock:0>5}{fraction}{(zone or '').upper()}")
    # Fractions of a second tell nothing about a review.
    return Dated(moment.replace(microsecond=0).isoformat(), DAY)


def _day_month(text: str, today: date | None) -> Dated | None:
    if found := _DAY_MONTH.search(text):
        day, month = int(found.group(1)), _MONTHS[found.group(2).lower()]
        if found.group(3):
            year = int(found.group(3).lstrip("'’"))
            return Dated(date(year + 2000 * (year < 100), month, day).isoformat(), DAY)
        if today is not None:
            # Without a year, the last such day.
            this_year = date(today.year, month, day)
            ahead = this_year - today > timedelta(days=1)
            return Dated(this_year.replace(year=today.year - ahead).isoformat(), DAY)
    if found := _MONTH_DAY.search(text):
        month, day = _MONTHS[found.group(1).lower()], int(found.group(2))
        return Dated(date(int(found.group(3)), month, day).isoformat(), DAY)
    return None


def _slashed(text: str, today: date | None) -> Dated | None:
    if found := _YEAR_FIRST.search(text):
        year, _, month, day = found.groups()
        return Dated(date(int(year), int(month), int(day)).isoformat(), DAY)
    if not (found := _SLASHED.search(text)):
        return None
    day, month, year = int(found.group(1)), int(found.group(3)), int(found.group(4))
    if month > 12 >= day:
        # Only an American page writes 03/25/2024.
        day, month = month, day
    year += 2000 if year < 100 else 0
    return Dated(date(year, month, day).isoformat(), DAY)


def _month_year(text: str, today: date | None) -> Dated | None:
    if found := _MONTH_YEAR.search(text):
        month, year = _MONTHS[found.group(1).lower()], int(found.group(2))
    elif found := _MONTH_SLASH.search(text):
        month, year = int(found.group(1)), int(found.group(2))
    else:
        return None
    return Dated(date(year, month, 1).isoformat(), MONTH)


def _relative(text: str, today: date | None) -> Dated | None:
    if today is None:
        return None
    if found := _AGO.search(text) or _AGO_ENGLISH.search(text):
        return _back(today, found.group(1).lower(), _unit_days(found.group(2)))
    for pattern, days in _DAYS_BACK:
        if pattern.search(text):
            return Dated((today - timedelta(days=days)).isoformat(), DAY)
    if found := _LAST.search(text):
        return _back(today, "1", _unit_days(found.group(1)))
    if found := _LAST_DAY.search(text.strip()):
        weekday = _DAYS.index((found.group(1) or found.group(2)).lower())
        return Dated(
            (today - timedelta(days=(today.weekday() - weekday) % 7 or 7)).isoformat(), DAY
        )
    if found := _THIS.search(text):
        return Dated(today.isoformat(), YEAR if found.group(1).lower() == "année" else MONTH)
    return None


def _unit_days(written: str) -> int:
    unit = written.lower()
    return _UNITS[unit] if unit in _UNITS else _UNITS[unit.removesuffix("s")]


def _back(today: date, written: str, unit_days: int) -> Dated:
    count = int(written) if written.isdigit() else _COUNTS.get(written, 1)
    if unit_days < 30:
        # "Three weeks ago" is known to the week: the next precision that does not overstate it.
        precision = DAY if unit_days < 7 else MONTH
        return Dated((today - timedelta(days=count * unit_days)).isoformat(), precision)
    months = today.year * 12 + today.month - 1 - count * (12 if unit_days == 365 else 1)
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    day = min(
        today.day, (first + timedelta(days=31)).replace(day=1).toordinal() - first.toordinal()
    )
    return Dated(first.replace(day=day).isoformat(), YEAR if unit_days == 365 else MONTH)
