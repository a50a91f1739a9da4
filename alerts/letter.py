"""The weekly letter: a brief put into French sentences, which HTML and plain text both render."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.lists import format_list

from vigie.brief import Brief
from vigie.brief.advice import trouble_sentences
from vigie.brief.facts import AlertLine, Direction, Level, Theme, Trend
from vigie.brief.levels import LEAST_RECENT
from vigie.french import LOCALE, decimal, french_date, t

# The mail is read in under a minute.
MOST_ALERTS, MOST_THEMES = 3, 2
# Half a star in four weeks is more than anyone overlooks.
LARGE_CHANGE = 0.5
# Two dots make no curve.
LEAST_WEEKS_ON_CHART = 4
SUBJECT_SHOP_LENGTH = 60


@dataclass(frozen=True)
class AlertBox:
    """An alert to show; ``label`` says that it was told before, or is empty."""

    label: str
    sentence: str
    good: bool


@dataclass(frozen=True)
class Figure:
    """A number that is read at a glance."""

    value: str
    unit: str
    caption: str


@dataclass(frozen=True)
class ThemeLines:
    """What several customers say: a title, one quote, and who said it where."""

    title: str
    quote: str
    by: str


@dataclass(frozen=True)
class Letter:
    """The mail's words, in the order of reading; empty where there is nothing to say.

    ``figures`` show at a glance what ``news`` and ``level`` say in full.
    """

    subject: str
    shop: str
    period: str
    alerts: tuple[AlertBox, ...]
    figures: tuple[Figure, ...]
    news: str
    level: str
    trend: str
    complained: tuple[ThemeLines, ...]
    praised: tuple[ThemeLines, ...]
    todo: tuple[str, ...]
    troubles: tuple[str, ...]
    healthy: str
    chart_alt: str
    footer: tuple[str, ...]


def letter(brief: Brief, contact: str = "") -> Letter:
    """Put a brief into words; ``contact`` is whom to ask to stop the mails."""
    return Letter(
        subject=_subject(brief),
        shop=brief.shop_name,
        period=t(
            "mail-period",
            start=french_date(brief.week_start, _start_style(brief)),
            end=french_date(brief.week_end),
        ),
        alerts=tuple(_alert_box(alert) for alert in brief.alerts[:MOST_ALERTS]),
        figures=_figures(brief),
        news=_news(brief),
        level=_level(brief),
        trend=_trend(brief),
        complained=tuple(map(_theme, brief.complained[:MOST_THEMES])),
        praised=tuple(map(_theme, brief.praised[:MOST_THEMES])),
        todo=brief.todo if brief.level or any(alert.todo for alert in brief.alerts) else (),
        troubles=trouble_sentences(brief.troubles),
        healthy=t("mail-healthy", sources=_listed(brief.healthy)) if brief.healthy else "",
        chart_alt=_chart_alt(brief),
        footer=(
            t("mail-why"),
            t("mail-stop", contact=contact, known="yes" if contact else "no"),
        ),
    )


def _subject(brief: Brief) -> str:
    shop = brief.shop_name
    if len(shop) > SUBJECT_SHOP_LENGTH:
        shop = shop[: SUBJECT_SHOP_LENGTH - 1].rstrip() + "…"
    fresh = [alert for alert in brief.alerts if alert.is_new]
    level = brief.trend.recent or brief.level
    if fresh:
        return t("mail-subject-alert", headline=fresh[0].headline, shop=shop)
    if brief.to_answer:
        return t("mail-subject-answer", count=len(brief.to_answer), shop=shop)
    if brief.new_count and level:
        return t("mail-subject-news", count=brief.new_count, level=decimal(level.mean), shop=shop)
    if brief.new_count:
        return t("mail-subject-news-unrated", count=brief.new_count, shop=shop)
    if brief.troubles:
        return t("mail-subject-trouble", source=brief.troubles[0].label, shop=shop)
    return t("mail-subject-quiet" if brief.level else "mail-subject-empty", shop=shop)


def _start_style(brief: Brief) -> str:
    """Leave out what the two ends of the week share: "du 16 au 22 novembre 2026"."""
    start, end = brief.week_start, brief.week_end
    if start.year != end.year:
        return "d MMMM y"
    return "d MMMM" if start.month != end.month else "d"


def _alert_box(alert: AlertLine) -> AlertBox:
    return AlertBox(
        label="" if alert.is_new else t("mail-reminder"),
        sentence=alert.sentence,
        good=alert.severity == "info",
    )


def _figures(brief: Brief) -> tuple[Figure, ...]:
    if not brief.new_count or brief.level is None:
        return ()
    level, span = _level_to_show(brief.level, brief.trend)
    new = t("mail-figure-new", count=brief.new_count)
    caption = t(f"mail-figure-{span}", count=level.count)
    return (
        Figure(str(brief.new_count), new, _tones(brief)),
        Figure(decimal(level.mean), t("mail-figure-stars"), caption),
    )


def _level_to_show(level: Level, trend: Trend) -> tuple[Level, str]:
    """Return the last four weeks' level where it rests on enough reviews, else the whole one."""
    recent = trend.recent
    return (recent, "month") if recent and recent.count >= LEAST_RECENT else (level, "long")


