"""Reading a stream of JSON Lines: one answer a line, in order, whatever the line holds."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sentiment.disagreement import disagrees
from sentiment.reading import Mixed, Reading, TextReader
from sentiment.scorer import SentimentScore, is_readable
from vigie.brief.readings import BEST_STARS, WORST_STARS
from vigie.french import t

CHUNK_LINES = 1024
"""Lines held in memory at once; within them, texts are sorted by length."""

CHUNK_BYTES = 8_000_000
"""A chunk also ends here, however few its lines."""

LINE_MB = 4
"""A longer line is refused: no review is a book."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str = ""
    # What the customer gave, where the line says.
    stars: float | None = None
    error: str | None = None


def score_stream(
    lines: Iterable[bytes],
    write: Callable[[str], object],
    report: Callable[[str], object],
    reader: TextReader,
    batch_size: int = 32,
) -> bool:
    """Read ``{"text": ..., "stars": ...}`` lines and write one JSON object for each, in order.

    ``stars``, 1 to 5, may be missing; where given, the answer says whether the text disagrees.

    A line that cannot be scored gets ``{"error": ...}`` in its place, so that order and count
    are kept, and is reported with its number.

    Args:
        lines: UTF-8 lines.
        write: called with each answer, without its line end.
        report: called with one sentence for each bad line.
        reader: reads the texts.
        batch_size: most texts in one pass through the network.

    Returns:
        Whether every line was scored.
    """
    clean = True
    for chunk in _chunks(lines):
        good = [line.text for _, line in chunk if line.error is None]
        readings = iter(reader.read(good, batch_size))
        for number, line in chunk:
            if line.error is None:
                write(_answer(line, next(readings), reader.version))
                continue
            clean = False
            write(json.dumps({"error": line.error}, ensure_ascii=False))
            report(t("score-line", line=number, reason=line.error))
    return clean


def _chunks(lines: Iterable[bytes]) -> Iterator[list[tuple[int, _Line]]]:
    numbered = enumerate(lines, start=1)
    while True:
        chunk: list[tuple[int, _Line]] = []
        size = 0
        for number, line in islice(numbered, CHUNK_LINES):
            chunk.append((number, _read(line)))
            size += len(line)
            if size > CHUNK_BYTES:
                break
        if not chunk:
            return
        yield chunk


def _read(line: bytes) -> _Line:
    if len(line) > LINE_MB * 1_000_000:
        return _Line(error=t("score-line-too-long", limit=LINE_MB))
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return _Line(error=t("score-line-not-json"))
    if not isinstance(value, dict):
        return _Line(error=t("score-line-not-object"))
    if "text" not in value:
        return _Line(error=t("score-line-no-text"))
    text = value["text"]
    if not isinstance(text, str):
        return _Line(error=t("score-line-text-type"))
    # A lone half of a surrogate pair is valid JSON but no character; the tokenizer refuses it.
    text = text.encode("utf-8", "replace").decode("utf-8")
    if not is_readable(text):
        return _Line(error=t("score-line-text-empty"))
    stars = value.get("stars")
    # JSON's booleans are numbers to Python.
    is_number = isinstance(stars, int | float) and not isinstance(stars, bool)
    if stars is not None and not (is_number and WORST_STARS <= stars <= BEST_STARS):
        return _Line(error=t("score-line-stars"))
    return _Line(text, stars)


def _answer(line: _Line, reading: Reading, model: str) -> str:
    def words(start: int, end: int) -> dict[str, Any]:
        return {"words": line.text[start:end], "start": start, "end": end}

    answer: dict[str, Any] = _numbers(reading.score) | {
        "label": reading.label,
        "language": reading.language,
        "mixed": _mixed(line.text, reading.mixed),
        "aspects": [
            {"name": one.name, "polarity": one.polarity} | words(one.start, one.end)
            for one in reading.aspects
        ],
        "urgencies": [{"kind": one.kind} | words(one.start, one.end) for one in reading.urgencies],
        "model": model,
    }
    if line.stars is not None:
        answer["disagrees"] = disagrees(line.stars, reading)
    return json.dumps(answer, ensure_ascii=False)


def _numbers(score: SentimentScore | None) -> dict[str, Any]:
    if score is None:
        return {"stars": None, "p": None, "stars_p": None}
    return {
        "stars": round(score.stars, 3),
        "p": {
            "neg": round(score.p_neg, 4),
            "neu": round(score.p_neu, 4),
            "pos": round(score.p_pos, 4),
        },
        "stars_p": [round(p, 4) for p in score.stars_p],
    }


def _mixed(text: str, mixed: Mixed | None) -> dict[str, str] | None:
    if mixed is None:
        return None
    return {"praise": text[slice(*mixed.praise)], "complaint": text[slice(*mixed.complaint)]}
