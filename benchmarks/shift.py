"""False alarms and delays of the shift detector, on simulated shops.

    python -m benchmarks.shift [--quick] [--mixture] [--only-arl0]

The detector first sees 60 reviews. Mean delays are at equal measured run length without change
(ARL0): the oracle (Page's CUSUM that knows both distributions), a 30-day mean arrow (at a review
a day), Page-Hinkley and ADWIN (of the library river, ``pip install river``; left out without it)
get, for each profile, the limit that gives them the run length measured for the detector. A
stream that told something before its change is left out of the delays. A change tilts the
distribution exponentially to its new mean, or with ``--mixture`` turns some reviews into very
poor or very good ones; no mean goes above 4.9.
"""

import argparse
import importlib
import importlib.util
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from alerts.detectors.bank import bank, profile_of
from alerts.detectors.shift import ShiftDetector

Floats = npt.NDArray[np.float64]
Method = Callable[[Floats], Floats]

PROFILES: dict[str, Floats] = {
    "4.58": np.array([0.04, 0.02, 0.04, 0.12, 0.78]),
    "4.26": np.array([0.07, 0.04, 0.07, 0.20, 0.62]),
    "3.55": np.array([0.12, 0.10, 0.20, 0.27, 0.31]),
    "3.65 polarised": np.array([0.27, 0.05, 0.04, 0.04, 0.60]),
}
STARS = np.arange(1.0, 6.0)
HISTORY = 60
CHANGES = (-0.5, -1.0, 0.5)
AFTER = {"150 later": 150, "at once": 0}
HORIZON = 1500
RIVALS = ("arrow", "Page-Hinkley", "ADWIN")
HAS_RIVER = importlib.util.find_spec("river") is not None


def draw(random: np.random.Generator, weights: Floats, shape: tuple[int, int]) -> Floats:
    """Ratings in [0, 1]."""
    return np.searchsorted(np.cumsum(weights)[:-1], random.random(shape), side="right") / 4


def changed(weights: Floats, by: float, mixture: bool) -> Floats:
    """The distribution with its mean moved by this many stars."""
    target = min(float(weights @ STARS) + by, 4.9)
    if mixture:
        other = np.array([0.6, 0.3, 0.1, 0, 0]) if by < 0 else np.array([0, 0, 0, 0.05, 0.95])
        mean, far = weights @ STARS, other @ STARS
        share = (target - mean) / (far - mean)
        return np.asarray((1 - share) * weights + share * other)
    low, high = -20.0, 20.0
    for _ in range(60):
        theta = (low + high) / 2
        tilted = weights * np.exp(theta * (STARS - 5))
        tilted /= tilted.sum()
        low, high = (theta, high) if tilted @ STARS < target else (low, theta)
    return np.asarray(tilted)


def oracle(before: Floats, after: Floats) -> Method:
    """Page's CUSUM with both distributions known."""
    ratio = np.log(after / before)

    def path(values: Floats) -> Floats:
        sums = np.cumsum(ratio[(values[:, HISTORY:] * 4).astype(int)], axis=1)
        sums = np.pad(sums, ((0, 0), (1, 0)))
        return sums[:, 1:] - np.minimum.accumulate(sums, axis=1)[:, :-1]

    return path


def arrow(values: Floats) -> Floats:
    """The mean of the last 30 reviews against that of the 30 before."""
    sums = np.pad(np.cumsum(values, axis=1), ((0, 0), (1, 0)))
    means = (sums[:, 30:] - sums[:, :-30]) / 30
    moves: Floats = np.abs(means[:, 30:] - means[:, :-30])
    return moves[:, HISTORY - 59 :]


def page_hinkley(values: Floats) -> Floats:
    """Page-Hinkley against the running mean, both ways, with a tolerance of 0.02."""
    means = np.cumsum(values, axis=1) / np.arange(1, values.shape[1] + 1)
    paths = []
    for sign in (1.0, -1.0):
        sums = np.cumsum(sign * (values - means) - 0.02, axis=1)
        paths.append((sums - np.minimum.accumulate(sums, axis=1))[:, HISTORY:])
    return np.maximum(*paths)


