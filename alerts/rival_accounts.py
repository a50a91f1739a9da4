"""Accounts that gave a shop the worst and its rivals the best, and reviewed no other shop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.detectors.suspicion import LEAST_ODD, is_unusual_share
from alerts.history import VALUE, counted, shown_score
from alerts.reviews import BAD_UP_TO, GOOD_FROM, Told
from vigie.brief.readings import day_start
from vigie.clock import today
from vigie.store import Review, Rival, Score, Source

AROUND = timedelta(days=150)
# Pseudonyms stand for names as sites show them, and names collide: how often is measured on those
# who liked both shops; this is what is supposed before anything was measured.
USUAL_BOTH, USUAL_WEIGHT = 0.05, 20


@dataclass(frozen=True)
class Opposite:
    """The reviews here, the numbers of those at rivals, and how many rivals these are."""

    here: list[Told]
    elsewhere: list[int]
    rivals: int


def opposite_accounts(session: Session, shop_id: int, late: Sequence[Told]) -> Opposite | None:
    """Return such accounts where they are more than chance explains; None elsewhere.

    Args:
        late: the shop's reviews with an author that are looked at.
    """
    bad = [review for review in late if review.value <= BAD_UP_TO]
    good = [review for review in late if review.value >= GOOD_FROM]
    if len(bad) < LEAST_ODD:
        return None
    liked = _liked_rivals(session, shop_id)
    both = [review for review in bad if (review.site_id, review.author) in liked]
    # Looking for authors everywhere reads every review: only where there may be something.
    if len({review.author for review in both}) < LEAST_ODD:
        return None
    seen_elsewhere = _authors_elsewhere(session, shop_id, both)
    here = [review for review in both if (review.site_id, review.author) not in seen_elsewhere]
    by_chance = sum((review.site_id, review.author) in liked for review in good)
    usual = (by_chance + USUAL_BOTH * USUAL_WEIGHT) / (len(good) + USUAL_WEIGHT)
    if not is_unusual_share(len({review.author for review in here}), len(bad), usual):
        return None
    found = [pair for review in here for pair in liked[review.site_id, review.author]]
    return Opposite(
        here=here,
        elsewhere=sorted({review_id for review_id, _ in found}),
        rivals=len({rival for _, rival in found}),
    )


Account = tuple[int | None, str | None]


def _liked_rivals(session: Session, shop_id: int) -> dict[Account, list[tuple[int, int]]]:
    """Return who liked a rival lately: by site and author, the reviews and their shops."""
    rows = session.execute(
        select(Source.site_id, Review.author_pseudonym, Review.id, Review.shop_id)
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Score, shown_score())
        .where(
            Review.shop_id.in_(select(Rival.rival_id).where(Rival.shop_id == shop_id)),
            Review.author_pseudonym.is_not(None),
            Review.published_at >= day_start(today()) - AROUND,
            VALUE >= GOOD_FROM,
            *counted(),
        )
    )
    liked: dict[Account, list[tuple[int, int]]] = {}
    for site_id, author, review_id, rival_id in rows:
        liked.setdefault((site_id, author), []).append((review_id, rival_id))
    return liked


def _authors_elsewhere(session: Session, shop_id: int, reviews: Sequence[Told]) -> set[Account]:
    """Return those of these accounts that reviewed a shop which is no rival: somebody's customer.

    A name that many bear is found there too.
    """
    rivals = select(Rival.rival_id).where(Rival.shop_id == shop_id)
    rows = session.execute(
        select(Source.site_id, Review.author_pseudonym)
        .join(Source, Source.id == Review.source_id)
        .where(
            Review.author_pseudonym.in_({review.author for review in reviews}),
            Review.shop_id != shop_id,
            Review.shop_id.not_in(rivals),
        )
    )
    return {(site_id, author) for site_id, author in rows}
