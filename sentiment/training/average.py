"""Average the weights of two models, so that new skills cost fewer old ones (WiSE-FT).

    python -m sentiment.training.average ../shared/teacher ../model-run/final 0.6 ../model-run/wise

Source: Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022.
"""

import argparse
from pathlib import Path

import torch

from sentiment.training.network import load


def average(start: Path, end: Path, share: float, out: Path) -> None:
    """Write the model whose weights are ``(1 - share) * start + share * end``."""
    model, tokenizer = load(end)
    former = load(start)[0].state_dict()
    with torch.no_grad():
        for name, weight in model.state_dict().items():
            if weight.is_floating_point():
                weight.lerp_(former[name], 1 - share)
    model.save(out)
    tokenizer.save_pretrained(out)


def main() -> None:
    """Average as the command line says."""
    parser = argparse.ArgumentParser(description="Average the weights of two models.")
    parser.add_argument("start", type=Path)
    parser.add_argument("end", type=Path)
    parser.add_argument("share", type=float, help="share of the end model, 0 to 1")
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    average(args.start, args.end, args.share, args.out)


if __name__ == "__main__":
    main()
