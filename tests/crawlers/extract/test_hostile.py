"""Pages made to break a reader: none raises, each ends within its bounds."""

import json
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.extract import MAX_PAGE_BYTES, ExtractError, Page, read_page
from crawlers.extract.endless_tags import without_endless_tags

TODAY = date(2024, 6, 15)
TOMORROW = TODAY + timedelta(days=1)


def json_ld(text: str) -> bytes:
    return f'<html><script type="application/ld+json">{text}</script></html>'.encode()


def review(**fields: object) -> str:
    return json.dumps({"@type": "Review", "author": "A", "reviewBody": "Bonjour"} | fields)


HOSTILE = {
    "deep objects": json_ld('{"a":' * 100_000 + "1" + "}" * 100_000),
    "deep objects left open": json_ld('{"a":' * 100_000),
    "deep lists": json_ld("[" * 100_000 + "]" * 100_000),
    "deep elements": b"<div>" * 100_000,
    "deep items": b'<div itemscope itemtype="http://schema.org/Review" itemprop="review">' * 5_000,
    "deep resources": b'<div typeof="Review" property="review">' * 5_000,
    "many blocks": json_ld(review()) * 10_000,
    "many items": b'<p itemscope itemtype="http://schema.org/Review"><b itemprop="name">x</b></p>'
    * 30_000,
    "many attributes": b"<p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">",
    "a row of stars without end": b'<div itemscope itemtype="http://schema.org/Review">'
    + b'<b itemprop="name">x</b>'
    + b'<i class="star"></i>' * 200_000,
    "prices in prices": b'<div itemscope itemtype="http://schema.org/Offer"><b itemprop="price">'
    + b"<i>" * 50_000
    + b"1",
    "deep microformats": b'<div class="hreview h-review"><b class="rating p-rating">' * 20_000,
    "many microformats": b'<div class="hreview"><b class="rating">4</b></div>' * 50_000,
    "many templates": b"<template><b>x</b></template>" * 50_000,
    "entity bomb": b"<!DOCTYPE html ["
    + b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 20))
    + b"]><p>&e19;</p>",
    "broken blocks": json_ld('{"a":"' + 'x"y' * 200) * 10_000,
    "quotes escaped without end": json_ld('{"a":"' + '\\"' * 300_000),
    "another charset all along": ("é" * 100_000).encode() + ("é" * 2_000_000).encode("cp1252"),
    "references all round": b"".join(
        b'<p id="i%d" itemscope itemref="%s">' % (n, b" ".join(b"i%d" % m for m in range(50)))
        for n in range(500)
    ),
    "quotes": json_ld('{"a": ' + '"' * 500_000),
    "commas": json_ld("[" + "," * 500_000),
    "backslashes": json_ld('{"a": "' + "\\" * 500_001),
    "spaces": json_ld('{"a": 1' + " " * 1_000_000 + "]]>"),
    "comment openings": json_ld("<!--" * 100_000 + "/*" * 100_000),
    "many links": b'<a href="/avis?page=2">2</a>' * 50_000,
    "NULs": b"\x00" * 1_000_000,
    "every byte": bytes(range(256)) * 2_000,
    "one text a thousand times": json_ld(
        "[" + ",".join(review(author=f"A{n}") for n in range(5_000)) + "]"
    ),
    "a number of 6,000 digits": json_ld(
        '{"@type":"Product","offers":{"price":' + "9" * 6_000 + "}}"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_in_bounded_time(name: str) -> None:
    started = time.process_time()
    page = read_page(HOSTILE[name], "https://exemple.fr/", None, TODAY)
    # Seconds of processor, with room for a slow machine: unbounded, each of these takes minutes.
    assert time.process_time() - started < 8
    assert len(page.reviews) <= 2_000


A_HUNDRED_THOUSAND = [b"a%d" % n for n in range(100_000)]
WITH_ENDS_IN_VALUES = b" ".join(name + b'=">"' for name in A_HUNDRED_THOUSAND)
ENDLESS_TAGS = {
    "names alone": b"<p " + b" ".join(A_HUNDRED_THOUSAND) + b">",
    "between slashes": b"<p/" + b"/".join(A_HUNDRED_THOUSAND) + b">",
    "ends in values": b"<p " + WITH_ENDS_IN_VALUES + b">",
    "never closed": b"<p " + WITH_ENDS_IN_VALUES,
    "single quotes and capitals": b"<P\n" + b"\n".join(
        name.upper() + b"='><p>'" for name in A_HUNDRED_THOUSAND) + b">",
    "nothing between": b"<p " + b"".join(name + b'="<b>"' for name in A_HUNDRED_THOUSAND) + b">",
    "after a script": b"<script>if(a<b){'</p'}</script><p " + WITH_ENDS_IN_VALUES + b">",
    "after a textarea": b'<textarea><p a="</textarea><p ' + WITH_ENDS_IN_VALUES + b">",
    "after a comment": b'<!-- <p a=" --><p ' + WITH_ENDS_IN_VALUES + b">",
    "in a comment that is none": b"<!--> <p " + WITH_ENDS_IN_VALUES + b"> -->",
    "after a name that is a sign": b'<p ="> ' + WITH_ENDS_IN_VALUES + b">",
    "an end tag": b"</p " + WITH_ENDS_IN_VALUES + b">",
}  # fmt: skip


@pytest.mark.parametrize("name", ENDLESS_TAGS)
def test_a_tag_of_a_hundred_thousand_attributes_costs_no_time(name: str) -> None:
    body = ENDLESS_TAGS[name] + json_ld(review())
    started = time.process_time()
    read_page(body)
    # libxml2 alone takes about 50 s.
    assert time.process_time() - started < 3


@given(
    st.lists(
        st.sampled_from(
            [
                "<p a=1>",
                "<b c='>'>",
                "</b>",
                "a < b",
                '"',
                "<!-- x -->",
                "é",
                "<script>if(a<b)</script>",
                " ",
                "=",
            ]
        ),
        max_size=60,
    )
)
def test_a_page_without_such_a_tag_stays_as_it_is(parts: list[str]) -> None:
    # The quiet part is long enough for the page to be looked at.
    body = "".join([*parts, "mot " * 50_000, *parts]).encode()
    assert without_endless_tags(body) == body


def test_a_page_of_fifty_megabytes_is_refused_by_name() -> None:
    with pytest.raises(ExtractError) as raised:
        read_page(b"x" * 50_000_000)
    assert raised.value.code == "page-too-large"
    assert (raised.value.detail, raised.value.limit) == (50_000_000, MAX_PAGE_BYTES)


def test_a_review_of_two_hundred_kilobytes_is_cut_to_its_bound() -> None:
    page = read_page(json_ld(review(reviewBody="mot " * 50_000, author="N" * 9_000)))
    (read,) = page.reviews
    assert len(read.text or "") <= 20_000
    assert len(read.author or "") <= 255


def test_things_that_name_each_other_are_read_once() -> None:
    page = read_page(
        json_ld(
            '[{"@type":"Product","@id":"#a","name":"x","isVariantOf":{"@id":"#b"}},'
            '{"@type":"Offer","@id":"#b","price":3,"itemOffered":{"@id":"#a"},"parentItem":{"@id":"#a"}}]'
        )
    )
    assert [listing.price for listing in page.listings] == ["3"]


LONG = {"text", "reply_text", "description"}
SINGLE_LINES = {"title", "author", "brand", "place", "seller", "item_name", "sku", "name", "street"}


def breaches(page: Page) -> list[str]:
    """Name every field that is out of its bounds: length, characters, scale, day."""
    return [
        f"{name}: {value!r:.80}"
        for item in page.items()
        for name, value in item.to_dict().items()
        if value is not None and not is_sound(name, value, item.to_dict())
    ]


def is_sound(name: str, value: object, item: dict[str, object]) -> bool:
    if isinstance(value, str):
        limit = 20_000 if name in LONG else 2_000
        if not 0 < len(value) <= limit or "\x00" in value or value != value.strip():
            return False
        if name in SINGLE_LINES and "\n" in value:
            return False
        value.encode()
    if name in ("published", "experienced", "edited", "reply_date"):
        day = date.fromisoformat(str(value)[:10])
        return item[f"{name}_precision"] in ("day", "month", "year") and day <= TOMORROW
    if name in ("rating_normalised", "normalised"):
        return isinstance(value, float) and 0 <= value <= 1
    if name in ("review_count", "rating_count", "offer_count", "mileage_km"):
        return isinstance(value, int) and value >= 0
    if name == "price_cents":
        return isinstance(value, int) and value == round(Decimal(str(item["price"])) * 100) >= 0
    return True


@given(st.binary(max_size=2_000))
@settings(max_examples=100)
def test_no_bytes_make_it_raise(body: bytes) -> None:
    page = read_page(body, "https://exemple.fr/", None, TODAY)
    assert breaches(page) == []
    assert len(page.items()) <= len(body)


tags = st.sampled_from(
    [
        "<div itemscope itemtype='http://schema.org/Review'>", "<p itemprop=reviewBody>", "</div>",
        "<div typeof='Product'>", "<span property='name'>", "<i itemprop='reviewRating' itemscope>",
        "<meta itemprop='ratingValue' content='4,5'>", "<time datetime='2024-13-45'>", "</p>",
        "<br>",
        "<b itemprop='price'>", "1 290,00 €", "il y a 3 semaines",
        "<a href='http://[' rel=next>2</a>",
        "Réponse du propriétaire", "<script type='application/ld+json'>", "</script>", '{"@type":',
        '"Review","reviewBody":"x"', "}", "<li itemref='x' id='x' itemscope>", "11/10", "&lt;b&gt;",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(tags, st.text(max_size=10)), max_size=60))
@settings(max_examples=100)
def test_no_pile_of_markup_makes_it_raise(parts: list[str]) -> None:
    body = "".join(parts).encode("utf-8", "replace")
    page = read_page(body, "https://exemple.fr/", None, TODAY)
    assert breaches(page) == []
    # Only what is marked up is an item.
    assert len(page.reviews) <= body.count(b"Review")


KEYS = [
    "@type",
    "@id",
    "@graph",
    "@value",
    "@list",
    "@reverse",
    "review",
    "offers",
    "name",
    "price",
    "reviewBody",
    "reviewRating",
    "ratingValue",
    "bestRating",
    "author",
    "datePublished",
    "itemReviewed",
    "url",
    "image",
    "address",
    "priceSpecification",
    "comment",
    "mileageFromOdometer",
    "aggregateRating",
]
WORDS = st.sampled_from(["Review", "Product", "Offer", "#a", "Car", "LocalBusiness", "4/5"])
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20))
documents = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner | WORDS, max_size=6)
    ),
    max_leaves=25,
)


@given(documents)
@settings(max_examples=100)
def test_no_json_ld_makes_it_raise(document: object) -> None:
    text = json.dumps(document)
    page = read_page(json_ld(text), "https://exemple.fr/", None, TODAY)
    assert breaches(page) == []
    assert len(page.items()) <= text.count("{")
    assert all(item.to_dict()["syntax"] == "json-ld" for item in page.items())
