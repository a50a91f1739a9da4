"""A shallower student of the star classifier: is it as right, and how much faster?

    python -m sentiment.training.distil --teacher ../model-run/mixed --layers 0 2 4 7 9 11 \
        --data ../shared/training/reviews.csv.gz --extra sentiment/training/data \
        --clauses ../shared/training/aspects.jsonl.gz --out ../student --steps 1600 --bf16

The student begins as some of the teacher's layers, and learns the teacher's probabilities of stars
beside the writers' own (G. Hinton et al., "Distilling the Knowledge in a Neural Network", 2015; the
layers as in V. Sanh et al., "DistilBERT", 2019). It marks no aspects: docs/model.md says why it was
not taken further.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
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
from sentiment.training.evaluate import in_a_line, measure_examples, split_trades
from sentiment.training.network import (
    Network,
    allowed_mask,
    encode,
    half_precision,
    load,
    logits_of,
    star_loss,
)
from sentiment.training.sampler import Sampler
from sentiment.training.train import MAX_GRADIENT_NORM, WEIGHT_DECAY, learning_rate_share

TEACHER_SHARE = 0.7
"""Share of the loss that follows the teacher; the rest follows the stars given."""

PEAK = 1e-4


def student_of(folder: Path, layers: Sequence[int]) -> Any:
    """Return the teacher's star classifier with these of its layers alone, words frozen."""
    student = Network(folder).classifier
    every = student.bert.encoder.layer
    student.bert.encoder.layer = torch.nn.ModuleList([every[place] for place in layers])
    student.config.num_hidden_layers = len(layers)
    student.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return student


def distil_loss(logits: torch.Tensor, taught_p: torch.Tensor) -> torch.Tensor:
    """Return the mean cross-entropy of (texts, 5) logits with the teacher's probabilities."""
    return -(taught_p * torch.log_softmax(logits.float(), dim=-1)).sum(dim=-1).mean()


def learn(
    student: Any, teacher: Network, tokenizer: Any, batches: Iterator[list[Example]], steps: int,
    bf16: bool,
) -> None:  # fmt: skip
    """Teach the student, in place."""
    learnt = [parameter for parameter in student.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=PEAK, weight_decay=WEIGHT_DECAY)
    began_s = time.monotonic()
    teacher.eval()
    student.train()
    for step in range(steps):
        batch = next(batches)
        inputs = encode(tokenizer, [example.text for example in batch])
        for group in optimizer.param_groups:
            group["lr"] = PEAK * learning_rate_share(step, steps)
        with half_precision(bf16):
            with torch.no_grad():
                taught_p = torch.softmax(teacher(**inputs)[0].float(), dim=-1)
            logits = student(**inputs).logits
        loss = TEACHER_SHARE * distil_loss(logits, taught_p)
        loss = loss + (1 - TEACHER_SHARE) * star_loss(logits, allowed_mask(batch))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, MAX_GRADIENT_NORM)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 20 == 19:
            speed = (step + 1) * len(batch) / (time.monotonic() - began_s)
            print(f"step {step + 1} loss {loss.item():.4f} {speed:.1f} texts/s", flush=True)


def print_figures(name: str, model: Any, tokenizer: Any, examples: Sequence[Example]) -> None:
    """Print how right and how fast a model is on the texts set apart to choose by."""
    for group in split_trades([example for example in examples if example.part == "choose"]):
        began_s = time.process_time()
        logits = logits_of(model, tokenizer, [example.text for example in group], bf16=False)
        spent_s = time.process_time() - began_s
        stars_p = torch.softmax(logits, dim=-1).double().numpy()
        print(
            f"{name:8} {in_a_line(measure_examples(stars_p, group))}  {spent_s:.0f} s of processor"
        )


def main() -> None:
    """Teach a student as the command line says, keep it, and hold it beside its teacher."""
    args = arguments()
    torch.manual_seed(args.seed)
    examples = read_reviews(args.data) + read_trades(args.extra) + read_clauses(args.clauses)
    shares = {TRADES: args.trade_share, CLAUSES: args.clause_share}
    batches = Sampler(examples, args.batch_size, args.seed, shares).batches(0)
    teacher, tokenizer = load(args.teacher)
    student = student_of(args.teacher, args.layers)
    learn(student, teacher, tokenizer, batches, args.steps, args.bf16)
    student.save_pretrained(args.out)
    tokenizer.save_pretrained(args.out)
    collected = [example for example in examples if example.source != CLAUSES]
    for name, model in (("teacher", teacher), ("student", student)):
        print_figures(name, model, tokenizer, collected)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="A shallower student of the star classifier.")
    parser.add_argument("--teacher", type=Path, required=True, help="its folder of torch weights")
    parser.add_argument("--layers", type=int, nargs="+", required=True, help="from 0, those kept")
    parser.add_argument("--data", type=Path, required=True, help="reviews, .csv or .csv.gz")
    parser.add_argument("--extra", type=Path, help="folder of what was written for Vigie")
    parser.add_argument("--clauses", type=Path, help="aspect-labelled sentences, .jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder of the student")
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--trade-share", type=float, default=0.38, help="part of the draws")
    parser.add_argument("--clause-share", type=float, default=0.08, help="part of the draws")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16")
    return parser.parse_args()


if __name__ == "__main__":
    main()
