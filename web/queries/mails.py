"""The outbox as operators see it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vigie.store import Message, MessageState
from vigie.store.message import newest_messages
from web.queries.paging import Paged, page_of

MAILS_A_PAGE = 25


def mails_page(session: Session, state: MessageState | None, number: int) -> Paged[Message]:
    """Return a page of the mails, newest first."""
    page = page_of(session, newest_messages(state), number, MAILS_A_PAGE)
    return Paged([mail for (mail,) in page.items], page.number, page.size, page.total)


def state_counts(session: Session) -> list[tuple[MessageState, int]]:
    """Return how many mails are in each state."""
    rows = session.execute(select(Message.state, func.count()).group_by(Message.state))
    counts = dict(rows.all())
    return [(state, counts[state]) for state in MessageState if state in counts]


def failed_count(session: Session) -> int:
    """Return how many mails could not leave."""
    failed = select(func.count()).where(Message.state == MessageState.FAILED)
    return session.scalar(failed) or 0
