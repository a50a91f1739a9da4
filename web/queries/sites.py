"""Sites, as operators watch them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.store import Site
from web.queries.paging import Paged, page_of

SITES_A_PAGE = 50


def sites_page(session: Session, host: str, number: int) -> Paged[Site]:
    """Return a page of the sites whose name contains some letters."""
    query = select(Site).where(Site.host.contains(host, autoescape=True)).order_by(Site.host)
    page = page_of(session, query, number, SITES_A_PAGE)
    return Paged([site for (site,) in page.items], page.number, page.size, page.total)
