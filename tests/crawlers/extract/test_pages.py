"""Each folder of tests/pages/structured is a page written for one way in which real pages are."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawlers.extract import ExtractedReview, Page, read_page
from crawlers.extract.tree import text_of

CASES = sorted((Path(__file__).parents[2] / "pages" / "structured").iterdir())


def read(case: Path) -> Page:
    meta = json.loads((case / "meta.json").read_text(encoding="utf-8"))
    today = date.fromisoformat(meta["today"]) if meta["today"] else None
    return read_page((case / "page.html").read_bytes(), meta["url"], meta["charset"], today)


def told(page: Page) -> dict[str, Any]:
    """What a page holds, without what is absent."""
    items = (item.to_dict() for item in page.items())
    return {
        "items": [
            {name: value for name, value in item.items() if value not in (None, [])}
            for item in items
        ],
        "links": {
            "next": page.links.next,
            "pages": list(page.links.pages),
            "canonical": page.links.canonical,
        },
        "problems": [[problem.code, problem.detail] for problem in page.problems],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_page_is_read_as_its_folder_says(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert told(read(case)) == expected


def test_every_case_says_why_it_is_there() -> None:
    metas = [json.loads((case / "meta.json").read_text(encoding="utf-8")) for case in CASES]
    assert len(metas) >= 25
    assert all(meta["why"] for meta in metas)


def test_a_line_has_its_kind_first_and_null_for_what_is_absent() -> None:
    line = ExtractedReview(author="Marie").to_dict()
    assert next(iter(line)) == "kind"
    assert line["kind"] == "review"
    assert line["rating"] is None
    assert line["visible_fields"] == []
    assert json.loads(json.dumps(line)) == line


def test_the_same_page_is_read_the_same_twice() -> None:
    for case in CASES:
        assert told(read(case)) == told(read(case))


def test_what_is_read_on_demand_leaves_scripts_out() -> None:
    page = read_page(b"<title>Avis</title><body><script>var x</script><p>Aucun avis</p>")
    assert text_of(page.root.find("body")).strip() == "Aucun avis"
    assert page.title == "Avis"
