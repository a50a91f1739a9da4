"""What detection would have told, and when, on a history of dated ratings in a file."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from alerts.changes import Found, shifts_in
from alerts.detectors.bank import MIN_REVIEWS
from alerts.history import to_stars
from crawlers.import_columns import REVIEW_COLUMNS, Columns
from crawlers.import_files import records
from crawlers.import_rows import RowError, review_of
from crawlers.importing import Report
from vigie.clock import today
from vigie.errors import VigieError
from vigie.french import decimal, french_date, t

ARL0_BOUNDS = (10.0, 1e6)
_NAMES = REVIEW_COLUMNS.names
COLUMNS = Columns(
    {
        "published": _NAMES["published"],
        "rating": _NAMES["rating"],
        "rating_best": (*_NAMES["rating_best"], "echelle", "scale"),
        "rating_worst": _NAMES["rating_worst"],
    },
    required=("rating", "published"),
)


def replay(path: Path, arl0: float, report: Report) -> Iterator[str]:
    """Yield in French what would have been told, in the order of its telling, then a summary.

    Args:
        path: a CSV or JSON Lines file with a date, a rating and, if not out of 5, its scale.
        arl0: the mean number of reviews between two false alarms.
        report: told of each line that is left out, and why.

    Raises:
        VigieError: `arl0` is out of bounds, the file cannot be read as such, or no line is good.
    """
    if not ARL0_BOUNDS[0] <= arl0 <= ARL0_BOUNDS[1]:
        raise VigieError("replay-arl0", arl0=f"{arl0:g}")
    values = list(_values(path, report))
    if not values:
        raise VigieError("replay-nothing", path=str(path))
    # Exports are often newest first, and days do not tell the order of their own reviews.
    if values[0][0] > values[-1][0]:
        values.reverse()
    values.sort(key=lambda dated: dated[0])
    found = shifts_in(values, arl0)
    yield from map(_told, found)
    yield t(
        "replay-summary",
        told=len(found),
        count=len(values),
        first=french_date(values[0][0]),
        last=french_date(values[-1][0]),
    )
    if len(values) < MIN_REVIEWS:
        yield t("replay-too-early", count=len(values), least=MIN_REVIEWS)
    else:
        yield t("replay-false-alarms", arl0=decimal(arl0, 0))


def _values(path: Path, report: Report) -> Iterator[tuple[date, float]]:
    day = today()
    for record in records(path, COLUMNS):
        try:
            if record.error is not None:
                raise record.error
            review = review_of(record.values, day)
            if review.rating_normalised is None:
                raise RowError("replay-row-rating")
            if review.published is None:
                raise RowError("replay-row-date")
        except RowError as error:
            report(record.line, t(error.message_id, **error.args_by_name))
        else:
            yield date.fromisoformat(review.published[:10]), review.rating_normalised


def _told(found: Found) -> str:
    change, shift = found
    stars = {
        name: decimal(to_stars(getattr(shift, name)))
        for name in ("before", "before_low", "before_high", "after", "after_low", "after_high")
    }
    return t(
        f"replay-{change.direction}",
        day=french_date(change.told_by),
        since=french_date(change.since),
        before_count=shift.n_before,
        after_count=shift.n_after,
        **stars,
    )
