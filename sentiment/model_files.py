"""The shipped model's files: found, held to their checksums, opened."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from vigie.errors import VigieError

MODEL_DIR = Path(__file__).parent / "model"
GRAPH = "model.int8.onnx"


def version_of(folder: Path) -> str:
    """Return a model's name and the digest of all files that decide a score, without loading it.

    Raises:
        VigieError: the folder is incomplete or damaged.
    """
    digest = hashlib.sha256(_checksums(folder)).hexdigest()[:8]
    return f"{own_config(folder)['name']}-{digest}"


def embedded_version() -> str:
    """Return the version of the shipped model, without loading it."""
    return version_of(MODEL_DIR)


def _checksums(folder: Path) -> bytes:
    try:
        return (folder / "SHA256SUMS").read_bytes()
    except OSError as error:
        raise VigieError("sentiment-model-missing", path=str(error.filename)) from None


def own_config(folder: Path) -> dict[str, Any]:
    """Return what the scorer needs beside the weights: name, calibration, thresholds.

    Raises:
        VigieError: the file is missing or is not one of ours.
    """
    path = folder / "config.json"
    try:
        own: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["vigie"]
    except OSError:
        raise VigieError("sentiment-model-missing", path=str(path)) from None
    except (ValueError, KeyError, TypeError):
        raise VigieError("sentiment-model-damaged", path=str(path)) from None
    return own


def verify(folder: Path) -> None:
    """Hold every file that SHA256SUMS names to its digest.

    Raises:
        VigieError: a file is missing or is not the one that was shipped.
    """
    listed = _checksums(folder).decode("ascii", "replace").splitlines()
    for digest, _, name in (line.partition("  ") for line in listed):
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise VigieError("sentiment-model-missing", path=str(path)) from None
        if found != digest:
            raise VigieError("sentiment-model-damaged", path=str(path))
    if GRAPH not in {line.partition("  ")[2] for line in listed}:
        raise VigieError("sentiment-model-damaged", path=str(folder / "SHA256SUMS"))


def open_tokenizer(folder: Path) -> Tokenizer:
    """Open transformers' fast tokenizer by itself.

    Importing transformers around it takes seconds, and imports PyTorch where that is installed.
    """
    # Explicit, for the tokenizer otherwise warns on stderr when a process forks after its use.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def open_session(graph: Path, threads: int) -> Any:
    """Open an ONNX Runtime session on that many processor threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Waiting threads sleep: spinning costs 40 % more processor time, which pages need meanwhile.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
