"""Whom alerts are for: a shop that is only watched as somebody's rival is told nothing."""

from sqlalchemy import ColumnElement, exists, or_

from vigie.store import Member, Rival, Shop


def is_client() -> ColumnElement[bool]:
    """Choose the shops that somebody reads about."""
    is_rival = exists().where(Rival.rival_id == Shop.id)
    has_members = exists().where(Member.shop_id == Shop.id)
    has_rivals = exists().where(Rival.shop_id == Shop.id)
    return or_(~is_rival, has_members, has_rivals)
