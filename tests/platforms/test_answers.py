"""What each service answers, in the shape that it documents, and whatever else it may answer."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawlers.platforms import PLATFORMS, recognised
from crawlers.platforms.base import Account, AnswerError, Ask, Platform
from crawlers.rows import listing_row, review_row
from ops.platform_words import doc_of
from tests.platforms.answers import ROOT, read_case
from vigie.clock import now
from vigie.french import has_text

CASES = sorted(path.parent for path in ROOT.glob("*/*/answer.json"))
DOCS = ROOT.parents[1] / "docs" / "platforms"
TODAY = date(2026, 11, 23)
NOT_KEPT = ("@", "CMD-", "+336", "203.0.113", "SECRET", "agent")


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_an_answer_is_read_as_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text())
    assert read_case(PLATFORMS[folder.parent.name], folder) == expected


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_no_contact_order_or_token_is_read(folder: Path) -> None:
    read = read_case(PLATFORMS[folder.parent.name], folder)
    read.pop("next", None)
    written = json.dumps(read)
    assert not [word for word in NOT_KEPT if word in written]


def test_every_platform_has_cases() -> None:
    ours = {"google", "trustpilot", "avis_verifies", "judge_me", "etsy", "etsy_listings", "ebay",
            "boamp", "facebook"}  # fmt: skip
    assert {folder.parent.name for folder in CASES} >= ours <= PLATFORMS.keys()


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_what_an_operator_reads_of_a_platform_is_in_french(name: str) -> None:
    needs = PLATFORMS[name].needs
    assert all(has_text(f"platform-need-{need.name}") for need in needs)
    kinds = ("refused", "expired", "quota", "gone", "unreadable")
    assert has_text(f"platform-name-{name}")
    assert (DOCS / f"{doc_of(name)}.md").exists()
    assert all(has_text(AnswerError(kind).message_id) for kind in kinds)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://mybusiness.googleapis.com/v4/accounts/1/locations/2", "google"),
        ("https://www.google.fr/maps/place/Garage/@47.3,0.6,17z", "google"),
        ("https://fr.trustpilot.com/review/poterie.fr", "trustpilot"),
        ("https://www.avis-verifies.com/avis-clients/poterie.fr", "avis_verifies"),
        ("https://judge.me/reviews/poterie.myshopify.com", "judge_me"),
        ("https://www.etsy.com/fr/shop/PoterieDesLilas", "etsy"),
        ("https://openapi.etsy.com/v3/application/shops/12/listings/active", "etsy_listings"),
        ("https://www.ebay.de/usr/garage_du_port", "ebay"),
        ("https://www.boamp.fr/pages/recherche/?refine.type_marche=TRAVAUX", "boamp"),
        ("https://www.facebook.com/profile.php?id=100063", "facebook"),
        ("https://www.facebook.com/people/Garage-du-Port/100063/", "facebook"),
        ("https://www.facebook.com/groups/poterie", None),
        ("https://www.ebay.fr/itm/110587245801", None),
        ("https://exemple.fr/google.fr/maps/place/x", None),
        ("http://[", None),
    ],
)
def test_a_platform_is_told_from_an_address(url: str, name: str | None) -> None:
    services = {one: platform for one, platform in PLATFORMS.items() if platform.base_url}
    found = [one for one, platform in services.items() if platform.recognises(url)]
    assert found == ([name] if name else [])
    assert recognised(url).name == (name or "structured")


@cache
def _names() -> tuple[str, ...]:
    """Return the fields of the recorded answers: odd values have to land where they are read."""
    found: set[str] = set()
    for folder in CASES:
        try:
            _collect(json.loads((folder / "answer.json").read_text()), found)
        except ValueError:
            continue
    return tuple(sorted(found))


def _collect(node: Any, found: set[str]) -> None:
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            _collect(child, found)
    if isinstance(node, dict):
        found.update(node)


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["2026-11-02T09:14:05Z", "1763700000", "5", "ONE", "https://[", "a" * 3000]),
)


def _nodes(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.deferred(lambda: st.sampled_from(_names()))
    return st.lists(children, max_size=3) | st.dictionaries(names, children, max_size=5)


ODD = st.recursive(LEAVES, _nodes, max_leaves=20)


def _read(platform: Platform, body: bytes) -> None:
    account = Account("https://exemple.fr/x", platform.base_url, {}, {})
    urls = ("https://exemple.fr/reviews/1?page=2", platform.first(account).url)
    for url in urls:
        try:
            answer = platform.read(body, Ask(url), account, TODAY)
        except AnswerError:
            continue
        rows = [review_row(one, b"k" * 32, now()) for one in answer.reviews]
        rows += [listing_row(one, now()) for one in answer.listings]
        assert all(row is None or row.external_id for row in rows)
        assert answer.next is None or answer.next.url.startswith(("https://", platform.base_url))


@pytest.mark.parametrize("name", sorted(PLATFORMS))
@settings(max_examples=30)
@given(body=st.binary(max_size=200))
@example(body=b"[" * 100_000)
@example(body=b'{"reviews":[{"rating":1e999}]}')
@example(body=b'{"reviews":[' + b"9" * 5_000 + b"]}")
@example(body=b"\xff\xfe")
def test_no_bytes_raise_anything_but_an_answer_error(name: str, body: bytes) -> None:
    _read(PLATFORMS[name], body)


@cache
def _answers(name: str) -> list[str]:
    """Return the recorded answers of a platform that are JSON and hold something."""
    every = [(one / "answer.json").read_text() for one in CASES if one.parent.name == name]
    return [text for text in every if text[:1] in "{[" and len(text.strip()) > 2]


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place in an answer: what holds it, and where."""
    for key, child in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(child, dict | list):
            yield from _places(child)


@pytest.mark.parametrize("name", sorted({folder.parent.name for folder in CASES}))
@settings(max_examples=60)
@given(data=st.data())
def test_a_documented_answer_with_one_odd_value_is_still_read(name: str, data: Any) -> None:
    answer = json.loads(data.draw(st.sampled_from(_answers(name))))
    holder, key = data.draw(st.sampled_from(list(_places(answer))))
    holder[key] = data.draw(LEAVES | ODD)
    _read(PLATFORMS[name], json.dumps(answer).encode())


@pytest.mark.parametrize("name", sorted(PLATFORMS))
@pytest.mark.parametrize("holder", ["reviews", "results", "data", "itemSummaries", None])
@settings(max_examples=20)
@given(node=ODD)
def test_no_odd_json_raises_anything_but_an_answer_error(
    name: str, holder: str | None, node: Any
) -> None:
    data = node if holder is None else {holder: node if isinstance(node, list) else [node]}
    _read(PLATFORMS[name], json.dumps(data).encode())
