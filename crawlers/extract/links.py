"""Where the next page is: ``rel=next``, "Page suivante", numbered links."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from lxml import etree

from crawlers.extract.blocks import holds
from crawlers.extract.items import PageLinks
from crawlers.extract.text import URL_LIMIT
from crawlers.extract.tree import Element

PAGES_LIMIT = 200
ANCHORS_LIMIT = 10_000
_NEXT_TEXT = re.compile(
    r"^(?:\W{0,3}(?:page\s)?(?:suivante?s?|next)(?:\spage)?"
    r"|(?:avis|annonces|résultats)\ssuivante?s?|[>›»→]{1,2})\W{0,3}$",
    re.I,
)
_NEXT_LABEL = re.compile(
    r"^(?:aller à la\s|go to\s)?(?:la\s)?(?:page\ssuivante|suivante?|next(?:\spage)?)$", re.I
)
_NEXT_MARK = re.compile(r"(?:^|[-_\s])(?:next|suivante?)(?:$|[-_\s])", re.I)
_SLIDER = re.compile(r"slick|slider|swiper|carousel|owl-|glide|splide|flickity", re.I)
_STATED = etree.XPath("/descendant::a[contains(@rel,'next')][@href]")
# What the bytes must hold for a search to be worth its time.
_SAID = [
    (
        word.encode(),
        etree.XPath(
            f"/descendant::a[contains(.,'{word}') or contains(@title,'{word}')"
            f" or contains(@aria-label,'{word}') or contains(@class,'{word}')][@href]"
        ),
    )
    for word in ("uivant", "UIVANT", "Next")
]
_DRAWN = etree.XPath(
    "/descendant::a[contains(@class,'next') or contains(@id,'next') or (string-length(.)<8"
    " and string-length(translate(.,'»›→>',''))<string-length(.))][@href]"
)
_NUMBERED = etree.XPath("/descendant::a[number(.)=number(.)][@href]")
_PAGED = etree.XPath("/descendant::a[string-length(.)<40][contains(.,'Page ')][@href]")
_TOKENS = re.compile(r"[-_/.,;]+")
_NUMBER_TOKEN = re.compile(r"(?:page|pg|p|or|oa|o|start|offset|n)?\d{1,3}", re.I)
_PAGE_WORDS = frozenset(
    ("page", "pages", "comment", "p", "html", "htm", "php", "", "avis", "reviews")
)
_PAGE_PATH = re.compile(r"/(?:page|pg|p|pages)[-_/]?\d{1,4}$", re.I)
_PAGE_QUERY = re.compile(r"(?:^|&)(?:[a-z]*page[a-z]*|p|pg|o|start|offset|from|debut)=\d", re.I)
# Numbers that are how many to show, or the days of a calendar.
_SIZE_QUERY = re.compile(r"(?:^|&)(?:m|n|limit|per_?page|page_?size|day|month|date|week)=", re.I)
# What a query calls the thing itself.
_THING_NAME = re.compile(
    r"v|id|sku|id_\w+|(?!page|sess)\w+_id|p(?:roduct)?id|(?:item|article)(?:id)?|product|produit",
    re.I,
)
_PAGE_NUMBER = re.compile(r"^(?:page\s)?(\d{1,4})$", re.I)


def read_addresses(root: Element, url: str | None) -> tuple[str | None, str | None]:
    """Return the address that the page's own links are relative to, and the one that it states."""
    base = read_base(root, url)
    return base, _linked(list(root.iter("link")), base, "canonical")


def read_base(root: Element, url: str | None) -> str | None:
    """Return the address that the page's own links are relative to."""
    stated = root.find("head/base[@href]")
    return (_joined(url, stated.get("href").strip()) if stated is not None else None) or url


def read_links(root: Element, utf8: bytes, url: str | None) -> PageLinks:
    """Return where the rest of the page's list is."""
    base, stated = read_base(root, url), list(root.iter("link"))
    canonical, following, previous = (
        _linked(stated, base, one) for one in ("canonical", "next", "prev")
    )
    here = url or canonical
    if following and not _is_next_page(following, here):
        following = None
    pages = _numbered_pages(root, utf8, base, here)
    following = following or _among_anchors(root, utf8, base, here, bool(pages))
    # A theme calls "Suivant" what leads back, which the page's head knows.
    if following and any(one and _same_page(following, one) for one in (here, previous)):
        following = None
    return PageLinks(following, tuple(pages), canonical)


def _linked(links: Sequence[Element], base: str | None, relation: str) -> str | None:
    for link in links:
        if relation in (link.get("rel") or "").casefold().split():
            return _joined(base, link.get("href"))
    return None


def _among_anchors(
    root: Element, utf8: bytes, base: str | None, here: str | None, is_list: bool
) -> str | None:
    for anchor in _STATED(root):
        link = _joined(base, anchor.get("href"))
        if link and (_is_next_page(link, here) or _says_page(anchor)):
            return link
    for anchor in _next_candidates(root, utf8, is_list):
        if _says_next(anchor):
            link = _joined(base, anchor.get("href"))
            if not link or not _is_same_list(link, here):
                continue
            if _is_next_page(link, here) or _says_page(anchor):
                return link
    return None


