"""History -> alerts: each shop's ratings, and what is said of each aspect, through detectors.

A stream is gone on from where it was left; where what had been read has changed since, it is read
again whole, so a review that was missed, edited or read late counts where it belongs. What was
told once is not told again: see ``Change.is_same_as``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.aspect_shift import AspectShift
from alerts.aspects import STREAMS, Heard, aspect_streams, heard
from alerts.borrowing import lent_to
from alerts.changes import Change, Found, Turned
from alerts.clients import is_client
from alerts.detectors.bank import MIN_REVIEWS
from alerts.detectors.prior import Prior
from alerts.history import History, history
from alerts.life import LIVING, Fact, settle
from alerts.memory import Kept, follow_aspect, follow_ratings, remember
from alerts.rating_shift import SUBJECT as RATING
from alerts.rating_shift import RatingShift
from alerts.told import replace, tell_changes
from alerts.unusual import tell_unusual, unusual
from vigie.alert_text import ASPECT_SHIFT
from vigie.clock import now
from vigie.settings import Settings
from vigie.store import Alert, DetectorMemory, Review, ReviewVersion, Score, Shop
from vigie.store.score import shown_model

# A review becomes visible some time after its moment of reading, when its crawl commits.
OVERLAP = timedelta(minutes=15)
# Readings and edits are looked for from so long before the last look at any shop.
LATE = timedelta(hours=2)
RAREST = 1e6
# So many shops can be named in a query.
FEW = 500


@dataclass(frozen=True)
class Look:
    """A shop as one look found it: its streams, what changed in each, what to keep."""

    shop_id: int
    ratings: History
    reviews: Sequence[Heard]
    found: Sequence[Found]
    turned: Mapping[str, Sequence[Turned]]
    kept: Mapping[str, Kept | None]
    odd: Sequence[Fact]


def detect(
    factory: sessionmaker[Session],
    settings: Settings,
    shop_ids: Sequence[int] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> int:
    """Look at these shops (all by default) and write the alerts that are new.

    Args:
        factory: makes sessions on the database.
        settings: ``arl0`` is the mean number of reviews between two false alarms.
        shop_ids: the shops to look at.
        on_progress: called with 1 after each shop.

    Returns:
        How many alerts are new.
    """
    if shop_ids is None:
        with factory() as session:
            shop_ids = session.scalars(select(Shop.id).order_by(Shop.id)).all()
    with factory() as session:
        lent = _lent(session, shop_ids)
    with factory.begin() as session:
        settle(session)
    written = 0
    for shop_id in shop_ids:
        seen_before = now() - OVERLAP
        with factory() as session:
            look = _look(session, shop_id, settings.arl0, lent.get(shop_id))
        # Reading and detecting hold no lock; writing is short.
        with factory.begin() as session:
            written += _tell(session, look)
            session.execute(update(Shop).where(Shop.id == shop_id).values(detected_at=seen_before))
        if on_progress is not None:
            on_progress(1)
    return written


def shops_with_news(factory: sessionmaker[Session]) -> list[int]:
    """Return the shops that got a review, an edit or a reading since detection looked at them.

    A crawl that finds reviews gone forgets when detection looked at their shop; a review found to
    be a copy waits for the next news, or for a look at all.
    """
    seen = exists().where(Review.shop_id == Shop.id, Review.first_seen_at >= Shop.detected_at)
    with factory() as session:
        late = (session.scalar(select(func.max(Shop.detected_at))) or now()) - LATE
        read = (
            select(Review.shop_id)
            .join(Score, Score.review_id == Review.id)
            .join(Shop, Shop.id == Review.shop_id)
            .where(Score.scored_at >= late, Score.scored_at >= Shop.detected_at)
            .where(Score.model == shown_model())
        )
        edited = (
            select(Review.shop_id)
            .join(ReviewVersion, ReviewVersion.review_id == Review.id)
            .join(Shop, Shop.id == Review.shop_id)
            .where(ReviewVersion.replaced_at >= late, ReviewVersion.replaced_at >= Shop.detected_at)
        )
        news = or_(Shop.detected_at.is_(None), seen, Shop.id.in_(read), Shop.id.in_(edited))
        return list(session.scalars(select(Shop.id).where(news).order_by(Shop.id)))


def _lent(session: Session, shop_ids: Collection[int]) -> dict[int, Prior]:
    """Return what those of the shops borrow that have not yet: what was lent once stays so."""
    settled = select(DetectorMemory.shop_id).where(
        DetectorMemory.stream == RATING,
        or_(DetectorMemory.borrows, DetectorMemory.seen >= MIN_REVIEWS),
    )
    if len(shop_ids) <= FEW:
        settled = settled.where(DetectorMemory.shop_id.in_(shop_ids))
    left = sorted(set(shop_ids) - set(session.scalars(settled)))
    # Even to learn who is of which trade takes reading every shop.
    return lent_to(session, left) if left else {}


def _look(session: Session, shop_id: int, arl0: float, offered: Prior | None) -> Look:
    memories = {
        memory.stream: memory
        for memory in session.scalars(
            select(DetectorMemory).where(DetectorMemory.shop_id == shop_id)
        )
    }
    ratings = history(session, shop_id)
    is_read_about = session.scalar(select(Shop.id).where(Shop.id == shop_id, is_client()))
    reviews = heard(session, shop_id) if is_read_about else []
    kept: dict[str, Kept | None] = {}
    found, kept[RATING] = follow_ratings(ratings, arl0, memories.get(RATING), offered)
    turned = {}
    for aspect, values in aspect_streams(reviews).items():
        # Each may be wrong a tenth as often as the rating, so all together as often as it.
        rarer = min(RAREST, STREAMS * arl0)
        turned[aspect], kept[aspect] = follow_aspect(values, rarer, memories.get(aspect))
    odd = unusual(session, shop_id)
    return Look(shop_id, ratings, reviews, found, turned, kept, odd)


def _tell(session: Session, look: Look) -> int:
    for stream, keep in look.kept.items():
        if keep is not None:
            remember(session, look.shop_id, stream, keep)
    told = [change for change, _ in look.found]
    moved = {aspect: [change for change, _ in turned] for aspect, turned in look.turned.items()}
    rating = RatingShift(session, look.shop_id, look.ratings, told, moved)
    written = tell_changes(session, rating, look.found)
    for aspect, turned in look.turned.items():
        if not turned:
            continue
        own = [one for one in turned if not any(one[0].is_same_as(change) for change in told)]
        topic = AspectShift(session, look.shop_id, aspect, look.reviews, moved[aspect])
        written += tell_changes(session, topic, own)
    if told:
        _leave_to_the_rating(session, look.shop_id, told)
    return written + tell_unusual(session, look.shop_id, look.odd)


def _leave_to_the_rating(session: Session, shop_id: int, told: Sequence[Change]) -> None:
    """Close the alerts about an aspect that the rating's own has come to tell."""
    rows = session.scalars(
        select(Alert).where(
            Alert.shop_id == shop_id, Alert.kind == ASPECT_SHIFT, Alert.state.in_(LIVING)
        )
    )
    covered = [row for row in rows if any(Change.of(row).is_same_as(one) for one in told)]
    replace(session, covered)
