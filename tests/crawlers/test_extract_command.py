import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.extract_command import extract_lines
from vigie import clock
from vigie.errors import VigieError
from vigie.french import CATALOGUE, has_text

PAGE = b"""<script type="application/ld+json">{"@type":"LocalBusiness","name":"Garage",
"aggregateRating":{"@type":"AggregateRating","ratingValue":4,"reviewCount":1},
"review":{"@type":"Review","reviewBody":"Bien","datePublished":"2099-01-01",
"reviewRating":{"ratingValue":"11/10"}},
"makesOffer":{"@type":"Offer","price":90,"itemOffered":{"@type":"Service","name":"Vidange"}}}</script>"""


@pytest.mark.parametrize(
    ("kind", "kinds"),
    [
        ("reviews", ["review"]),
        ("listings", ["listing"]),
        ("all", ["business", "rating", "review", "listing"]),
    ],
)
def test_a_kind_chooses_the_lines(kind: str, kinds: list[str]) -> None:
    lines = list(extract_lines(PAGE, "https://exemple.fr/", None, kind))
    assert [line["kind"] for line in lines] == kinds
    assert json.loads(json.dumps(lines)) == lines


def test_what_is_dropped_is_told_in_french() -> None:
    clock.set_clock(lambda: datetime(2024, 6, 15, 12, tzinfo=UTC))
    told: list[str] = []
    list(extract_lines(PAGE, None, None, "all", told.append))
    assert any("11/10" in sentence for sentence in told)
    assert any("2099-01-01" in sentence for sentence in told)


def test_a_page_too_large_is_one_sentence_with_its_remedy() -> None:
    with pytest.raises(VigieError, match="La page pèse 50"):
        list(extract_lines(b"x" * 50_000_000, None, None, "all"))


def test_every_problem_of_a_page_has_its_french_sentence() -> None:
    package = Path(__file__).parents[2] / "crawlers" / "extract"
    source = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    known = (CATALOGUE / "extract.ftl").read_text(encoding="utf-8")
    codes = {part.split('"')[0] for part in source.split('Problem("')[1:]} | {"json-broken"}
    assert len(codes) >= 8
    for code in codes:
        assert has_text(f"extract-problem-{code}")
    for line in known.splitlines():
        if line.startswith("extract-problem-"):
            assert line.split(" ")[0].removeprefix("extract-problem-") in codes
