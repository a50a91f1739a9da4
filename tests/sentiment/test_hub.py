import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from sentiment.hub import HubScorer, hub_version
from sentiment.model_files import MODEL_DIR
from sentiment.scorer import Scorer
from tests.sentiment.fake_hub import SHA, serve_hub
from tests.sentiment.tiny_model import edit_config, write_tiny_model
from vigie.errors import VigieError

STARS = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
TEXTS = ["Très bon accueil", "nul", "Garage à fuir, travail mauvais et cher !", "👍"]


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("models") / "avis five", STARS)


@pytest.fixture
def copied(five: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(five, tmp_path / "copie"))


def test_a_model_of_a_folder_scores_through_the_same_door(five: Path) -> None:
    scorer: Scorer = HubScorer(str(five))
    scores = scorer.score(TEXTS)
    assert len(scores) == len(TEXTS)
    assert all(sum(score.stars_p) == pytest.approx(1) for score in scores)
    assert scorer.score([]) == []


def test_its_probabilities_are_those_of_transformers_own_pipeline(five: Path) -> None:
    from transformers import pipeline

    read: Any = pipeline("text-classification", model=str(five), top_k=None)
    for score, found in zip(HubScorer(str(five)).score(TEXTS), read(TEXTS), strict=True):
        p = {str(one["label"]): float(one["score"]) for one in found}
        assert score.stars_p == pytest.approx([p[label] for label in STARS], abs=1e-5)


def test_neighbours_change_nothing(five: Path) -> None:
    scorer = HubScorer(str(five))
    for together, alone in zip(scorer.score(TEXTS), scorer.score(TEXTS, 1), strict=True):
        assert together.stars_p == pytest.approx(alone.stars_p, abs=1e-5)


@pytest.mark.parametrize("labels", [["POSITIVE", "NEGATIVE"], ["neg", "neu", "pos"], None])
def test_two_and_three_labels_become_five_stars(tmp_path: Path, labels: list[str] | None) -> None:
    scorer = HubScorer(str(write_tiny_model(tmp_path, labels)))
    assert len(scorer.meanings) == len(labels or "ab")
    for score in scorer.score(TEXTS):
        assert sum(score.stars_p) == pytest.approx(1)
        assert len(scorer.meanings) == 3 or score.p_neu == 0


def test_a_text_past_the_models_length_is_read_to_its_end(five: Path) -> None:
    scorer = HubScorer(str(five))
    cut, whole = scorer.score(["bon " * 62, "bon " * 62 + "nul à fuir mauvais " * 60])
    assert cut.stars_p != pytest.approx(whole.stars_p, abs=0.01)
    assert scorer.score(["bon travail " * 100_000])


def test_the_version_tells_models_apart_and_is_known_without_loading(
    five: Path, copied: Path
) -> None:
    version = HubScorer(str(five)).version
    assert version.startswith("avis-five-")
    assert len(version) <= 64
    assert hub_version(str(five)) == version
    edit_config(copied, hidden_act="relu")
    assert hub_version(str(copied)) != hub_version(str(five)).replace("avis-five", "copie")


def test_a_folder_that_moves_keeps_its_version(five: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(five, tmp_path / five.name)
    assert hub_version(str(moved)) == hub_version(str(five))


@pytest.mark.parametrize("text", ["", " \n", "\0"])
def test_an_empty_text_is_named_by_its_place(five: Path, text: str) -> None:
    with pytest.raises(VigieError, match="numéro 2 est vide"):
        HubScorer(str(five)).score(["Bon.", text])


def test_a_batch_size_of_zero_is_refused(five: Path) -> None:
    with pytest.raises(VigieError, match="taille de lot 0"):
        HubScorer(str(five)).score(["Bon."], batch_size=0)


def test_without_the_extra_the_sentence_names_it(
    five: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(VigieError, match=r"\.\[hub\]"):
        HubScorer(str(five))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"architectures": ["BertModel"]}, "BertModel"),
        ({"architectures": None}, "ForSequenceClassification"),
        ({"problem_type": "multi_label_classification"}, "multi_label"),
        ({"id2label": {str(place): f"sujet {place}" for place in range(5)}}, "sujet 4"),
        ({"id2label": 5}, "id2label"),
        ({"hidden_size": 32}, "ne s’ouvre pas"),
        ({"num_hidden_layers": 2}, "ne s’ouvre pas"),
        ({"model_type": "inconnu"}, "ne s’ouvre pas"),
        ({"max_position_embeddings": 2}, "ne s’ouvre pas"),
    ],
)
def test_a_model_that_cannot_serve_is_one_sentence(
    copied: Path, changes: dict[str, object], sentence: str
) -> None:
    edit_config(copied, **changes)
    with pytest.raises(VigieError, match=sentence) as caught:
        HubScorer(str(copied))
    assert "\n" not in str(caught.value)


