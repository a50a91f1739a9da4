"""Reservations from text and data mining, as files, headers and pages state them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.tdm import header_reserves, is_reserved, meta_reserves, read_tdmrep

PAGE = "https://avis.example/garage/pont?page=2"


def _file(*rules: tuple[str, Any]) -> bytes:
    return json.dumps(
        [{"location": location, "tdm-reservation": value} for location, value in rules]
    ).encode()


@pytest.mark.parametrize(
    ("location", "matches"),
    [
        ("/", True),
        ("/garage/", True),
        ("/garage/pont?page=2", True),
        ("/garage/*page=2$", True),
        ("/*pont*", True),
        ("*", True),
        ("/garage/pont$", False),
        ("/blog/", False),
        ("/garage/*/avis", False),
        ("https://avis.example/garage/", True),
        ("/g%61rage/", True),
        ("", True),
    ],
)
def test_a_location_matches_paths_as_robots_txt_does(location: str, matches: bool) -> None:
    assert is_reserved(read_tdmrep(_file((location, 1))), PAGE) is matches


def test_the_first_location_that_matches_decides() -> None:
    assert not is_reserved(read_tdmrep(_file(("/garage/", 0), ("/", 1))), PAGE)
    assert is_reserved(read_tdmrep(_file(("/garage/", 1), ("/", 0))), PAGE)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>absent</html>",
        b"[" * 100_000,
        b"\xff\xfe[]",
        b'{"location": 5, "tdm-reservation": 1}',
        b'[{"location": "/", "tdm-reservation": 2}]',
        b'[{"location": "/", "tdm-reservation": "yes"}]',
        b'["/", 1, null]',
    ],
)
def test_what_is_no_statement_reserves_nothing(body: bytes) -> None:
    assert not is_reserved(read_tdmrep(body), PAGE)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(("location", "tdm-reservation", "tdm-policy")) | st.text(max_size=5),
            inner,
        )
    ),
    max_leaves=20,
)


@given(_JSON, st.text(max_size=50))
def test_no_json_breaks_it(value: Any, path: str) -> None:
    rules = read_tdmrep(json.dumps(value).encode())
    is_reserved(rules, f"https://avis.example/{path}")


@given(st.binary(max_size=300))
def test_no_bytes_break_any_of_the_three(body: bytes) -> None:
    read_tdmrep(body)
    meta_reserves(b'<meta name="tdm-reservation" content=' + body)
    header_reserves([body], [body])


@given(st.text("ab*$/", max_size=30), st.text("ab/", max_size=30))
def test_matching_agrees_with_a_plain_search_through_all_the_ways(location: str, path: str) -> None:
    rules = read_tdmrep(_file((location, 1)))
    is_whole = location.endswith("$")
    expected = _slow_match(location.removesuffix("$"), f"/{path}", is_whole)
    assert is_reserved(rules, f"https://avis.example/{path}") is expected


def _slow_match(pattern: str, path: str, is_whole: bool) -> bool:
    """What ``*`` and ``$`` mean, by dynamic programming over both strings."""
    ends = {0}
    for sign in pattern:
        if sign == "*":
            ends = set(range(min(ends), len(path) + 1)) if ends else set()
        else:
            ends = {end + 1 for end in ends if path[end : end + 1] == sign}
    return len(path) in ends if is_whole else bool(ends)


@pytest.mark.parametrize(
    ("tdm", "x_robots", "reserved"),
    [
        ([b"1"], [], True),
        ([b" 1 "], [], True),
        ([b"0"], [], False),
        ([b"2"], [], False),
        ([], [b"noai"], True),
        ([], [b"noindex, NoAI"], True),
        ([], [b"vigie: noai"], True),
        ([], [b"otherbot: noai"], False),
        ([], [b"noindex, nofollow"], False),
    ],
)
def test_headers_reserve(tdm: list[bytes], x_robots: list[bytes], reserved: bool) -> None:
    assert header_reserves(tdm, x_robots) is reserved


@pytest.mark.parametrize(
    ("html", "reserved"),
    [
        ('<meta name="tdm-reservation" content="1">', True),
        ("<META CONTENT='1' NAME=TDM-Reservation>", True),
        ('<meta name="robots" content="noindex, noai">', True),
        ('<meta name="tdm-reservation" content="0">', False),
        ("<p>tdm-reservation: 1, noai</p>", False),
        ('<!-- <meta name="tdm-reservation" content="1"> -->', False),
    ],
)
def test_pages_reserve_themselves(html: str, reserved: bool) -> None:
    assert meta_reserves(f"<html><head>{html}</head><body>Avis</body></html>".encode()) is reserved
