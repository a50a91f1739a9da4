import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sentiment.model_files import MODEL_DIR, embedded_version
from sentiment.scorer import EmbeddedScorer, is_readable
from vigie.errors import VigieError

# Some 8-bit activations are scaled over a whole batch, so neighbours move a probability: by 0.008
# in the mean and 0.16 at most, on 200 reviews scored alone and in batches of 32 (docs/model.md).
NEIGHBOURS_TOLERANCE = 0.2

PRAISE = [
    "Très bon accueil, travail soigné et prix corrects, je recommande.",
    "Rien à redire, tout était parfait.",
    "Garagiste honnête et compétent, ma voiture est comme neuve !",
    "tres satisfait je reviendrai sans hesiter",
    "PLOMBIER AU TOP INTERVENTION RAPIDE ET PROPRE MERCI",
    "Le meilleur pain du quartier, la vendeuse est adorable.",
    "Devis respecté, chantier laissé propre, équipe sympathique.",
    "Jamais déçue depuis dix ans, une coiffeuse en or.",
    "Livraison en avance, colis impeccable 👍",
    "Il a pris le temps de tout m'expliquer et n'a rien facturé.",
    "Excellent garage, je leur fais confiance les yeux fermés.",
    "Friendly staff and great work, highly recommended.",
]
COMPLAINTS = [
    "Accueil glacial, une heure d'attente et une facture doublée. À fuir.",
    "Déçu, la panne est revenue deux jours après la réparation.",
    "Arnaque totale, ne faites surtout pas appel à eux !",
    "jamais recu mon colis et le sav ne repond pas",
    "Personnel désagréable, produits périmés, je n'y retournerai pas.",
    "Travail bâclé, il a fallu tout refaire.",
    "NUL NUL NUL A EVITER",
    "Incompétents et malpolis, ils m'ont raccroché au nez.",
    "Pain rassis et vendeuse désagréable, nous n'y retournerons pas.",
    "Trois mois que j'attends mon remboursement, c'est honteux.",
    "Accueil glacial, prix délirants, plus jamais.",
    "Terrible service, rude staff, avoid this place.",
]


@pytest.mark.parametrize("text", PRAISE)
def test_praise_reads_as_positive(shipped: EmbeddedScorer, text: str) -> None:
    score = shipped.score([text])[0]
    assert score.label == "pos"
    assert score.stars > 3.8


@pytest.mark.xfail(reason="vigie-avis-5 reads it as neutral (docs/model.md, limits)", strict=False)
def test_a_botched_haircut_reads_as_negative(shipped: EmbeddedScorer) -> None:
    text = "Coupe ratée, une honte, je n’y remettrai pas les pieds."
    assert shipped.score([text])[0].label == "neg"


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_reads_as_negative(shipped: EmbeddedScorer, text: str) -> None:
    score = shipped.score([text])[0]
    assert score.label == "neg"
    assert score.stars < 3


def test_a_score_is_a_distribution_and_its_sums(shipped: EmbeddedScorer) -> None:
    for score in shipped.score(PRAISE + COMPLAINTS):
        assert sum(score.stars_p) == pytest.approx(1)
        assert score.p_neg == pytest.approx(sum(score.stars_p[:2]))
        assert score.p_pos == pytest.approx(sum(score.stars_p[3:]))
        assert score.p_neg + score.p_neu + score.p_pos == pytest.approx(1)
        assert score.stars == pytest.approx(
            sum(star * p for star, p in zip(range(1, 6), score.stars_p, strict=True))
        )


def test_scores_come_in_the_order_of_the_texts(shipped: EmbeddedScorer) -> None:
    mixed = [text for pair in zip(PRAISE[:5], COMPLAINTS[:5], strict=True) for text in pair]
    labels = [score.label for score in shipped.score(mixed, batch_size=3)]
    assert labels == ["pos", "neg"] * 5


@pytest.mark.parametrize("batch_size", [1, 3, 64])
def test_the_batch_size_changes_a_score_by_little(shipped: EmbeddedScorer, batch_size: int) -> None:
    texts = PRAISE + COMPLAINTS
    for one, other in zip(shipped.score(texts), shipped.score(texts, batch_size), strict=True):
        assert one.stars_p == pytest.approx(other.stars_p, abs=NEIGHBOURS_TOLERANCE)


