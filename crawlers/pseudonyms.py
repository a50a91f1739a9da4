"""Authors as keyed pseudonyms: the same person is recognised, and nobody is named."""

import hmac
import unicodedata

from crawlers.redact import redact
from vigie.secret_key import secret_key
from vigie.settings import Settings

LABEL_LIMIT = 40
_PURPOSE = b"vigie/author-pseudonym/1"


def pseudonym_key(settings: Settings) -> bytes:
    """Derive the key of pseudonyms from the installation's secret, apart from its other uses."""
    return hmac.digest(secret_key(settings).encode(), _PURPOSE, "sha256")


def pseudonym(key: bytes, author: str) -> str | None:
    """Return the keyed digest (HMAC-SHA-256, hexadecimal) of a name, None when it is blank.

    Case, spacing and the form of accents do not count, so that a re-crawl finds the same person.
    """
    name = " ".join(unicodedata.normalize("NFKC", author).casefold().split())
    return hmac.digest(key, name.encode("utf-8", "replace"), "sha256").hex() if name else None


def label(author: str) -> str | None:
    """Return what may be shown of a name: "Marie D." for "Marie Dupont".

    None when nothing may: a name that holds an e-mail, a telephone or another identifier.
    """
    words = [word for word in author.replace(",", " ").split() if any(map(str.isalpha, word))]
    if not words or redact(author) != author:
        return None
    first = _plain_case(words[0])[:LABEL_LIMIT]
    if len(words) == 1:
        return first
    initial = next(letter for letter in words[-1] if letter.isalpha())
    return f"{first} {initial.upper()}."


def _plain_case(word: str) -> str:
    return word.title() if word.isupper() and len(word) > 1 and word.isalpha() else word
