"""The public calls for tenders that a shop could answer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.store import Source
from vigie.store.tender import Tender, still_open
from web.queries.paging import Paged, page_of

TENDERS_A_PAGE = 20
# The one service that has them.
SERVICE = "boamp"


def tenders_page(session: Session, shop_id: int, number: int) -> Paged[Tender]:
    """Return a page of what a shop can still answer, the next deadline first."""
    page = page_of(session, still_open(shop_id, now()), number, TENDERS_A_PAGE)
    return Paged([tender for (tender,) in page.items], page.number, page.size, page.total)


def are_followed(session: Session, shop_id: int) -> bool:
    """Say whether a source of the shop looks for them."""
    query = select(Source.id).where(Source.shop_id == shop_id, Source.platform == SERVICE)
    return session.scalar(query.limit(1)) is not None
