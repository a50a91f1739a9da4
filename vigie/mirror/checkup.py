"""The digital check-up: plain points that an adviser goes through with the owner."""

from vigie.clock import today
from vigie.mirror.facts import Answer, Answers, Elsewhere, Freshness, Place, Point
from vigie.store import Shop

# Each threshold is told in the point's own text.
ENOUGH_PLACES, ENOUGH_A_YEAR, FRESH_DAYS = 2, 10, 60
ENOUGH_ANSWERED, QUICK_DAYS, DAY_S = 0.5, 7, 86_400


def checkup(
    shop: Shop,
    answers: Answers,
    freshness: Freshness,
    places: tuple[Place, ...],
    missing: tuple[Elsewhere, ...],
    *,
    has_rivals: bool,
) -> tuple[Point, ...]:
    """Return the points in the order in which they are gone through."""
    reviewed = sum(1 for place in places if place.reviews + place.copies)
    troubled = [place.label for place in places if place.is_troubled]
    return (
        _point("card", bool(shop.postcode and shop.city)),
        _point("places", reviewed >= ENOUGH_PLACES, count=reviewed),
        _point("readable", not troubled if places else None, labels=", ".join(troubled)),
        _point("enough", answers.count >= ENOUGH_A_YEAR, count=answers.count),
        _fresh(freshness),
        _point(
            "answered",
            None if answers.share is None else answers.share >= ENOUGH_ANSWERED,
            answered=answers.answered,
            count=answers.count,
        ),
        _point(
            "negative",
            answers.negative_unanswered == 0 if answers.count else None,
            count=answers.negative_unanswered,
        ),
        _point(
            "quick",
            None if answers.median_s is None else answers.median_s <= QUICK_DAYS * DAY_S,
            days=round((answers.median_s or 0) / DAY_S),
        ),
        _point("offers", True if any(place.listings for place in places) else None),
        _point(
            "elsewhere",
            not missing if has_rivals else None,
            hosts=", ".join(one.host for one in missing[:3]),
        ),
    )


def _fresh(freshness: Freshness) -> Point:
    if freshness.last is None:
        return _point("fresh", None, days=0)
    days = (today() - freshness.last).days
    return _point("fresh", days <= FRESH_DAYS, days=days)


def _point(name: str, holds: bool | None, **values: object) -> Point:
    """Return a point; None where the store does not tell."""
    answer = Answer.CHECK if holds is None else Answer.YES if holds else Answer.TODO
    return Point(name, answer, values)
