"""Who may be named beside a shop: what an adviser's client is, other advisers must not learn."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from vigie.store import Member, Rival, Shop


def nameable(session: Session, ids: Collection[int], sees: ColumnElement[bool]) -> set[int]:
    """Keep the shops that the reader may see: their own, and those that are nobody's client.

    Args:
        sees: the condition on ``Shop`` that keeps the shops of which the reader is a member.
    """
    is_client = or_(
        exists().where(Member.shop_id == Shop.id),
        exists().where(Rival.shop_id == Shop.id),
        Shop.email.is_not(None),
    )
    return set(session.scalars(select(Shop.id).where(Shop.id.in_(ids), or_(sees, ~is_client))))
