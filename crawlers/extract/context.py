"""What the readers of one page share: its address, its day, its tree and its problems."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawlers.extract.blocks import holds
from crawlers.extract.dates import Dated, read_date
from crawlers.extract.items import Problem
from crawlers.extract.links import read_addresses, read_base
from crawlers.extract.node import Node
from crawlers.extract.text import URL_LIMIT, scrub
from crawlers.extract.tree import Element, Tree

PROBLEM_LIMIT = 200
# A path from the root that joining would leave as it is: no dots to resolve, nothing to quote.
_ABSOLUTE_PATH = re.compile(r"/[\w-][\w/-]*+(?:\.[\w-]++)?", re.ASCII)
# "Réponse", "répondu", "Response from".
_REPLIES = re.compile(rb"pon(?:se|d[ur])")
_BY_ID = etree.XPath("id($id)")
_DATA_ID = re.compile(rb"data-(?:id|list|ad-id|product|sku)")


@dataclass
class Context:
    """One page while it is read."""

    # Its tree, parsed when first asked for; its own address as fetched.
    tree: Tree
    page_url: str | None
    today: date | None
    # The bytes among which the items stand, and what is said beside them.
    around_items: bytes
    # The page in lower case.
    lowered: bytes = field(repr=False)
    problems: list[Problem] = field(default_factory=list)

    @property
    def root(self) -> Element:
        """The page's tree."""
        return self.tree.root

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page states."""
        return read_addresses(self.root, self.page_url)[1]

    @cached_property
    def title(self) -> str | None:
        """The page's own title."""
        title: str | None = self.root.findtext("head/title")
        return title

    @cached_property
    def url(self) -> str | None:
        """What the page's links are relative to."""
        if self.page_url and not self.tree.is_parsed and not holds(self.lowered, b"<base"):
            return self.page_url
        return read_base(self.root, self.page_url) or self.canonical

    @cached_property
    def mentions_replies(self) -> bool:
        """Whether the page speaks of replies at all: looking beside each review costs time."""
        return _REPLIES.search(self.around_items) is not None or self._mentions("replied")

    @cached_property
    def mentions_visits(self) -> bool:
        """Whether the page speaks of when things were lived: a visit, a stay, an experience."""
        return self._mentions("isite", "rience", "suite ", "mmande du", "\u00e9journ")

    @cached_property
    def mentions_copies(self) -> bool:
        """Whether the page speaks of slides that a script copied."""
        return self._mentions("clone", "duplicate")

    @cached_property
    def mentions_verified(self) -> bool:
        """Whether the page speaks of verified, certified or checked reviews."""
        return self._mentions("ifi", "onfirm", "contrôl")

    @cached_property
    def has_data_ids(self) -> bool:
        """Whether elements carry identifiers for scripts."""
        return _DATA_ID.search(self.around_items) is not None

    @cached_property
    def mentions_anything(self) -> bool:
        """Whether there is anything to look for beside a review that has all its usual fields."""
        return self.mentions_replies or self.mentions_visits or self.mentions_verified

    def _mentions(self, *words: str) -> bool:
        return any(holds(self.around_items, word.encode()) for word in words)

    def note(self, problem: Problem | None) -> None:
        """Keep a problem, up to a bound."""
        if problem is not None and len(self.problems) < PROBLEM_LIMIT:
            self.problems.append(problem)

    def absolute(self, link: str | None) -> str | None:
        """Return an http(s) URL, absolute when the page's own is known; None for anything else."""
        if not link or len(link) > URL_LIMIT:
            return None
        try:
            url = scrub(link).strip()
            if url[:1] == "/" and self._origin and _ABSOLUTE_PATH.fullmatch(url):
                return f"{self._origin}{url}"
            if url.startswith("www."):
                # People mean a site, and browsers look for a file.
                url = f"https://{url}"
            if not url.startswith(("https://", "http://")):
                url = urljoin(self.url or "", url)
        except ValueError:
            return None
        if url.startswith("//"):
            url = f"https:{url}"
        scheme, colon, _ = url.partition(":")
        if colon and scheme.isalpha() and scheme.casefold() not in ("http", "https"):
            return None
        return url.replace(" ", "%20")[:URL_LIMIT] or None

    @cached_property
    def _origin(self) -> str | None:
        parts = urlsplit(self.url) if self.url else None
        return f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else None

    def date(self, node: Node, *names: str, may_be_future: bool = False) -> Dated | None:
        """Return the first of these properties that is a date; note those that are dropped."""
        props = node.props
        for name in names:
            for value in props.get(name, ()):
                text = node.plain(value) if isinstance(value, (Node, str)) else value
                found, problem = read_date(text, None if may_be_future else self.today)
                self.note(problem)
                if found:
                    return found
        return None

    def element_of(self, link: str | None) -> Element | None:
        """Return the element that a URL's fragment names on this page."""
        fragment = (link or "").partition("#")[2]
        if not fragment:
            return None
        if " " in fragment or not fragment.isprintable():
            # No identifier, or several.
            return None
        found = _BY_ID(self.root, id=fragment)
        return found[0] if found else None
