"""What a second crawl finds: edits, replies, prices, what is gone and what comes back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.extract.items import ExtractedListing, ExtractedReview
from crawlers.ingest import Counts, Place, ingest_listings, ingest_reviews, miss_unseen
from crawlers.rows import listing_row, review_row
from tests.factories import make_source
from vigie.store import Listing, PricePoint, Review, ReviewState, ReviewVersion, Shop

KEY = b"k" * 32
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _review(number: int = 1, **fields: Any) -> ExtractedReview:
    plain: dict[str, Any] = {
        "external_id": f"avis-{number}",
        "author": "Marie Dupont",
        "text": "Travail soigné, je reviendrai.",
        "rating": 4.0,
        "rating_worst": 1.0,
        "rating_best": 5.0,
        "rating_normalised": 0.75,
        "published": "2026-02-20",
        "published_precision": "day",
    }
    return ExtractedReview(**{**plain, **fields})


class Pages:
    """A source, and its passes on one day after another."""

    def __init__(self, session: Session) -> None:
        self.session = session
        source = make_source(session)
        self.place = Place(source.id, source.shop_id)
        self.day = FIRST

    def show(self, *reviews: ExtractedReview) -> Counts:
        self.day += timedelta(days=1)
        rows = [row for item in reviews if (row := review_row(item, KEY, self.day))]
        counts = ingest_reviews(self.session, self.place, rows, self.day, set())
        miss_unseen(self.session, self.place, self.day)
        self.session.commit()
        return counts

    def sell(self, *prices: int, **fields: Any) -> Counts:
        self.day += timedelta(days=1)
        rows = [
            listing_row(
                ExtractedListing(
                    external_id=f"alt-{number}",
                    title=f"Alternateur {number}",
                    price_cents=price,
                    currency="EUR",
                    **fields,
                ),
                self.day,
            )
            for number, price in enumerate(prices)
        ]
        counts = ingest_listings(self.session, self.place, [r for r in rows if r], self.day)
        miss_unseen(self.session, self.place, self.day)
        self.session.commit()
        return counts

    def only(self) -> Review:
        self.session.expire_all()
        return self.session.scalars(select(Review)).one()


@pytest.fixture
def pages(session: Session) -> Pages:
    return Pages(session)


def test_the_same_page_twice_changes_nothing(pages: Pages) -> None:
    assert pages.show(_review(1), _review(2)) == Counts(new=2)
    assert pages.show(_review(1), _review(2)) == Counts(unchanged=2)
    assert pages.session.scalars(select(ReviewVersion)).all() == []


def test_an_edited_review_keeps_its_history(pages: Pages) -> None:
    pages.show(_review(text="Parfait."))
    assert pages.show(_review(text="Parfait, puis en panne.", rating=1.0)) == Counts(changed=1)
    review = pages.only()
    assert (review.text, review.rating) == ("Parfait, puis en panne.", 1.0)
    (version,) = review.versions
    assert (version.text, version.rating) == ("Parfait.", 4.0)


def test_an_owners_reply_is_a_change_too(pages: Pages) -> None:
    pages.show(_review())
    assert pages.show(_review(reply_text="Merci Marie !", reply_date="2026-03-01")).changed == 1
    review = pages.only()
    assert review.reply_text == "Merci Marie !"
    assert [version.reply_text for version in review.versions] == [None]


def test_an_edit_is_recognised_where_the_platform_gives_no_identifier(pages: Pages) -> None:
    pages.show(_review(external_id=None))
    assert pages.show(_review(external_id=None, text="En fait non.")) == Counts(changed=1)
    assert pages.only().text == "En fait non."


def test_two_reviews_of_one_author_and_day_stay_two(pages: Pages) -> None:
    first, second = (
        _review(external_id=None, text=text) for text in ("Accueil parfait.", "Délai tenu.")
    )
    assert pages.show(first, second) == Counts(new=2)
    assert pages.show(second, first) == Counts(unchanged=2)


def test_a_review_is_gone_after_two_complete_passes_without_it(pages: Pages) -> None:
    pages.show(_review(1))
    pages.show()
    assert pages.only().state is ReviewState.PRESENT
    pages.show()
    assert pages.only().state is ReviewState.GONE


def test_a_review_that_comes_back_is_restored(pages: Pages) -> None:
    pages.show(_review(1))
    pages.show()
    pages.show()
    assert pages.show(_review(1)) == Counts(changed=1)
    assert (pages.only().state, pages.only().missed_passes) == (ReviewState.PRESENT, 0)


def test_a_miss_and_a_return_do_not_add_up(pages: Pages) -> None:
    pages.show(_review(1))
    for _ in range(3):
        pages.show()
        pages.show(_review(1))
    assert pages.only().state is ReviewState.PRESENT


def test_a_price_is_noted_when_it_moves_and_only_then(pages: Pages) -> None:
    pages.sell(8990)
    pages.sell(8990)
    assert pages.sell(7990).changed == 1
    pages.sell(7990, availability="OutOfStock")
    points = pages.session.scalars(select(PricePoint).order_by(PricePoint.seen_at)).all()
    assert [(point.price_cents, point.availability) for point in points] == [
        (8990, None),
        (7990, None),
        (7990, "OutOfStock"),
    ]


def test_a_listing_ends_after_two_passes_and_reopens(pages: Pages) -> None:
    pages.sell(8990)
    pages.sell()
    pages.sell()
    pages.session.expire_all()
    assert pages.session.scalars(select(Listing)).one().ended_at is not None
    assert pages.sell(8990) == Counts(changed=1)
    pages.session.expire_all()
    listing = pages.session.scalars(select(Listing)).one()
    assert (listing.ended_at, listing.last_seen_at) == (None, pages.day)
    assert listing.first_seen_at == FIRST + timedelta(days=1)
    # The gap shows in its prices.
    assert [point.seen_at for point in listing.price_points] == [
        listing.first_seen_at,
        listing.last_seen_at,
    ]


def test_detection_looks_again_at_a_shop_whose_review_is_gone(pages: Pages) -> None:
    shop = pages.session.scalars(select(Shop)).one()
    pages.show(_review())
    shop.detected_at = pages.day
    pages.show()
    assert shop.detected_at is not None
    pages.show()
    pages.session.expire_all()
    assert shop.detected_at is None


def test_a_listing_keeps_what_it_says_of_its_thing_and_its_number_of_photos(pages: Pages) -> None:
    pages.sell(8990)
    told = {"mpn": "1K0 615 301 AA", "model": "Golf", "year": 2017, "mileage_km": 84_500,
            "fuel": "Diesel", "transmission": "Manuelle", "photos": 6}  # fmt: skip
    assert pages.sell(8990, **told) == Counts(changed=1)
    assert pages.sell(8990, **told) == Counts(unchanged=1)
    pages.session.expire_all()
    listing = pages.session.scalars(select(Listing)).one()
    assert {name: getattr(listing, name) for name in told} == told
    # Misread numbers would not fit a column of PostgreSQL.
    pages.sell(8990, mileage_km=10**12, photos=-1)
    pages.session.expire_all()
    assert (listing.mileage_km, listing.photos) == (None, None)


def test_a_review_without_a_date_is_dated_by_its_first_sight(pages: Pages) -> None:
    pages.show(_review(published=None, published_precision=None))
    assert pages.only().published_at == pages.day


def test_a_relative_date_does_not_make_a_review_new_each_day(pages: Pages) -> None:
    def three_weeks_ago() -> ExtractedReview:
        date = (pages.day - timedelta(days=21)).date().isoformat()
        return _review(external_id=None, published=date, published_precision="month")

    pages.show(three_weeks_ago())
    assert pages.show(three_weeks_ago()) == Counts(unchanged=1)


@pytest.mark.parametrize("date", ["2099-01-01", "0001-01-01", "pas une date"])
def test_a_date_that_cannot_be_is_not_stored(pages: Pages, date: str) -> None:
    pages.show(_review(published=date, edited=date))
    assert (pages.only().published_at, pages.only().edited_at) == (pages.day, None)


def test_hostile_text_is_bounded_and_storable(pages: Pages) -> None:
    pages.show(_review(text="a\x00b" + "é" * 200_000, author="\ud800Marie", external_id="x" * 5000))
    review = pages.only()
    assert review.text.startswith("abé")
    assert len(review.text) == 20_000
    assert len(review.external_id) == 64


def test_contacts_are_masked_before_they_are_stored(pages: Pages) -> None:
    pages.show(_review(text="Appelez-moi au 06 12 34 56 78 ou jean@exemple.fr."))
    assert pages.only().text == "Appelez-moi au [téléphone masqué] ou [e-mail masqué]."
