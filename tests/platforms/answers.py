"""A platform's recorded case: what was asked, what the service answered, what is read of it."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Platform

ROOT = Path(__file__).parent


def read_case(platform: Platform, folder: Path) -> dict[str, Any]:
    """Return what the platform reads of a case, without what is empty."""
    meta = json.loads((folder / "meta.json").read_text())
    ask = Ask(meta["asked"], meta.get("headers", {}))
    account = Account(
        meta.get("url", meta["asked"]),
        platform.base_url,
        meta.get("secrets", {}),
        meta.get("options", {}),
    )
    today = date.fromisoformat(meta["today"])
    try:
        answer = platform.read((folder / "answer.json").read_bytes(), ask, account, today)
    except AnswerError as error:
        found: dict[str, Any] = {"error": error.kind, "retry_after_s": error.retry_after_s}
    else:
        found = _plain(answer)
    return json.loads(json.dumps(_full(found)))  # type: ignore[no-any-return]


def _plain(answer: Answer) -> dict[str, Any]:
    following = answer.next
    return {
        "reviews": [_full(one.to_dict()) for one in answer.reviews],
        "listings": [_full(one.to_dict()) for one in answer.listings],
        "tenders": [_full(asdict(one)) for one in answer.tenders],
        "next": following and {"url": following.url, "headers": dict(following.headers)},
        "stated_reviews": answer.stated_reviews,
        "stated_ratings": answer.stated_ratings,
        "stated_zero": answer.stated_zero or None,
        "gone": answer.gone,
    }


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, (), [], {})}
