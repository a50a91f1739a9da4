"""What is unusual about a shop's recent reviews, told as facts with the reviews they rest on."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from alerts.bursts import MOST_EVIDENCE, Rhythm
from alerts.detectors.suspicion import Written, is_unusual_share, near_copies, praise_wave
from alerts.life import Fact
from alerts.reviews import BAD_UP_TO, BEST_FROM, GOOD_FROM, Told
from alerts.rival_accounts import opposite_accounts
from vigie.clock import today
from vigie.reputation_text import NEAR_COPIES, PRAISE_WAVE, RIVAL_ACCOUNTS, TEXT_AT_ODDS
from vigie.store import Review, Score, Severity
from vigie.store.score import text_digest

RECENT, COMPARED = timedelta(days=30), timedelta(days=180)
ACCOUNTS = timedelta(days=90)
LIFE = timedelta(days=45)
# What the reader takes for a contradiction on steady shops, and how many reviews that is worth.
USUAL_ODDS, USUAL_WEIGHT = 0.03, 60


def suspicions(session: Session, shop_id: int, rhythm: Rhythm, told: Sequence[Told]) -> list[Fact]:
    """Return what is unusual; a gap in what is known makes it nothing."""
    facts = [*_copies(session, shop_id, told), *_at_odds(shop_id, told), *_wave(shop_id, rhythm)]
    return facts + list(_accounts(session, shop_id, told))


def _copies(session: Session, shop_id: int, told: Sequence[Told]) -> Iterator[Fact]:
    day = today()
    late = {one.id: one for one in told if one.day >= day - COMPARED}
    written = [Written(one.id, one.author, one.text) for one in late.values()]
    for group in near_copies(written):
        reviews = [late[review_id] for review_id in group]
        is_late = max(review.day for review in reviews) >= day - RECENT
        if is_late and not _is_stock_phrase(session, shop_id, reviews):
            mean = sum(review.value for review in reviews) / len(reviews)
            mood = "good" if mean >= GOOD_FROM else "bad" if mean <= BAD_UP_TO else "mixed"
            authors = len({review.author for review in reviews})
            yield _fact(shop_id, NEAR_COPIES, reviews, Severity.WARNING, mood=mood, authors=authors)


def _is_stock_phrase(session: Session, shop_id: int, reviews: Sequence[Told]) -> bool:
    """Say whether other shops have the same text: a platform's own words are nobody's."""
    hashes = {text_digest(review.text) for review in reviews}
    query = (
        select(func.count())
        .select_from(Score)
        .join(Review, Review.id == Score.review_id)
        .where(Score.text_hash.in_(hashes), Review.shop_id != shop_id)
    )
    return bool(session.scalar(query))


def _at_odds(shop_id: int, told: Sequence[Told]) -> Iterator[Fact]:
    since = today() - RECENT
    rated = [review for review in told if review.is_rated and review.text]
    late = [review for review in rated if review.day >= since]
    before = [review for review in rated if review.day < since]
    odd = [review for review in late if review.disagrees]
    usual_odd = sum(review.disagrees for review in before) + USUAL_ODDS * USUAL_WEIGHT
    usual = max(USUAL_ODDS, usual_odd / (len(before) + USUAL_WEIGHT))
    if is_unusual_share(len(odd), len(late), usual):
        low = sum(review.value <= BAD_UP_TO for review in odd)
        yield _fact(
            shop_id, TEXT_AT_ODDS, odd, Severity.WARNING,
            total=len(late), usual_share=round(usual, 3), low=low, mood="low" if low else "high",
        )  # fmt: skip


def _wave(shop_id: int, rhythm: Rhythm) -> Iterator[Fact]:
    wave = praise_wave(rhythm.daily(0.0, BAD_UP_TO), rhythm.daily(BEST_FROM, 1.0))
    if wave is not None:
        best = rhythm.within(wave.best, BEST_FROM)
        bad = rhythm.within(wave.bad, 0.0, BAD_UP_TO)
        yield _fact(
            shop_id, PRAISE_WAVE, best, Severity.WARNING,
            usual=round(wave.best.expected, 1), rare="yes" if wave.best.expected < 0.5 else "no",
            bad=len(bad), bad_since_on=rhythm.day(wave.bad.first).isoformat(),
        )  # fmt: skip


def _accounts(session: Session, shop_id: int, told: Sequence[Told]) -> Iterator[Fact]:
    since = today() - ACCOUNTS
    late = [review for review in told if review.day >= since and review.author is not None]
    found = opposite_accounts(session, shop_id, late)
    if found is not None:
        yield _fact(
            shop_id, RIVAL_ACCOUNTS, found.here, Severity.WARNING,
            elsewhere=found.elsewhere, rivals=found.rivals,
        )  # fmt: skip


def _fact(
    shop_id: int, kind: str, reviews: Sequence[Told], severity: Severity, **facts: object
) -> Fact:
    ids = sorted(review.id for review in reviews)
    first, last = _span(reviews)
    elsewhere = facts.pop("elsewhere", [])
    return Fact(
        shop_id=shop_id,
        kind=kind,
        subject=f"from {ids[0]}",
        changed_on=first,
        severity=severity,
        facts={
            **facts,
            "count": len(reviews),
            "first_on": first.isoformat(),
            "last_on": last.isoformat(),
            "expires_on": (last + LIFE).isoformat(),
            "review_ids": ids[-MOST_EVIDENCE:] + list(elsewhere),  # type: ignore[call-overload]  # A list of numbers.
        },
        evidence=frozenset(str(review_id) for review_id in ids),
    )


def _span(reviews: Sequence[Told]) -> tuple[date, date]:
    days = [review.day for review in reviews]
    return min(days), max(days)
