"""A page that gave neither reviews nor listings: it says that there are none, or is another one."""

from crawlers.extract.charset import to_utf8
from crawlers.extract.tree import Tree, text_of
from crawlers.platforms.base import AnswerError
from crawlers.signs import is_article, says_absent, states_zero, wall


def is_said_empty(title: str | None, text: str, body: bytes, counted: int | None = None) -> bool:
    """Say whether a page without items says itself that it has none.

    Args:
        text: what the page shows.
        counted: how many reviews its markup counts.

    Raises:
        AnswerError: it is not the page that was asked for: absent, captcha, login, article.
    """
    if says_absent(body, text):
        raise AnswerError("absent")
    is_zero = counted == 0 or states_zero(title, text, body)
    trouble = None if is_zero or counted else wall(title, text, body)
    if trouble is not None:
        raise AnswerError(str(trouble))
    if is_article(body, surely=is_zero):
        raise AnswerError("article")
    return is_zero


def is_bare(body: bytes, charset: str | None, counted: int | None) -> bool:
    """Say the same of a page that was not parsed yet.

    Raises:
        AnswerError: it is not the page that was asked for.
    """
    root = Tree(to_utf8(body, charset)).root
    if root is None:
        return is_said_empty(None, "", body, counted)
    return is_said_empty(root.findtext("head/title"), text_of(root), body, counted)
