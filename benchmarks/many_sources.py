"""One hundred sources, of which one is broken, one blocked, and one endless: what the others feel.

    python -m benchmarks.many_sources

Each of the hundred sites has three pages of 150 kB. The batch is crawled twice, in new databases:
with the three, and with three more that are well in their place. Peak memory is that of the parent
and of its largest child, in resident set size.
"""

import resource
import time
from collections import Counter
from functools import partial

from benchmarks.crawl_sites import Pages, page_of, watched
from crawlers.run import CrawlResult, run_batch
from vigie.store import Outcome

SOURCES, PAGES = 100, 3
BAD = ("broken", "blocked", "endless")
BOUNDS = {"max_pages": 20, "max_depth": 100, "source_timeout_s": 20}
MEBIBYTE = 1024


def _bad(name: str) -> Pages:
    if name == "broken":
        return lambda _: (200, "<title>Bienvenue</title><p>Notre nouveau site ouvre bientôt.</p>")
    if name == "blocked":
        return lambda _: (403, "refus")
    return partial(page_of, name, last=None)


def _crawl(with_bad: bool) -> tuple[dict[str, CrawlResult], float]:
    names = [f"s{n}" for n in range(SOURCES - len(BAD))] + list(BAD)
    sites: dict[str, Pages] = {
        name: _bad(name) if with_bad and name in BAD else partial(page_of, name, last=PAGES)
        for name in names
    }
    # Where they hold others up most: among the first.
    names = [*BAD, *names[: -len(BAD)]]
    with watched({name: sites[name] for name in names}) as (settings, _, ids):
        started_s = time.perf_counter()
        results = run_batch(settings.model_copy(update=BOUNDS), ids)
        seconds = time.perf_counter() - started_s
    return dict(zip(names, results, strict=True)), seconds


def main() -> None:
    """Print how the sources ended, how long the good ones took, and the memory."""
    for with_bad in (False, True):
        results, seconds = _crawl(with_bad)
        good = [result for name, result in results.items() if name not in BAD]
        as_they_should = [
            result
            for result in good
            if result.outcome is Outcome.OK and (result.pages, result.new) == (PAGES, 20 * PAGES)
        ]
        others = Counter(f"{name}: {results[name].outcome}" for name in BAD)
        title = "with the three" if with_bad else "without them"
        print(
            f"{title}: {len(as_they_should)} of {len(good)} as they should; {seconds:.1f} s in all,"
            f" the slowest of the {len(good)} took {max(result.seconds for result in good):.1f} s"
        )
        print(f"  {', '.join(others)}")
    for who, kind in (("parent", resource.RUSAGE_SELF), ("child", resource.RUSAGE_CHILDREN)):
        print(f"peak memory of the {who}: {resource.getrusage(kind).ru_maxrss / MEBIBYTE:.0f} MiB")


if __name__ == "__main__":
    main()
