from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest

from sentiment.marks import ASPECT_PART, MARKS, URGENCY_MARKS
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


def test_heads_side_by_side_give_their_mean_and_leave_the_other_part_as_it_was() -> None:
    from sentiment.training.network import marks_head
    from sentiment.training.train_marks import part_of_head, side_by_side

    torch.manual_seed(1)
    urgencies = [marks_head(4, width, 6).state_dict() for width in (5, 3)]
    whole = marks_head(4, 7).state_dict()
    first = side_by_side(
        [(ASPECT_PART, [part_of_head(whole, ASPECT_PART)]), (URGENCY_MARKS, urgencies)]
    )
    aspects = [marks_head(4, 2, 13).state_dict(), part_of_head(first, ASPECT_PART)]
    second = side_by_side(
        [(ASPECT_PART, aspects), (URGENCY_MARKS, [part_of_head(first, URGENCY_MARKS)])]
    )
    # Each unit is there once: none that only the other part reads is carried along.
    assert second["0.bias"].numel() == 2 + 7 + 5 + 3
    states = torch.randn(7, 8)
    of_aspects = (_read(aspects[0], states) + _read(whole, states)[:, ASPECT_PART]) / 2
    of_urgencies = (_read(urgencies[0], states) + _read(urgencies[1], states)) / 2
    assert torch.allclose(_read(second, states)[:, ASPECT_PART], of_aspects, atol=1e-5)
    assert torch.allclose(_read(second, states)[:, URGENCY_MARKS], of_urgencies, atol=1e-5)


def _read(weights: Mapping[str, Any], states: Any) -> Any:
    from sentiment.training.network import marks_head

    head = marks_head(4, weights["0.bias"].numel(), weights["3.bias"].numel()).eval()
    head.load_state_dict(weights)
    with torch.inference_mode():
        return head(states)
