"""One Altair spec a chart: SVG for pages and PDF, PNG for mail, in French, without network.

Colours: each text and line has a contrast of at least 4.5 on white (WCAG 2.2 AA); the three tones
differ in lightness too, so that they can be told apart without colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import altair as alt
import vl_convert

from vigie.brief.facts import WeekPoint
from vigie.french import french_date, t

INK, MUTED, GRID = "#1d2b3a", "#56626f", "#e3e7ec"
LINE, BAND, BARS, CHANGE = "#17395c", "#c9d8e8", "#7d93aa", "#a33b20"
TONES = {"neg": "#a33b20", "neu": "#c3cad2", "pos": "#1f7a6d"}
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# vl-convert carries these d3 locales, so nothing is fetched.
D3_LOCALE: Literal["fr-FR"] = "fr-FR"
# Over a longer span, the axis names months and years instead of days.
DAYS_OF_DAILY_LABELS = 330

Chart = alt.Chart | alt.VConcatChart


@dataclass(frozen=True)
class TonePoint:
    """A period (``start`` inclusive, ``end`` exclusive) and its reviews by tone."""

    start: date
    end: date
    negative: int
    neutral: int
    positive: int

    @property
    def positive_share(self) -> float:
        """The share of positive reviews, in [0, 1]; 0 without reviews."""
        return self.positive / ((self.negative + self.neutral + self.positive) or 1)


@dataclass(frozen=True)
class PriceAt:
    """The price from a day on, in cents; None where none was shown."""

    day: date
    price_cents: int | None


def rating_chart(
    weeks: Sequence[WeekPoint],
    *,
    changes: Sequence[date] = (),
    width: int = 640,
    height: int = 220,
) -> Chart:
    """Draw the mean rating per week with its 95 % interval, over the number of reviews.

    Args:
        weeks: one point a week that has ratings, in order.
        changes: days on which the level changed, marked by a vertical line.
        width: of the plot, in pixels, without its axis.
        height: of the upper plot, in pixels.
    """
    base = _data([_week_row(week) for week in weeks])
    span = (weeks[-1].monday - weeks[0].monday).days if weeks else 0
    time = _time("middle", span, labels=False)
    stars = alt.Scale(domain=[1, 5])
    mean_axis = alt.Axis(values=[1, 2, 3, 4, 5], format=".0f")
    band = base.mark_area(color=BAND).encode(
        time, alt.Y("low:Q", scale=stars, axis=mean_axis, title=t("chart-stars")), alt.Y2("high")
    )
    line = base.mark_line(color=LINE, strokeWidth=2.5).encode(time, alt.Y("mean:Q", scale=stars))
    dots = base.mark_circle(color=LINE, size=28, opacity=1).encode(
        time, alt.Y("mean:Q", scale=stars)
    )
    upper = alt.layer(band, line, dots, *_change_layers(changes))
    counts = base.mark_bar(color=BARS, size=_bar_width(width, len(weeks))).encode(
        _time("middle", span),
        alt.Y("count:Q", title=t("chart-reviews"), axis=alt.Axis(tickCount=2, format=".0f")),
    )
    chart = alt.vconcat(
        upper.properties(width=width, height=height),
        counts.properties(width=width, height=50),
        spacing=8,
    ).resolve_scale(x="shared")
    return _styled(chart)


def sentiment_chart(periods: Sequence[TonePoint], *, width: int = 640, height: int = 180) -> Chart:
    """Draw the share of negative, neutral and positive reviews in each period, stacked."""
    order = ["neg", "neu", "pos"]
    rows = [
        {
            "start": point.start.isoformat(),
            "end": point.end.isoformat(),
            "tone": t(f"tone-{tone}"),
            "rank": rank,
            "from": sum(counts[:rank]) / (sum(counts) or 1),
            "to": sum(counts[: rank + 1]) / (sum(counts) or 1),
        }
        for point in periods
        for counts in [(point.negative, point.neutral, point.positive)]
        for rank, tone in enumerate(order)
    ]
    colours = alt.Scale(domain=[t(f"tone-{tone}") for tone in order], range=list(TONES.values()))
    chart = (
        _data(rows)
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            _time("start", (periods[-1].end - periods[0].start).days if periods else 0),
            alt.X2("end"),
            alt.Y("from:Q", title=None, axis=alt.Axis(format=".0%", tickCount=4)),
            alt.Y2("to"),
            alt.Color("tone:N", scale=colours, title=None, legend=alt.Legend(orient="top")),
        )
        .properties(width=width, height=height)
    )
    return _styled(chart)


def price_chart(
    points: Sequence[PriceAt], until: date, *, width: int = 260, height: int = 90
) -> Chart:
    """Draw a listing's price in euros as steps, up to the day ``until``."""
    rows = [_price_row(point.day, point.price_cents) for point in points]
    if points and points[-1].day < until:
        rows.append(_price_row(until, points[-1].price_cents))
    chart = (
        _data(rows)
        .mark_line(interpolate="step-after", color=LINE, strokeWidth=2, point=False)
        .encode(
            _time("day", (until - points[0].day).days if points else 0, ticks=3),
            alt.Y(
                "price:Q",
                title=None,
                scale=alt.Scale(zero=False, nice=True, padding=8),
                axis=alt.Axis(tickCount=3, format=",~f", labelExpr="datum.label + ' €'"),
            ),
        )
        .properties(width=width, height=height)
    )
    return _styled(chart)


