"""Accounts: making one, giving it a shop, and what flask-security sees of it."""

import secrets

from argon2 import PasswordHasher
from email_validator import EmailNotValidError, validate_email
from flask_security import UserMixin
from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.errors import VigieError
from vigie.store import Member, MemberRole, Role, Shop, User
from vigie.store.user import OPERATOR

LEAST_PASSWORD = 12


class Account(UserMixin, User):  # type: ignore[misc]  # The mixin guesses column types.
    """The same row as ``User``, with what flask-security asks of a person who signs in."""


def create_user(
    session: Session, email: str, *, operator: bool = False, password: str | None = None
) -> User:
    """Add an account; without a password, it signs in by links.

    Raises:
        VigieError: the address is not one or has an account already, or the password is short.
    """
    address = normal_email(email)
    if session.scalar(select(User.id).where(User.email == address)) is not None:
        raise VigieError("error-user-exists", email=address)
    if password is not None and len(password) < LEAST_PASSWORD:
        raise VigieError("error-password-short", least=LEAST_PASSWORD)
    user = User(
        email=address,
        password=None if password is None else PasswordHasher().hash(password),
        fs_uniquifier=secrets.token_hex(32),
        created_at=now(),
    )
    if operator:
        user.roles.append(_operator_role(session))
    session.add(user)
    session.flush()
    return user


def normal_email(email: str) -> str:
    """Return the address in the form that accounts keep it in.

    Raises:
        VigieError: it is not an e-mail address.
    """
    try:
        # An installation may live on a network of its own; nothing is looked up.
        found = validate_email(
            email.strip(), check_deliverability=False, globally_deliverable=False
        )
    except EmailNotValidError:
        raise VigieError("error-email", email=email) from None
    return found.normalized.lower()


def account_by_email(session: Session, email: str) -> Account | None:
    """Return the active account of this address."""
    return session.scalar(select(Account).where(User.email == email, User.active))


def account_by_uniquifier(session: Session, uniquifier: str) -> Account | None:
    """Return the active account whose sessions and links carry this mark."""
    return session.scalar(select(Account).where(User.fs_uniquifier == uniquifier, User.active))


def add_member(session: Session, user: User, shop: Shop, role: MemberRole) -> Member:
    """Give a person a role at a shop, or change it."""
    return session.merge(Member(user_id=user.id, shop_id=shop.id, role=role))


def _operator_role(session: Session) -> Role:
    role = session.scalar(select(Role).where(Role.name == OPERATOR))
    return role or Role(name=OPERATOR)
