"""Train the second head alone, on an encoder that stays as it is: minutes on two cores.

    python -m sentiment.training.train_marks --weights ../model-run/final \
        --extra sentiment/training/data --clauses ../shared/training/aspects.jsonl.gz \
        --data ../shared/training/reviews.csv.gz --out ../model-run/marked

Each text goes through the encoder once; only the head sees it several times.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from sentiment.training.augment import without_accents
from sentiment.training.data import TRADES, Example, read_clauses, read_reviews, read_trades
from sentiment.training.marks_loss import Offsets, marks_loss
from sentiment.training.network import (
    encode_with_offsets,
    half_precision,
    load,
    marks_head,
    token_features,
)

EPOCH_TEXTS = 9000
BATCH = 32
TRADES_WEIGHT = 3
"""A text written about trades is drawn so many times as often as another."""

PEAK_RATE = 1.5e-3
WARM_UP_STEPS = 40
CONTENT_TEXTS = 1500
"""Contented reviews, in which nothing is urgent."""

Features = list[tuple[torch.Tensor, Offsets]]


def gather(args: argparse.Namespace) -> list[Example]:
    """Return the marked training texts, those about trades also as people type them."""
    marked = read_trades(args.extra) + read_clauses(args.clauses)
    content = [e for e in read_reviews(args.data) if e.marks is not None and len(e.text) < 220]
    content = [example for example in content if example.part == "train"]
    random.Random(args.seed).shuffle(content)
    examples = [e for e in marked if e.marks is not None and e.part == "train"]
    examples += content[:CONTENT_TEXTS]
    trades = [example for example in examples if example.source == TRADES]
    typed = (str.lower, without_accents)
    return examples + [replace(e, text=change(e.text)) for e in trades for change in typed]


def features_of(network: Any, tokenizer: Any, texts: Sequence[str]) -> Features:
    """Return each text's (tokens, 2 hidden) features and its tokens' offsets."""
    features: dict[int, tuple[torch.Tensor, Offsets]] = {}
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    with torch.inference_mode(), half_precision(True):
        for start in range(0, len(order), 64):
            places = order[start : start + 64]
            inputs, offsets = encode_with_offsets(tokenizer, [texts[place] for place in places])
            states = network.classifier.bert(**inputs, output_hidden_states=True).hidden_states
            rows = token_features(states).float()
            for row, place, pairs in zip(rows, places, offsets, strict=True):
                features[place] = row[: len(pairs)].clone(), pairs
    return [features[place] for place in range(len(texts))]


def train(
    head: torch.nn.Sequential,
    examples: Sequence[Example],
    features: Features,
    args: argparse.Namespace,
) -> None:
    """Train the head, features scaled to one size meanwhile; the scale ends up in its weights."""
    sample = torch.cat([rows for rows, _ in features[:: max(1, len(features) // 500)]])
    mean, spread = sample.mean(0), sample.std(0) + 1e-4
    weights = [TRADES_WEIGHT if e.source == TRADES else 1 for e in examples]
    optimizer = torch.optim.AdamW(head.parameters(), lr=PEAK_RATE, weight_decay=0.02)
    rng = random.Random(args.seed)
    steps = args.epochs * EPOCH_TEXTS // BATCH
    for step in range(steps):
        places = rng.choices(range(len(examples)), weights, k=BATCH)
        rows = [(features[place][0] - mean) / spread for place in places]
        batch = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
        for group in optimizer.param_groups:
            group["lr"] = PEAK_RATE * min(1, (step + 1) / WARM_UP_STEPS) * (1 - step / steps)
        offsets = [features[place][1] for place in places]
        loss = marks_loss(head(batch), [examples[place] for place in places], offsets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        if step % 50 == 49:
            print(f"step {step + 1} of {steps} loss {loss.item():.3f}", flush=True)
    with torch.no_grad():
        scaled = head[0].weight / spread
        head[0].bias -= scaled @ mean
        head[0].weight.copy_(scaled)


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description="Train the head that marks words.")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the encoder")
    parser.add_argument("--data", type=Path, required=True, help="reviews, .csv or .csv.gz")
    parser.add_argument("--extra", type=Path, required=True, help="what was written for Vigie")
    parser.add_argument("--clauses", type=Path, help="aspect-labelled sentences, .jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder of the whole model")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    network, tokenizer = load(args.weights)
    network.eval()
    examples = gather(args)
    features = features_of(network, tokenizer, [example.text for example in examples])
    network.marks = marks_head(network.classifier.config.hidden_size)
    train(network.marks, examples, features, args)
    network.save(args.out)
    tokenizer.save_pretrained(args.out)


if __name__ == "__main__":
    main()
