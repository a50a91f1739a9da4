import json
from pathlib import Path

from sentiment.marks import URGENCIES
from sentiment.training.data import Example, key_of
from sentiment.training.natural import FOLDER, natural_examples, part_of, read_labels


def _review(text: str) -> Example:
    return Example(text, frozenset({1}), "neg", "ailleurs", "train")


def test_labels_find_their_review_by_its_letters_and_quote_its_words(tmp_path: Path) -> None:
    text = "Accueil froid. Je porte plainte demain !"
    line = {"key": key_of(text.upper()), "urgent": [["juridique", 15, 31]], "weight": 2.5}
    (tmp_path / "labels.jsonl").write_text(json.dumps(line) + "\n")
    labels = read_labels(tmp_path)
    found = natural_examples([_review(text), _review(f"{text} "), _review("Autre avis")], labels)
    assert [example.text.strip() for example in found] == [text]
    assert found[0].marks is not None
    assert found[0].marks.aspects is None
    assert found[0].marks.urgencies == (("juridique", "Je porte plainte"),)
    assert labels[key_of(text)].weight == 2.5


def test_no_label_of_the_test_is_among_those_that_teach() -> None:
    keys = {
        path.name: [json.loads(line)["key"] for line in path.read_text().splitlines()]
        for path in FOLDER.glob("*.jsonl")
    }
    test, taught = keys["test_urgency_natural.jsonl"], keys["natural_urgency.jsonl"]
    assert len(set(test)) == len(test) >= 300
    assert len(set(taught)) == len(taught) >= 1000
    assert not set(test) & set(taught)
    assert {20 <= int(key, 16) % 100 < 40 for key in test} == {True}
    assert {20 <= int(key, 16) % 100 < 40 for key in taught} == {False}


def test_every_label_is_of_a_known_kind_with_words() -> None:
    marks = [mark for labels in read_labels().values() for mark in labels.urgencies]
    assert {kind for kind, _, _ in marks} <= set(URGENCIES)
    assert all(0 <= start < end for _, start, end in marks)
    assert len(marks) > 250


def test_a_review_has_one_part_for_ever() -> None:
    parts = [part_of(f"avis {number}") for number in range(500)]
    assert {part: parts.count(part) > 60 for part in parts} == dict.fromkeys(
        ("choose", "test", "train"), True
    )
