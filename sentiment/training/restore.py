"""Fp32 weights from a shipped folder, to train on from: what 8 bits lost is not given back.

    python -m sentiment.training.restore --model sentiment/model --out ../restored

The weights that were exported are kept nowhere else, and training on undoes what rounding did.
"""

import argparse
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForSequenceClassification

from sentiment.model_files import GRAPH
from sentiment.training.network import MARKS_FILE

Floats = npt.NDArray[np.float32]

HEAD = "classifier."
"""What the names of the stars' network begin with in the graph."""

IN_A_LAYER = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The matrices of a layer, in the order of the graph."""


def star_weights(graph_file: Path, layers: int) -> dict[str, Floats]:
    """Return the weights of the encoder and the stars by their names in transformers, in fp32.

    Args:
        graph_file: as ``sentiment.training.export`` writes it.
        layers: how many the encoder has.
    """
    tables = _tables(graph_file)
    weights: dict[str, Floats] = {
        name.removeprefix(HEAD): table
        for name, table in tables.items()
        if name.startswith(HEAD) and name.endswith(("weight", "bias"))
    }
    words = tables["word_rows"] * tables["word_scales"]
    weights["bert.embeddings.word_embeddings.weight"] = words
    matrices = [
        (table * tables[name.replace("_quantized", "_scale")]).astype(np.float32)
        for name, table in tables.items()
        if name.endswith("_quantized")
    ]
    # Each input was divided by its channel's factor, and the rows multiplied by it.
    factors = [table for name, table in tables.items() if name.startswith("node_MatMul")]
    names = [f"{layer}.{name}" for layer in range(layers) for name in IN_A_LAYER]
    for name, matrix, channel in zip(names, matrices, factors, strict=False):
        weights[f"bert.encoder.layer.{name}.weight"] = (matrix * channel[:, None]).T
    pooler, classes = matrices[len(names) :]
    return weights | {"bert.pooler.dense.weight": pooler.T, "classifier.weight": classes.T}


def mark_weights(graph_file: Path) -> dict[str, Floats]:
    """Return the weights of the second head, as ``sentiment.training.new_head`` put them there."""
    tables = _tables(graph_file)
    weights: dict[str, Floats] = {}
    for layer in (0, 3):
        weights[f"{layer}.weight"] = tables[f"head_{layer}_short"].astype(np.float32).T
        weights[f"{layer}.bias"] = tables[f"head_{layer}_bias"]
    return weights


def restore(model: Path, out: Path) -> None:
    """Write a folder that ``sentiment.training.train`` starts from."""
    config = AutoConfig.from_pretrained(model)
    network: Any = AutoModelForSequenceClassification
    classifier = network.from_config(config)
    classifier.load_state_dict(_tensors(star_weights(model / GRAPH, config.num_hidden_layers)))
    classifier.save_pretrained(out)
    save_file(_tensors(mark_weights(model / GRAPH)), out / MARKS_FILE)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(model / name, out / name)


def _tables(graph_file: Path) -> dict[str, Any]:
    graph = onnx.load(graph_file).graph
    return {table.name: numpy_helper.to_array(table) for table in graph.initializer}


def _tensors(weights: dict[str, Floats]) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(table.copy()) for name, table in weights.items()}


def main() -> None:
    """Restore as the command line says."""
    parser = argparse.ArgumentParser(description="Fp32 weights from a shipped model.")
    parser.add_argument("--model", type=Path, required=True, help="folder of the shipped model")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    args = parser.parse_args()
    restore(args.model, args.out)


if __name__ == "__main__":
    main()
