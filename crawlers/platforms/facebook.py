"""Facebook: the recommendations of a page, with the page's own token (Graph API, /{page}/ratings).

https://developers.facebook.com/docs/graph-api/reference/page/ratings/. A page is recommended or
not: that is a scale of two, 0 and 1, and no stars are made of it. Older ratings keep theirs.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from crawlers.extract.items import ExtractedReview
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.fields import (
    Json,
    at,
    count,
    decode,
    host_and_path,
    line,
    query_of,
    review,
    rows,
    with_query,
)
from vigie.store.site import Permission

VERSION = "v21.0"
LIMIT = 100
_FIELDS = (
    "created_time,has_rating,has_review,rating,recommendation_type,review_text,"
    "reviewer{id,name},open_graph_story{id}"
)
_HOSTS = frozenset(("facebook.com", "m.facebook.com", "fr-fr.facebook.com"))
_NO_PAGES = frozenset(
    ("groups", "marketplace", "events", "watch", "login", "sharer", "reel", "hashtag")
)
_RECOMMENDS = {"positive": 1, "negative": 0}
# https://developers.facebook.com/docs/graph-api/guides/error-handling/
_KINDS = {
    102: "expired",
    190: "expired",
    4: "quota",
    17: "quota",
    32: "quota",
    341: "quota",
    368: "quota",
    613: "quota",
    3: "refused",
    10: "refused",
    803: "gone",
}
_PAGE_ID = re.compile(r"^[\w.-]{1,128}$")


class Facebook:
    """Recommendations with their text, the newest first."""

    name = "facebook"
    kinds = frozenset(("reviews",))
    base_url = "https://graph.facebook.com"
    needs = (Need("page_id", secret=False), Need("page_token", secret=True))
    permission = Permission.API_ACCOUNT

    def recognises(self, url: str) -> bool:
        """A page's public address, or its ratings in the API."""
        host, path = host_and_path(url)
        if host == "graph.facebook.com":
            return path.rstrip("/").endswith("/ratings")
        return host in _HOSTS and _page_of(url) is not None

    def told_by(self, url: str) -> Mapping[str, str]:
        """The page, of its address."""
        page = _page_of(url)
        return {"page_id": page} if page else {}

    def first(self, account: Account) -> Ask:
        """Ask for the newest recommendations."""
        told = self.told_by(account.url)
        page = account.options.get("page_id", "").strip() or told.get("page_id", "me")
        url = f"{account.base_url}/{VERSION}/{quote(page, safe='')}/ratings"
        token = account.secrets.get("page_token", "")
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        return Ask(with_query(url, fields=_FIELDS, limit=LIMIT), headers)

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page."""
        data = decode(body)
        if at(data, "error"):
            raise _error(data["error"])
        if not isinstance(at(data, "data"), list):
            raise AnswerError("unreadable")
        given = rows(data["data"])
        after = line(at(data, "paging", "cursors", "after"), 2_000)
        # The address of the next page holds the token: only its cursor is followed.
        more = bool(at(data, "paging", "next")) and after is not None and after not in ask.url
        return Answer(
            reviews=tuple(_review(one, today) for one in given),
            next=Ask(with_query(ask.url, after=after), ask.headers) if after and more else None,
            stated_zero=not data["data"] and "after=" not in ask.url,
        )


def _page_of(url: str) -> str | None:
    """Return the page's name or number in its address."""
    parts = [part for part in host_and_path(url)[1].split("/") if part]
    if parts and (parts[0] == "pg" or re.fullmatch(r"v\d{1,2}\.\d", parts[0])):
        parts = parts[1:]
    if not parts or parts[0] in _NO_PAGES:
        return None
    if parts[0] == "profile.php":
        found = query_of(url).get("id", "")
    elif len(parts) >= 3 and parts[0] in ("pages", "people"):
        found = parts[2]
    else:
        found = parts[0]
    return found if _PAGE_ID.match(found) else None


def _review(given: Json, today: date) -> ExtractedReview:
    # What is told of the rating itself is, of older ones, told of its story only.
    story = at(given, "open_graph_story")
    stars = given.get("rating") or at(story, "data", "rating", "value")
    recommends = _RECOMMENDS.get((line(given.get("recommendation_type")) or "").lower())
    with_stars = given.get("has_rating") is not False and bool(stars)
    scale: dict[str, Any] = (
        {"rating": stars} if with_stars else {"rating": recommends, "worst": 0, "best": 1}
    )
    return review(
        today,
        external_id=_identifier(given),
        author=at(given, "reviewer", "name"),
        text=given.get("review_text") or at(story, "data", "review_text"),
        published=given.get("created_time") or at(story, "start_time"),
        **scale,
    )


def _identifier(given: Json) -> str | None:
    """Return the story's identifier; without it, who and when: each rates a page once."""
    story = line(at(given, "open_graph_story", "id"))
    reviewer, moment = line(at(given, "reviewer", "id")), line(given.get("created_time"))
    return story or (f"{reviewer}-{moment}" if reviewer and moment else None)


def _error(error: Any) -> AnswerError:
    code = count(at(error, "code"))
    if code is None:
        return AnswerError("unreadable")
    if 200 <= code <= 299:
        return AnswerError("refused")
    # One number for each kind of account.
    if 80_000 <= code <= 80_014:
        return AnswerError("quota")
    # "Unsupported get request. Object with ID ... does not exist": code 100, subcode 33.
    if code == 100 and at(error, "error_subcode") == 33:
        return AnswerError("gone")
    return AnswerError(_KINDS.get(code, "unreadable"))
