"""Outliers evened out before quantising: a channel's scale moves from activations to weights.

Source: Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training Quantization for Large
Language Models", ICML 2023.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper

STRENGTH = 0.75
"""Share of a channel's range (its logarithm) that moves to the weights: the best of 0.5 to 0.85."""

Inputs = Mapping[str, npt.NDArray[np.int64]]
Floats = npt.NDArray[np.float32]


def even_out(graph_file: Any, path: Path, names: Sequence[str], batches: Sequence[Inputs]) -> None:
    """Divide the inputs of some matrix products by channel, and multiply the matrices' rows.

    Args:
        graph_file: the graph, changed in place.
        path: the same graph's file, to be run.
        names: the products' nodes.
        batches: inputs to measure the activations' ranges on.
    """
    graph = graph_file.graph
    nodes = {node.name: node for node in graph.node}
    highest = _highest_inputs(path, [nodes[name].input[0] for name in names], batches)
    tables = {table.name: table for table in graph.initializer}
    for name in names:
        node = nodes[name]
        activations, table = node.input[0], tables[node.input[1]]
        weights = numpy_helper.to_array(table)
        scales = _scales(highest[activations], np.abs(weights).max(axis=1))
        table.CopyFrom(numpy_helper.from_array(weights * scales[:, None], table.name))
        graph.initializer.append(numpy_helper.from_array(1 / scales, f"{name}_scales"))
        even = helper.make_node("Mul", [activations, f"{name}_scales"], [f"{name}_even"])
        graph.node.insert(list(graph.node).index(node), even)
        node.input[0] = f"{name}_even"


def _scales(activations: Floats, weights: Floats) -> Floats:
    """Return (channels,) factors around 1."""
    logs = STRENGTH * np.log(np.maximum(activations, 1e-3))
    logs -= (1 - STRENGTH) * np.log(np.maximum(weights, 1e-4))
    scales: Floats = np.exp(logs - logs.mean()).astype(np.float32)
    return scales


def _highest_inputs(
    path: Path, outputs: Sequence[str], batches: Sequence[Inputs]
) -> dict[str, Floats]:
    """Return (channels,) greatest magnitudes of inner outputs over tokens that are no padding."""
    probed = onnx.load(path)
    for name in outputs:
        probed.graph.output.append(helper.make_tensor_value_info(name, 1, None))
    session = onnxruntime.InferenceSession(
        probed.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    highest: dict[str, Floats] = dict.fromkeys(outputs, np.zeros(1, np.float32))
    for batch in batches:
        tokens = batch["attention_mask"].astype(bool)
        for name, found in zip(outputs, session.run(list(outputs), dict(batch)), strict=True):
            highest[name] = np.maximum(highest[name], np.abs(found[tokens]).max(axis=0))
    return highest
