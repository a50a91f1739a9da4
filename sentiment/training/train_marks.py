"""Teach the second head urgencies anew, on an encoder that stays as it is: minutes on two cores.

    python -m sentiment.training.train_marks --weights ../vigie-avis-3 --model sentiment/model \
        --extra sentiment/training/data --data ../shared/training/reviews.csv.gz \
        --out ../vigie-avis-4

Each text goes once through the exported encoder (``--model``); only small heads see it several
times. Heads from several seeds are laid side by side, as one wider head that gives their mean, next
to the units that tell aspects and polarity, which stay what they were.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from sentiment.marks import MARKS, URGENCIES, URGENCY_MARKS
from sentiment.training.augment import without_accents
from sentiment.training.data import TRADES, Example, read_reviews, read_trades
from sentiment.training.features import Features, features_of
from sentiment.training.marks_loss import urgency_loss
from sentiment.training.natural import NATURAL, natural_examples
from sentiment.training.network import load, marks_head

STEPS = 1600
BATCH = 32
PEAK_RATE = 1.5e-3
WARM_UP_STEPS = 40
WIDTH = 128
SEEDS = (11, 12, 14)

CONTENT_TEXTS = 1000
"""Contented reviews, in which nothing is urgent."""

WEIGHTS = {NATURAL: 2.0, TRADES: 1.0}
"""How often a review of such a source is drawn, beside one that nobody labelled."""

URGENT_WEIGHT = 1.5
"""How much more often a collected review that is urgent is drawn."""

Weights = dict[str, torch.Tensor]


def gather(extra: Path, data: Path, seed: int) -> list[Example]:
    """Return the training texts whose urgencies are known, some also as people type them."""
    reviews, rng = read_reviews(data), random.Random(seed)
    labelled = [*natural_examples(reviews), *read_trades(extra)]
    labelled = [
        e for e in labelled if e.part == "train" and e.marks and e.marks.urgencies is not None
    ]
    content = [e for e in reviews if e.part == "train" and e.marks and len(e.text) < 260]
    rng.shuffle(content)
    ways = (str.lower, without_accents)
    typed = [replace(e, text=rng.choice(ways)(e.text)) for e in labelled]
    return [*labelled, *typed, *content[:CONTENT_TEXTS]]


def train(examples: Sequence[Example], features: Features, seed: int, steps: int) -> Weights:
    """Return the weights of a head of urgencies alone, for features as the encoder gives them."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    head = marks_head(features[0][0].shape[1] // 2, WIDTH, len(URGENCIES))
    rows = [torch.from_numpy(states) for states, _ in features]
    sample = torch.cat(rows[:: max(1, len(rows) // 500)]).float()
    mean, spread = sample.mean(0), sample.std(0) + 1e-4
    optimizer = torch.optim.AdamW(head.parameters(), lr=PEAK_RATE, weight_decay=0.02)
    weights = [_weight(example) for example in examples]
    for step in range(steps):
        places = rng.choices(range(len(examples)), weights, k=BATCH)
        batch = [(rows[place].float() - mean) / spread for place in places]
        logits = head(torch.nn.utils.rnn.pad_sequence(batch, batch_first=True))
        for group in optimizer.param_groups:
            group["lr"] = PEAK_RATE * min(1, (step + 1) / WARM_UP_STEPS) * (1 - step / steps)
        losses = [
            urgency_loss(row[: len(features[place][1])], examples[place], features[place][1])
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


def side_by_side(kept: Mapping[str, torch.Tensor], heads: Sequence[Weights]) -> Weights:
    """Return one head: the kept one's aspects and polarity, and the mean of the others' urgencies.

    Args:
        kept: a head of all marks; its urgencies are left out.
        heads: heads of urgencies alone.
    """
    hidden = kept["0.bias"].numel()
    width = hidden + sum(head["0.bias"].numel() for head in heads)
    out = torch.zeros(len(MARKS), width)
    out[:, :hidden] = kept["3.weight"]
    out[URGENCY_MARKS, :hidden] = 0
    out[URGENCY_MARKS, hidden:] = torch.cat([head["3.weight"] for head in heads], 1) / len(heads)
    bias = kept["3.bias"].clone()
    bias[URGENCY_MARKS] = torch.stack([head["3.bias"] for head in heads]).mean(0)
    return {
        "0.weight": torch.cat([kept["0.weight"], *(head["0.weight"] for head in heads)]),
        "0.bias": torch.cat([kept["0.bias"], *(head["0.bias"] for head in heads)]),
        "3.weight": out,
        "3.bias": bias,
    }


def _weight(example: Example) -> float:
    urgent = example.source == NATURAL and example.marks and example.marks.urgencies
    return WEIGHTS.get(example.source, 0.5) * (URGENT_WEIGHT if urgent else 1)


def main() -> None:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(description="Teach the second head urgencies anew.")
    parser.add_argument("--weights", type=Path, required=True, help="folder of the whole model")
    parser.add_argument("--model", type=Path, required=True, help="folder that it was exported to")
    parser.add_argument("--data", type=Path, required=True, help="reviews, .csv or .csv.gz")
    parser.add_argument("--extra", type=Path, required=True, help="what was written for Vigie")
    parser.add_argument("--out", type=Path, required=True, help="folder of the new whole model")
    parser.add_argument("--steps", type=int, default=STEPS)
    args = parser.parse_args()
    network, tokenizer = load(args.weights)
    examples = gather(args.extra, args.data, seed=7)
    features = features_of(args.model, [example.text for example in examples])
    heads = [train(examples, features, seed, args.steps) for seed in SEEDS]
    merged = side_by_side(network.marks.state_dict(), heads)
    hidden = network.classifier.config.hidden_size
    network.marks = marks_head(hidden, merged["0.bias"].numel())
    network.marks.load_state_dict(merged)
    network.save(args.out)
    tokenizer.save_pretrained(args.out)


if __name__ == "__main__":
    main()
