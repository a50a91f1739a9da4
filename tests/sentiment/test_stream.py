import json
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.scorer import EmbeddedScorer, SentimentScore, to_score
from sentiment.stream import CHUNK_LINES, LINE_MB, score_stream


class CountingScorer:
    """Reads a text as its length, and remembers how many it was given at once."""

    version = "compteur-1"

    def __init__(self) -> None:
        self.calls: list[int] = []

    def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
        self.calls.append(len(texts))
        return [to_score([len(text), 1, 1, 1, 1]) for text in texts]


def stream(lines: Sequence[bytes]) -> tuple[list[dict[str, object]], list[str], bool]:
    written: list[str] = []
    reported: list[str] = []
    clean = score_stream(lines, written.append, reported.append, CountingScorer())
    return [json.loads(line) for line in written], reported, clean


def test_each_line_gets_its_answer_in_order(shipped: EmbeddedScorer) -> None:
    texts = ["Parfait, merci !", "Une honte, à fuir.", "Super accueil", "Déçu et volé"]
    lines = [json.dumps({"text": text, "id": 7}).encode() + b"\n" for text in texts]
    written: list[str] = []
    assert score_stream(lines, written.append, pytest.fail, shipped, batch_size=2)
    answers = [json.loads(line) for line in written]
    assert [answer["label"] for answer in answers] == ["pos", "neg", "pos", "neg"]
    assert set(answers[0]) == {"stars", "p", "stars_p", "label", "model"}
    assert set(answers[0]["p"]) == {"neg", "neu", "pos"}
    assert len(answers[0]["stars_p"]) == 5
    assert answers[0]["model"] == shipped.version


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"nope", "pas du JSON"),
        (b"", "pas du JSON"),
        (b"\xff\xfe", "pas du JSON"),
        (b"[" * 200_000, "pas du JSON"),
        (b"[1]", "pas un objet"),
        (b"null", "pas un objet"),
        (b'{"avis": "bien"}', "pas de champ"),
        (b'{"text": 3}', "pas une chaîne"),
        (b'{"text": null}', "pas une chaîne"),
        (b'{"text": " \\u0000 "}', "est vide"),
        (b'{"text": "' + b"a" * (LINE_MB * 1_000_000) + b'"}', "dépasse"),
    ],
)
def test_a_bad_line_is_answered_in_its_place_and_reported(bad: bytes, reason: str) -> None:
    answers, reported, clean = stream([b'{"text": "un"}\n', bad + b"\n", b'{"text": "deux"}'])
    assert not clean
    assert [set(answer) for answer in answers][1] == {"error"}
    assert reason in str(answers[1]["error"])
    assert answers[0]["model"] == answers[2]["model"] == "compteur-1"
    assert len(reported) == 1
    assert reported[0].startswith("Ligne 2")


def test_half_a_surrogate_pair_does_not_stop_the_stream(shipped: EmbeddedScorer) -> None:
    written: list[str] = []
    line = b'{"text": "tr\\u00e8s bien \\ud800 merci"}'
    assert score_stream([line], written.append, pytest.fail, shipped)
    assert json.loads(written[0])["label"] == "pos"


def test_a_long_stream_is_read_in_bounded_pieces() -> None:
    def lines() -> Iterator[bytes]:
        for number in range(3 * CHUNK_LINES + 5):
            # What was read before is answered before the stream runs far ahead.
            assert number <= len(written) + CHUNK_LINES
            yield b'{"text": "bien"}'

    written: list[str] = []
    scorer = CountingScorer()
    assert score_stream(lines(), written.append, pytest.fail, scorer)
    assert scorer.calls == [CHUNK_LINES] * 3 + [5]
    assert len(written) == 3 * CHUNK_LINES + 5


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=20))
def test_whatever_comes_in_one_answer_a_line_comes_out(lines: list[bytes]) -> None:
    answers, reported, clean = stream(lines)
    assert len(answers) == len(lines)
    assert clean == (not reported)
    assert len(reported) == sum("error" in answer for answer in answers)
