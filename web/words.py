"""What templates may call to say things in French, and to keep hostile text harmless."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask

from vigie.brief.facts import Direction, Trend
from vigie.cadence.words import reason
from vigie.clock import day_of, now, today
from vigie.evidence import evidence_sentence
from vigie.french import (
    decimal,
    french_date,
    french_datetime,
    has_text,
    language_name,
    money,
    percent,
    t,
)
from vigie.tuning.words import cadence_of, every, lasting

HOUR_S, DAY_S = 3600, 86_400
MONTH_YEAR = "MMMM y"
FULL_STARS = 5


def init_app(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(
        evidence_sentence=evidence_sentence, money=money, now=now, percent=percent, t=t
    )
    app.jinja_env.globals.update(
        alert_kind_name=alert_kind_name,
        cadence_of=cadence_of,
        cadence_reason=reason,
        platform_name=platform_name,
        trouble_sentence=trouble_sentence,
    )
    app.jinja_env.filters.update(
        ago=ago,
        # Jinja's own would write "Compte d’api".
        capitalize=capitalize,
        cadence=every,
        lasting=lasting,
        dated=dated,
        day=french_date,
        iso_day=iso_day,
        decimal=decimal,
        language=language_name,
        moment=french_datetime,
        safe_href=safe_href,
        signed=signed,
        stars=stars,
        trend=trend_words,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def capitalize(text: str) -> str:
    """Return a text with a capital at its beginning, and the rest as it is."""
    return text[:1].upper() + text[1:]


def dated(moment: datetime, precision: str | None) -> str:
    """Return a date as precisely as the platform gave it: day, month or year."""
    day = day_of(moment)
    if precision == "year":
        return str(day.year)
    return french_date(day, MONTH_YEAR if precision == "month" else "long")


def ago(moment: datetime) -> str:
    """Return "il y a 3 heures", "dans 2 heures", "hier à 14:05", then the date and the hour."""
    delta_s = round((now() - moment).total_seconds())
    past = "ago" if delta_s >= 0 else "in"
    size_s = abs(delta_s)
    if size_s < 60:
        return t("web-moment-now")
    if size_s < HOUR_S:
        return t(f"web-minutes-{past}", count=size_s // 60)
    if size_s < 12 * HOUR_S:
        return t(f"web-hours-{past}", count=size_s // HOUR_S)
    day = day_of(moment)
    near = {today() - timedelta(days=1): "yesterday", today(): "today", _tomorrow(): "tomorrow"}
    if day in near:
        return t(f"web-{near[day]}", time=french_datetime(moment, "HH:mm"))
    return french_datetime(moment, "'le' d MMMM 'à' HH:mm")


def _tomorrow() -> date:
    return today() + timedelta(days=1)


def platform_name(name: str) -> str:
    """Return what people call a platform; one of another version of Vigie stands for itself."""
    message_id = f"platform-name-{name}"
    return t(message_id) if has_text(message_id) else name


def alert_kind_name(kind: str) -> str:
    """Return what people call a kind of alert; one of another version stands for itself."""
    message_id = f"alert-kind-{kind}"
    return t(message_id) if has_text(message_id) else kind


def iso_day(day: str) -> str:
    """Return "12 mars 2026" for "2026-03-12", as facts keep days."""
    return french_date(date.fromisoformat(day))


def trouble_sentence(trouble: str) -> str:
    """Return why a page gave nothing; empty where its status says all."""
    message_id = f"crawl-trouble-{trouble}"
    return t(message_id) if has_text(message_id) else ""


def safe_href(url: str | None) -> str | None:
    """Return the address if a browser may follow it: http or https, with a host."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def signed(value: float) -> str:
    """Return "+0,4" or "−0,8", with a true minus."""
    return ("+" if value > 0 else "−" if value < 0 else "") + decimal(abs(value))


def stars(normalised: float) -> str:
    """Return five stars, full and empty, for a rating in [0, 1]."""
    full = round(1 + normalised * (FULL_STARS - 1))
    return "★" * full + "☆" * (FULL_STARS - full)


def trend_words(trend: Trend) -> str:
    """Return the trend in a few words: "en baisse (−0,8)"."""
    if trend.direction in (Direction.UP, Direction.DOWN):
        return t(f"web-trend-{trend.direction}", delta=signed(trend.delta))
    return t(f"web-trend-{trend.direction}")
