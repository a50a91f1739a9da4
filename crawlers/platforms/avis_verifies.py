"""Avis Vérifiés (Skeepers): the JSON files of a website's reviews, made every night.

https://help.rr.skeepers.com (Webressources: WEBSITE_API and PRODUCT_API). The files also hold
e-mail addresses, order numbers and the shop's own notes: none of them is ever read here.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from crawlers.extract.items import ExtractedReview
from crawlers.extract.text import from_markup
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.fields import (
    Json,
    decode,
    first_of,
    host_and_path,
    line,
    review,
    rows,
    unfolded,
)
from vigie.store.site import Permission

_FILE = re.compile(r"^/[a-z]{2}/cache/.{1,200}/AWS/(?:WEBSITE|PRODUCT)_API/.{1,400}\.json$", re.I)
_WEBSITE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){2,3}-[0-9a-f]{12,16}", re.I)
_HOSTS = frozenset(("cl.avis-verifies.com", "cl.avisverifies.com"))
_CUSTOMER = frozenset(("3", "internaute", "consumer", "customer"))
_YES = frozenset(("1", "true", "yes", "oui"))
_IDS = ("id_review_product", "id_review", "review_id")
_TEXTS = ("review", "review_content", "content")
_PUBLISHED = ("publish_date", "review_date", "created_at")


class AvisVerifies:
    """One file with every published review; no paging, no key."""

    name = "avis_verifies"
    kinds = frozenset(("reviews",))
    base_url = "https://cl.avis-verifies.com"
    needs = (Need("website_id", secret=False),)
    permission = Permission.API_ACCOUNT

    def recognises(self, url: str) -> bool:
        """Such a file, or a website's public page, which does not tell its identifier."""
        host, path = host_and_path(url)
        if host in _HOSTS:
            return _FILE.match(path) is not None
        return host == "avis-verifies.com" and path.startswith("/avis-clients/")

    def told_by(self, url: str) -> Mapping[str, str]:
        """The website, of a file's address."""
        path = host_and_path(url)[1]
        found = _WEBSITE_ID.search(path) if _FILE.match(path) else None
        return {"website_id": found.group().lower()} if found else {}

    def first(self, account: Account) -> Ask:
        """Ask for the file: the one that the address names, or the website's."""
        _, path = host_and_path(account.url)
        if not _FILE.match(path):
            found = _WEBSITE_ID.search(account.options.get("website_id", ""))
            website = found.group().lower() if found else "unknown"
            language = line(account.options.get("language"), 2) or "fr"
            path = (
                f"/{language}/cache/{'/'.join(website[:3])}/{website}/AWS/WEBSITE_API/reviews.json"
            )
        return Ask(f"{account.base_url}{path}", {"Accept": "application/json"})

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read the file."""
        data = decode(body)
        if not isinstance(data, list | dict):
            raise AnswerError("unreadable")
        given = list(_given(data))
        if isinstance(data, dict) and not given and not {"reviews", "data"} & data.keys():
            raise _error(data)
        return Answer(reviews=tuple(_review(one, today) for one in given), stated_zero=not given)


def _given(data: Any) -> Iterator[Json]:
    """Yield the reviews, alone in a list or by product, as each kind of file has them."""
    if isinstance(data, list):
        for one in rows(data):
            # The service's own interface for products answers a list of such files.
            yield from rows(one["reviews"]) if isinstance(one.get("reviews"), list) else (one,)
        return
    yield from rows(data.get("reviews"))
    # PHP writes a list with a gap as an object.
    yield from (one for one in rows(list(data.values())) if first_of(one, _IDS))
    held = data.get("data")
    if isinstance(held, dict):
        for every in held.values():
            yield from rows(every)
    yield from rows(held)


def _review(given: Json, today: date) -> ExtractedReview:
    reply = _reply(given)
    text = first_of(given, _TEXTS)
    return review(
        today,
        external_id=first_of(given, _IDS),
        author=_author(given),
        rating=first_of(given, ("rate", "review_rate")),
        # Line breaks come as "<br />" from some shops.
        text=from_markup(text[:80_000]) if isinstance(text, str) else None,
        published=first_of(given, _PUBLISHED),
        # "suite à une expérience du...": the day of the order.
        experienced=given.get("order_date"),
        reply_text=first_of(reply, ("comment", "content")),
        reply_date=first_of(reply, ("comment_date", "date", "publish_date")),
        item_name=first_of(given, ("product_name", "name_product")),
        item_url=first_of(given, ("product_page_url", "url_product")),
        language=first_of(given, ("lang", "locale", "language")),
        verified=_verified(given),
    )


def _author(given: Json) -> str | None:
    if (line(given.get("hide_personnal_data")) or "").lower() in _YES:
        return None
    names = (
        line(first_of(given, ("firstname", "author_firstname"))),
        line(first_of(given, ("lastname", "author_lastname"))),
    )
    # Some shops fill a name with the e-mail address.
    return " ".join(name for name in names if name and "@" not in name) or None


def _reply(given: Json) -> Json:
    """Return what the shop answered last: the discussion also holds the customer's own words."""
    held = unfolded(first_of(given, ("moderation", "discussion", "comments")))
    said = rows(list(held.values()) if isinstance(held, dict) else held)
    by_shop = [
        one
        for one in said
        if (line(first_of(one, ("comment_origin", "origine", "author_type"))) or "").lower()
        not in _CUSTOMER
    ]
    return by_shop[-1] if by_shop else {}


def _verified(given: Json) -> bool | None:
    stated = given.get("is_verified")
    if isinstance(stated, bool):
        return stated
    # A review is asked for after an order, whose date it then carries.
    return True if given.get("order_date") or given.get("order_ref") else None


def _error(data: Json) -> AnswerError:
    said = (line(first_of(data, ("error", "message", "debug", "Message"))) or "").lower()
    if "not found" in said or "nosuchkey" in said:
        return AnswerError("gone")
    if "too many" in said or "rate limit" in said:
        return AnswerError("quota")
    denied = "denied" in said or "unauthorized" in said or "forbidden" in said
    return AnswerError("refused" if denied else "unreadable")
