"""The body of ``vigie extract``: a page's bytes to lines, with the page's problems told."""

from collections.abc import Callable, Iterator
from typing import Any

from crawlers.extract import ExtractError, Page, Problem, read_page
from vigie.clock import today
from vigie.errors import VigieError
from vigie.french import t


def extract_lines(
    body: bytes,
    base_url: str | None,
    content_type_charset: str | None,
    kind: str,
    report: Callable[[str], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield what is read on a page, one dictionary an item, ``kind`` first.

    Args:
        body: the page as received.
        base_url: its address, to make its links absolute.
        content_type_charset: the charset of its HTTP header, if any.
        kind: ``reviews``, ``listings`` or ``all``, which adds ratings and businesses.
        report: told a French sentence for each thing that the page states and that was dropped.

    Raises:
        VigieError: the page is too large.
    """
    try:
        page = read_page(body, base_url, content_type_charset, today())
    except ExtractError as error:
        raise VigieError(
            f"extract-error-{error.code}",
            size=round(error.detail / 1e6, 1),
            limit=round(error.limit / 1e6),
        ) from error
    if report is not None:
        for problem in page.problems:
            report(problem_text(problem))
    for item in _chosen(page, kind):
        yield item.to_dict()


def problem_text(problem: Problem) -> str:
    """Return a problem as a French sentence."""
    return t(f"extract-problem-{problem.code}", detail=problem.detail)


def _chosen(page: Page, kind: str) -> list[Any]:
    if kind == "reviews":
        return list(page.reviews)
    return list(page.listings) if kind == "listings" else list(page.items())
