"""Trustpilot: a business unit's service reviews (Business Units API, v1).

https://developers.trustpilot.com/business-units-api
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
    first_of,
    host_and_path,
    line,
    link,
    query_of,
    review,
    rows,
    utc,
    with_query,
)
from vigie.store.site import Permission

PER_PAGE = 100
_UNIT = re.compile(r"/business-units/([0-9a-f]{24})(?:/|$|\?)", re.I)
_UNIT_ID = re.compile(r"[0-9a-f]{24}", re.I)
_VERIFIED = frozenset(("verified", "invited", "redirected"))
_UNVERIFIED = frozenset(("not-verified", "notverified", "organic"))
_NOT_SHOWN = frozenset(("pending", "archived", "deleted", "removed", "rejected"))
_FAULTS = {"quota": ("ratelimit", "spikearrest", "quota"), "expired": ("expired",)}


class Trustpilot:
    """Reviews with verification, replies and edits, the newest first."""

    name = "trustpilot"
    kinds = frozenset(("reviews",))
    base_url = "https://api.trustpilot.com"
    needs = (Need("business_unit", secret=False), Need("api_key", secret=True))
    permission = Permission.API_ACCOUNT

    def recognises(self, url: str) -> bool:
        """A unit in the API, or its public page, which does not tell its identifier."""
        host, path = host_and_path(url)
        if host == "api.trustpilot.com":
            return _UNIT.search(path) is not None
        return f".{host}".endswith(".trustpilot.com") and path.startswith("/review/")

    def told_by(self, url: str) -> Mapping[str, str]:
        """The unit, of an address in the API."""
        found = _UNIT.search(url)
        return {"business_unit": found.group(1)} if found else {}

    def first(self, account: Account) -> Ask:
        """Ask for the newest reviews."""
        unit = account.options.get("business_unit", "").strip()
        if not _UNIT_ID.fullmatch(unit):
            unit = self.told_by(account.url).get("business_unit", unit)
        url = f"{account.base_url}/v1/business-units/{quote(unit, safe='')}/reviews"
        url = with_query(url, perPage=PER_PAGE, page=1, orderBy="createdat.desc")
        return Ask(url, {"apikey": account.secrets.get("api_key", "")})

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page of reviews."""
        data = decode(body)
        if not isinstance(data, dict):
            raise AnswerError("unreadable")
        if not isinstance(data.get("reviews"), list):
            raise _error(data)
        given = rows(data["reviews"])
        stated = count(data.get("totalNumberOfReviews"))
        page = count(query_of(ask.url).get("page")) or 1
        return Answer(
            reviews=tuple(_review(one, today) for one in given if _is_shown(one)),
            next=_next(data, ask, page, len(given)),
            stated_reviews=stated,
            stated_zero=not data["reviews"] and page == 1,
        )


def _next(data: Json, ask: Ask, page: int, read: int) -> Ask | None:
    """Follow the link's page number only: the key never goes where an answer points."""
    held = data.get("links")
    links = rows([held] if isinstance(held, dict) else held)
    found = next((one for one in links if one.get("rel") == "next-page"), None)
    if found is not None:
        following = count(query_of(found.get("href")).get("page")) or page + 1
    elif read < PER_PAGE:
        return None
    else:
        # A full page whose links are written otherwise: an empty one ends the list.
        following = page + 1
    return Ask(with_query(ask.url, page=following), ask.headers) if following > page else None


def _is_shown(given: Json) -> bool:
    # One hidden while a report is looked into stays: the business still has to see it.
    return (line(given.get("status")) or "").lower() not in _NOT_SHOWN


def _review(given: Json, today: date) -> ExtractedReview:
    page = next(
        (one for one in rows(given.get("links")) if one.get("rel") == "review-web-url"), None
    )
    identifier = line(given.get("id"))
    reply = given.get("companyReply")
    return review(
        today,
        external_id=identifier,
        url=link(at(page, "href"))
        or (
            f"https://www.trustpilot.com/reviews/{quote(identifier, safe='')}"
            if identifier
            else None
        ),
        title=given.get("title"),
        text=given.get("text"),
        author=at(given, "consumer", "displayName"),
        rating=given.get("stars"),
        published=utc(given.get("createdAt")),
        edited=utc(given.get("updatedAt")),
        experienced=utc(given.get("experiencedAt")),
        reply_text=at(reply, "text"),
        reply_date=utc(first_of(reply, ("createdAt", "updatedAt")))
        if isinstance(reply, dict)
        else None,
        item_name=at(given, "businessUnit", "displayName"),
        language=given.get("language"),
        verified=_verified(given),
    )


def _verified(given: Json) -> bool | None:
    level = (line(given.get("reviewVerificationLevel")) or "").lower()
    if level in _VERIFIED or level in _UNVERIFIED:
        return level in _VERIFIED
    stated = given.get("isVerified")
    return stated if isinstance(stated, bool) else None


def _error(data: Json) -> AnswerError:
    fault: Any = data.get("fault")
    if fault is not None:
        code = (line(at(fault, "detail", "errorcode")) or "").lower()
        kind = next((k for k, parts in _FAULTS.items() if any(p in code for p in parts)), "refused")
        return AnswerError(kind)
    message = (line(first_of(data, ("message", "details", "error"))) or "").lower()
    if "not found" in message or "not be found" in message:
        return AnswerError("gone")
    if any(word in message for word in ("apikey", "api key", "unauthori", "forbidden", "token")):
        return AnswerError("refused")
    return AnswerError("unreadable")
