"""Any web page with structured data: JSON-LD, microdata, RDFa, microformats (crawlers.extract)."""

from collections import Counter
from datetime import date

from crawlers.extract import AggregateRating, ExtractError, Page, read_page
from crawlers.extract.tree import text_of
from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need
from crawlers.platforms.emptiness import is_said_empty
from crawlers.signs import says_absent
from vigie.store.site import Permission


class StructuredData:
    """What a page's own markup says; the pages that follow are those that it links."""

    name = "structured"
    kinds = frozenset(("reviews", "listings"))
    base_url = ""
    needs: tuple[Need, ...] = ()
    permission = Permission.UNSTATED

    def recognises(self, url: str) -> bool:
        """Any page may hold structured data: what no other platform knows is read so."""
        return url.lower().startswith(("https://", "http://"))

    def first(self, account: Account) -> Ask:
        """Ask for the page."""
        return Ask(account.url)

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page."""
        try:
            found = read_page(body, ask.url, ask.charset, today)
        except ExtractError:
            raise AnswerError("too-large") from None
        rating = main_rating(found)
        stated_reviews = rating.review_count if rating else None
        stated_ratings = rating.rating_count if rating else None
        stated_zero = False
        if not found.reviews and not found.listings:
            text = "" if found.root is None else text_of(found.root)
            counted = stated_ratings if stated_reviews is None else stated_reviews
            stated_zero = is_said_empty(found.title, text, body, counted)
        elif says_absent(body, None):
            raise AnswerError("absent")
        return Answer(
            reviews=tuple(found.reviews),
            listings=tuple(found.listings),
            stated_reviews=stated_reviews,
            stated_ratings=stated_ratings,
            stated_zero=stated_zero,
            links=found.links,
            problems=tuple(found.problems),
        )


def main_rating(found: Page) -> AggregateRating | None:
    """Return the aggregate rating of what the page's reviews are about.

    A list of products, each with its own rating, states no count of its own.
    """
    counted = [
        rating
        for rating in found.ratings
        if rating.review_count is not None or rating.rating_count is not None
    ]
    if not counted:
        return None
    names = Counter(review.item_name for review in found.reviews if review.item_name)
    for name, _ in names.most_common(1):
        for rating in counted:
            if rating.item_name == name:
                return rating
    if found.reviews or (len(counted) == 1 and len(found.listings) <= 1):
        return counted[0]
    return None
