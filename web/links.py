"""Sign-in links: signed, short-lived, and void once the account's ``fs_uniquifier`` changes."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask, current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.settings import Settings
from vigie.store import AuditEntry, User
from web.accounts import Account, account_by_uniquifier

SETTINGS = "vigie_settings"
PATH = "/connexion/lien"
LIFETIME = timedelta(hours=24)
# A link sent by mail, which others may read later.
MAILED_LIFETIME = timedelta(hours=1)
# The audit trail tells which mailed links have served.
SIGNED_IN = "sign-in"


@dataclass(frozen=True)
class OpenedLink:
    """A link that is good: whose it is, and its number if it may serve only once."""

    account: Account
    once: str | None


def sign_in_link(app: Flask, user: User) -> str:
    """Return an absolute URL that signs this person in, for a day."""
    return _link(app, user, LIFETIME, once=None)


def mailed_link(app: Flask, user: User) -> tuple[str, str]:
    """Return an absolute URL that signs this person in once, within an hour, and its number."""
    number = secrets.token_hex(8)
    return _link(app, user, MAILED_LIFETIME, once=number), number


def open_link(session: Session, token: str) -> OpenedLink | None:
    """Return whom the link signs in; None if it is forged, too old, void or has served."""
    try:
        payload = _signer(current_app).loads(token)
    except BadData:
        return None
    if now().timestamp() > payload["until"]:
        return None
    account = account_by_uniquifier(session, payload["user"])
    once = payload["once"]
    if account is None or (once is not None and _has_served(session, account, once)):
        return None
    return OpenedLink(account, once)


def _has_served(session: Session, account: Account, once: str) -> bool:
    recent = select(AuditEntry.detail).where(
        AuditEntry.user_id == account.id,
        AuditEntry.action == SIGNED_IN,
        AuditEntry.at > now() - MAILED_LIFETIME,
    )
    return any(detail.get("link") == once for detail in session.scalars(recent))


def _link(app: Flask, user: User, lifetime: timedelta, once: str | None) -> str:
    settings: Settings = app.extensions[SETTINGS]
    until = int((now() + lifetime).timestamp())
    token = _signer(app).dumps({"user": user.fs_uniquifier, "until": until, "once": once})
    return f"{settings.public_url}{PATH}?{urlencode({'jeton': token})}"


def _signer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(str(app.secret_key), salt="vigie-sign-in")
