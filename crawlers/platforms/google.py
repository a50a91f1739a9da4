"""Google Business Profile: the reviews of a business's own listing (API v4, accounts.locations).

https://developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews/list
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, unquote

from crawlers.extract.items import ExtractedReview
from crawlers.extract.text import from_markup
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.fields import (
    at,
    count,
    decode,
    host_and_path,
    line,
    paragraphs,
    review,
    rows,
    with_query,
)
from crawlers.platforms.oauth import ask_token, bearer
from vigie.store.site import Permission

PAGE_SIZE = 50
_TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address, not a token
_LOCATION = re.compile(r"accounts/[\w-]{1,64}/locations/[\w-]{1,64}")
_ONE_REVIEW = re.compile(r"/reviews/([^/?#]{1,512})(?:$|[?#])")
_SHORT = frozenset(("g.page", "maps.app.goo.gl", "business.google.com"))
# Protocol buffers may write an enumeration by its numbers too.
_STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5} | {str(n): n for n in range(1, 6)}
_TRANSLATED = r"\((?:Translated by Google|Traduit par Google|Übersetzt von Google"
_TRANSLATED += r"|Traducido por Google|Traduzione di Google|Tradotto da Google"
_TRANSLATED += r"|Traduzido pelo Google|Vertaald door Google)\)"
_ORIGINAL = r"\((?:Original|Avis d['’]origine|Texte d['’]origine|Originale)\)"
_BOTH = re.compile(rf"^\s*{_TRANSLATED}.*?{_ORIGINAL}\s*(.*)$", re.S)
_ALONE = re.compile(rf"^\s*{_TRANSLATED}\s*")
_ORIGINAL_FIRST = re.compile(rf"^(.*?)\n\s*{_TRANSLATED}", re.S)
_RETRY = re.compile(r"(\d{1,6})(?:\.\d{1,9})?s")
_KINDS = {
    "UNAUTHENTICATED": "expired",
    "PERMISSION_DENIED": "refused",
    "NOT_FOUND": "gone",
    "RESOURCE_EXHAUSTED": "quota",
}
_CODES = {401: "expired", 403: "refused", 404: "gone", 429: "quota"}


class Google:
    """Reviews with replies and edits, the last changed first; a deleted review answers 404."""

    name = "google"
    kinds = frozenset(("reviews",))
    base_url = "https://mybusiness.googleapis.com"
    needs = (
        Need("location", secret=False),
        Need("client_id", secret=False),
        Need("client_secret", secret=True),
        Need("refresh_token", secret=True),
    )
    permission = Permission.API_ACCOUNT

    def recognises(self, url: str) -> bool:
        """A listing in the API, or on the map, which does not name its account."""
        host, path = host_and_path(url)
        if host == "mybusiness.googleapis.com":
            return _LOCATION.search(path) is not None
        on_map = re.fullmatch(r"(?:maps\.)?google\.[a-z.]{2,6}", host) is not None
        return host in _SHORT or (on_map and path.startswith("/maps/place/"))

    def told_by(self, url: str) -> Mapping[str, str]:
        """The listing, of an address in the API."""
        found = _LOCATION.search(host_and_path(url)[1])
        return {"location": found.group()} if found else {}

    def first(self, account: Account) -> Ask:
        """Exchange the refresh token."""
        grant = {
            "grant_type": "refresh_token",
            "client_id": account.options.get("client_id", ""),
            "client_secret": account.secrets.get("client_secret", ""),
            "refresh_token": account.secrets.get("refresh_token", ""),
        }
        return ask_token(self._token_url(account), grant)

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read a token, a page of reviews, or one review."""
        if ask.url == self._token_url(account):
            return Answer(next=Ask(self._reviews_url(account), bearer(body)))
        data = decode(body)
        one = _ONE_REVIEW.search(ask.url)
        if error := at(data, "error"):
            failure = _error(error)
            if one and failure.kind == "gone":
                return Answer(gone=(unquote(one.group(1)),))
            raise failure
        if not isinstance(data, dict):
            raise AnswerError("unreadable")
        if one:
            return Answer(reviews=(review_of(data, today),))
        reviews = tuple(review_of(given, today) for given in rows(data.get("reviews")))
        token = line(data.get("nextPageToken"), 2_000)
        following = Ask(with_query(ask.url, pageToken=token), ask.headers) if token else None
        stated = count(data.get("totalReviewCount"))
        # Protocol buffers leave out what is empty: a listing without reviews answers {}.
        empty = not reviews and not stated and "pageToken=" not in ask.url
        return Answer(
            reviews=reviews,
            next=following,
            stated_reviews=0 if empty else stated,
            stated_zero=empty and "reviews" not in data,
            by_change=True,
        )

    def one(self, external_id: str, ask: Ask) -> Ask:
        """Ask for one review: where it was deleted, the answer is NOT_FOUND."""
        listing, _, _ = ask.url.partition("/reviews")
        return Ask(f"{listing}/reviews/{quote(external_id, safe='')}", ask.headers)

    def _token_url(self, account: Account) -> str:
        if account.base_url == self.base_url:
            return _TOKEN_URL
        return f"{account.base_url}/token"

    def _reviews_url(self, account: Account) -> str:
        found = _LOCATION.search(account.options.get("location", ""))
        location = found.group() if found else self.told_by(account.url).get("location", "")
        url = f"{account.base_url}/v4/{location}/reviews"
        return with_query(url, pageSize=PAGE_SIZE, orderBy="updateTime desc")


def review_of(given: Any, today: date) -> ExtractedReview:
    """Return a review of the API, or of an export of the same form."""
    anonymous = at(given, "reviewer", "isAnonymous") is True
    reply = at(given, "reviewReply")
    # A reply that Google turned down was never shown.
    shown = at(reply, "reviewReplyState") != "REJECTED"
    name = line(given.get("name"), 2_000)
    return review(
        today,
        external_id=given.get("reviewId") or (name or "").rpartition("/")[2] or None,
        author=None if anonymous else at(given, "reviewer", "displayName"),
        rating=_STARS.get(line(given.get("starRating")) or ""),
        text=original(given.get("comment")),
        published=given.get("createTime"),
        edited=given.get("updateTime"),
        reply_text=original(at(reply, "comment")) if shown else None,
        reply_date=at(reply, "updateTime") if shown else None,
    )


def original(comment: Any) -> str | None:
    """Return what the person wrote, without Google's translation before or after it."""
    # "Plain text with markups", the reference says.
    text = paragraphs(from_markup(comment[:80_000])) if isinstance(comment, str) else None
    if text is None:
        return None
    found = _BOTH.match(text) or _ORIGINAL_FIRST.match(text)
    # Without the original, the translation is all there is.
    return (found.group(1) if found else _ALONE.sub("", text)).strip() or None


def _error(error: Any) -> AnswerError:
    status, code = line(at(error, "status")), at(error, "code")
    kind = _KINDS.get(status or "") or (_CODES.get(code) if isinstance(code, int) else None)
    reasons = {line(at(one, "reason")) for one in rows(at(error, "errors"))}
    reasons |= {line(at(one, "reason")) for one in rows(at(error, "details"))}
    if reasons & {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded",
                  "RATE_LIMIT_EXCEEDED"}:  # fmt: skip
        kind = "quota"
    if kind != "quota":
        return AnswerError(kind or "unreadable")
    waits = (line(at(one, "retryDelay")) or "" for one in rows(at(error, "details")))
    found = next(filter(None, map(_RETRY.fullmatch, waits)), None)
    return AnswerError("quota", retry_after_s=float(found.group(1)) if found else None)
