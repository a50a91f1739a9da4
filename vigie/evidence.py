"""A crawl's evidence as a sentence: the reason names the text, its arguments fill it in."""

from collections.abc import Mapping
from typing import Any

from vigie.french import t


def evidence_sentence(evidence: Mapping[str, Any]) -> str:
    """Return what a crawl found, in one French sentence.

    Raises:
        KeyError: the catalogue has no such text, or an argument is missing.
    """
    return t(evidence["reason"], **evidence.get("args", {}))
