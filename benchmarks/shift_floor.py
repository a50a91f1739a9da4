"""How soon any detector could tell a change of a level that it had to learn.

    python -m benchmarks.shift_floor [STREAMS]

The profiles, changes and moments of ``benchmarks.shift``. Each detector knows the shape of the
shop's ratings (exponential tilts of it) and learns its level: Shiryaev-Roberts, with the level
before integrated out over a grid by a flat prior, on both sides of the ratio, and a constant
threshold. It is told which change will come, or only that it will be one of the three; ``known``
ones know the level too. Ratios of mean delays to the oracle's, at an ARL0 of 500.
"""

import sys

import numpy as np
import numpy.typing as npt

from benchmarks.shift import (
    AFTER,
    CHANGES,
    HISTORY,
    PROFILES,
    STARS,
    Floats,
    changed,
    draw,
    first_passage,
    limit_for,
    oracle,
)

ARL0 = 500
BEGIN = 40
AT_ONCE = 900
MOST = 1e18
LEVELS = np.linspace(-0.9, 0.9, 61)
"""How far the true level may lie from the one that is looked for, in stars."""

Stars = npt.NDArray[np.int64]


def family(weights: Floats, is_known: bool) -> list[Floats]:
    """The profile moved to each mean that is thought possible."""
    mean = float(weights @ STARS)
    moves = [0.0] if is_known else [move for move in LEVELS if 1.1 < mean + move < 4.88]
    return [changed(weights, float(move), mixture=False) for move in moves]


def path(stars: Stars, weights: Floats, moves: tuple[float, ...], is_known: bool) -> Floats:
    """The logarithm of the ratio after each review that follows the history.

    `stars` has the shape (streams, reviews), from 0 to 4.
    """
    before = family(weights, is_known)
    logs = np.log(before)
    factors = np.array([[changed(one, move, mixture=False) / one for one in before]
                        for move in moves])  # fmt: skip
    likely = np.zeros((len(before), len(stars)))
    ratios = np.zeros((len(moves), len(before), len(stars)))
    told = np.zeros((stars.shape[1], len(stars)))
    for n, heard in enumerate(stars.T):
        likely += logs[:, heard]
        likely -= likely.max(axis=0)
        if n < BEGIN:
            continue
        ratios += 1 / len(moves)
        ratios *= factors[:, :, heard]
        np.minimum(ratios, MOST, out=ratios)
        believed = np.exp(likely)
        told[n] = (ratios.sum(axis=0) * believed).sum(axis=0) / believed.sum(axis=0)
    return np.asarray(np.log(told[HISTORY:] + 1e-9).T + 10)


def delay(paths: Floats, limit: float, later: int) -> float:
    """Mean delay of the streams that told nothing before the change."""
    lengths, _ = first_passage(paths, limit)
    return float((lengths - later)[lengths > later].mean())


def cells(weights: Floats, streams: int, is_told: bool, is_known: bool) -> list[list[float]]:
    """For each change, the ratio to the oracle's delay at each moment."""
    random = np.random.default_rng(1991)
    steady = draw(random, weights, (streams, HISTORY + 4 * ARL0))
    rows = []
    for by in CHANGES:
        after = changed(weights, by, mixture=False)
        moves = (by,) if is_told else CHANGES
        best = oracle(weights, after)
        limits = [limit_for(path((4 * steady).astype(int), weights, moves, is_known), ARL0),
                  limit_for(best(steady), ARL0)]  # fmt: skip
        row = []
        for later in AFTER.values():
            values = np.hstack([draw(random, weights, (streams, HISTORY + later)),
                                draw(random, after, (streams, AT_ONCE))])  # fmt: skip
            own = path((4 * values).astype(int), weights, moves, is_known)
            row.append(delay(own, limits[0], later) / delay(best(values), limits[1], later))
        rows.append(row)
    return rows


def main() -> None:
    """Print the figures."""
    streams = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    for is_known in (True, False):
        for is_told in (True, False):
            rows = [
                row
                for weights in PROFILES.values()
                for row in cells(weights, streams, is_told, is_known)
            ]
            level = "level known" if is_known else "level learnt"
            change = "told which change" if is_told else "one of three"
            means = np.mean(rows, axis=0)
            told = ", ".join(
                f"{mean:.2f} {moment}" for moment, mean in zip(AFTER, means, strict=True)
            )
            print(f"{level}, {change}: {told}", flush=True)


if __name__ == "__main__":
    main()
