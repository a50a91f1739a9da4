"""The one lxml parse of a page, and what an element says as text or as a property's value."""

import re
from functools import cached_property
from itertools import islice
from typing import Any

from lxml import etree

from crawlers.extract.blocks import holds
from crawlers.extract.endless_tags import without_endless_tags

# lxml ships no types; an element of the tree.
Element = Any

_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe", "object"))
_BLOCKS = frozenset(
    (
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dd",
        "dt",
        "dl",
        "table",
        "pre",
        "hr",
    )
)
_SOURCES = frozenset(("audio", "embed", "iframe", "img", "source", "track", "video"))
_HREFS = frozenset(("a", "area", "link"))
_TEXT_LIMIT = 100_000
_DIGIT = re.compile("[1-9]")
_EVENT_LIMIT = 20_000


class Href(str):
    """A URL that stands for a property, with the text that the reader sees in its place."""

    __slots__ = ("text",)
    text: str


class Tree:
    """A page in UTF-8 and its tree, parsed once, when first asked for."""

    def __init__(self, utf8: bytes) -> None:
        self.utf8 = utf8

    @property
    def is_parsed(self) -> bool:
        """Whether the tree is there already."""
        return "root" in self.__dict__

    @cached_property
    def root(self) -> Element | None:
        """The page's root, None for a page without any markup."""
        return parse(self.utf8)


def parse(utf8: bytes) -> Element | None:
    """Parse a page; None for one without any markup."""
    utf8 = without_endless_tags(utf8)
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(utf8, parser)
    except etree.XMLSyntaxError:
        return None
    if root is not None and holds(utf8, b"<template"):
        _empty_templates(root)
    return root


def _empty_templates(root: Element) -> None:
    """Drop what templates hold: nobody sees it, unless it is a shadow tree's own."""
    for template in root.iter("template"):
        if "shadowrootmode" not in template.attrib and "shadowroot" not in template.attrib:
            template.clear(keep_tail=True)


def text_of(element: Element) -> str:
    """Return what the element shows, a line break where a block begins."""
    if not len(element):
        return element.text or ""
    parts: list[str] = []
    _gather(element, parts)
    return "".join(parts)[:_TEXT_LIMIT]


def _gather(element: Element, parts: list[str]) -> None:
    # Walking over events rather than recursing: pages nest as deep as they like.
    skipped = None
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, _EVENT_LIMIT):
        if event == "start":
            if skipped is None and node.tag in _UNSEEN and node is not element:
                skipped = node
            elif skipped is None:
                if node.tag in _BLOCKS:
                    parts.append("\n")
                parts.append(node.text or "")
            continue
        if node is skipped:
            skipped = None
        if skipped is None and node is not element:
            if node.tag in _BLOCKS:
                parts.append("\n")
            parts.append(node.tail or "")


def value_of(element: Element) -> str:
    """Return an element's value as a microdata or RDFa property.

    As HTML says, and beyond it as pages do: ``content`` counts on every element when it is not
    empty, and a link keeps its text too, because a linked name is meant as a name.
    """
    attributes = element.attrib
    content = attributes.get("content")
    if content and not content.isspace():
        return str(content)
    tag = element.tag
    if tag in _HREFS or "href" in attributes:
        return _href(attributes.get("href"), element)
    if tag in _SOURCES:
        return _href(attributes.get("src") or attributes.get("data-src"), element)
    if tag == "time":
        stated = attributes.get("datetime")
        # "Invalid date" and "0000-00-00" are what scripts write for nothing.
        return stated if stated and _DIGIT.search(stated) else text_of(element)
    if tag in ("data", "meter"):
        return attributes.get("value") or text_of(element)
    if tag == "object":
        return _href(attributes.get("data"), element)
    if tag in ("input", "option"):
        return str(attributes.get("value") or "")
    return text_of(element)


def _href(url: str | None, element: Element) -> Href:
    value = Href((url or "").strip())
    value.text = text_of(element) or element.attrib.get("title") or element.attrib.get("alt") or ""
    return value
