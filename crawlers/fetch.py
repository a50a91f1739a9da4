"""One page, from a file or an address, with the manners and the guard of every crawl."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from crawlers.addresses import may_be_own, site_of, split_web_url
from crawlers.failures import trouble_of
from crawlers.guard import PRIVATE, SERVICE, SITE
from crawlers.passes import Task
from crawlers.retry_after import retry_after_s
from crawlers.settings import MEGABYTE, request_timeout_s, scrapy_settings
from vigie.clock import now
from vigie.errors import NotFoundError, VigieError, reason_of
from vigie.french import t
from vigie.settings import Settings

HTTP_OK = 200
TOO_MANY_REQUESTS = 429
# Whoever waits at a terminal is told to come back rather than kept longer.
LONGEST_WAIT_S = 10.0
USUAL_WAIT_S = 1.0


@dataclass(frozen=True)
class Document:
    """A page as it came; ``charset`` is what the HTTP header says."""

    body: bytes
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True)
class ServiceAnswer:
    """What a service answered, whatever its status."""

    status: int
    body: bytes


def read_file_or_url(settings: Settings, name: str) -> Document:
    """Return a file's bytes, or what an http(s) address answers.

    Raises:
        VigieError: the file or the page cannot be read, or is too large.
    """
    if name.lower().startswith(("http://", "https://")):
        return _fetched(settings, name)
    path = Path(name)
    try:
        if path.stat().st_size > settings.max_body_mb * MEGABYTE:
            raise VigieError("error-file-large", path=name, limit=str(settings.max_body_mb))
        return Document(path.read_bytes())
    except FileNotFoundError:
        raise NotFoundError("error-file-missing", path=name) from None
    except (OSError, ValueError) as error:
        raise VigieError("error-file", path=name, reason=reason_of(error)) from None


class _OnePage(Spider):
    """Asks for one page and keeps what came, or why nothing did."""

    name = "one-page"

    def __init__(self, task: Task, timeout_s: float, kept: list[Response | Failure]) -> None:
        super().__init__()
        self._task, self._timeout_s, self._kept = task, timeout_s, kept

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the page."""
        yield Request(
            self._task.url,
            callback=self._kept.append,
            errback=self._kept.append,
            meta={
                "download_slot": self._task.site,
                "download_timeout": self._timeout_s,
                SITE: self._task.site,
                PRIVATE: self._task.private_allowed,
            },
        )


class _OneQuestion(_OnePage):
    """Asks a service one question, and once again where it was asked to wait a little."""

    name = "one-question"

    async def start(self) -> AsyncIterator[Request]:
        """Ask."""
        async for request in super().start():
            meta = {SERVICE: True, "dont_redirect": True, "dont_retry": True}
            headers = {"Accept": "application/json"}
            yield request.replace(headers=headers, callback=self.answered, meta=request.meta | meta)

    async def answered(self, response: Response) -> AsyncIterator[Request]:
        """Keep the answer, or ask again when the service's quota allows it."""
        wait_s = retry_after_s(response.headers.get("Retry-After"), now())
        wait_s = USUAL_WAIT_S if wait_s is None else wait_s
        if response.status != TOO_MANY_REQUESTS or wait_s > LONGEST_WAIT_S:
            self._kept.append(response)
            return
        await asyncio.sleep(wait_s)
        assert response.request is not None  # noqa: S101  # Scrapy sets it.
        yield response.request.replace(callback=self._kept.append)


def ask_service(settings: Settings, url: str) -> ServiceAnswer:
    """Return what a service with an open interface answers, once a process.

    Raises:
        VigieError: nobody says how to be reached, or no answer came.
    """
    answer = _response(settings, url, _OneQuestion)
    return ServiceAnswer(answer.status, answer.body)


def _fetched(settings: Settings, url: str) -> Document:
    answer = _response(settings, url, _OnePage)
    if answer.status != HTTP_OK:
        raise VigieError("error-fetch-status", url=url, status=str(answer.status))
    header = (answer.headers.get("Content-Type") or b"").decode("latin-1")
    return Document(answer.body, answer.url, http_content_type_encoding(header))


def _response(settings: Settings, url: str, spider: type[_OnePage]) -> Response:
    parts = split_web_url(url)
    if parts is None:
        raise VigieError("error-url", url=url)
    # Whoever types an address of their own network at their own machine means it.
    own = may_be_own(parts.hostname or "")
    task = Task(0, 0, 0, url, site_of(parts), 0.0, private_allowed=own, reviews=0, listings=0)
    kept: list[Response | Failure] = []
    # What went wrong is said once, in the command's own words.
    process = CrawlerProcess({**scrapy_settings(settings, [task]), "LOG_ENABLED": False})
    process.crawl(spider, task=task, timeout_s=request_timeout_s(settings), kept=kept)
    process.start()
    answer = kept[0] if kept else None
    if not isinstance(answer, Response):
        value = answer.value if answer is not None else TimeoutError()
        reason = t(f"crawl-trouble-{trouble_of(value or TimeoutError())}")
        raise VigieError("error-fetch", url=url, reason=reason)
    return answer
