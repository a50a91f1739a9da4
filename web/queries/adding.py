"""Which shop a new source is for, and the recipes tried lately."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.errors import NotFoundError
from vigie.store import RecipeTrial, Shop
from vigie.store.recipe_trial import KEPT
from vigie.store.shop import shop_by_slug

SHOPS_OFFERED = 500
TRIALS_SHOWN = 10


def shops_offered(session: Session) -> Sequence[Shop]:
    """Return the shops that a list offers; any other is written by its short name."""
    return session.scalars(select(Shop).order_by(Shop.name, Shop.id).limit(SHOPS_OFFERED)).all()


def shop_named(session: Session, written: str) -> Shop:
    """Return the shop of this short name or number, or the only one of this name.

    Raises:
        NotFoundError: there is none.
    """
    try:
        return shop_by_slug(session, written)
    except NotFoundError:
        named = session.scalars(select(Shop).where(Shop.name == written).limit(2)).all()
        if len(named) != 1:
            raise
        return named[0]


def last_trials(session: Session, user_id: int) -> Sequence[RecipeTrial]:
    """Return the recipes that this person tried lately, newest first."""
    query = select(RecipeTrial).where(
        RecipeTrial.user_id == user_id, RecipeTrial.asked_at >= now() - KEPT
    )
    return session.scalars(query.order_by(RecipeTrial.id.desc()).limit(TRIALS_SHOWN)).all()
