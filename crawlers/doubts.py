"""Pages that are not what was asked for, though their site says "200 OK". Pure.

Three kinds: a page that says in words that it is none ("soft 404"), an article in the place of a
page of reviews, and a site that answers every address with one page. The last shows only when an
address is asked for that cannot exist: one such request is made, where there is reason to.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from urllib.parse import urlsplit, urlunsplit

from rapidfuzz import fuzz
from scrapy.http import Response

from crawlers.addresses import is_home
from crawlers.extract.charset import to_utf8
from crawlers.extract.tree import Tree, text_of
from crawlers.passes import Pass, Step
from crawlers.reading import Reading
from crawlers.signs import is_article
from crawlers.troubles import Trouble

_SEARCHED_BYTES = 200_000
# What is compared of two pages that hold no items, and how alike they must be, in percent.
COMPARED_LETTERS = 4000
LEAST_LIKENESS = 90.0
# A clock, a visitor's number: words that differ between two answers of one page.
FEW_WORDS = 12
_WORDS_LIMIT = 10_000
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,300})", re.I)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A first page that may not be what was asked for: kept until the probe is answered."""

    step: Step
    response: Response
    reading: Reading
    # Something is known of the source, and nothing of it was on the page.
    strange: bool


def told_apart(doubt: Doubt, done: Pass) -> Trouble | None:
    """Say what a doubtful page is where the page alone tells it."""
    if not doubt.strange:
        return None
    if is_article(doubt.response.body):
        return Trouble.ARTICLE
    if is_home(doubt.response.url) and not is_home(done.task.url):
        return Trouble.HOME
    return None


def probe_url(url: str) -> str:
    """Return an address beside a page's own that no site has; always the same one for a page."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0]
    name = f"page-absente-{sha256(url.encode()).hexdigest()[:10]}"
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}", "", ""))


def same_page(one: Reading, body: bytes, other: Reading, other_body: bytes) -> bool:
    """Say whether two answers are one page: by their items, else by their words."""
    items, others = _items(one), _items(other)
    if items or others:
        return 2 * len(items & others) >= max(len(items), 1)
    titles = _title(body), _title(other_body)
    if all(titles) and fuzz.ratio(*titles) < LEAST_LIKENESS:
        return False
    words, others_words = _apart(_words(body), _words(other_body))
    if max(len(words), len(others_words)) <= FEW_WORDS:
        return True
    shown, others_shown = (" ".join(one)[:COMPARED_LETTERS] for one in (words, others_words))
    return fuzz.ratio(shown, others_shown) >= LEAST_LIKENESS


def _apart(words: list[str], others: list[str]) -> tuple[list[str], list[str]]:
    """Return what stands between the words that two pages begin and end with: menus, footers."""
    shortest = min(len(words), len(others))
    start = next((i for i in range(shortest) if words[i] != others[i]), shortest)
    left = shortest - start
    end = next((i for i in range(left) if words[-1 - i] != others[-1 - i]), left)
    return words[start : len(words) - end], others[start : len(others) - end]


def _items(reading: Reading) -> set[tuple[object, ...]]:
    reviews = {(one.author, one.text, one.published) for one in reading.reviews}
    return reviews | {(one.title, one.price_cents, one.url) for one in reading.listings}


def _title(body: bytes) -> str:
    found = _TITLE.search(body[:_SEARCHED_BYTES])
    return " ".join(unescape(found[1].decode("utf-8", "replace")).split()) if found else ""


def _words(body: bytes) -> list[str]:
    root = Tree(to_utf8(body[:_SEARCHED_BYTES], None)).root
    return text_of(root).split()[:_WORDS_LIMIT] if root is not None else []
