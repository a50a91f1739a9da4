"""Reviews a second on texts of median length, in turns; peak memory and cold start in a child."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

Read = Callable[[Sequence[str]], object]

PASSES = 3
STARTS = 3

COLD_START = """
import sys, time
began_s, folder = float(sys.argv[1]), sys.argv[2]
# The benchmark's own environment has PyTorch, which Vigie runs without.
sys.modules["torch"] = None
from pathlib import Path
from sentiment.reader import Reader
from sentiment.scorer import EmbeddedScorer
reader = Reader(EmbeddedScorer(Path(folder)))
texts = sys.stdin.read().splitlines()
loaded_s = time.time() - began_s
reader.read(texts[:1])
first_s = time.time() - began_s
reader.read(texts)
# Not ru_maxrss, which a child begins with its parent's greatest.
status = dict(line.split(":") for line in open("/proc/self/status"))
print(loaded_s, first_s, int(status["VmHWM"].split()[0]) / 1024)
"""


def median_texts(texts: Sequence[str], most: int) -> list[str]:
    """Return the first texts whose length is within a tenth of the median, in characters."""
    middle = median(len(text) for text in texts)
    return [text for text in texts if 0.9 * middle <= len(text) <= 1.1 * middle][:most]


def plain_pipeline(folder: Path) -> Read:
    """Return a model of torch weights in transformers' pipeline, with its defaults, in fp32."""
    import torch
    from transformers import pipeline

    read: Any = pipeline("text-classification", model=str(folder), dtype=torch.float32)
    return lambda texts: read(list(texts))


def print_speed(contenders: Mapping[str, Read], texts: Sequence[str], base: str) -> None:
    """Print texts a second, the best of some passes, and how many times that is of the base.

    The contenders take turns, so that what else the machine does meets them all.
    """
    for read in contenders.values():
        read(texts[:8])
    best_s = dict.fromkeys(contenders, float("inf"))
    for _ in range(PASSES):
        for name, read in contenders.items():
            started_s = time.perf_counter()
            read(texts)
            best_s[name] = min(best_s[name], time.perf_counter() - started_s)
    print(
        f"\nSpeed: {len(texts)} texts of {median(map(len, texts)):.0f} characters, best of {PASSES}"
    )
    for name, spent_s in best_s.items():
        times = best_s[base] / spent_s
        print(f"  {name:44s} {len(texts) / spent_s:8.0f} texts/s  {times:7.2f} x {base}")


def print_cold_start(folder: Path, texts: Sequence[str]) -> None:
    """Print the time from a process's start to its first reading, and its peak memory."""
    lines = "\n".join(" ".join(text.split()) for text in texts)
    runs = []
    for _ in range(STARTS):
        command = [sys.executable, "-c", COLD_START, str(time.time()), str(folder)]
        done = subprocess.run(command, input=lines, text=True, check=True, capture_output=True)
        runs.append([float(value) for value in done.stdout.split()])
    loaded_s, first_s, peak_mb = (min(values) for values in zip(*runs, strict=True))
    print(
        f"\nCold start, without PyTorch, best of {STARTS}: loaded in {loaded_s:.2f} s, "
        f"first reading after {first_s:.2f} s; peak after {len(texts)} texts {peak_mb:.0f} MB"
    )
