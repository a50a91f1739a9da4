"""Why a request failed, from what Scrapy raised."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from crawlers.guard import RefusedError
from crawlers.troubles import Trouble

_TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (CannotResolveHostError, Trouble.DNS),
    (DownloadConnectionRefusedError, Trouble.REFUSED),
    (DownloadTimeoutError, Trouble.TIMEOUT),
    (DownloadCancelledError, Trouble.TOO_LARGE),
)


def trouble_of(error: BaseException) -> Trouble:
    """Return why a request failed, from what Scrapy raised."""
    if isinstance(error, RefusedError):
        return error.trouble
    for kind, trouble in _TROUBLES:
        if isinstance(error, kind):
            return trouble
    if isinstance(error, IgnoreRequest):
        # Scrapy's own two: too many redirects, or a body that swells when it is decompressed.
        return Trouble.REDIRECTS if "redirect" in str(error) else Trouble.TOO_LARGE
    return Trouble.BROKEN_OFF
