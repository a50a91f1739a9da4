"""Who signs in: flask-security, in French, on our accounts; every page asks for it by default."""

from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import Security, SQLAlchemySessionUserDatastore, current_user
from flask_security.decorators import default_unauthn_handler
from flask_security.signals import user_authenticated

from vigie.french import t
from vigie.settings import Settings
from vigie.store import Role
from vigie.store.audit import audit
from web.accounts import LEAST_PASSWORD, Account
from web.database import SESSIONS, db
from web.links import SIGNED_IN

# What may be seen without an account.
PUBLIC = {
    "static",
    "bootstrap.static",
    "security.login",
    "sign_in.link",
    "sign_in.confirm_link",
    "sign_in.send_link",
}
# The messages of flask-security that a person can meet here, and their kind of notice.
MESSAGES = {
    "GENERIC_AUTHN_FAILED": "error",
    "UNAUTHENTICATED": "info",
    "UNAUTHORIZED": "error",
    "LOGIN": "info",
    "DISABLED_ACCOUNT": "error",
    "EMAIL_NOT_PROVIDED": "error",
    "INVALID_EMAIL_ADDRESS": "error",
    "PASSWORD_NOT_PROVIDED": "error",
    "INVALID_REDIRECT": "error",
}
# Attempts on one account from one address, then from the address at all.
ATTEMPTS, ATTEMPTS_FROM_ADDRESS = "6 per minute", "60 per minute"


def init_app(app: Flask, settings: Settings) -> None:
    """Set up sign-in, its limits and the door before every page."""
    app.config.update(_config(settings))
    datastore = SQLAlchemySessionUserDatastore(app.extensions[SESSIONS], Account, Role)  # type: ignore[arg-type]  # Duck-typed.
    Security(app, datastore)
    app.before_request(_ask_to_sign_in)
    user_authenticated.connect(_record_sign_in, app)


def limit_attempts(app: Flask) -> None:
    """Slow down whoever tries passwords or asks for links again and again."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    for endpoint in ("security.login", "sign_in.send_link"):
        view: Callable[..., Any] = app.view_functions[endpoint]
        view = limiter.limit(ATTEMPTS, key_func=_account_tried, methods=["POST"])(view)
        view = limiter.limit(ATTEMPTS_FROM_ADDRESS, methods=["POST"])(view)
        app.view_functions[endpoint] = view


def _account_tried() -> str:
    email = request.form.get("email", "").strip().lower()[:255]
    return f"{get_remote_address()} {email}"


def _ask_to_sign_in() -> ResponseReturnValue | None:
    # An unknown address has no endpoint; it is asked too, so that it tells nothing.
    if request.endpoint in PUBLIC or current_user.is_authenticated:
        return None
    asked: ResponseReturnValue = default_unauthn_handler()  # type: ignore[no-untyped-call]  # Theirs.
    return asked


def _record_sign_in(_app: Flask, user: Account, authn_via: list[str], **_: Any) -> None:
    # A link records itself, with its number.
    if "link" not in authn_via:
        audit(db(), SIGNED_IN, user, user_id=user.id, via=authn_via)
        db().commit()


def signed_in() -> Account:
    """Return the person of this request."""
    account: Account = current_user._get_current_object()
    return account


def _config(settings: Settings) -> dict[str, Any]:
    messages = {
        f"SECURITY_MSG_{name}": (t("web-security-" + name.lower().replace("_", "-")), kind)
        for name, kind in MESSAGES.items()
    }
    return {
        "SECURITY_LOGIN_URL": "/connexion",
        "SECURITY_LOGOUT_URL": "/deconnexion",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/connexion",
        "SECURITY_LOGIN_USER_TEMPLATE": "sign_in.html",
        # Accounts made from the command line have no salt to share: argon2 salts by itself.
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_SALT": "",
        "SECURITY_PASSWORD_LENGTH_MIN": LEAST_PASSWORD,
        "SECURITY_PASSWORD_CHECK_BREACHED": None,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        **messages,
    }
