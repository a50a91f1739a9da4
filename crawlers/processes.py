"""Running the child process of a batch: its job in, its events out, its end in any case."""

import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from threading import Event, Timer
from typing import Any

from crawlers.passes import Task
from vigie.clock import now
from vigie.errors import StoreError
from vigie.secret_key import secret_key
from vigie.settings import SECRETS, Settings
from vigie.vault import credential_keys

logger = logging.getLogger(__name__)
STDERR_KEPT = 4000


def run_child(
    settings: Settings,
    tasks: Sequence[Task],
    limit_s: float,
    on_event: Callable[[dict[str, Any]], None],
    more: Mapping[str, Any] | None = None,
) -> bool:
    """Run a batch in a child process, which is dead when this returns or raises.

    Args:
        limit_s: after which it is killed.
        on_event: called with each of its events.
        more: what the child is told beside: a recipe to try, instead of sources to crawl.

    Returns:
        Whether it ended by itself, in time.

    Raises:
        StoreError: the child could not use the database.
    """
    killed = Event()
    failure: dict[str, Any] = {}
    with tempfile.TemporaryFile() as stderr:
        child = subprocess.Popen(
            [sys.executable, "-m", "crawlers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
            # Ctrl-C reaches the parent alone, which then ends the child.
            start_new_session=True,
        )
        assert child.stdout is not None  # noqa: S101  # A pipe was asked for.
        timer = Timer(limit_s, _kill, (child, killed))
        timer.start()
        try:
            _give(child, job_of(settings, tasks, more))
            for line in child.stdout:
                event = json.loads(line)
                if event["event"] == "failure":
                    failure = event
                else:
                    on_event(event)
        finally:
            timer.cancel()
            if sys.exc_info()[0] is not None:
                child.kill()
            child.stdout.close()
            child.wait()
        if failure:
            raise StoreError(failure["message_id"], **failure["args"])
        _log(stderr, child.returncode)
    return not killed.is_set()


def _kill(child: "subprocess.Popen[str]", killed: Event) -> None:
    killed.set()
    child.kill()


def job_of(settings: Settings, tasks: Sequence[Task], more: Mapping[str, Any] | None = None) -> str:
    """Return what a child reads from its stdin."""
    plain = settings.model_dump(mode="json", exclude=set(SECRETS))
    keys = {"secret_key": secret_key(settings), "credential_keys": credential_keys(settings)}
    return json.dumps(
        {
            # The pipe is private to the two processes; the environment and arguments are not.
            "settings": plain | keys,
            "tasks": [asdict(task) for task in tasks],
            "clock_offset_s": now().timestamp() - time.time(),
            **(more or {}),
        }
    )


def _give(child: "subprocess.Popen[str]", job: str) -> None:
    assert child.stdin is not None  # noqa: S101  # A pipe was asked for.
    try:
        child.stdin.write(job)
        child.stdin.close()
    except BrokenPipeError:
        # It died at once: its stderr says why.
        return


def _log(stderr: Any, status: int) -> None:
    stderr.seek(0)
    words = stderr.read()[-STDERR_KEPT:].decode("utf-8", "replace").strip()
    if status:
        logger.error("the crawling process ended with status %s: %s", status, words)
    elif words:
        logger.info("the crawling process said: %s", words)
