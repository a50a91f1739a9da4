"""A review's text without its beginning told twice and without "Lire la suite"."""

import re

from crawlers.extract import phrases
from crawlers.extract.text import fold

# Enough letters to be the same beginning and not a habit of speech.
_BEGINNING = 12
_ENDINGS = re.compile("plus|suite|moins|réduire|more|less|avis|tout|review|intégralité")
_RECOMMENDED = ("recommande ce produit", "recommande pas ce produit", "recommend this product")


def whole_text(text: str | None) -> str | None:
    """Return the text as its author wrote it."""
    if not text:
        return text
    if _ENDINGS.search(text[-40:].casefold()):
        text = phrases.MORE.sub("", text)
    if text.rstrip(".").endswith(_RECOMMENDED):
        text = phrases.RECOMMENDED.sub("", text)
    if "…" not in text and "..." not in text:
        return text or None
    found = phrases.ELLIPSIS.search(text)
    if found is None:
        return text or None
    beginning, rest = fold(text[: found.start()]), text[found.end() :].strip()
    shown_twice = len(beginning) >= _BEGINNING and fold(rest).startswith(beginning)
    return rest if shown_twice else text or None
