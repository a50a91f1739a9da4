"""Children that are forked from one process which has imported everything: real, but quick.

Each is a process of its own, with its own connections; only the three seconds that Python takes to
read Scrapy and SQLAlchemy are spent once a session instead of once a crawl.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import StringIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any

from crawlers import child, run
from crawlers.passes import Task
from crawlers.processes import job_of
from vigie.errors import StoreError
from vigie.settings import Settings, load_settings

_context = get_context("forkserver")
# What a child is told to do otherwise: the value of a module's name, such as a shorter pause.
patches: dict[str, float] = {}
_context.set_forkserver_preload(["pytest", "tests.crawlers.forked_imports", __name__])


def run_child(
    settings: Settings,
    tasks: Sequence[Task],
    limit_s: float,
    on_event: Callable[[dict[str, Any]], None],
    more: Mapping[str, Any] | None = None,
    context: BaseContext = _context,
) -> bool:
    """Stand for ``crawlers.processes.run_child``."""
    ours, its = context.Pipe(duplex=False)
    # Each kind of context has a Process of its own.
    process: BaseProcess = context.Process(  # type: ignore[attr-defined]
        target=_child, args=(job_of(settings, tasks, more), patches, its)
    )
    process.start()
    its.close()
    failure: dict[str, Any] = {}
    with os.fdopen(os.dup(ours.fileno()), encoding="utf-8") as events:
        for line in events:
            event = json.loads(line)
            if event["event"] == "failure":
                failure = event
            else:
                on_event(event)
    ours.close()
    process.join()
    if failure:
        raise StoreError(failure["message_id"], **failure["args"])
    return True


def another_process(data_dir: str, database_url: str, source_id: int) -> BaseProcess:
    """Crawl a source in a process of its own, which has a child of its own, as any does."""
    process = _context.Process(target=_batch, args=(data_dir, database_url, source_id))
    process.start()
    return process


def _child(job: str, changed: dict[str, float], out: Connection) -> None:
    for path, value in changed.items():
        module, _, name = path.rpartition(".")
        setattr(sys.modules[module], name, value)
    os.dup2(out.fileno(), 1)
    sys.stdin = StringIO(job)
    # As at the end of a program: nothing that was inherited is closed twice.
    os._exit(child.main())


def _batch(data_dir: str, database_url: str, source_id: int) -> None:
    # What was forked has imported everything as well.
    run.run_child = partial(run_child, context=get_context("fork"))  # type: ignore[attr-defined]
    settings = load_settings(
        data_dir=data_dir, database_url=database_url, contact="tests@example.org"
    )
    run.run_batch(settings, [source_id])
