from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract import read_page
from crawlers.extract.blocks import plain_blocks
from crawlers.extract.jsonld import blocks_of
from crawlers.extract.tree import parse

PAGES = sorted((Path(__file__).parents[2] / "pages" / "structured").glob("*/page.html"))
parts = st.sampled_from(
    [
        '<script type="application/ld+json">{"a": 1}</script>',
        "<SCRIPT TYPE='application/ld+json; charset=utf-8'>\n[2]\n</SCRIPT>",
        "<script type=application/ld+json>3</script>",
        '<script id="x" data-a="b" type="application/ld+json" class="y">4</script>',
        '<script type="text/javascript">var a = "<b>" + 1 < 2</script>',
        "<script>document.write('<script type=\"application/ld+json\">5<\\/script>')</script>",
        "<!-- ", " -->", "<template>", "</template>", "<p>texte</p>", "<br>", "é", "ld+json",
        '<a href="?type=application/ld+json">',
    ]
)  # fmt: skip


def written(blocks: list[str]) -> list[str]:
    return [block for block in blocks if block.strip()]


@given(st.lists(parts, max_size=8))
def test_blocks_read_off_the_bytes_are_those_that_the_parser_finds(markup: list[str]) -> None:
    body = "".join(["<p>", *markup]).encode()
    blocks = plain_blocks(body, body.lower())
    root = parse(body)
    if blocks is not None and root is not None:
        assert written(blocks.texts) == written(list(blocks_of(root)))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_blocks_of_the_test_pages_are_those_that_the_parser_finds(path: Path) -> None:
    body = path.read_bytes()
    blocks = plain_blocks(body, body.lower())
    root = parse(body)
    if blocks is not None and root is not None and body.isascii():
        assert written(blocks.texts) == written(list(blocks_of(root)))


def test_a_page_that_says_all_in_json_ld_is_parsed_only_when_its_tree_is_asked_for() -> None:
    page = read_page(
        b'<title>Avis</title><script type="application/ld+json">'
        b'{"@type":"Review","author":"A","reviewBody":"Bien","datePublished":"2024-01-02"}</script>',
        "https://exemple.fr/",
    )
    assert [review.text for review in page.reviews] == ["Bien"]
    assert "root" not in vars(page.tree)
    assert page.title == "Avis"
    assert "root" in vars(page.tree)
