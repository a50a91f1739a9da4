"""Scrapy's settings, from ours: honest, polite, bounded, and closed to remote control."""

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from crawlers.passes import Task
from vigie.errors import VigieError
from vigie.settings import Settings

REQUEST_TIMEOUT_S = 30
SITES_AT_ONCE = 16
MEMORY_LIMIT_MB = 1024
MEGABYTE = 1_000_000
_OFF = (
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware",
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware",
)
# Two doors that stay shut, one that leads nowhere, and what ours stands for.
_NO_EXTENSIONS = (
    "scrapy.extensions.telnet.TelnetConsole",
    "scrapy.extensions.remote_control.RemoteControl",
    "scrapy.extensions.feedexport.FeedExporter",
    "scrapy.extensions.throttle.AutoThrottle",
)

CONTACT_SHOWN = 80
_REACHABLE = re.compile(r"\S@\S|https?://\S")


def user_agent(settings: Settings) -> str:
    """Return who we say we are: "Vigie/0.1.0 (+https://example.org/contact)".

    Raises:
        VigieError: nobody says how to be reached, or not by mail or page.
    """
    contact = "".join(filter(str.isprintable, settings.contact)).strip()
    if not contact:
        raise VigieError("crawl-error-contact")
    if not _REACHABLE.search(contact):
        raise VigieError("crawl-error-contact-odd", contact=contact[:CONTACT_SHOWN])
    return f"Vigie/{version('vigie')} (+{contact})"


def request_timeout_s(settings: Settings) -> float:
    """Return how long one page may take, its body included."""
    return float(min(REQUEST_TIMEOUT_S, settings.source_timeout_s))


# What depends on neither the installation nor the batch.
_ALWAYS: dict[str, Any] = {
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    # A page that timed out is read again at the next crawl, not at once.
    "RETRY_TIMES": 1,
    "RETRY_HTTP_CODES": [500, 502, 504, 522, 524],
    "RETRY_EXCEPTIONS": [
        "scrapy.exceptions.DownloadFailedError",
        "scrapy.exceptions.ResponseDataLossError",
    ],
    "REDIRECT_MAX_TIMES": 5,
    "METAREFRESH_ENABLED": False,
    # A proxy would resolve names by itself, behind the guard's back.
    "HTTPPROXY_ENABLED": False,
    "COOKIES_ENABLED": False,
    "REFERER_ENABLED": False,
    "HTTPERROR_ALLOW_ALL": True,
    "URLLENGTH_LIMIT": 0,
    # Two shops may watch the same page.
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "MEMUSAGE_ENABLED": True,
    "MEMUSAGE_LIMIT_MB": MEMORY_LIMIT_MB,
    "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5.0,
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
        "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.3",
    },
    "LOG_LEVEL": "ERROR",
    "LOGSTATS_INTERVAL": 0,
    # A page leads to one request: the hundred tasks a page that are usual cost more than it.
    "CONCURRENT_ITEMS": 1,
}


def scrapy_settings(settings: Settings, tasks: Sequence[Task]) -> dict[str, Any]:
    """Return the settings of a child process for a batch of sources."""
    slots = {
        task.site: {"concurrency": task.concurrency, "delay": task.delay_s, "jitter": 0.0}
        for task in tasks
    }
    return {
        "USER_AGENT": user_agent(settings),
        "ROBOTSTXT_OBEY": True,
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.guard.Guard": 10,
            "crawlers.robots.Robots": 100,
            "crawlers.reservation.Reservation": 110,
            "crawlers.memory.Conditional": 800,
            **({"crawlers.browser.Browser": 850} if any(task.browser for task in tasks) else {}),
            "crawlers.gate.Gate": 900,
            **dict.fromkeys(_OFF),
        },
        "TWISTED_DNS_RESOLVER": "crawlers.guard.PinnedResolver",
        "EXTENSIONS": {
            "crawlers.throttle.Throttle": 0,
            **dict.fromkeys(_NO_EXTENSIONS),
        },
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "CONCURRENT_REQUESTS": SITES_AT_ONCE,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": settings.crawl_delay_s,
        "DOWNLOAD_SLOTS": slots,
        "DOWNLOAD_MAXSIZE": settings.max_body_mb * MEGABYTE,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": request_timeout_s(settings),
        **_ALWAYS,
    }