def first_passage(path: Floats, limit: float) -> tuple[npt.NDArray[np.int64], int]:
    """Reviews up to the first alarm (or the stream's end), and how many streams alarmed."""
    over = path > limit
    length = np.where(over.any(axis=1), over.argmax(axis=1) + 1, path.shape[1])
    return length, int(over.any(axis=1).sum())


def limit_for(path: Floats, run_length: float) -> float:
    """The limit at which the mean run length of steady streams is this."""
    low, high = 0.0, float(path.max())
    for _ in range(40):
        middle = (low + high) / 2
        length, alarms = first_passage(path, middle)
        low, high = (middle, high) if length.sum() < run_length * max(alarms, 1) else (low, middle)
    return high


def detector_alarms(values: Floats, arl0: float) -> Iterator[int | None]:
    """Reviews after the history up to the first alarm, or None; streams that told in it left out.

    A stream told in its history when it alarmed in its first 60 reviews.
    """
    for stream in values.tolist():
        detector = ShiftDetector(arl0)
        found = next((i for i, value in enumerate(stream) if detector.update(value)), None)
        if found is None or found >= HISTORY:
            yield None if found is None else found - HISTORY + 1


def measured_arl0(random: np.random.Generator, weights: Floats, arl0: int, streams: int) -> float:
    """Mean run length without change, censored streams counted as a Poisson process does."""
    values = draw(random, weights, (streams, HISTORY + 4 * arl0))
    runs = list(detector_alarms(values, arl0))
    return sum(4 * arl0 if run is None else run for run in runs) / max(
        1, sum(run is not None for run in runs)
    )


def steady_shifts(weights: Floats, arl0: int, streams: int) -> str:
    """Shifts that a steady shop is told in its first 1,000 and 10,000 reviews after the history."""
    told: list[int] = []
    values = draw(np.random.default_rng(1977), weights, (streams, HISTORY + 10_000))
    for stream in values.tolist():
        detector = ShiftDetector(arl0)
        told += [i - HISTORY for i, value in enumerate(stream) if detector.update(value)]
    first, every = sum(0 <= i < 1000 for i in told), sum(i >= 0 for i in told)
    return f"{first / streams:.2f} and {every / streams:.1f} for {arl0}"


def adwin(values: Floats, delta: float) -> tuple[npt.NDArray[np.int64], int]:
    """As `first_passage`, of river's ADWIN that looks at every review; it too sees the history."""
    made: Any = importlib.import_module("river.drift").ADWIN
    last = values.shape[1] - HISTORY
    lengths, alarms = [], 0
    for stream in values.tolist():
        detector, told = made(delta=delta, clock=1), None
        for i, value in enumerate(stream):
            detector.update(value)
            if detector.drift_detected:
                told = i
                break
        if told is not None and told < HISTORY:
            continue
        alarms += told is not None
        lengths.append(last if told is None else told - HISTORY + 1)
    return np.array(lengths), alarms


def delta_for(steady: Floats, run_length: float) -> float:
    """The `delta` at which ADWIN's mean run length on steady streams is this.

    It comes out above 1, where it is no confidence any more but still a limit; above 4, none.
    """
    low, high = np.log(1e-3), np.log(4)
    for _ in range(9):
        middle = (low + high) / 2
        length, alarms = adwin(steady, float(np.exp(middle)))
        low, high = (middle, high) if length.sum() > run_length * max(alarms, 1) else (low, middle)
    return float(np.exp(low))


@dataclass(frozen=True)
class Rivals:
    """What a profile's steady streams say: the rivals' limits at a run length."""

    steady: Floats
    run_length: float
    limits: dict[str, float]

    @classmethod
    def tuned(cls, random: np.random.Generator, weights: Floats, run_length: float) -> Self:
        """Tune each rival to this run length."""
        steady = draw(random, weights, (600, HISTORY + int(3 * run_length)))
        limits = {
            "arrow": limit_for(arrow(steady), run_length),
            "Page-Hinkley": limit_for(page_hinkley(steady), run_length),
        }
        if HAS_RIVER:
            limits["ADWIN"] = delta_for(steady[:200], run_length)
        return cls(steady, run_length, limits)

    def delays(self, values: Floats, later: int, oracles: Method) -> list[float]:
        """Mean delays of the oracle and of each rival on streams that change."""
        lengths = [
            first_passage(oracles(values), limit_for(oracles(self.steady), self.run_length))[0],
            first_passage(arrow(values), self.limits["arrow"])[0],
            first_passage(page_hinkley(values), self.limits["Page-Hinkley"])[0],
        ]
        if HAS_RIVER:
            lengths.append(adwin(values, self.limits["ADWIN"])[0])
        return [float((length - later)[length > later].mean()) for length in lengths]


