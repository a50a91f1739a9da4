"""What happened in a crawl, in one sentence, from the evidence that its row keeps."""

from typing import Any

from vigie.french import t

INNER = "inner"


def evidence_sentence(evidence: dict[str, Any] | None) -> str:
    """Return the French sentence of ``Crawl.evidence``; empty while a crawl runs."""
    reason = (evidence or {}).get("reason")
    if not evidence or not reason:
        return ""
    args = dict(evidence.get("args") or {})
    if INNER in args:
        # One sentence inside another: why a page of a longer pass failed.
        args[INNER] = _sentence(args[INNER], args).rstrip(".")
    return _sentence(reason, {INNER: "", **args})


def _sentence(reason: str, args: dict[str, Any]) -> str:
    try:
        return t(reason, **args)
    except KeyError:
        # Another version of Vigie, with other sentences, wrote the row.
        return reason