def _next_candidates(root: Element, utf8: bytes, is_list: bool) -> Iterator[Element]:
    """Yield the links worth a look: libxml2 finds them far faster than a loop over all links.

    An arrow, or a class such as "next", counts only beside numbered pages: carousels have them too.
    """
    for word, find in _SAID:
        if holds(utf8, word):
            yield from find(root)[:ANCHORS_LIMIT]
    if is_list:
        yield from _DRAWN(root)[:ANCHORS_LIMIT]


def _numbered_pages(root: Element, utf8: bytes, base: str | None, here: str | None) -> list[str]:
    pages: dict[str, None] = {}
    anchors = _NUMBERED(root)[:ANCHORS_LIMIT]
    if holds(utf8, b">Page "):
        anchors += _PAGED(root)[:ANCHORS_LIMIT]
    for anchor in anchors:
        text = _short_text(anchor)
        if len(pages) >= PAGES_LIMIT or not text or not _PAGE_NUMBER.match(text):
            continue
        link = _joined(base, anchor.get("href"))
        if link and _is_another_page(link, here):
            pages[link] = None
    return list(pages)


def _short_text(anchor: Element) -> str | None:
    """Return a link's text when it is short enough to be a page's number or "Suivant"."""
    text = anchor.text or ""
    children = len(anchor)
    if children > 3 or len(text) > 60:
        return None
    if children:
        if anchor[0].tag == "img":
            return None
        text = "".join(anchor.itertext())
    text = text.strip()
    return text if len(text) <= 24 else None


def _says_next(anchor: Element) -> bool:
    text = _short_text(anchor)
    if text is None:
        return False
    if text and _NEXT_TEXT.match(text):
        return True
    for name in ("aria-label", "title"):
        label = anchor.get(name)
        if label and _NEXT_LABEL.match(label.strip()[:60]):
            return True
    if text:
        return False
    marks = f"{anchor.get('class', '')} {anchor.get('id', '')}"
    return bool(_NEXT_MARK.search(marks)) and not _SLIDER.search(marks)


def _says_page(anchor: Element) -> bool:
    """Say whether a link calls what it leads to a page: "Page suivante"."""
    told = (_short_text(anchor), anchor.get("aria-label"), anchor.get("title"))
    return any(one and len(one) < 40 and "page" in one.casefold() for one in told)


def _joined(base: str | None, link: str | None) -> str | None:
    """Return an absolute http(s) URL without its fragment, None for any other."""
    if not link or link.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    if len(link) > URL_LIMIT:
        return None
    try:
        joined = urldefrag(urljoin(base or "", link.strip())).url
        parts = urlsplit(joined)
    except ValueError:
        return None
    if not joined.startswith(("http://", "https://")) or not parts.netloc:
        return None
    return joined.replace(" ", "%20")[:URL_LIMIT]


def _same_page(link: str, here: str) -> bool:
    return urldefrag(link).url == urldefrag(here).url


def _is_same_list(link: str, here: str | None) -> bool:
    """A next page stays on its site, and is another address."""
    if here is None:
        return True
    return urlsplit(link).netloc == urlsplit(here).netloc and not _same_page(link, here)


def _is_next_page(link: str, here: str | None) -> bool:
    """Say whether an address is of the same list: ``rel=next`` leads to the next article, too.

    It is when it has the same path, or goes on from it, or has one more or another small number in
    it, or a page's number in its query.
    """
    if here is None:
        return True
    if _names_another(link, here):
        return False
    mine, theirs = urlsplit(here).path.rstrip("/"), urlsplit(link).path.rstrip("/")
    if mine == theirs or _stem(mine) == _stem(theirs) or _PAGE_PATH.search(theirs):
        return True
    if mine and theirs.startswith(f"{mine}/"):
        # A page's first child page goes on from its path too, in words only.
        return any(map(_NUMBER_TOKEN.fullmatch, _TOKENS.split(theirs[len(mine) + 1 :])))
    if _PAGE_QUERY.search(urlsplit(link).query):
        return True
    own, other = set(_TOKENS.split(mine)), set(_TOKENS.split(theirs))
    gone, come = own - other, other - own
    numbers = [_NUMBER_TOKEN.fullmatch(one) for one in gone | come]
    told = all(one or word in _PAGE_WORDS for one, word in zip(numbers, gone | come, strict=True))
    return told and any(one is not None for one in numbers)


def _names_another(link: str, here: str) -> bool:
    """Say whether an address asks for another thing: "?id=13" after "?id=12"."""
    if "?" not in link or "?" not in here:
        return False
    mine, theirs = (dict(parse_qsl(urlsplit(one).query)) for one in (here, link))
    return any(
        name in mine and mine[name] != theirs[name]
        for name in theirs
        if _THING_NAME.fullmatch(name)
    )


def _is_another_page(link: str, here: str | None) -> bool:
    """A numbered link is a page of this list when only its number or its query differs."""
    if here is None:
        return True
    if not _is_same_list(link, here):
        return False
    query = urlsplit(link).query
    if query and _SIZE_QUERY.search(query) and not _PAGE_QUERY.search(query):
        return False
    mine, theirs = urlsplit(here).path.rstrip("/"), urlsplit(link).path.rstrip("/")
    return mine == theirs or _stem(mine) == _stem(theirs)


def _stem(path: str) -> str:
    """Return a path without its page number: "/avis/page/3", "/avis-3.html" and "/avis" agree."""
    path = re.sub(r"(?:/page|/p)?[/_-]?\d{1,4}(?=(?:\.html?)?$)", "", path)
    return path.removesuffix(".html").removesuffix(".htm")
