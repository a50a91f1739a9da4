"""Who may see what: members their shops, operators all; everything else does not exist."""

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from vigie.errors import NotFoundError
from vigie.store import Alert, Member, Shop
from web.accounts import Account


def visible(account: Account) -> ColumnElement[bool]:
    """Return the condition on ``Shop`` that keeps this person's shops."""
    if account.is_operator:
        return true()
    return Shop.id.in_(select(Member.shop_id).where(Member.user_id == account.id))


def shop_for(session: Session, account: Account, slug: str) -> Shop:
    """Return the shop of this short name, if this person may see it.

    Raises:
        NotFoundError: there is none for this person.
    """
    shop = session.scalar(select(Shop).where(Shop.slug == slug, visible(account)))
    if shop is None:
        raise NotFoundError("error-shop-unknown", shop=slug)
    return shop


def alert_for(session: Session, account: Account, alert_id: int) -> Alert:
    """Return the alert of this number, if it concerns one of this person's shops.

    Raises:
        NotFoundError: there is none for this person.
    """
    query = select(Alert).join(Alert.shop).where(Alert.id == alert_id, visible(account))
    alert = session.scalar(query)
    if alert is None:
        raise NotFoundError("error-alert-unknown", alert=str(alert_id))
    return alert
