"""The weekly letter: a brief put into French sentences, which HTML and plain text both render."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.lists import format_list

from alerts.subject import subject
from vigie.alert_text import SHIFT
from vigie.brief import Brief
from vigie.brief.advice import trouble_sentences
from vigie.brief.facts import AlertLine, Direction, Level, Theme, Trend
from vigie.brief.levels import LEAST_RECENT
from vigie.french import LOCALE, decimal, french_date, of, t

# The mail is read in under a minute.
MOST_ALERTS, MOST_THEMES, MOST_ANSWERS = 3, 2, 3
# Half a star in four weeks is more than anyone overlooks.
LARGE_CHANGE = 0.5
# Two dots make no curve.
LEAST_WEEKS_ON_CHART = 4


@dataclass(frozen=True)
class AlertBox:
    """An alert to show; ``label`` says that it was told before, or is empty."""

    label: str
    sentence: str
    good: bool


@dataclass(frozen=True)
class Answer:
    """A review to answer: what it is called, and where it can be answered."""

    name: str
    url: str


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
    answers: tuple[Answer, ...]
    troubles: tuple[str, ...]
    healthy: str
    chart_alt: str
    why: str
    stop: str
    contact: str


def letter(brief: Brief, contact: str = "", url: str = "") -> Letter:
    """Put a brief into words.

    Args:
        contact: whom to ask to stop the mails.
        url: the shop's dashboard.
    """
    return Letter(
        subject=subject(brief),
        shop=brief.shop_name,
        period=t(
            "mail-period",
            start=french_date(brief.week_start, _start_style(brief)),
            end=french_date(brief.week_end),
        ),
        alerts=_alert_boxes(brief.alerts),
        figures=_figures(brief),
        news=_news(brief),
        level=_level(brief),
        trend=_trend(brief),
        complained=tuple(map(_theme, brief.complained[:MOST_THEMES])),
        praised=tuple(map(_theme, brief.praised[:MOST_THEMES])),
        todo=brief.todo if brief.level or any(alert.todo for alert in brief.alerts) else (),
        answers=_answers(brief, url),
        troubles=trouble_sentences(brief.troubles),
        healthy=t("mail-healthy", sources=_listed(brief.healthy)) if brief.healthy else "",
        chart_alt=_chart_alt(brief),
        why=t("mail-why"),
        stop=t("mail-stop", known="yes" if contact else "no"),
        contact=contact,
    )


def _start_style(brief: Brief) -> str:
    """Leave out what the two ends of the week share: "du 16 au 22 novembre 2026"."""
    start, end = brief.week_start, brief.week_end
    if start.year != end.year:
        return "d MMMM y"
    return "d MMMM" if start.month != end.month else "d"


def _alert_boxes(alerts: Sequence[AlertLine]) -> tuple[AlertBox, ...]:
    """Return a box an alert, what was told before last; alerts about one listing share a box."""
    told: list[list[AlertLine]] = []
    for alert in sorted(alerts, key=_told_and_lesser):
        same = [group for group in told if alert.beside and group[0].listing == alert.listing]
        if same:
            same[0].append(alert)
        else:
            told.append([alert])
    return tuple(_alert_box(group) for group in told[:MOST_ALERTS])


def _told_and_lesser(alert: AlertLine) -> bool:
    """Say whether an alert can stand lower: told before, and neither urgent nor the rating's."""
    return not alert.is_new and alert.severity != "urgent" and alert.kind != SHIFT


def _alert_box(group: Sequence[AlertLine]) -> AlertBox:
    first = group[0]
    return AlertBox(
        label="" if first.is_new else t("mail-reminder"),
        sentence=" ".join([first.sentence, *(alert.beside for alert in group[1:])]),
        good=first.severity == "info",
    )


def _answers(brief: Brief, url: str) -> tuple[Answer, ...]:
    """Return the worst of the reviews to answer, each with its own address or its place here."""
    return tuple(
        Answer(
            t(
                "mail-answer",
                known="yes" if one.quote.author else "no",
                author=of(one.quote.author or ""),
                stars=decimal(one.stars, 0 if one.stars == round(one.stars) else 1),
                day=french_date(one.quote.published, "d MMMM"),
                source=one.quote.source,
            ),
            one.url or f"{url}/avis#avis-{one.review_id}",
        )
        for one in brief.waiting[:MOST_ANSWERS]
        if one.url or url
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
    if brief.level is None or any(alert.kind == SHIFT for alert in brief.alerts):
        return ""
    if trend.direction is Direction.UNKNOWN or trend.before is None or trend.recent is None:
        return t("mail-trend-unknown")
    before, after = decimal(trend.before.mean), decimal(trend.recent.mean)
    when = t(
        "mail-trend-before",
        dated="yes" if trend.changed_on else "no",
        day=french_date(trend.changed_on) if trend.changed_on else "",
    )
    if trend.direction is Direction.STEADY:
        same = "yes" if before == after else "no"
        return t("mail-trend-steady", before=before, when=when, same=same)
    size = "large" if abs(trend.delta) >= LARGE_CHANGE else "small"
    least, most = _span(trend)
    return t(
        f"mail-trend-{trend.direction}-{size}",
        before=before,
        when=when,
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
