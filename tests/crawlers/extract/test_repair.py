import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract.repair import DEPTH_LIMIT, UnreadableJsonError, cut_depth, read_json

scalars = st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.text(max_size=30))
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
documents = st.dictionaries(st.text(min_size=1, max_size=8), values, min_size=1, max_size=4)


@given(documents)
def test_sound_json_is_read_as_it_is(document: dict[str, Any]) -> None:
    assert read_json(json.dumps(document)) == [document]


@given(documents, documents)
def test_concatenated_values_are_all_read(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert read_json(json.dumps(first) + "\n" + json.dumps(second)) == [first, second]


@given(documents)
def test_a_wrapped_block_is_read_as_the_block(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for wrapped in (f"<!--\n{text}\n-->", f"//<![CDATA[\n{text}\n//]]>", f"{text};"):
        assert read_json(wrapped) == [document]


@given(documents, st.data())
def test_a_block_cut_anywhere_never_fails_otherwise(
    document: dict[str, Any], data: st.DataObject
) -> None:
    text = json.dumps(document)
    cut = text[: data.draw(st.integers(0, len(text)))]
    with contextlib.suppress(UnreadableJsonError):
        assert isinstance(read_json(cut), list)


@given(st.text(max_size=300))
def test_no_text_fails_in_an_unexpected_way(text: str) -> None:
    with contextlib.suppress(UnreadableJsonError):
        assert isinstance(read_json(text), list)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1,}', {"a": 1}),
        ('{"a": 1, // un\n "b": 2}', {"a": 1, "b": 2}),
        ('/* deux */ {"a": [1, 2,]}', {"a": [1, 2]}),
        ('{"a": "ligne\nligne"}', {"a": "ligne\nligne"}),
        ('{"a": "l\\\'accueil"}', {"a": "l'accueil"}),
        ('{"a": "dit "non" et part"}', {"a": 'dit "non" et part'}),
        ("{&quot;a&quot;: &quot;b&quot;}", {"a": "b"}),
        ('{"a": [{"b": 1}, {"c": 2', {"a": [{"b": 1}, {}]}),
    ],
)
def test_broken_json_is_mended(text: str, expected: Any) -> None:
    assert read_json(text) == [expected]


def test_nesting_beyond_the_limit_is_cut_and_the_rest_kept() -> None:
    deep = '{"b":' * 100_000 + "1" + "}" * 100_000
    (read,) = read_json('{"a": "gardé", "x": ' + deep + "}")
    assert read["a"] == "gardé"
    assert cut_depth(deep).count("{") == DEPTH_LIMIT
