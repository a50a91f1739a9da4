from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from sentiment.marks import MARKS, URGENCY_MARKS
from sentiment.model_files import GRAPH, MODEL_DIR
from sentiment.training.new_head import put_head

torch = pytest.importorskip("torch")
INPUTS = {"input_ids": np.array([[0, 500, 800, 1200, 2]]), "attention_mask": np.ones((1, 5), int)}


def test_another_head_changes_the_marks_and_no_star(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    weights = {
        "0.weight": rng.normal(0, 0.1, (6, 768)).astype(np.float32),
        "0.bias": np.zeros(6, np.float32),
        "3.weight": rng.normal(0, 1, (len(MARKS), 6)).astype(np.float32),
        "3.bias": np.arange(len(MARKS), dtype=np.float32),
    }
    put_head(MODEL_DIR / GRAPH, weights, tmp_path / GRAPH)
    shipped = onnxruntime.InferenceSession(MODEL_DIR / GRAPH).run(None, INPUTS)
    other = onnxruntime.InferenceSession(tmp_path / GRAPH).run(None, INPUTS)
    assert np.array_equal(shipped[0], other[0])
    assert shipped[1].shape == other[1].shape
    assert np.abs(shipped[1] - other[1]).max() > 1


def test_heads_side_by_side_keep_the_aspects_and_give_the_mean_of_the_urgencies() -> None:
    from sentiment.training.network import marks_head
    from sentiment.training.train_marks import side_by_side

    torch.manual_seed(1)
    kept, *heads = marks_head(4), marks_head(4, 5, 6), marks_head(4, 3, 6)
    merged = side_by_side(kept.state_dict(), [head.state_dict() for head in heads])
    wide = marks_head(4, merged["0.bias"].numel())
    wide.load_state_dict(merged)
    states = torch.randn(7, 8)
    for head in (kept, wide, *heads):
        head.eval()
    with torch.inference_mode():
        found, wanted = wide(states), kept(states)
        wanted[:, URGENCY_MARKS] = (heads[0](states) + heads[1](states)) / 2
    assert torch.allclose(found, wanted, atol=1e-5)
