"""Removing a shop: its sources, its alerts, its mails, and the accesses that people had to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from vigie.removal.evidence import alerts_losing
from vigie.removal.losses import Losses, losses_of
from vigie.removal.steps import drop_alerts, forget_sites, hold
from vigie.store import Alert, Member, Message, Review, Rival, Shop, Source, User
from vigie.store.audit import audit


@dataclass(frozen=True)
class ShopLosses:
    """What goes with a shop, and what is left of those around it.

    ``lone_rivals`` are watched for it alone; ``beside`` are the shops that it is a rival of;
    ``without_shop`` are the people who have access to no other.
    """

    losses: Losses
    lone_rivals: Sequence[Shop]
    beside: Sequence[Shop]
    without_shop: Sequence[str]


def shop_losses(session: Session, shop: Shop) -> ShopLosses:
    """Return what would go with a shop."""
    sources = _sources(session, shop.id)
    elsewhere = alerts_losing(session, shop.id, [one.id for one in sources], own=False)
    return ShopLosses(
        _losses(session, shop, sources, elsewhere),
        lone_rivals=lone_rivals(session, shop.id),
        beside=_beside(session, shop.id),
        without_shop=_without_shop(session, shop.id),
    )


def lone_rivals(session: Session, shop_id: int) -> list[Shop]:
    """Return the rivals that are watched for this shop alone: nobody reads about them."""
    other = aliased(Rival)
    return list(
        session.scalars(
            select(Shop)
            .join(Rival, Rival.rival_id == Shop.id)
            .where(
                Rival.shop_id == shop_id,
                ~exists().where(other.rival_id == Shop.id, other.shop_id != shop_id),
                ~exists().where(other.shop_id == Shop.id),
                ~exists().where(Member.shop_id == Shop.id),
            )
            .order_by(Shop.name, Shop.id)
        )
    )


def remove_shop(session: Session, shop: Shop, user_id: int | None = None) -> Losses:
    """Remove a shop and return what went with it; the caller commits.

    Raises:
        VigieError: one of its sources is being read.
    """
    sources = _sources(session, shop.id)
    hold(session, sources)
    elsewhere = alerts_losing(session, shop.id, [one.id for one in sources], own=False)
    losses = _losses(session, shop, sources, elsewhere)
    audit(session, "shop-remove", shop, user_id, slug=shop.slug, **losses.counts())
    drop_alerts(session, elsewhere)
    # Copies are among a shop's own reviews: nothing else points there.
    session.execute(
        update(Review)
        .where(Review.shop_id == shop.id, Review.duplicate_of_id.is_not(None))
        .values(duplicate_of_id=None)
        .execution_options(synchronize_session=False)
    )
    site_ids = [one.site_id for one in sources]
    # The database takes along all that is of the shop.
    session.execute(
        delete(Shop).where(Shop.id == shop.id).execution_options(synchronize_session=False)
    )
    for one in (*sources, shop):
        session.expunge(one)
    forget_sites(session, site_ids)
    return losses


def _losses(
    session: Session, shop: Shop, sources: Sequence[Source], elsewhere: Sequence[int]
) -> Losses:
    own = _count(session, Alert.shop_id == shop.id)
    return losses_of(
        session,
        [one.id for one in sources],
        own + len(elsewhere),
        sources=len(sources),
        messages=_count(session, Message.shop_id == shop.id),
        accesses=_count(session, Member.shop_id == shop.id),
    )


def _sources(session: Session, shop_id: int) -> Sequence[Source]:
    return session.scalars(select(Source).where(Source.shop_id == shop_id)).all()


def _beside(session: Session, shop_id: int) -> Sequence[Shop]:
    watching = select(Shop).join(Rival, Rival.shop_id == Shop.id).where(Rival.rival_id == shop_id)
    return session.scalars(watching.order_by(Shop.name, Shop.id)).all()


def _without_shop(session: Session, shop_id: int) -> list[str]:
    other = aliased(Member)
    people = session.scalars(
        select(User)
        .join(Member, Member.user_id == User.id)
        .where(
            Member.shop_id == shop_id,
            ~exists().where(other.user_id == User.id, other.shop_id != shop_id),
        )
        .order_by(User.email)
    )
    return [person.email for person in people if not person.is_operator]


def _count(session: Session, of: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(of)) or 0
