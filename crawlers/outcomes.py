"""How a pass ended: exactly one outcome, with evidence that a person can read.

Pure: a Pass in, a Verdict out. The sentences are in ``crawl.ftl``; ``vigie.evidence`` renders them.
"""

from dataclasses import dataclass, field
from typing import Any

from crawlers.passes import PageRead, Pass
from crawlers.troubles import HELD_BACK, NO_ACCESS, RESERVED, Trouble
from vigie.store import Outcome

BLOCKED_STATUS = frozenset((401, 403, 407, 429, 451))
ABSENT_STATUS = frozenset((404, 410))
PAGES_KEPT = 200
PROBLEMS_KEPT = 20
_BY_TROUBLE = {
    Trouble.ROBOTS: Outcome.DISALLOWED,
    Trouble.ROBOTS_DOWN: Outcome.UNREACHABLE,
    Trouble.DNS: Outcome.UNREACHABLE,
    Trouble.REFUSED: Outcome.UNREACHABLE,
    Trouble.TIMEOUT: Outcome.UNREACHABLE,
    Trouble.BROKEN_OFF: Outcome.UNREACHABLE,
    Trouble.CAPTCHA: Outcome.BLOCKED,
    Trouble.LOGIN: Outcome.BLOCKED,
    Trouble.CONSENT: Outcome.BLOCKED,
    **dict.fromkeys(NO_ACCESS, Outcome.BLOCKED),
    **dict.fromkeys(RESERVED, Outcome.DISALLOWED),
    # Ours to wait for: the source is late, not broken.
    **dict.fromkeys(HELD_BACK, Outcome.UNREACHABLE),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome and the catalogue's sentence for it."""

    outcome: Outcome
    reason: str
    args: dict[str, Any] = field(default_factory=dict)


def judge(done: Pass) -> Verdict:
    """Return how a pass ended.

    Complete means: every page that is linked was read, and the count that the pages state was
    met. Zero items without a stated zero is never a success.
    """
    excused = _excused(done)
    failed = [page for page in done.pages if page.trouble and page.url not in excused]
    reserved = [page for page in failed if page.trouble in RESERVED]
    if failed and (reserved or not done.items):
        return _failed((reserved or failed)[0])
    if not done.items:
        return _nothing(done)
    stated, read = done.stated, len(done.review_ids)
    in_turns = bool(done.listed) and done.bound is not None
    if not read and not stated and done.task.reviews and not in_turns:
        return Verdict(Outcome.BROKEN, "crawl-reviews-vanished", {"known": done.task.reviews})
    if done.lost:
        loss = done.lost[0].evidence()
        return Verdict(Outcome.PARTIAL, "crawl-field-lost", loss | {"more": len(done.lost) - 1})
    # Ratings without text explain why fewer reviews than ratings are read; nothing explains why
    # fewer reviews are read than reviews stated.
    settled = done.settled and done.stated_reviews is None
    if stated is not None and not settled:
        if done.caught_up:
            read = stated - (done.task.shortfall or 0)
        if stated > read:
            return _short(done, stated, read, failed)
    if failed:
        sentence = _failed(failed[0])
        inner = {"inner": sentence.reason, **sentence.args}
        return Verdict(Outcome.PARTIAL, "crawl-page-failed", {"items": done.items, **inner})
    # All reviews that the pages state were read: what was left unread repeats them.
    if done.listed and done.bound is not None:
        return Verdict(Outcome.PARTIAL, "crawl-sitemap-more", _of_sitemap(done))
    if done.bound is not None and done.stated_reviews is None:
        return Verdict(Outcome.PARTIAL, f"crawl-bound-{done.bound}", {"items": done.items})
    return _good(done)


def is_complete(outcome: Outcome) -> bool:
    """Say whether the pass saw everything there is: what it did not see then counts as missed."""
    return outcome in (Outcome.OK, Outcome.UNCHANGED, Outcome.EMPTY)


def evidence(done: Pass, verdict: Verdict) -> dict[str, Any]:
    """Return what ``Crawl.evidence`` keeps of a pass."""
    kept: dict[str, Any] = {
        "reason": verdict.reason,
        "args": verdict.args,
        "pages": [page.evidence() for page in done.pages[:PAGES_KEPT]],
    }
    if done.listed:
        kept["sitemap"] = {"listed": len(done.listed), "unchanged": done.unasked}
    if done.lost:
        kept["lost"] = [loss.evidence() for loss in done.lost]
    if done.rules:
        kept["rules"] = done.rules
    if done.problems:
        kept["problems"] = [
            {"code": code, "detail": detail, "count": count}
            for (code, detail), count in list(done.problems.items())[:PROBLEMS_KEPT]
        ]
    return kept


def _good(done: Pass) -> Verdict:
    news = {"new": done.counts.new, "changed": done.counts.changed}
    outcome = Outcome.OK if any(news.values()) else Outcome.UNCHANGED
    read = len(done.review_ids)
    counts = {"reviews": read, "listings": len(done.listing_ids), "pages": len(done.pages)}
    if done.listed:
        return Verdict(outcome, "crawl-sitemap", _of_sitemap(done) | news)
    if done.tender_ids:
        tenders = {"tenders": len(done.tender_ids), "pages": len(done.pages)}
        return Verdict(outcome, "crawl-tenders", tenders | news)
    if done.caught_up:
        return Verdict(outcome, "crawl-known", counts | news)
    if done.settled:
        return Verdict(outcome, "crawl-settled", counts | news | {"stated": done.stated})
    if outcome is Outcome.UNCHANGED:
        return Verdict(outcome, "crawl-unchanged", counts)
    return Verdict(outcome, "crawl-ok", counts | news)


def _excused(done: Pass) -> set[str]:
    """Return the pages of a sitemap that are left out without harm.

    They are absent, or forbidden and never held anything: what a forbidden one held may still be
    there.
    """
    listed = {one.url for one in done.listed}
    return {
        page.url
        for page in done.pages
        if page.url in listed
        and (
            (page.trouble is Trouble.ROBOTS and page.url not in done.filled)
            or (page.trouble is Trouble.HTTP and page.status in ABSENT_STATUS)
        )
    }


def _of_sitemap(done: Pass) -> dict[str, Any]:
    read = sum(not page.leads_on and page.trouble is None for page in done.pages)
    counts = {"read": read, "listed": len(done.listed), "unchanged": done.unasked}
    return counts | {"left": len(_excused(done)), "items": done.items}


def _failed(page: PageRead) -> Verdict:
    trouble = page.trouble
    if trouble is Trouble.HTTP:
        return _by_status(page.status or 0)
    outcome = _BY_TROUBLE.get(trouble, Outcome.BROKEN) if trouble else Outcome.BROKEN
    return Verdict(outcome, f"crawl-trouble-{trouble}")


def _by_status(status: int) -> Verdict:
    args = {"status": status}
    if status in BLOCKED_STATUS:
        return Verdict(Outcome.BLOCKED, "crawl-status-blocked", args)
    if status >= 500:
        return Verdict(Outcome.UNREACHABLE, "crawl-status-down", args)
    if status in ABSENT_STATUS:
        return Verdict(Outcome.BROKEN, "crawl-status-absent", args)
    return Verdict(Outcome.BROKEN, "crawl-status-other", args)


def _nothing(done: Pass) -> Verdict:
    if done.stated:
        return Verdict(Outcome.BROKEN, "crawl-stated-none-read", {"stated": done.stated})
    if done.stated_zero:
        return Verdict(Outcome.EMPTY, "crawl-empty")
    known = done.task.reviews + done.task.listings
    if known:
        return Verdict(Outcome.BROKEN, "crawl-nothing-any-more", {"known": known})
    return Verdict(Outcome.BROKEN, "crawl-nothing")


def _short(done: Pass, stated: int, read: int, failed: list[PageRead]) -> Verdict:
    args: dict[str, Any] = {"stated": stated, "read": read}
    if failed:
        sentence = _failed(failed[0])
        args |= {"why": "page", "inner": sentence.reason, **sentence.args}
    else:
        args["why"] = "known" if done.caught_up else str(done.bound or "end")
    return Verdict(Outcome.PARTIAL, "crawl-short", args)
