"""Addresses that no crawl may go to: how many forms were tried, and the connections they got.

    python -m benchmarks.ssrf

Each form is crawled for real, in child processes whose sockets are watched by an audit hook, with
a server on loopback that waits for whoever comes; redirects, sitemaps and files of rules send on
from allowed servers.
"""

import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crawlers.hostile import FORMS, crawl_all
from vigie.settings import load_settings
from vigie.store.session import open_engine
from vigie.store.upgrade import upgrade


def main() -> None:
    """Print the figures."""
    with TemporaryDirectory(prefix="vigie-ssrf-") as name:
        folder = Path(name)
        settings = load_settings(data_dir=folder / "data", contact="benchmark@example.org")
        settings.data_dir.mkdir()
        engine = open_engine(settings)
        upgrade(engine)
        engine.dispose()
        started_s = time.perf_counter()
        figures = crawl_all(settings, folder)
        seconds = time.perf_counter() - started_s
    outcomes = Counter(str(result.outcome) for result in figures.results.values())
    print(f"forms of an address: {len(FORMS)}; redirects: {len(figures.results) - len(FORMS)}")
    print(f"connections to the servers that send on (allowed): {figures.allowed}")
    print(f"connections to anything else: {len(figures.strays)} {figures.strays or ''}")
    print(f"requests that reached the waiting server: {figures.visits}")
    print(f"outcomes: {dict(outcomes)}; {seconds:.1f} s")


if __name__ == "__main__":
    main()
