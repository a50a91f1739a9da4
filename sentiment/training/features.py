"""What the second head reads, as the exported 8-bit graph gives it: each text is read once."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx

from sentiment.model_files import GRAPH, open_session, open_tokenizer, own_config
from sentiment.windows import batches, cut, padded

MARKS = "marks"
"""Output of the graph that the second head gives."""

Features = list[tuple[npt.NDArray[np.float16], list[tuple[int, int]]]]
"""By text: (tokens, 2 hidden) and each token's (start, end)."""


def features_of(model: Path, texts: Sequence[str], threads: int = 2) -> Features:
    """Return what the head of an exported model reads in each text, windowed as Vigie does."""
    tokenizer, pad_id = open_tokenizer(model), int(own_config(model)["pad_token_id"])
    windows = cut(tokenizer, texts)
    rows: list[npt.NDArray[np.float16]] = [np.empty(0, np.float16)] * len(windows)
    with tempfile.TemporaryDirectory() as folder:
        opened = Path(folder) / GRAPH
        name = _show_features(model / GRAPH, opened)
        session = open_session(opened, threads)
        for places in batches([len(window.ids) for window in windows], 32):
            ids, mask = padded([windows[place].ids for place in places], pad_id)
            found = session.run([name], {"input_ids": ids, "attention_mask": mask})[0]
            for row, place in zip(found, places, strict=True):
                rows[place] = row[1 : 1 + len(windows[place].offsets)].astype(np.float16)
    pieces: list[list[int]] = [[] for _ in texts]
    for place, window in enumerate(windows):
        pieces[window.owner].append(place)
    return [
        (
            np.concatenate([rows[place] for place in places]),
            [pair for place in places for pair in windows[place].offsets],
        )
        for places in pieces
    ]


def head_of(graph: Any) -> tuple[str, list[Any]]:
    """Return what the second head reads in an exported graph, by name, and the head's nodes."""
    made_by = {name: node for node in graph.node for name in node.output}
    name, head = MARKS, list[Any]()
    while made_by[name].op_type != "Concat":
        head.append(made_by[name])
        name = next(source for source in made_by[name].input if source in made_by)
    # An 8-bit product's scale is made beside the chain that leads to it.
    inner = {output for node in head for output in node.output}
    wanted = {source for node in head for source in node.input} - {name}
    beside = [n for n in graph.node if wanted & set(n.output) and not inner & set(n.output)]
    return name, head + beside


def _show_features(graph: Path, out: Path) -> str:
    """Write the graph with one more output, the two layers that the head reads; name it."""
    model = onnx.load(graph)
    name, _ = head_of(model.graph)
    shape = [None, None, None]
    value = onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
    model.graph.output.append(value)
    onnx.save(model, out)
    return name
