"""A step of a pass as a request: where it may go, under which manners, and what is never shown."""

from scrapy import Request

from crawlers.addresses import site_of, split_web_url
from crawlers.browser import BROWSER
from crawlers.guard import PRIVATE, RULES, SERVICE, SITE, SITE_ID
from crawlers.memory import UNCONDITIONAL
from crawlers.passes import Pass, Step
from crawlers.platforms.base import Ask


class Asked(Request):
    """A request whose query is not shown in logs: some services want their key there."""

    def __repr__(self) -> str:
        """Return the method and the address as far as the query."""
        return f"<{self.method} {self.url.partition('?')[0]}>"

    __str__ = __repr__


def request_for(done: Pass, step: Step, timeout_s: float) -> Request:
    """Return the request for a step, without what to do with its answer."""
    ask = step.ask or Ask(step.url)
    return Asked(
        ask.url,
        method=ask.method,
        headers=dict(ask.headers),
        body=ask.body,
        dont_filter=True,
        meta={
            "pass": done,
            "step": step,
            "download_slot": done.task.site,
            "download_timeout": timeout_s,
            SITE: done.task.site,
            SITE_ID: done.task.site_id,
            PRIVATE: done.task.private_allowed,
            RULES: done.rules,
            **({BROWSER: True, UNCONDITIONAL: True} if done.task.browser else {}),
            **_of_service(done, ask),
        },
    )


def _of_service(done: Pass, ask: Ask) -> dict[str, object]:
    """Return what is otherwise for a service: it is asked under its terms, where it is, as is."""
    if done.reader is None or not done.reader.is_service:
        return {}
    parts = split_web_url(ask.url)
    site = site_of(parts) if parts else ""
    is_its_own = site in done.reader.hosts
    return {
        SERVICE: True,
        # Anywhere else the guard refuses it.
        SITE: site if is_its_own else done.task.site,
        PRIVATE: done.task.private_allowed and site == done.task.site,
        UNCONDITIONAL: True,
        "dont_redirect": True,
    }
