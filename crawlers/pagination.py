"""Which pages to read after this one."""

import re
from collections.abc import Sequence

from scrapy.http import Response

from crawlers.addresses import same_site
from crawlers.extract import PageLinks
from crawlers.rows import URL_LIMIT

# RFC 8288: Link: </avis?page=2>; rel="next"
_LINK = re.compile(r"<([^<>]{1,2048})>([^<>]{0,500})")
_REL_NEXT = re.compile(r";\s{0,5}rel\s{0,5}=\s{0,5}\"?(?:[\w\- ]{0,50} )?next\b", re.IGNORECASE)


def links_of(links: PageLinks, response: Response, site: str) -> Sequence[tuple[str, bool]]:
    """Return the pages of the same site that follow, each with whether "next" leads to it."""
    following = links.next or _from_header(response)
    # What links on to the first page again may call it by its canonical name.
    own = {response.url, links.canonical}
    found = ([(following, True)] if following else []) + [(page, False) for page in links.pages]
    return [
        (url, by_next)
        for url, by_next in found
        if url not in own and len(url) <= URL_LIMIT and same_site(url, site)
    ]


def _from_header(response: Response) -> str | None:
    for header in response.headers.getlist("Link"):
        for target, parameters in _LINK.findall(header.decode("latin-1")[:10_000]):
            if _REL_NEXT.search(parameters):
                return str(response.urljoin(target.strip()))
    return None