def svg(chart: Chart) -> str:
    """Return the chart as a standalone SVG image."""
    return _svg(chart.to_json())


def png(chart: Chart, scale: float = 2.0) -> bytes:
    """Return the chart as a PNG image, ``scale`` pixels a unit."""
    return bytes(
        vl_convert.vegalite_to_png(
            chart.to_json(),
            scale=scale,
            format_locale=D3_LOCALE,
            time_format_locale=D3_LOCALE,
            allowed_base_urls=[],
        )
    )


@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    # A page asks again for the chart that it has just shown; drawing costs a tenth of a second.
    return str(
        vl_convert.vegalite_to_svg(
            spec, format_locale=D3_LOCALE, time_format_locale=D3_LOCALE, allowed_base_urls=[]
        )
    )


def _week_row(week: WeekPoint) -> dict[str, Any]:
    return {
        "middle": week.middle.isoformat(),
        "mean": round(week.mean, 3),
        "low": round(week.low, 3),
        "high": round(week.high, 3),
        "count": week.count,
    }


def _price_row(day: date, cents: int | None) -> dict[str, Any]:
    return {"day": day.isoformat(), "price": None if cents is None else cents / 100}


def _change_layers(changes: Sequence[date]) -> list[alt.Chart]:
    if not changes:
        return []
    rows = [
        {"day": day.isoformat(), "label": t("chart-change", day=french_date(day, "d MMMM"))}
        for day in changes
    ]
    base = _data(rows).encode(alt.X("day:T", scale=alt.Scale(type="utc")))
    rule = base.mark_rule(color=CHANGE, strokeDash=[5, 3], strokeWidth=1.5)
    label = base.mark_text(
        color=CHANGE, align="right", baseline="bottom", dx=-5, dy=-4, fontSize=12
    )
    label = label.encode(alt.Text("label:N"), y=alt.value("height"))
    return [rule, label]


def _data(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _time(field: str, span_days: int, labels: bool = True, ticks: int = 6) -> alt.X:
    days = span_days <= DAYS_OF_DAILY_LABELS
    axis = alt.Axis(
        labels=labels,
        ticks=labels,
        tickCount=ticks,
        labelOverlap=True,
        format="%-d %b" if days else "%b %Y",
        # The first of a month is an ordinal in French.
        labelExpr="replace(datum.label, /^1 /, '1er ')" if days else alt.Undefined,
        grid=False,
    )
    # Days are days: the machine's zone must not move them.
    return alt.X(f"{field}:T", title=None, axis=axis, scale=alt.Scale(type="utc"))


def _bar_width(width: int, count: int) -> float:
    return max(2.0, min(14.0, 0.7 * width / max(count, 1)))


def _styled(chart: Chart) -> Chart:
    styled: Chart = (
        chart.configure(font=FONT, background="white", padding=6)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTED,
            titleColor=MUTED,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor=GRID,
            tickColor=GRID,
        )
        .configure_legend(labelColor=INK, labelFontSize=12)
    )
    return styled
