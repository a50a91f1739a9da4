import struct
from datetime import date, timedelta

from vigie.brief.facts import WeekPoint
from vigie.charts import PriceAt, TonePoint, png, price_chart, rating_chart, sentiment_chart, svg

MONDAY = date(2026, 1, 5)
WEEKS = [
    WeekPoint(MONDAY + timedelta(weeks=n), mean=4.2, low=3.8, high=4.6, count=n + 1)
    for n in range(10)
]


def test_a_rating_chart_speaks_french_and_marks_the_change() -> None:
    image = svg(rating_chart(WEEKS, changes=[date(2026, 2, 1)]))
    for words in ("étoiles", "avis", "janv.", "changement le 1er février"):
        assert words in image


def test_a_point_stands_in_the_middle_of_its_weeks_and_lines_are_straight() -> None:
    fortnights = [WeekPoint(MONDAY + timedelta(weeks=2 * n), 4, 3, 5, 9, weeks=2) for n in range(3)]
    assert fortnights[0].middle == MONDAY + timedelta(days=7)
    chart = rating_chart(fortnights).to_json()
    assert "2026-01-12" in chart
    assert "2026-01-05" not in chart
    assert "monotone" not in chart


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert "1er févr." in svg(rating_chart(WEEKS))


def test_tones_are_shares_in_percent() -> None:
    points = [TonePoint(date(2026, 1, 1), date(2026, 2, 1), negative=1, neutral=1, positive=2)]
    image = svg(sentiment_chart(points))
    for words in ("négatifs", "mitigés", "positifs", "100\u202f%"):
        assert words in image
    assert points[0].positive_share == 0.5


def test_prices_are_in_euros() -> None:
    points = [PriceAt(MONDAY, 129_000), PriceAt(MONDAY + timedelta(days=30), 119_000)]
    assert "€" in svg(price_chart(points, MONDAY + timedelta(days=60)))


def test_a_png_for_mail_is_twice_as_sharp() -> None:
    chart = rating_chart(WEEKS, width=300, height=150)
    one, two = png(chart, scale=1), png(chart, scale=2)
    assert one.startswith(b"\x89PNG")
    widths = [struct.unpack(">I", image[16:20])[0] for image in (one, two)]
    assert widths[1] == 2 * widths[0]


def test_charts_without_data_are_drawn_all_the_same() -> None:
    for chart in (rating_chart([]), sentiment_chart([]), price_chart([], MONDAY)):
        assert svg(chart).startswith("<svg")
    lone = sentiment_chart([TonePoint(MONDAY, MONDAY + timedelta(days=31), 0, 0, 0)])
    assert svg(lone).startswith("<svg")
