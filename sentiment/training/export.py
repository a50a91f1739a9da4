"""Turn fine-tuned weights into the shipped folder: ONNX, 8-bit weights, tokenizer, checksums.

    python -m sentiment.training.export --weights ../model-run/final --out sentiment/model \
        --data ../shared/training/reviews.csv.gz --name vigie-avis-3

All matrices are in 8 bits: the word embeddings with a scale a word, the others with a scale a
column. Their inputs have outliers, which are evened out first (``sentiment.training.smooth``).
Each choice is measured in docs/model.md.
"""

import argparse
import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoTokenizer

from sentiment.marks import ASPECTS, URGENCIES
from sentiment.scorer import EmbeddedScorer
from sentiment.training.calibrate import fit_offset, fit_temperature, offsets_of
from sentiment.training.data import Example, read_reviews, read_trades
from sentiment.training.evaluate import measure_examples, probabilities
from sentiment.training.network import encode, load
from sentiment.training.smooth import Inputs, even_out
from sentiment.training.thresholds import fit_thresholds

OPSET = 20
CALIBRATION_TEXTS = 600
RANGE_TEXTS = 160
WORDS_MIN = 10_000
"""A table with more rows than this is the word embeddings."""

TOLERANCE = 1e-3
"""Most that the exported fp32 graph's logits may differ from torch's."""

PROBES = ("Rien à redire.", "Accueil froid, prix élevé : je ne reviendrai pas !", "a")


def export_fp32(weights: Path, path: Path) -> None:
    """Write the fp32 graph of both heads.

    Raises:
        ValueError: its logits differ from torch's by more than TOLERANCE.
    """
    model, tokenizer = load(weights)
    # Plain attention: the fused kind exports guards against empty rows that cost time.
    model.classifier.set_attn_implementation("eager")
    model.eval()
    batch = encode(tokenizer, PROBES)
    sizes = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    torch.onnx.export(
        model,
        (batch["input_ids"], batch["attention_mask"]),
        path,
        input_names=["input_ids", "attention_mask"],
        output_names=["logits", "marks"],
        dynamic_shapes={"input_ids": sizes, "attention_mask": sizes},
        opset_version=OPSET,
        external_data=False,
        dynamo=True,
    )
    hold_to_torch(path, model, tokenizer)


def hold_to_torch(graph: Path, model: Any, tokenizer: Any) -> None:
    """Compare both heads' logits on padded batches with torch's.

    Raises:
        ValueError: they differ by more than TOLERANCE.
    """
    session = onnxruntime.InferenceSession(graph)
    for texts in (PROBES, PROBES[:1], (PROBES[1] * 9, *PROBES)):
        batch = encode(tokenizer, texts)
        with torch.inference_mode():
            expected = model(**batch)
        got = session.run(None, {name: value.numpy() for name, value in batch.items()})
        for wanted, found in zip(expected, got, strict=True):
            if np.abs(wanted.numpy() - found).max() > TOLERANCE:
                raise ValueError(f"the exported graph differs from torch on {texts}")


def quantise(fp32: Path, int8: Path, work: Path, batches: Sequence[Inputs]) -> None:
    """Write the graph with 8-bit weights; the batches show the activations' usual ranges."""
    graph_file = onnx.load(fp32)
    even_out(graph_file, fp32, _matrices(graph_file.graph), batches)
    _words_in_8_bits(graph_file.graph)
    onnx.save(graph_file, work / "words.onnx")
    quantize_dynamic(
        work / "words.onnx",
        int8,
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )


def sample_batches(weights: Path, texts: Sequence[str], size: int = 16) -> list[Inputs]:
    """Return the texts as the graph reads them, some at a time."""
    tokenizer = AutoTokenizer.from_pretrained(weights)
    encoded = [encode(tokenizer, texts[i : i + size]) for i in range(0, len(texts), size)]
    return [{name: rows.numpy() for name, rows in batch.items()} for batch in encoded]


