"""OAuth 2.0 tokens (RFC 6749): what asks for one, and the bearer that follows from its answer.

A token is an answer like another: the first request of a run asks for it, and the answer that holds
it leads to the first page.
"""

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import urlencode

from crawlers.platforms.base import AnswerError, Ask
from crawlers.platforms.fields import at, decode, line

_TOKEN_LIMIT = 8_000
# RFC 6749, 5.2: the grant itself is over; any other error is about who asks.
_OVER = frozenset(("invalid_grant", "expired_token"))
# The service's own trouble (4.1.2.1, and as Google names it), which no new key mends.
_ITS_OWN = frozenset(("server_error", "temporarily_unavailable", "internal_failure"))
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


def ask_token(url: str, form: Mapping[str, str], client: tuple[str, str] | None = None) -> Ask:
    """Return the request for an access token.

    Args:
        url: the token endpoint.
        form: the grant.
        client: identifier and secret, where the service wants them as HTTP Basic.
    """
    headers = dict(_FORM)
    if client is not None:
        pair = b64encode(":".join(client).encode()).decode("ascii")
        headers["Authorization"] = f"Basic {pair}"
    return Ask(url, headers, "POST", urlencode(form).encode("ascii"))


def bearer(answer: bytes) -> dict[str, str]:
    """Return the headers that the token of an answer makes.

    Raises:
        AnswerError: the grant is over ("expired"), the client is refused, or there is no token
            ("unreadable").
    """
    data = decode(answer)
    token = line(at(data, "access_token"), _TOKEN_LIMIT)
    if token is not None and token.isascii() and " " not in token:
        return {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    error = line(at(data, "error"))
    if error is None or error in _ITS_OWN:
        raise AnswerError("unreadable")
    raise AnswerError("expired" if error in _OVER else "refused")
