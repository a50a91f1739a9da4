"""``vigie eval``: the reader's figures on a labelled file, for people and for scripts."""

import json
from pathlib import Path

import pytest

from tests.ops.conftest import Vigie
from tests.sentiment.fakes import FakeReader
from tests.sentiment.tiny_model import write_tiny_model
from vigie.settings import Settings


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> FakeReader:
    """A reader without weights in the shipped one's place."""
    fake = FakeReader("essai-1")

    def opened(_settings: Settings) -> FakeReader:
        return fake

    monkeypatch.setattr("sentiment.reader.open_reader", opened)
    return fake


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "avis.csv"
    rows = "Bon accueil,5,google\nNul,1,google\nBof [bold],3,pages\nMauvais,4.5,pages\n" * 300
    path.write_text("text,stars,source\n" + rows, "utf-8")
    return path


def test_the_figures_are_french_and_parted_by_source(vigie: Vigie, labelled: Path) -> None:
    answer = vigie("eval", str(labelled))
    assert answer.status == 0, answer.err
    assert "1 200 textes lus par essai-1" in answer.out.replace("\u202f", " ").replace("\xa0", " ")
    assert {"google", "pages", "ensemble"} <= set(answer.out.split())
    assert "0,750" in answer.out
    assert "Lu négatif" in answer.out
    assert "Lecture des avis" in answer.err


def test_scripts_get_one_object(vigie: Vigie, labelled: Path) -> None:
    answer = vigie("eval", str(labelled), "--json")
    found = json.loads(answer.out)
    assert (found["texts"], found["model"], found["accuracy"]) == (1200, "essai-1", 0.75)
    assert found["confusion"]["neu"] == {"neg": 0, "neu": 0, "pos": 300, "und": 0}
    assert found["sources"]["google"]["accuracy"] == 1


def test_what_has_no_ground_is_null_for_scripts_and_a_dash_for_people(
    vigie: Vigie, tmp_path: Path
) -> None:
    path = tmp_path / "avis.csv"
    path.write_text("text,polarity\nBof,neu\n", "utf-8")
    found = json.loads(vigie("eval", str(path), "--json").out)
    assert (found["star_error"], found["binary"], found["sources"]) == (None, None, {})
    assert "–" in vigie("eval", str(path)).out


def test_a_bad_line_is_one_sentence_before_anything_is_read(
    vigie: Vigie, labelled: Path, reader: FakeReader
) -> None:
    with labelled.open("a", encoding="utf-8") as file:
        file.write("Cassé,beaucoup,google\n")
    answer = vigie("eval", str(labelled))
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == (
        "Ligne 1202 : « beaucoup » n’est pas un nombre d’étoiles ; "
        "donnez un nombre de 0 à 5, comme 4 ou 3,5.\n"
    )


def test_another_models_labels_are_said_as_they_are_read(
    vigie: Vigie, labelled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    model = write_tiny_model(tmp_path / "deux", ["LABEL_0", "LABEL_1"])
    monkeypatch.setenv("VIGIE_MODEL", str(model))
    answer = vigie("eval", str(labelled))
    assert "LABEL_0 = négatif, LABEL_1 = positif" in answer.err