def test_code_that_comes_with_a_model_is_never_run(copied: Path) -> None:
    ran = copied / "ran"
    (copied / "own.py").write_text(f"from pathlib import Path\nPath({str(ran)!r}).touch()\n")
    edit_config(
        copied, model_type="own", auto_map={"AutoModelForSequenceClassification": "own.Model"}
    )
    with pytest.raises(VigieError, match="ne s’ouvre pas"):
        HubScorer(str(copied))
    assert not ran.exists()


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("config.json", None, "config.json"),
        ("config.json", "[]", "ne s’ouvre pas"),
        ("config.json", "{" * 100_000, "ne s’ouvre pas"),
        ("model.safetensors", None, "safetensors"),
        ("model.safetensors", "", "ne s’ouvre pas"),
        ("tokenizer.json", None, "tokenizer.json"),
        ("tokenizer.json", "{}", "ne s’ouvre pas"),
    ],
)
def test_a_missing_or_damaged_file_is_one_sentence(
    copied: Path, file: str, content: str | None, sentence: str
) -> None:
    (copied / file).unlink()
    if content is not None:
        (copied / file).write_text(content)
    with pytest.raises(VigieError, match=sentence):
        HubScorer(str(copied))


def test_the_shipped_models_own_folder_is_not_one_of_transformers() -> None:
    with pytest.raises(VigieError, match="safetensors"):
        HubScorer(str(MODEL_DIR))


@pytest.mark.parametrize("name", ["/nulle/part", "a/b/c", "équipe/modèle", "../x", "a" * 500, "-x"])
def test_a_name_that_is_no_models_is_refused_at_once(name: str) -> None:
    with pytest.raises(VigieError, match="ni un dossier"):
        HubScorer(name)


def test_a_model_of_the_hub_is_fetched_once_then_read_without_network(
    five: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (extra := shutil.copytree(five, tmp_path / "publie") / "pytorch_model.bin").write_bytes(b"no")
    with serve_hub("equipe/avis", extra.parent, monkeypatch, tmp_path / "cache") as asked:
        version = HubScorer("equipe/avis").version
    assert version.startswith("equipe-avis-")
    assert not [path for path in asked if path.endswith(".bin")]
    # The hub is gone now.
    assert HubScorer("equipe/avis").version == version
    assert hub_version("equipe/avis") == version


def test_a_download_that_was_cut_is_gone_on_with(
    five: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serve_hub("equipe/avis", five, monkeypatch, tmp_path / "cache"):
        version = hub_version("equipe/avis")
        (kept,) = (tmp_path / "cache").glob(f"*/snapshots/{SHA}/model.safetensors")
        kept.unlink()
        assert hub_version("equipe/avis") == version


def test_a_name_that_the_hub_does_not_know_is_refused(
    five: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (
        serve_hub("equipe/avis", five, monkeypatch, tmp_path / "cache"),
        pytest.raises(VigieError, match="ni un dossier"),
    ):
        HubScorer("equipe/autre")


def test_without_network_the_answer_comes_within_seconds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from huggingface_hub import constants

    # Nothing listens on the port of "discard".
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    started_s = time.monotonic()
    with pytest.raises(VigieError, match="rétablissez le réseau"):
        HubScorer("equipe/avis")
    assert time.monotonic() - started_s < 8
