"""Pages that only scripts fill, opened in a browser that has no network of its own.

Each request that a page makes is asked by the crawl itself, and handed to the browser: guard,
robots.txt, reservations, turns and budget hold for every one, and addresses are checked and pinned
once. The browser resolves no name and knows no proxy that answers, so what is not asked here
(WebSocket, WebRTC, workers) goes nowhere. It keeps nothing from one page to the next.

Needs the [browser] extra (playwright) and a chromium of the system; nothing is downloaded.
"""

import asyncio
import os
import shutil
from contextlib import suppress
from importlib.util import find_spec
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK

from crawlers.guard import PRIVATE, RULES, SITE, SITE_ID, RefusedError
from crawlers.memory import UNCONDITIONAL
from crawlers.troubles import Trouble
from vigie.errors import VigieError

BROWSER = "vigie_browser"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
# A page costs up to so many requests, each with its turn at the site; no images, styles or fonts.
REQUESTS_A_PAGE = 30
PAGES_A_RUN = 10
WANTED = frozenset(("script", "xhr", "fetch"))
# How long a page may go on by itself once it is there.
RENDER_LIMIT_S = 120.0
_FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--js-flags=--max-old-space-size=256",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
# Nothing listens there; even an address that needs no name goes to it.
_NOWHERE = {"server": "http://nowhere.invalid:9", "bypass": "<-loopback>"}
_KEPT = (SITE, PRIVATE, SITE_ID, RULES, "download_slot", "download_timeout")


def chromium() -> str | None:
    """Return the system's browser, None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def check_browser() -> None:
    """Make sure that pages can be opened here.

    Raises:
        VigieError: the extra or the browser is absent.
    """
    if find_spec("playwright") is None:
        raise VigieError("browser-error-extra")
    if chromium() is None:
        raise VigieError("browser-error-chromium")


class Browser:
    """Downloader middleware, after the rules, before the gate: its own requests take the turns."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._one_page = asyncio.Semaphore(1)
        self._playwright: Any = None
        self._chromium: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one, as Scrapy asks for it."""
        browser = cls(crawler)
        crawler.signals.connect(browser.close, signal=signals.spider_closed)
        return browser

    async def process_request(self, request: Request) -> Response | None:
        """Return a page as its scripts leave it, for the sources that want it so.

        Raises:
            RefusedError: the page may not be asked for, or no browser can be started.
        """
        if not request.meta.get(BROWSER):
            return None
        # It answers the spider's request, not the one made here for it.
        page = (await self._ask(request, request.url)).replace(request=request)
        if page.status != 200 or not isinstance(page, HtmlResponse):
            return page
        async with self._one_page:
            text = await self._rendered(request, page)
        headers = page.headers.copy()
        headers["Content-Type"] = "text/html; charset=utf-8"
        body = text.encode("utf-8", "replace")
        return page.replace(body=body, encoding="utf-8", headers=headers)

    async def close(self) -> None:
        """End the browser."""
        if self._chromium is not None:
            await self._chromium.close()
        if self._playwright is not None:
            await self._playwright.stop()

    async def _ask(self, request: Request, url: str) -> Response:
        """Ask for an address in the name of a page: guarded and counted like any other."""
        kept = {key: request.meta[key] for key in _KEPT if key in request.meta}
        question = Request(
            url, meta={UNCONDITIONAL: True, **kept}, callback=NO_CALLBACK, dont_filter=True
        )
        assert self._crawler.engine is not None  # noqa: S101  # A request is under way.
        return await self._crawler.engine.download_async(question)

    async def _rendered(self, request: Request, page: HtmlResponse) -> str:
        from playwright.async_api import Error

        try:
            await self._start()
            context = await self._chromium.new_context(
                service_workers="block",
                accept_downloads=False,
                locale="fr-FR",
                user_agent=self._crawler.settings["USER_AGENT"],
            )
            try:
                async with asyncio.timeout(RENDER_LIMIT_S):
                    return await self._shown(context, request, page)
            finally:
                await context.close()
        except (Error, OSError, TimeoutError):
            raise RefusedError(Trouble.BROWSER) from None

    async def _start(self) -> None:
        from playwright.async_api import async_playwright

        if self._chromium is not None and self._chromium.is_connected():
            return
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        self._chromium = await self._playwright.chromium.launch(
            executable_path=chromium(),
            args=list(_FLAGS),
            proxy=_NOWHERE,
            # Root cannot have it; whoever runs Vigie as root has no walls left anyway.
            chromium_sandbox=os.geteuid() != 0,
        )

    async def _shown(self, context: Any, request: Request, page: HtmlResponse) -> str:
        """Open a page that was read, answer what it asks for, and return what it has become."""
        from playwright.async_api import TimeoutError as TooLongError

        answers = _Answers(self._ask, request, page)
        await context.route("**/*", answers.give)
        tab = await context.new_page()
        await tab.goto(page.url, wait_until="domcontentloaded", timeout=0)
        # Some pages never stop asking: what is there by then counts.
        with suppress(TooLongError):
            await tab.wait_for_load_state("networkidle", timeout=RENDER_LIMIT_S * 500)
        text: str = await tab.content()
        if len(text) > self._crawler.settings.getint("DOWNLOAD_MAXSIZE"):
            raise RefusedError(Trouble.TOO_LARGE)
        return text


class _Answers:
    """What a page gets for its requests: itself, then scripts and data of its own site."""

    def __init__(self, ask: Any, request: Request, page: HtmlResponse) -> None:
        self._ask = ask
        self._request = request
        self._page: HtmlResponse | None = page
        self._left = REQUESTS_A_PAGE

    async def give(self, route: Any) -> None:
        """Answer one request, or turn it away."""
        from playwright.async_api import Error

        try:
            answer = await self._answer(route.request)
            if answer is None:
                await route.abort()
            else:
                kind = (answer.headers.get("Content-Type") or b"").decode("latin-1")
                await route.fulfill(
                    status=answer.status, body=answer.body, headers={"content-type": kind}
                )
        except Error:
            # The page was closed meanwhile.
            return

    async def _answer(self, asked: Any) -> Response | None:
        if self._page is not None:
            page, self._page = self._page, None
            return page
        # A page is only read: what it wants to send stays here.
        if asked.method != "GET" or asked.resource_type not in WANTED or not self._left:
            return None
        self._left -= 1
        try:
            answer: Response = await self._ask(self._request, asked.url)
        except Exception:
            # Refused or failed: the page has to do without it, as in any browser.
            return None
        return answer
