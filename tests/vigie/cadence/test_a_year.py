"""A simulated year: what is learned from the readings alone makes them worth more."""

from benchmarks.cadence import MOST_P95_D, Year, world


def test_adaptive_readings_see_reviews_sooner_for_no_more_requests() -> None:
    town = world("lognormal", 600)
    uniform, adaptive = (Year(town, policy).run() for policy in ("uniform", "adaptive"))
    assert adaptive.mean_d < 0.72 * uniform.mean_d
    assert adaptive.requests <= uniform.requests
    assert max(adaptive.delay_p95_d, adaptive.interval_p95_d) < MOST_P95_D
