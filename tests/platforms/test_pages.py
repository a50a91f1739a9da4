"""Pages without structured data: recipes, the data of scripts, feeds; hostile ones harm nothing."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.platforms import PLATFORMS
from crawlers.platforms.base import Account, Answer, AnswerError, Ask
from crawlers.platforms.recipes import read_recipe
from vigie.errors import VigieError

TODAY = date(2026, 11, 23)
URL = "https://garage.example/avis"
HTML = """<title>Avis</title><p class=total>1 234 avis</p>
<div class=avis data-id=7><span class="note note-4"></span><b>Paul R.</b>
<time datetime=2026-11-02>2 nov.</time><p class=t>Très <i>bon</i> accueil<br>Merci</p>
<a href="/avis/7">lien</a></div>
<div class=avis data-id=8><span class="note note-2"></span><b>Anne</b>
<span class=d>il y a 3 jours</span><p class=t>Moyen</p></div><a class=suite href="?p=2">suite</a>"""
RECIPE: dict[str, Any] = {
    "kind": "reviews",
    "items": ".avis",
    "fields": {
        "external_id": "@data-id", "author": "b", "rating": ".note@class", "text": ".t",
        "published": "time, .d", "url": "a",
    },
    "next": "a.suite",
    "count": ".total",
}  # fmt: skip
STATE: dict[str, Any] = {
    "kind": "listings",
    "state": "__NEXT_DATA__",
    "items": "props.ads",
    "fields": {"external_id": "id", "title": "name", "price": "price.amount", "url": "link"},
    "next": "/avis?page={page}",
}
DATA = {"props": {"ads": [{"id": 3, "name": "Capot", "price": {"amount": "1 290 €"}}]}}
RSS = """<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>x</title>
<item><title>Alternateur 89,90 €</title><link>/a/1</link><guid>a1</guid>
<pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate></item>
<item><title>Capot</title><g:price>1 290,00 EUR</g:price><g:id>p2</g:id></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=2"/>
<entry><id>r1</id><title>★★★★☆ Très bien</title><author><name>Marie D.</name></author>
<updated>2026-11-01T10:00:00Z</updated>
<content type="html">Bonjour&lt;br&gt;à vous</content></entry>
</feed>"""


def _read(name: str, body: str | bytes, url: str = URL, **options: str) -> Answer:
    page = body.encode() if isinstance(body, str) else body
    return PLATFORMS[name].read(page, Ask(url), Account(URL, "", {}, options), TODAY)


def test_a_recipe_reads_french_ratings_dates_and_links() -> None:
    answer = _read("recipe", HTML, recipe=json.dumps(RECIPE))
    first, second = answer.reviews
    assert (first.external_id, first.author, first.rating) == ("7", "Paul R.", 4.0)
    assert (first.text, first.published) == ("Très bon accueil\nMerci", "2026-11-02")
    assert first.url == "https://garage.example/avis/7"
    assert (second.rating, second.published) == (2.0, "2026-11-20")
    assert (answer.stated_reviews, answer.links.next) == (1234, f"{URL}?p=2")


@pytest.mark.parametrize(
    "page",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(DATA)}</script>',
        f"<script>window.__NEXT_DATA__ = {json.dumps(DATA)};</script>",
        f'<script>window["__NEXT_DATA__"]=JSON.parse({json.dumps(json.dumps(DATA))})</script>',
        '<script>var __NEXT_DATA__={props:{ads:[{id:3,name:"Capot",'
        'price:{amount:"1290"}}]}}</script>',
    ],
)
def test_what_a_page_holds_for_its_scripts_is_read(page: str) -> None:
    answer = _read("embedded", page, f"{URL}?page=3", recipe=json.dumps(STATE))
    (one,) = answer.listings
    assert (one.external_id, one.title, one.price_cents) == ("3", "Capot", 129_000)
    assert answer.links.next == f"{URL}?page=4"


def test_a_feed_of_offers_is_read_with_its_prices() -> None:
    first, second = _read("feed", RSS).listings
    assert (first.external_id, first.price_cents, first.published) == (
        "a1", 8990, "2026-11-02T09:00:00+00:00",
    )  # fmt: skip
    assert (second.external_id, second.price_cents, second.currency) == ("p2", 129_000, "EUR")


def test_a_feed_whose_entries_carry_stars_is_one_of_reviews() -> None:
    answer = _read("feed", ATOM)
    (one,) = answer.reviews
    assert (one.title, one.author, one.rating) == ("Très bien", "Marie D.", 4.0)
    assert one.text == "Bonjour\nà vous"
    assert answer.links.next == f"{URL}?page=2"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"items": ".avis["}, "items"),
        ({"fields": {"note": "b"}}, "note"),
        ({"fields": {"text": "p:zzz(1)"}}, "text"),
        ({"kind": "avis"}, "kind"),
        ({"selecteur": "b"}, "selecteur"),
        ({"state": "X", "items": "a["}, "items"),
        ({"items": None}, "items"),
        ({"best": "cinq"}, "best"),
    ],
)
def test_a_wrong_recipe_is_told_in_one_sentence(change: dict[str, Any], word: str) -> None:
    with pytest.raises(VigieError, match=word) as told:
        read_recipe(json.dumps(RECIPE | change))
    assert "\n" not in str(told.value)


def test_a_feed_too_large_to_be_one_is_not_parsed() -> None:
    with pytest.raises(AnswerError, match="too-large"):
        _read("feed", b"<rss>" + b"<item>" * 200_000)


MARKUP = st.lists(
    st.sampled_from([
        "<div class=avis data-id=1>", "</div>", "<b>", "<time datetime=x>", "<a href='http://['>",
        "<script id=__NEXT_DATA__>", "</script>",
        '{"props":{"ads":[', "[" * 200, "{}", "]}}", "\x00",
        "<rss>", "<item>", "<title>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>",
        "<updated>9999-99", "<!DOCTYPE x [<!ENTITY a '&a;'>]>", "&a;", "<![CDATA[", "★★", "<?xml",
        "__NEXT_DATA__=", "JSON.parse(", "\xed\xa0\x80",
    ]) | st.text(max_size=8),
    max_size=12,
).map("".join)  # fmt: skip


@given(page=MARKUP.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=60))
@settings(max_examples=150)
def test_no_page_or_feed_raises_anything_else_than_its_own_error(page: bytes) -> None:
    for name in ("recipe", "embedded", "feed", "structured"):
        recipe = json.dumps(STATE if name == "embedded" else RECIPE)
        try:
            answer = _read(name, page, recipe=recipe)
        except AnswerError:
            continue
        assert all(one.to_dict() for one in (*answer.reviews, *answer.listings))
