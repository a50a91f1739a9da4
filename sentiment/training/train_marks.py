"""Teach a part of the second head anew, on an encoder that stays as it is.

    python -m sentiment.training.train_marks aspects --weights ../vigie-avis-4 --keep \
        --model sentiment/model --data ../shared/training/reviews.csv.gz \
        --clauses ../shared/training/aspects.jsonl.gz --extra sentiment/training/data \
        --out ../vigie-avis-5

Each text goes once through the exported encoder (``--model``); only small heads see it several
times. Heads from several seeds are laid side by side, as one wider head that gives their mean, next
to the units of the other part (``aspects`` with their polarity, or ``urgencies``), which stay what
they were.
"""

import argparse
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from sentiment.marks import ASPECT_PART, MARKS, URGENCY_MARKS
from sentiment.training.data import Example
from sentiment.training.features import Features, features_of
from sentiment.training.marks_loss import Offsets, aspects_loss, urgency_loss
from sentiment.training.marks_texts import Weighed, aspect_texts, urgency_texts
from sentiment.training.network import load, marks_head

BATCH = 32
WARM_UP_STEPS = 40

Weights = Mapping[str, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the second head, and how it is taught.

    Attributes:
        marks: its places among the head's outputs.
        loss: of one text's (tokens, marks) logits.
        width: units between, of each seed's head.
        dropout: share of them that a step leaves out.
        rate: the learning rate at its peak.
    """

    marks: slice
    loss: Callable[[torch.Tensor, Example, Offsets], torch.Tensor]
    width: int
    dropout: float
    rate: float
    steps: int
    seeds: tuple[int, ...]


PARTS = {
    "aspects": Part(ASPECT_PART, aspects_loss, 192, 0.3, 2e-3, 800, (1, 2)),
    "urgencies": Part(URGENCY_MARKS, urgency_loss, 128, 0.2, 1.5e-3, 1600, (11, 12, 14)),
}


def train(texts: Weighed, features: Features, part: Part, seed: int, steps: int) -> Weights:
    """Return the weights of a head of one part alone, for features as the encoder gives them."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    marks = range(len(MARKS))[part.marks]
    head = marks_head(features[0][0].shape[1] // 2, part.width, len(marks), part.dropout)
    rows = [torch.from_numpy(states) for states, _ in features]
    sample = torch.cat(rows[:: max(1, len(rows) // 500)]).float()
    mean, spread = sample.mean(0), sample.std(0) + 1e-4
    optimizer = torch.optim.AdamW(head.parameters(), lr=part.rate, weight_decay=0.02)
    # A text without tokens has nothing to teach.
    places_read = [place for place, states in enumerate(rows) if len(states)]
    weights = [texts[place][1] for place in places_read]
    for step in range(steps):
        places = rng.choices(places_read, weights, k=BATCH)
        batch = torch.cat([rows[place] for place in places]).float()
        logits = head((batch - mean) / spread).split([len(rows[place]) for place in places])
        for group in optimizer.param_groups:
            group["lr"] = part.rate * min(1, (step + 1) / WARM_UP_STEPS) * (1 - step / steps)
        losses = [
            part.loss(row, texts[place][0], features[place][1])
            for row, place in zip(logits, places, strict=True)
        ]
        torch.stack(losses).mean().backward()
        optimizer.step()
        optimizer.zero_grad()
    found = {name: weight.detach().clone() for name, weight in head.state_dict().items()}
    # The scale that the features had while training ends up in the weights.
    found["0.weight"] /= spread
    found["0.bias"] -= found["0.weight"] @ mean
    return found


def part_of_head(whole: Weights, marks: slice) -> Weights:
    """Return some marks of a head as a head of their own, with the units that they read."""
    read = whole["3.weight"][marks].ne(0).any(dim=0)
    return {
        "0.weight": whole["0.weight"][read],
        "0.bias": whole["0.bias"][read],
        "3.weight": whole["3.weight"][marks][:, read],
        "3.bias": whole["3.bias"][marks],
    }


def side_by_side(parts: Sequence[tuple[slice, Sequence[Weights]]]) -> Weights:
    """Return one head of all marks, that gives the mean of the heads of each part.

    Args:
        parts: (places among the marks, heads of these marks alone).
    """
    heads = [head for _, heads in parts for head in heads]
    out, bias = torch.zeros(len(MARKS), sum(head["0.bias"].numel() for head in heads)), []
    begin = 0
    for marks, alike in parts:
        for head in alike:
            end = begin + head["0.bias"].numel()
            out[marks, begin:end] = head["3.weight"] / len(alike)
            begin = end
        bias.append(torch.stack([head["3.bias"] for head in alike]).mean(0))
    return {
        "0.weight": torch.cat([head["0.weight"] for head in heads]),
        "0.bias": torch.cat([head["0.bias"] for head in heads]),
        "3.weight": out,
        "3.bias": torch.cat(bias),
    }


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description="Teach a part of the second head anew.")
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("--weights", type=Path, required=True, help="folder of the whole model")
    parser.add_argument("--model", type=Path, required=True, help="folder that it was exported to")
    parser.add_argument("--data", type=Path, required=True, help="reviews, .csv or .csv.gz")
    parser.add_argument("--clauses", type=Path, required=True, help="M-ABSA sentences, .jsonl.gz")
    parser.add_argument("--extra", type=Path, required=True, help="what was written for Vigie")
    parser.add_argument("--keep", action="store_true", help="the former head counts as one more")
    parser.add_argument("--out", type=Path, required=True, help="folder of the new whole model")
    parser.add_argument("--steps", type=int, help="of each head")
    args = parser.parse_args()
    part = PARTS[args.part]
    network, tokenizer = load(args.weights)
    texts = (
        aspect_texts(args.extra, args.clauses, seed=5)
        if args.part == "aspects"
        else urgency_texts(args.extra, args.data, seed=7)
    )
    features = features_of(args.model, [example.text for example, _ in texts])
    whole = network.marks.state_dict()
    heads = [train(texts, features, part, seed, args.steps or part.steps) for seed in part.seeds]
    if args.keep:
        heads.append(part_of_head(whole, part.marks))
    merged = side_by_side(
        [
            (one.marks, heads if one is part else [part_of_head(whole, one.marks)])
            for one in PARTS.values()
        ]
    )
    network.marks = marks_head(network.classifier.config.hidden_size, merged["0.bias"].numel())
    network.marks.load_state_dict(merged)
    network.save(args.out)
    tokenizer.save_pretrained(args.out)


if __name__ == "__main__":
    main()
