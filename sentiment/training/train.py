"""Fine-tune the star classifier, in the background, on two cores, stopping and going on at will.

    python -m sentiment.training.train --base ../shared/teacher \
        --data ../shared/training/reviews.csv.gz --extra sentiment/training/data \
        --clauses ../shared/training/aspects.jsonl.gz --out ../model-run --steps 1800 --bf16

Run again with the same ``--out`` it goes on from its last checkpoint, with the same draws as if
it had never stopped; more steps, or an ``--extra`` folder that was not there, may be given then.
The learning rate rises for 60 steps, stays, and falls to 0 over the last 40 % of the steps.
"""

import argparse
import re
import time
from pathlib import Path
from typing import Any

import torch

from sentiment.training.data import (
    CLAUSES,
    TRADES,
    Example,
    read_clauses,
    read_reviews,
    read_trades,
)
from sentiment.training.half import HalfCopy
from sentiment.training.marks_loss import marks_loss
from sentiment.training.network import (
    allowed_mask,
    encode_with_offsets,
    load,
    star_loss,
)
from sentiment.training.sampler import Sampler

LAYER_DECAY = 0.93
"""Each layer's learning rate is this share of the one above it."""

MARKS_RATE = 25.0
"""The marks' head starts from nothing, and learns so many times faster than the one above."""

WARM_UP_STEPS = 60
FALL_SHARE = 0.4
WEIGHT_DECAY = 0.01
MAX_GRADIENT_NORM = 1.0


def learning_rate_share(step: int, steps: int) -> float:
    """Return the share of the peak learning rate at a step (trapezoid: rise, stay, fall)."""
    rise = min(1.0, (step + 1) / WARM_UP_STEPS)
    fall = min(1.0, (steps - step) / (steps * FALL_SHARE))
    return min(rise, max(0.0, fall))


def parameter_groups(model: Any, peak: float) -> list[dict[str, Any]]:
    """Group parameters by depth with decayed rates; the word embeddings are left out.

    They stay frozen: French training would otherwise pull its own words away from the other
    languages', which the encoder aligned.
    """
    model.classifier.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    layers = model.classifier.config.num_hidden_layers
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        layer = re.search(r"encoder\.layer\.(\d+)\.", name)
        depth = int(layer[1]) + 1 if layer else 0 if "embeddings" in name else layers + 1
        decay = WEIGHT_DECAY if parameter.ndim > 1 else 0.0
        peak_here = peak * LAYER_DECAY ** (layers + 1 - depth)
        if name.startswith("marks."):
            peak_here = peak * MARKS_RATE
        groups.append({"params": [parameter], "peak": peak_here, "weight_decay": decay})
    return groups


class Run:
    """One training run and its folder.

    ``checkpoint.pt`` is what a resumed run reads; ``step-N`` are models kept to choose from.
    """

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.out: Path = args.out
        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(args.seed)
        self.model, self.tokenizer = load(args.base)
        self.optimizer = torch.optim.AdamW(
            parameter_groups(self.model, args.lr), lr=args.lr, fused=True
        )
        self.step = 0
        self.saved_s = time.monotonic()
        if (self.out / "checkpoint.pt").exists():
            self._resume()
        self.half = HalfCopy(self.model) if args.bf16 else None
        self.computing = self.half.network if self.half else self.model.train()

    def go(self, examples: list[Example]) -> None:
        """Train to the last step, saving on the way."""
        shares = {TRADES: self.args.trade_share, CLAUSES: self.args.clause_share}
        sampler = Sampler(examples, self.args.batch_size, self.args.seed, shares)
        started_s, first, losses = time.monotonic(), self.step, list[float]()
        for batch in sampler.batches(self.step):
            if self.step >= self.args.steps:
                break
            losses.append(self._learn(batch))
            self.step += 1
            if self.step % 20 == 0:
                speed = (self.step - first) * len(batch) / (time.monotonic() - started_s)
                mean = sum(losses) / len(losses)
                print(f"step {self.step} loss {mean:.4f} {speed:.1f} texts/s", flush=True)
                losses.clear()
            self._save_when_due()
        self._checkpoint()
        self._keep(self.out / "final")

    def _learn(self, batch: list[Example]) -> float:
        # Dropout draws from the step, so that a resumed run repeats an unbroken one.
        torch.manual_seed(self.args.seed * 1_000_003 + self.step)
        share = learning_rate_share(self.step, self.args.steps)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * share
        inputs, offsets = encode_with_offsets(self.tokenizer, [e.text for e in batch])
        stars, marks = self.computing(**inputs)
        # Weighed by the share of the batch that carries marks, as if all others' loss were 0.
        marked = sum(example.marks is not None for example in batch) / len(batch)
        loss = star_loss(stars, allowed_mask(batch))
        loss = loss + self.args.marks_weight * marked * marks_loss(marks, batch, offsets)
        loss.backward()
        if self.half:
            self.half.hand_over()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), MAX_GRADIENT_NORM)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        if self.half:
            self.half.refresh()
        return float(loss.detach())

    def _save_when_due(self) -> None:
        if time.monotonic() - self.saved_s > self.args.checkpoint_s:
            self._checkpoint()
        if self.step % self.args.keep_every == 0:
            self._keep(self.out / f"step-{self.step}")

    def _checkpoint(self) -> None:
        state = {
            "step": self.step,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
        }
        # Written aside and renamed: a kill in the middle leaves the former checkpoint whole.
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")
        self.saved_s = time.monotonic()

    def _resume(self) -> None:
        state = torch.load(self.out / "checkpoint.pt", weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = state["step"]
        print(f"resumed at step {self.step}", flush=True)

    def _keep(self, folder: Path) -> None:
        self.model.save(folder)
        self.tokenizer.save_pretrained(folder)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--base", type=Path, required=True, help="model to start from")
    parser.add_argument("--data", type=Path, required=True, help="reviews, .csv or .csv.gz")
    parser.add_argument("--extra", type=Path, help="folder of what was written for Vigie")
    parser.add_argument("--clauses", type=Path, help="aspect-labelled sentences, .jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder of this run")
    parser.add_argument("--steps", type=int, default=2400)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--trade-share", type=float, default=0.35, help="part of the draws")
    parser.add_argument("--clause-share", type=float, default=0.12, help="part of the draws")
    parser.add_argument("--marks-weight", type=float, default=1.0, help="beside the stars' loss")
    parser.add_argument("--lr", type=float, default=4e-5, help="peak learning rate of the head")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--checkpoint-s", type=int, default=180)
    parser.add_argument("--keep-every", type=int, default=400, help="steps between kept models")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16")
    return parser.parse_args()


def main() -> None:
    """Train as the command line says."""
    args = arguments()
    torch.set_num_threads(args.threads)
    examples = read_reviews(args.data) + read_trades(args.extra) + read_clauses(args.clauses)
    counts = {part: sum(e.part == part for e in examples) for part in ("train", "choose", "test")}
    print(f"texts: {counts}", flush=True)
    Run(args).go(examples)


if __name__ == "__main__":
    main()
