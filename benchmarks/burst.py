"""How often the scan for bursts is wrong on steady shops, and how much it finds of real bursts.

    nice python -m benchmarks.burst [--years 2000]

A steady shop's reviews are a Poisson stream; a lumpy one's rate changes each week (Gamma, shape 2).
Each day is looked at as ``vigie detect`` would; an alarm within 14 days of another is the same one.
"""

import argparse
import time
from itertools import pairwise

import numpy as np

from alerts.detectors.burst import MOST_DAYS, WINDOWS, find_burst

RATES_A_WEEK = (0.25, 1.0, 3.0, 10.0, 40.0)
BURSTS = ((5, 1), (8, 2), (12, 7), (20, 14))
A_YEAR, CLEAN = 365, 14
SEEN = MOST_DAYS + max(WINDOWS)


def years_between_alarms(rate_a_week: float, years: int, lumpy: bool, seed: int = 1) -> float:
    """Return the mean number of years between two false alarms."""
    random = np.random.default_rng(seed)
    days = years * A_YEAR + SEEN
    rates = np.full(days, rate_a_week / 7)
    if lumpy:
        rates *= np.repeat(random.gamma(2.0, 0.5, days // 7 + 1), 7)[:days]
    daily = random.poisson(rates).tolist()
    alarms, last = 0, -CLEAN
    for day in range(SEEN, days):
        # A window is only looked at where something has just come.
        if daily[day] and find_burst(daily[day - SEEN : day + 1], recent=1):
            alarms += day - last >= CLEAN
            last = day
    return years / max(alarms, 1)


def found_share(rate_a_week: float, burst: int, days: int, trials: int, seed: int = 2) -> float:
    """Return how often so many reviews within so many days are found, on a steady year."""
    random = np.random.default_rng(seed)
    found = 0
    for _ in range(trials):
        daily = random.poisson(rate_a_week / 7, SEEN)
        daily[-days:] += random.multinomial(burst, np.full(days, 1 / days))
        found += find_burst(daily.tolist()) is not None
    return found / trials


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=2000)
    years = parser.parse_args().years
    print(f"| reviews a week | years between false alarms ({years} years) | lumpy shop |")
    print("|---|---|---|")
    for rate in RATES_A_WEEK:
        steady, lumpy = (years_between_alarms(rate, years, lumpy) for lumpy in (False, True))
        print(f"| {rate} | {steady:.0f} | {lumpy:.0f} |")
    print("\n| reviews a week | 5 in 1 day | 8 in 2 days | 12 in 7 days | 20 in 14 days |")
    print("|---|---|---|---|---|")
    for rate in RATES_A_WEEK:
        cells = [
            found_share(rate, *size, trials=200) for size in ((5, 1), (8, 2), (12, 7), (20, 14))
        ]
        print(f"| {rate} | " + " | ".join(f"{cell:.0%}" for cell in cells) + " |")
    daily = np.random.default_rng(3).poisson(0.5, SEEN).tolist()
    marks = [time.perf_counter()]
    for _ in range(500):
        find_burst(daily)
        marks.append(time.perf_counter())
    each = sorted(after - before for before, after in pairwise(marks))
    print(f"\nmedian time of a look at one shop: {each[250] * 1e6:.0f} µs")


if __name__ == "__main__":
    main()
