"""When every page is read again."""

from datetime import timedelta

import pytest

from crawlers.incremental import full_is_due
from tests.factories import SOME_MOMENT
from vigie.cadence.rule import CadenceKind
from vigie.store import Source

WEEK_S = 7 * 86_400


@pytest.mark.parametrize(
    ("kind", "days", "due"),
    [
        (CadenceKind.INTERVAL, 6, True),
        (CadenceKind.ADAPTIVE, 20, False),
        (CadenceKind.ADAPTIVE, 27, True),
    ],
)
def test_a_source_read_rarely_for_want_of_news_is_not_read_whole_each_time(
    kind: CadenceKind, days: int, due: bool
) -> None:
    source = Source(
        cadence_kind=kind,
        cadence_s=WEEK_S,
        full_cadence_s=WEEK_S,
        shortfall_passes=0,
        full_at=SOME_MOMENT - timedelta(days=days),
    )
    assert full_is_due(source, SOME_MOMENT) is due