def _news(brief: Brief) -> str:
    if brief.level is None and not brief.new_count:
        return "" if brief.troubles else t("mail-none-yet")
    alone = "yes" if _one_tone(brief) else "no"
    return t("mail-news", count=brief.new_count, alone=alone, tones=_tones(brief))


def _level(brief: Brief) -> str:
    if brief.level is None:
        return ""
    level, span = _level_to_show(brief.level, brief.trend)
    return t(f"mail-level-{span}", level=decimal(level.mean), count=level.count)


def _one_tone(brief: Brief) -> bool:
    return brief.new_count in (brief.new_positive, brief.new_neutral, brief.new_negative)


def _tones(brief: Brief) -> str:
    counts = {"pos": brief.new_positive, "neu": brief.new_neutral, "neg": brief.new_negative}
    words = {tone: t(f"mail-tone-{tone}", count=count) for tone, count in counts.items() if count}
    if _one_tone(brief):
        return t("mail-tone-all", count=brief.new_count, tone="".join(words.values()))
    return _listed([f"{counts[tone]} {word}" for tone, word in words.items()])


def _trend(brief: Brief) -> str:
    """Say where the level goes; an open alert has said it better, with its own dates."""
    trend = brief.trend
    if brief.level is None or any(alert.kind == "rating-shift" for alert in brief.alerts):
        return ""
    if trend.direction is Direction.UNKNOWN or trend.before is None or trend.recent is None:
        return t("mail-trend-unknown")
    before, after = decimal(trend.before.mean), decimal(trend.recent.mean)
    if trend.direction is Direction.STEADY:
        same = "yes" if before == after else "no"
        return t("mail-trend-steady", before=before, same=same)
    size = "large" if abs(trend.delta) >= LARGE_CHANGE else "small"
    least, most = _span(trend)
    return t(
        f"mail-trend-{trend.direction}-{size}",
        before=before,
        least=decimal(least),
        most=decimal(most),
        size=most,
    )


def _span(trend: Trend) -> tuple[float, float]:
    """Return the interval of the change as sizes, the smaller first."""
    least, most = sorted((abs(trend.low), abs(trend.high)))
    return max(0.1, least), max(0.1, most)


def _theme(theme: Theme) -> ThemeLines:
    quote = theme.quote
    aspect = t(f"aspect-{theme.aspect}")
    return ThemeLines(
        title=t("mail-theme", aspect=aspect[0].upper() + aspect[1:], count=theme.count),
        quote=t("mail-quote", text=quote.text),
        by=t(
            "mail-quote-by",
            known="yes" if quote.author else "no",
            author=quote.author or "",
            source=quote.source,
            day=french_date(quote.published, "d MMMM"),
        ),
    )


def _chart_alt(brief: Brief) -> str:
    if len(brief.weeks) < LEAST_WEEKS_ON_CHART:
        return ""
    first, last = brief.weeks[0], brief.weeks[-1]
    return t(
        "mail-chart-alt",
        start=_month_year(first.monday),
        end=_month_year(last.monday),
        first=decimal(first.mean),
        last=decimal(last.mean),
    )


def _month_year(day: date) -> str:
    return french_date(day, "d MMMM y")


def _listed(words: Sequence[str]) -> str:
    return str(format_list(list(words), locale=LOCALE))