def _words_in_8_bits(graph: Any) -> None:
    """Replace the embedding table by 8-bit rows and one scale a row."""
    tables = {table.name: table for table in graph.initializer}
    place, gather = next(
        (place, node)
        for place, node in enumerate(graph.node)
        if node.op_type == "Gather"
        and node.input[0] in tables
        and tables[node.input[0]].dims[0] > WORDS_MIN
    )
    table, ids, output = tables[gather.input[0]], gather.input[1], gather.output[0]
    words = numpy_helper.to_array(table)
    scales = np.maximum(np.abs(words).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    rows = np.rint(words / scales).astype(np.int8)
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(rows, "word_rows"))
    graph.initializer.append(numpy_helper.from_array(scales, "word_scales"))
    graph.node.remove(gather)
    chain = [
        helper.make_node("Gather", ["word_rows", ids], ["word_8_bits"], axis=0),
        helper.make_node("Cast", ["word_8_bits"], ["word_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["word_scales", ids], ["word_scale"], axis=0),
        helper.make_node("Mul", ["word_float", "word_scale"], [output]),
    ]
    for offset, node in enumerate(chain):
        graph.node.insert(place + offset, node)


def _matrices(graph: Any) -> list[str]:
    """Name the products with weights."""
    weights = {table.name for table in graph.initializer}
    return [n.name for n in graph.node if n.op_type == "MatMul" and n.input[1] in weights]


def shipped_config(weights: Path, **own: object) -> dict[str, Any]:
    """Return transformers' configuration with what the scorer needs beside it."""
    config: dict[str, Any] = json.loads((weights / "config.json").read_text(encoding="utf-8"))
    config.pop("dtype", None)
    return {**config, "vigie": {**own, "pad_token_id": config["pad_token_id"]}}


def write_config(out: Path, config: dict[str, Any]) -> None:
    """Write the configuration of a folder to ship, and the checksums of all that is in it."""
    text = json.dumps(config, indent=2, ensure_ascii=False, sort_keys=True)
    (out / "config.json").write_text(text + "\n", encoding="utf-8")
    _write_checksums(out)


def fp32_accuracy(
    weights: Path, trades: Sequence[Example], temperature: float, offsets: Sequence[float]
) -> float:
    """Return the three-class accuracy that a test holds the 8-bit graph to, calibrated alike.

    On the written texts set apart: they lie in the repository, so that the test has them.
    """
    apart = [example for example in trades if example.part == "choose"]
    stars_p = probabilities(weights, [example.text for example in apart], bf16=False)
    powers = stars_p ** (1 / temperature) * np.exp(offsets)
    return measure_examples(powers / powers.sum(axis=1, keepdims=True), apart).accuracy


def _offset(scorer: EmbeddedScorer, reviews: Sequence[Example]) -> float:
    apart = [example for example in reviews if example.part == "choose"]
    scores = scorer.score([example.text for example in apart])
    return fit_offset(np.array([score.stars_p for score in scores]), apart)


def copy_tokenizer(source: Path, out: Path) -> None:
    """Write the tokenizer's files, without the blanks that are nearly half of the long one."""
    tokenizer = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (out / "tokenizer.json").write_text(text, encoding="utf-8")
    shutil.copyfile(source / "tokenizer_config.json", out / "tokenizer_config.json")


def _write_checksums(out: Path) -> None:
    """Write SHA256SUMS of the files that are loaded, in the format of sha256sum."""
    names = ("config.json", "model.int8.onnx", "tokenizer.json", "tokenizer_config.json")
    lines = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}" for name in names]
    (out / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Export as the command line says."""
    parser = argparse.ArgumentParser(description="Export fine-tuned weights to 8-bit ONNX.")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the fp32 model")
    parser.add_argument("--out", type=Path, required=True, help="folder to ship")
    parser.add_argument("--name", required=True, help="name of the weights, part of the version")
    parser.add_argument("--data", type=Path, required=True, help="reviews, to fit the temperature")
    parser.add_argument("--extra", type=Path, help="folder of what was written for Vigie")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    reviews, trades = read_reviews(args.data), read_trades(args.extra)
    apart = [example for example in reviews + trades if example.part == "choose"]
    sample = random.Random(1).sample(apart, min(CALIBRATION_TEXTS, len(apart)))
    with tempfile.TemporaryDirectory() as folder:
        fp32 = Path(folder) / "fp32.onnx"
        export_fp32(args.weights, fp32)
        batches = sample_batches(args.weights, [e.text for e in sample[:RANGE_TEXTS]])
        quantise(fp32, args.out / "model.int8.onnx", Path(folder), batches)
    copy_tokenizer(args.weights, args.out)
    config = shipped_config(
        args.weights,
        name=args.name,
        temperature=1.0,
        star_offsets=offsets_of(0.0),
        thresholds=dict.fromkeys((*ASPECTS, *URGENCIES), 0.0),
    )
    own = config["vigie"]
    write_config(args.out, config)
    own["temperature"] = round(fit_temperature(args.out, sample), 4)
    write_config(args.out, config)
    scorer = EmbeddedScorer(args.out)
    own["star_offsets"] = offsets_of(round(_offset(scorer, reviews), 4))
    own["thresholds"] = fit_thresholds(scorer, apart)
    exact = fp32_accuracy(args.weights, trades, own["temperature"], own["star_offsets"])
    own["fp32_accuracy"] = round(exact, 4)
    print(own)
    write_config(args.out, config)


if __name__ == "__main__":
    main()