def test_the_same_call_gives_the_same_scores(shipped: EmbeddedScorer) -> None:
    assert shipped.score(PRAISE) == shipped.score(PRAISE)


def test_no_text_gives_no_score(shipped: EmbeddedScorer) -> None:
    assert shipped.score([]) == []


def test_a_long_text_is_read_to_its_end(shipped: EmbeddedScorer) -> None:
    praise, complaint = " ".join(PRAISE[:-1]), " ".join(COMPLAINTS[:-1])
    all_praise, ends_badly = shipped.score([f"{praise} {praise}", f"{praise} {complaint * 3}"])
    assert all_praise.stars > 4
    assert ends_badly.stars < all_praise.stars - 1


def test_a_text_of_200_kb_is_scored(shipped: EmbeddedScorer) -> None:
    text = (PRAISE[0] + " ") * (200_000 // len(PRAISE[0]))
    assert shipped.score([text])[0].label == "pos"


@pytest.mark.parametrize("text", ["", "  \n\t", "\0", "\0 \0"])
def test_an_empty_text_is_named_by_its_place(shipped: EmbeddedScorer, text: str) -> None:
    assert not is_readable(text)
    with pytest.raises(VigieError, match="numéro 2 est vide"):
        shipped.score(["Parfait.", text])


def test_a_nul_byte_is_read_as_a_blank(shipped: EmbeddedScorer) -> None:
    (with_nul,) = shipped.score(["Très\0 bon accueil\0"])
    (without,) = shipped.score(["Très  bon accueil "])
    assert with_nul == without


@pytest.mark.parametrize("text", ["👍", "???", "\u202e\u200b!", "好", "\U0010ffff", "a"])
def test_odd_characters_are_scored(shipped: EmbeddedScorer, text: str) -> None:
    assert 1 <= shipped.score([text])[0].stars <= 5


def test_a_batch_size_of_zero_is_refused(shipped: EmbeddedScorer) -> None:
    with pytest.raises(VigieError, match="taille de lot 0"):
        shipped.score(["Bien."], batch_size=0)


def test_the_version_is_known_without_loading_the_model(shipped: EmbeddedScorer) -> None:
    assert embedded_version() == shipped.version
    assert len(shipped.version) <= 64


@pytest.fixture
def copied_model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL_DIR, tmp_path / "model"))


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json", "config.json"])
def test_a_changed_file_is_refused(copied_model: Path, name: str) -> None:
    with (copied_model / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(VigieError, match=f"{name}.*n’est pas celui qui a été livré"):
        EmbeddedScorer(copied_model)


@pytest.mark.parametrize("name", ["model.int8.onnx", "SHA256SUMS", "config.json"])
def test_a_missing_file_is_named(copied_model: Path, name: str) -> None:
    (copied_model / name).unlink()
    with pytest.raises(VigieError, match=f"{name}.*introuvable"):
        EmbeddedScorer(copied_model)


def test_a_checksum_list_without_the_graph_is_refused(copied_model: Path) -> None:
    (copied_model / "SHA256SUMS").write_text("")
    with pytest.raises(VigieError, match="SHA256SUMS"):
        EmbeddedScorer(copied_model)


def test_the_shipped_folder_is_small_and_documented() -> None:
    files = {path.name: path.stat().st_size for path in MODEL_DIR.iterdir()}
    assert sum(files.values()) <= 45_000_000
    assert "MODEL_CARD.md" in files
    own = json.loads((MODEL_DIR / "config.json").read_text(encoding="utf-8"))["vigie"]
    assert own["name"] in (MODEL_DIR / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_loading_and_scoring_say_nothing_and_need_no_torch() -> None:
    code = (
        "import sys\n"
        "from sentiment.scorer import embedded_scorer\n"
        "embedded_scorer().score(['Parfait.'])\n"
        "assert 'torch' not in sys.modules\n"
    )
    root = Path(__file__).parents[2]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRANSFORMERS_")}
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