def mean_delays(
    random: np.random.Generator,
    weights: Floats,
    after: Floats,
    later: int,
    rivals: Rivals,
    args: argparse.Namespace,
) -> list[float]:
    """Mean delays of the detector, the oracle and the rivals."""
    values = np.hstack(
        [
            draw(random, weights, (args.delays, HISTORY + later)),
            draw(random, after, (args.delays, HORIZON)),
        ]
    )
    runs = [later + HORIZON if r is None else r for r in detector_alarms(values, args.arl0)]
    own = float(np.mean([run - later for run in runs if run > later]))
    return [own, *rivals.delays(values, later, oracle(weights, after))]


def speed() -> None:
    """Updates a second on one core, and the time a change of the known distribution takes."""
    random = np.random.default_rng(3)
    values = draw(random, PROFILES["4.26"], (1, 100_000))[0].tolist()
    detector = ShiftDetector(1e6)
    started = time.process_time()
    for value in values:
        detector.update(value)
    rate = len(values) / (time.process_time() - started)
    print(f"{rate:,.0f} updates a second of processor time, steady stream")
    counts = [0] * 41
    counts[::10] = [5, 5, 6, 20, 64]
    started = time.process_time()
    for known in range(100, 200):
        bank(profile_of(counts), float(known))
    spent_ms = 10 * (time.process_time() - started)
    print(f"{spent_ms:.1f} ms of processor time for a shop's distribution on the grid")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer streams")
    parser.add_argument("--mixture", action="store_true", help="changes by mixture, not by tilt")
    parser.add_argument("--only-arl0", action="store_true", help="no delays")
    args = parser.parse_args()
    args.arl0, args.delays, streams = 500, 30 if args.quick else 480, 80 if args.quick else 250
    random = np.random.default_rng(1972)
    speed()
    run_lengths = {}
    for name, weights in PROFILES.items():
        figures = {arl0: measured_arl0(random, weights, arl0, streams) for arl0 in (500, 1000)}
        run_lengths[name] = figures[args.arl0]
        told = ", ".join(f"{run:.0f} for {arl0}" for arl0, run in figures.items())
        print(f"{name:15} measured ARL0 {told}", flush=True)
        counts = [steady_shifts(weights, arl0, streams // 2) for arl0 in (500, 1000)]
        print(
            f"{name:15} shifts in 1,000 and 10,000 steady reviews {', '.join(counts)}", flush=True
        )
    if args.only_arl0:
        return
    print("| profile | change | moment | detector | oracle | ratio | " + " | ".join(RIVALS) + " |")
    print("|---|---:|---|" + "---:|" * (3 + len(RIVALS)))
    ratios: dict[str, list[list[float]]] = {moment: [] for moment in AFTER}
    for name, weights in PROFILES.items():
        rivals = Rivals.tuned(random, weights, run_lengths[name])
        for by in CHANGES:
            after = changed(weights, by, args.mixture)
            for moment, later in AFTER.items():
                own, best, *others = mean_delays(random, weights, after, later, rivals, args)
                ratios[moment].append([delay / best for delay in (own, *others)])
                rest = " | ".join(f"{delay:.0f}" for delay in others)
                print(
                    f"| {name} | {by:+.1f} | {moment} | {own:.0f} | {best:.0f} "
                    f"| {own / best:.2f} | {rest} |",
                    flush=True,
                )
    for moment, rows in ratios.items():
        means = [f"{ratio:.2f}" for ratio in np.mean(rows, axis=0)]
        named = dict(zip(("detector", *RIVALS), means, strict=False))
        print(f"mean ratio to the oracle, change {moment}: {named}")


if __name__ == "__main__":
    main()
