import json
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sentiment.reader import open_reader
from sentiment.stream import CHUNK_LINES, LINE_MB, score_stream
from tests.sentiment.fakes import FakeReader
from vigie.settings import load_settings


def stream(lines: Sequence[bytes]) -> tuple[list[dict[str, object]], list[str], bool]:
    written: list[str] = []
    reported: list[str] = []
    clean = score_stream(lines, written.append, reported.append, FakeReader())
    return [json.loads(line) for line in written], reported, clean


def test_each_line_gets_its_answer_in_order() -> None:
    texts = ["Parfait, merci !", "Une honte, à fuir.", "Super accueil", "Déçu et volé"]
    lines = [json.dumps({"text": text, "id": 7}).encode() + b"\n" for text in texts]
    written: list[str] = []
    reader = open_reader(load_settings())
    assert score_stream(lines, written.append, pytest.fail, reader, batch_size=2)
    answers = [json.loads(line) for line in written]
    assert [answer["label"] for answer in answers] == ["pos", "neg", "pos", "neg"]
    assert list(answers[0]) == [
        "stars",
        "p",
        "stars_p",
        "label",
        "language",
        "mixed",
        "aspects",
        "urgencies",
        "model",
    ]
    assert set(answers[0]["p"]) == {"neg", "neu", "pos"}
    assert len(answers[0]["stars_p"]) == 5
    assert (answers[0]["language"], answers[0]["model"]) == ("fr", reader.version)


def test_an_answer_says_what_each_part_rests_on() -> None:
    text = "Accueil parfait mais prix nuls, et les freins ont lâché."
    (answer,), _, _ = stream([json.dumps({"text": text}).encode()])
    assert answer["label"] == "neu"
    assert answer["mixed"] == {"praise": text[:16], "complaint": text[16:]}
    assert answer["aspects"] == [
        {"name": "prix", "polarity": "neg", "words": "prix", "start": 21, "end": 25}
    ]
    assert answer["urgencies"] == [{"kind": "securite", "words": "freins", "start": 39, "end": 45}]


def test_an_unknown_language_is_said_and_not_guessed() -> None:
    (answer,), _, clean = stream([b'{"text": "? Mycket bra", "stars": 1}'])
    assert clean
    assert (answer["label"], answer["language"]) == ("und", "und")
    assert (answer["stars"], answer["p"], answer["stars_p"]) == (None, None, None)
    assert answer["disagrees"] is False


def test_a_line_with_stars_is_told_whether_its_text_disagrees() -> None:
    answers, _, clean = stream(
        [
            json.dumps({"text": text, "stars": stars}).encode()
            for text, stars in [
                ("Bien", 1),
                ("Bien", 2.5),
                ("Bien", 3),
                ("Bien", 5.0),
                ("C'est nul", 5),
                ("Nul mais bon", 5),
                ("Bien", None),
            ]
        ]
    )
    assert clean
    assert [answer.get("disagrees") for answer in answers] == [
        True,
        True,
        False,
        False,
        True,
        False,
        None,
    ]
    assert "disagrees" not in answers[-1]


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
        (b'{"text": "bien", "stars": "5"}', "nombre de 1 à 5"),
        (b'{"text": "bien", "stars": true}', "nombre de 1 à 5"),
        (b'{"text": "bien", "stars": NaN}', "nombre de 1 à 5"),
        (b'{"text": "bien", "stars": 0.5}', "nombre de 1 à 5"),
        (b'{"text": "' + b"a" * (LINE_MB * 1_000_000) + b'"}', "dépasse"),
    ],
)
def test_a_bad_line_is_answered_in_its_place_and_reported(bad: bytes, reason: str) -> None:
    answers, reported, clean = stream([b'{"text": "un"}\n', bad + b"\n", b'{"text": "deux"}'])
    assert not clean
    assert [set(answer) for answer in answers][1] == {"error"}
    assert reason in str(answers[1]["error"])
    assert answers[0]["model"] == answers[2]["model"] == "essai-1"
    assert len(reported) == 1
    assert reported[0].startswith("Ligne 2")


def test_half_a_surrogate_pair_does_not_stop_the_stream() -> None:
    written: list[str] = []
    reader = open_reader(load_settings())
    line = b'{"text": "tr\\u00e8s bien \\ud800 merci"}'
    assert score_stream([line], written.append, pytest.fail, reader)
    assert json.loads(written[0])["label"] == "pos"


def test_a_long_stream_is_read_in_bounded_pieces() -> None:
    def lines() -> Iterator[bytes]:
        for number in range(3 * CHUNK_LINES + 5):
            # What was read before is answered before the stream runs far ahead.
            assert number <= len(written) + CHUNK_LINES
            yield b'{"text": "bien"}'

    written: list[str] = []
    reader = FakeReader()
    assert score_stream(lines(), written.append, pytest.fail, reader)
    assert reader.calls == [CHUNK_LINES] * 3 + [5]
    assert len(written) == 3 * CHUNK_LINES + 5


@given(st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=20))
def test_whatever_comes_in_one_answer_a_line_comes_out(lines: list[bytes]) -> None:
    answers, reported, clean = stream(lines)
    assert len(answers) == len(lines)
    assert clean == (not reported)
    assert len(reported) == sum("error" in answer for answer in answers)
