"""Where another model's files are: a folder, what was downloaded before, else the hub.

Only the weights as safetensors, the config and the tokenizer's files are ever fetched or read: no
pickled weights, and no code.
"""

import hashlib
import json
import re
from fnmatch import fnmatch
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vigie.errors import VigieError

HUB_TIMEOUT_S = 5
"""Longest wait for the hub's first word; the files themselves may take their time."""

WEIGHTS = "*.safetensors"
TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model")
OTHERS = (
    "config.json",
    "model.safetensors.index.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "merges.txt",
)

# Named to the hub's client both when it fetches and when it looks for what it fetched: it holds a
# snapshot for complete by the files that were asked for.
_USED: dict[str, Any] = {
    "allow_patterns": [WEIGHTS, *TOKENIZERS, *OTHERS],
    "ignore_patterns": ["*/*"],
}

_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}(?:/[A-Za-z0-9][\w.-]{0,95})?")


def locate(name: str) -> Path:
    """Return the folder of a model's files, fetched from the hub if this machine lacks them.

    A model that was fetched once is used as it is, without the network, until it is removed from
    Hugging Face's cache.

    Raises:
        VigieError: the [hub] extra is not installed; the name is no model's; the hub cannot be
            reached; files are missing, or the weights are no safetensors.
    """
    # transformers reads the model's files, but PyTorch, which runs it, comes with the extra.
    if find_spec("torch") is None:
        raise VigieError("hub-extra-missing", model=name)
    folder = Path(name)
    if _is_folder(folder):
        _check_names([path.name for path in folder.iterdir()], name)
        return folder
    if not _HUB_NAME.fullmatch(name):
        raise VigieError("hub-unknown", model=name)
    return _fetched(name) or _fetch(name)


def read_config(folder: Path, name: str) -> dict[str, Any]:
    """Return a model's config.

    Raises:
        VigieError: it cannot be read.
    """
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise VigieError("hub-damaged", model=name, reason=first_line(error)) from None
    if not isinstance(config, dict):
        raise VigieError("hub-damaged", model=name, reason="config.json")
    return config


def version_of(folder: Path, name: str) -> str:
    """Return a model's name and the digest of all files that decide a score.

    At most 64 characters; the model is not loaded.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, one) for one in _USED["allow_patterns"]):
            with path.open("rb") as file:
                digest.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    # Its last part alone, so that a folder may be moved without every score being made again.
    shown = Path(name).resolve().name if _is_folder(Path(name)) else name
    plain = re.sub(r"[^A-Za-z0-9._]+", "-", shown).strip("-.")
    return f"{plain[-50:].lstrip('-.') or 'model'}-{digest.hexdigest()[:8]}"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # A name longer than a file system allows.
        return False


def _check_names(files: list[str], name: str) -> None:
    if "config.json" not in files:
        raise VigieError("hub-no-model", model=name)
    if not any(fnmatch(file, WEIGHTS) for file in files):
        raise VigieError("hub-no-safetensors", model=name)
    if not any(fnmatch(file, one) for file in files for one in TOKENIZERS):
        raise VigieError("hub-no-tokenizer", model=name)


def _fetched(name: str) -> Path | None:
    """Return what was downloaded before, if it is all there."""
    from huggingface_hub import snapshot_download

    try:
        folder = Path(snapshot_download(name, local_files_only=True, **_USED))
        # A download that was cut lacks some of them, and is gone on with.
        _check_names([path.name for path in folder.iterdir()], name)
    except (OSError, VigieError):
        return None
    return folder if all((folder / shard).exists() for shard in _shards(folder)) else None


def _shards(folder: Path) -> list[str]:
    """Return the names of the weight files that an index lists; none where there is no index."""
    try:
        index = json.loads((folder / "model.safetensors.index.json").read_bytes())
        return [str(shard) for shard in index["weight_map"].values()]
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return []


def _fetch(name: str) -> Path:
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, RepositoryNotFoundError

    api = HfApi()
    try:
        info = api.model_info(name, timeout=HUB_TIMEOUT_S)
        _check_names([file.rfilename for file in info.siblings or []], name)
        return Path(api.snapshot_download(name, **_USED))
    except VigieError:
        raise
    except (RepositoryNotFoundError, HFValidationError):
        raise VigieError("hub-unknown", model=name) from None
    except HfHubHTTPError as error:
        raise VigieError("hub-refused", model=name, reason=first_line(error)) from None
    except Exception as error:
        # What the network raises belongs to whichever HTTP library huggingface_hub uses.
        raise VigieError("hub-offline", model=name, reason=first_line(error)) from None


def first_line(error: Exception) -> str:
    """Return what an error of a library says, short enough for one sentence."""
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
