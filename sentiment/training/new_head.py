"""Put another second head into an exported model: the encoder and the stars stay byte for byte.

    python -m sentiment.training.new_head aspects --model sentiment/model \
        --weights ../vigie-avis-5 --data ../shared/training/reviews.csv.gz \
        --extra sentiment/training/data --name vigie-avis-5 --out ../ship

Only the thresholds of the part that was taught anew are fitted anew.

The head's matrices are kept in 16 bits: they are three in a hundred of the encoder's work.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from sentiment.marks import ASPECTS, URGENCIES
from sentiment.model_files import GRAPH
from sentiment.scorer import EmbeddedScorer
from sentiment.training.data import read_reviews, read_trades
from sentiment.training.features import MARKS, head_of
from sentiment.training.natural import natural_examples
from sentiment.training.thresholds import fit_thresholds

MARKS_FILE = "marks.safetensors"

NAMES: dict[str, tuple[str, ...]] = {"aspects": ASPECTS, "urgencies": URGENCIES}
"""By part of the head, what has a threshold of its own."""

Weights = Mapping[str, npt.NDArray[np.float32]]


def put_head(graph_file: Path, weights: Weights, out: Path) -> None:
    """Write the graph with these weights as its second head (two layers, GELU between)."""
    model = onnx.load(graph_file)
    graph = model.graph
    source, old = head_of(graph)
    for node in old:
        graph.node.remove(node)
    used = {name for node in graph.node for name in node.input}
    for tensor in [one for one in graph.initializer if one.name not in used]:
        graph.initializer.remove(tensor)
    del graph.value_info[:]
    domain = next(node.domain for node in old if node.op_type == "Gelu")
    graph.node.extend(_layer(graph, source, weights, "0", "head_linear"))
    graph.node.append(helper.make_node("Gelu", ["head_linear"], ["head_gelu"], domain=domain))
    graph.node.extend(_layer(graph, "head_gelu", weights, "3", MARKS))
    onnx.save(model, out)


def _layer(graph: Any, source: str, weights: Weights, layer: str, output: str) -> list[Any]:
    """Add a layer's weights to the graph, and return the nodes that apply it."""
    matrix = weights[f"{layer}.weight"].T.astype(np.float16)
    short, names = f"head_{layer}", [f"head_{layer}_{part}" for part in ("short", "bias")]
    graph.initializer.append(numpy_helper.from_array(matrix, names[0]))
    graph.initializer.append(numpy_helper.from_array(weights[f"{layer}.bias"], names[1]))
    return [
        helper.make_node("Cast", [names[0]], [f"{short}_matrix"], to=TensorProto.FLOAT),
        helper.make_node("MatMul", [source, f"{short}_matrix"], [f"{short}_product"]),
        helper.make_node("Add", [f"{short}_product", names[1]], [output]),
    ]


def main() -> None:
    """Exchange the head as the command line says, and fit its thresholds."""
    # Torch is asked for only here.
    from sentiment.training.export import copy_tokenizer, fp32_accuracy, write_config

    parser = argparse.ArgumentParser(description="Put another second head into a model.")
    parser.add_argument("part", choices=sorted(NAMES), help="what was taught anew")
    parser.add_argument("--model", type=Path, required=True, help="exported model to start from")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the whole model")
    parser.add_argument("--name", required=True, help="name of the weights, part of the version")
    parser.add_argument("--data", type=Path, required=True, help="reviews, to fit thresholds")
    parser.add_argument("--extra", type=Path, required=True, help="what was written for Vigie")
    parser.add_argument("--out", type=Path, required=True, help="folder to ship")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    config = json.loads((args.model / "config.json").read_text(encoding="utf-8"))
    copy_tokenizer(args.model, args.out)
    put_head(args.model / GRAPH, load_file(args.weights / MARKS_FILE), args.out / GRAPH)
    write_config(args.out, config)
    trades = read_trades(args.extra)
    apart = [*trades, *natural_examples(read_reviews(args.data))]
    thresholds = fit_thresholds(
        EmbeddedScorer(args.out), [example for example in apart if example.part == "choose"]
    )
    own = config["vigie"]
    own["thresholds"] |= {name: thresholds[name] for name in NAMES[args.part]}
    # The texts that a test holds the graph to may have become more.
    exact = fp32_accuracy(args.weights, trades, own["temperature"], own["star_offsets"])
    own |= {"fp32_accuracy": round(exact, 4), "name": args.name}
    print(own)
    write_config(args.out, config)


if __name__ == "__main__":
    main()
