from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from sentiment.marks import MARKS
from sentiment.model_files import MODEL_DIR, own_config
from sentiment.scorer import EmbeddedScorer
from sentiment.training import export
from sentiment.training.data import read_trades
from sentiment.training.evaluate import measure_examples
from sentiment.training.network import MIDDLE_LAYER, Network, encode, load
from tests.sentiment.tiny_model import write_tiny_model

DATA = Path(export.__file__).parent / "data"
HALF_A_POINT = 0.005

# torch's exporter warns of its own use of torch.
pytestmark = pytest.mark.filterwarnings("ignore:.*LeafSpec.*:FutureWarning")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network as deep as the marks' head asks for, with a word table as long as a real one."""
    folder = tmp_path_factory.mktemp("weights")
    names = [f"{stars} stars" for stars in range(1, 6)]
    write_tiny_model(folder, names, positions=128, layers=MIDDLE_LAYER, words=3 * export.WORDS_MIN)
    Network(folder).save(folder)
    return folder


@pytest.fixture(scope="module")
def graph(weights: Path) -> Path:
    path = weights / "fp32.onnx"
    export.export_fp32(weights, path)
    return path


def test_the_exported_graph_gives_the_logits_of_torch(weights: Path, graph: Path) -> None:
    network, tokenizer = load(weights)
    network.eval()
    batch = encode(tokenizer, ["très bon accueil", "cher, à fuir : travail nul nul nul", "bon"])
    with torch.inference_mode():
        stars, marks = network(**batch)
    got = onnxruntime.InferenceSession(graph).run(None, {k: v.numpy() for k, v in batch.items()})
    assert marks.shape[-1] == len(MARKS)
    np.testing.assert_allclose(got[0], stars.numpy(), atol=export.TOLERANCE)
    np.testing.assert_allclose(got[1], marks.numpy(), atol=export.TOLERANCE)


def test_a_graph_of_other_weights_is_refused(weights: Path, graph: Path) -> None:
    network, tokenizer = load(weights)
    network.eval()
    with torch.no_grad():
        network.marks[-1].bias += 0.01
    with pytest.raises(ValueError, match="differs from torch"):
        export.hold_to_torch(graph, network, tokenizer)


def test_the_graph_in_8_bits_stays_close(weights: Path, graph: Path, tmp_path: Path) -> None:
    texts = ["très bon accueil", "cher, à fuir : travail nul", "bon garage rapide"]
    batches = export.sample_batches(weights, texts)
    export.quantise(graph, tmp_path / "int8.onnx", tmp_path, batches)
    whole = onnxruntime.InferenceSession(graph).run(None, batches[0])
    small = onnxruntime.InferenceSession(tmp_path / "int8.onnx").run(None, batches[0])
    assert (tmp_path / "int8.onnx").stat().st_size < graph.stat().st_size / 2
    # Weights at random, of a few columns, are served worse than those of a real network.
    for exact, rounded in zip(whole, small, strict=True):
        assert np.abs(exact - rounded).max() < 0.2 * np.abs(exact).max()


def test_the_shipped_8_bits_cost_at_most_half_a_point(shipped: EmbeddedScorer) -> None:
    apart = [example for example in read_trades(DATA) if example.part == "choose"]
    scores = shipped.score([example.text for example in apart])
    stars_p = np.array([score.stars_p for score in scores])
    found = measure_examples(stars_p, apart).accuracy
    assert found >= own_config(MODEL_DIR)["fp32_accuracy"] - HALF_A_POINT
