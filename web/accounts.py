"""Accounts: making one, giving it a shop, and what flask-security sees of it."""

import secrets

from argon2 import PasswordHasher
from email_validator import EmailNotValidError, validate_email
from flask_security import UserMixin
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.errors import VigieError
from vigie.store import Member, MemberRole, Message, Role, Shop, User
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


def remove_member(session: Session, user: User, shop: Shop) -> None:
    """Take a person's role at a shop away.

    Raises:
        VigieError: there is none.
    """
    member = session.get(Member, (user.id, shop.id))
    if member is None:
        raise VigieError("error-user-not-member", email=user.email, shop=shop.slug)
    session.delete(member)


def set_operator(session: Session, user: User, operator: bool) -> None:
    """Make a person an operator, or one no longer.

    Raises:
        VigieError: nobody would be left to run the installation.
    """
    if operator == user.is_operator:
        return
    if operator:
        user.roles.append(_operator_role(session))
        return
    keep_an_operator(session, user)
    user.roles = [role for role in user.roles if role.name != OPERATOR]


def close_account(session: Session, user: User) -> str:
    """Close an account for good and return the name under which what it did is told.

    The row stays, without address, password, role or access: who changed a setting or closed an
    alert is told truly, and is nobody any more. Sessions and links end with the old mark.

    Raises:
        VigieError: it is the last operator's.
    """
    set_operator(session, user, operator=False)
    for member in list(user.memberships):
        session.delete(member)
    # Mails to the person; those of a shop go to the shop's own address.
    session.execute(
        delete(Message)
        .where(Message.shop_id.is_(None), Message.recipient == user.email)
        .execution_options(synchronize_session=False)
    )
    user.email = f"compte-ferme-{user.id}"
    user.active = False
    user.password = user.us_totp_secrets = user.us_phone_number = None
    user.fs_uniquifier = secrets.token_hex(32)
    return user.email


def keep_an_operator(session: Session, leaving: User) -> None:
    """Refuse that the last operator leaves.

    Raises:
        VigieError: nobody would be left to run the installation.
    """
    if not leaving.is_operator:
        return
    # Two who leave at once wait for each other on the role's row.
    session.scalar(select(Role.id).where(Role.name == OPERATOR).with_for_update())
    others = select(User.id).where(
        User.roles.any(Role.name == OPERATOR), User.active, User.id != leaving.id
    )
    if session.scalar(others.limit(1)) is None:
        raise VigieError("error-user-last-operator", email=leaving.email)


def _operator_role(session: Session) -> Role:
    role = session.scalar(select(Role).where(Role.name == OPERATOR))
    return role or Role(name=OPERATOR)
