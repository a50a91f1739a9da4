from pathlib import Path

import numpy as np
import onnxruntime
import torch

from sentiment.model_files import GRAPH, MODEL_DIR
from sentiment.training.network import encode, load
from sentiment.training.restore import restore

TEXTS = (
    "Rien à redire, travail soigné et prix tenu.",
    "Accueil froid, prix élevé : je ne reviendrai pas !",
    "Correct sans plus, un peu long.",
)


def test_restored_weights_read_as_the_shipped_model_does(tmp_path: Path) -> None:
    restore(MODEL_DIR, tmp_path)
    network, tokenizer = load(tmp_path)
    network.eval()
    session = onnxruntime.InferenceSession(MODEL_DIR / GRAPH)
    for text in TEXTS:
        batch = encode(tokenizer, [text])
        with torch.inference_mode():
            stars, marks = network(**batch)
        shipped = session.run(None, {name: rows.numpy() for name, rows in batch.items()})
        # Eight bits round the inputs of each product, too.
        assert np.abs(stars.numpy() - shipped[0]).mean() < 0.15
        assert np.corrcoef(marks.numpy().ravel(), shipped[1].ravel())[0, 1] > 0.99
