"""The Retry-After header (RFC 9110, 10.2.3): seconds, or a date."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawlers.manners import LONGEST_PAUSE_S

_SECONDS = re.compile(r"[0-9]{1,18}\Z")
# The longest date that HTTP knows is about half of it.
_LONGEST = 64


def retry_after_s(value: bytes | None, moment: datetime) -> float | None:
    """Return how many seconds a site asks to be left alone, between 0 and a day.

    None where it asks for nothing that can be read. A date that has passed is 0.
    """
    if not value or len(value) > _LONGEST:
        return None
    text = value.decode("latin-1").strip()
    if _SECONDS.match(text):
        return min(float(text), LONGEST_PAUSE_S)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        # HTTP dates are in GMT; "-0000" is read as no zone.
        until = until.replace(tzinfo=UTC)
    try:
        left_s = (until - moment).total_seconds()
    except OverflowError:
        return None
    return min(max(left_s, 0.0), LONGEST_PAUSE_S)
