"""Judge.me: the product and shop reviews of an online shop (API v1).

https://judge.me/api/docs. Reviewers come with e-mail address, telephone and network address: only
their names are read here.
"""

import re
from collections.abc import Mapping
from datetime import date

from crawlers.extract.items import ExtractedReview
from crawlers.extract.text import from_markup
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.fields import (
    Json,
    at,
    count,
    decode,
    first_of,
    host_and_path,
    line,
    query_of,
    review,
    rows,
    with_query,
)
from vigie.store.site import Permission

PER_PAGE = 100
# Further on the service gives the same page over and over.
MOST = 10_000
_HOSTS = frozenset(("judge.me", "api.judge.me"))
_PUBLIC_PAGE = re.compile(r"^/reviews/(?:stores/)?([\w-]{1,100}(?:\.[\w-]{1,60}){1,4})/?$")
_HELD_BACK = "spam"
_VERIFIED = frozenset(
    ("buyer", "confirmed-buyer", "verified-buyer", "verified-purchase", "semi-verified-purchase",
     "admin")
)  # fmt: skip
_UNVERIFIED = frozenset(("nothing", "not-yet", "unconfirmed-buyer"))
# What the service calls who gave no name.
_NOBODY = frozenset(("Anonymous",))
_EMAIL = re.compile(r"\S+@\S+\.\S+")


class JudgeMe:
    """Published reviews, the newest first; those that the shop holds back are not read."""

    name = "judge_me"
    kinds = frozenset(("reviews",))
    base_url = "https://api.judge.me"
    needs = (Need("shop_domain", secret=False), Need("api_token", secret=True))
    permission = Permission.API_ACCOUNT

    def recognises(self, url: str) -> bool:
        """An address of the API, or a shop's public page there."""
        host, path = host_and_path(url)
        return host in _HOSTS and path.startswith(("/api/v1/reviews", "/reviews/"))

    def told_by(self, url: str) -> Mapping[str, str]:
        """The shop, of an address in the API or of its public page."""
        page = _PUBLIC_PAGE.match(host_and_path(url)[1])
        shop = query_of(url).get("shop_domain") or (page.group(1) if page else None)
        return {"shop_domain": shop} if shop else {}

    def first(self, account: Account) -> Ask:
        """Ask for the first page."""
        told = self.told_by(account.url)
        shop = account.options.get("shop_domain") or told.get("shop_domain", "")
        url = with_query(
            f"{account.base_url}/api/v1/reviews", shop_domain=shop, page=1, per_page=PER_PAGE
        )
        token = account.secrets.get("api_token", "")
        return Ask(url, {"Accept": "application/json", "X-Api-Token": token})

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page; a page short of reviews is the last."""
        data = decode(body)
        if not isinstance(data, dict):
            raise AnswerError("unreadable")
        if not isinstance(data.get("reviews"), list):
            raise _error(data)
        given = rows(data["reviews"])
        asked = query_of(ask.url)
        page = count(asked.get("page")) or 1
        size = count(data.get("per_page")) or count(asked.get("per_page")) or PER_PAGE
        more = len(given) >= size and page * size < MOST
        return Answer(
            reviews=tuple(_review(one, today) for one in given if _is_shown(one)),
            next=Ask(with_query(ask.url, page=page + 1), ask.headers) if more else None,
            stated_zero=not data["reviews"] and page == 1,
        )


def _is_shown(given: Json) -> bool:
    # "hidden" only says that the shop put the review away in its own list.
    published = given.get("published")
    return published if isinstance(published, bool) else line(given.get("curated")) != _HELD_BACK


def _review(given: Json, today: date) -> ExtractedReview:
    text = given.get("body")
    name = line(at(given, "reviewer", "name"))
    reply = next(iter(rows(given.get("replies"))), {})
    return review(
        today,
        external_id=given.get("id"),
        title=given.get("title"),
        text=from_markup(text[:80_000]) if isinstance(text, str) else None,
        author=None if name is None or name in _NOBODY or _EMAIL.search(name) else name,
        rating=given.get("rating"),
        published=given.get("created_at"),
        edited=given.get("updated_at"),
        reply_text=first_of(reply, ("content", "body")),
        reply_date=reply.get("created_at"),
        item_name=given.get("product_title"),
        verified=_verified(given),
    )


def _verified(given: Json) -> bool | None:
    stated = given.get("verified")
    if isinstance(stated, bool):
        return stated
    word = (line(stated) or "").replace("_", "-").lower()
    return word in _VERIFIED if word in _VERIFIED | _UNVERIFIED else None


def _error(data: Json) -> AnswerError:
    said = (line(first_of(data, ("error", "message", "errors"))) or "").lower()
    if "not found" in said:
        return AnswerError("gone")
    if "too many" in said or "rate limit" in said or "throttle" in said:
        return AnswerError("quota")
    refused = any(word in said for word in ("auth", "token", "forbidden", "denied", "permission"))
    return AnswerError("refused" if refused else "unreadable")
