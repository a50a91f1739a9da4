"""A sequence-classification model as others publish them, made on the spot and tiny."""

import json
from pathlib import Path
from typing import Any

WORDS = [
    "bon",
    "accueil",
    "mauvais",
    "travail",
    "cher",
    "rapide",
    "à",
    "fuir",
    "parfait",
    "nul",
    "garage",
    "très",
]


def write_tiny_model(
    folder: Path, labels: list[str] | None, positions: int = 64, layers: int = 1, words: int = 0
) -> Path:
    """Write a BERT with random weights, and a tokenizer of a dozen words.

    Args:
        folder: made if missing.
        labels: names of the outputs; None for two that transformers names itself.
        positions: longest window that it reads.
        layers: how deep it is.
        words: rows of its word table, if more than the tokenizer knows.
    """
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    vocabulary = {
        word: place for place, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])
    }
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer_type: Any = PreTrainedTokenizerFast
    tokenizer_type(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]",
    ).save_pretrained(folder)  # fmt: skip
    torch.manual_seed(3)
    named: dict[str, Any] = {"id2label": dict(enumerate(labels))} if labels else {}
    config = BertConfig(
        vocab_size=max(words, len(vocabulary)), hidden_size=16, num_hidden_layers=layers,
        num_attention_heads=2, intermediate_size=32, max_position_embeddings=positions,
        initializer_range=0.8, **named,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def edit_config(folder: Path, **changes: object) -> None:
    """Change values in a model's config."""
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")
