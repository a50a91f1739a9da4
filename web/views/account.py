"""A person's own account: the password, and signing out everywhere."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password, login_user, verify_password

from vigie.clock import now
from vigie.french import t
from vigie.store.audit import audit
from web.accounts import LEAST_PASSWORD, Account
from web.database import db
from web.security import signed_in
from web.views.sign_in import BY_LINK_AT

pages = Blueprint("account", __name__)
# After a link, a new password needs no old one for this long.
FRESH_S = 1800
# argon2 reads it all: a bound keeps a form from costing seconds.
MOST_PASSWORD = 200


@pages.get("/compte")
def show() -> ResponseReturnValue:
    """Show the account."""
    return render_template(
        "account.html",
        account=signed_in(),
        fresh=_is_fresh(),
        least=LEAST_PASSWORD,
        most=MOST_PASSWORD,
    )


@pages.post("/compte/mot-de-passe")
def change_password() -> ResponseReturnValue:
    """Set a password; every other session and link of the account ends."""
    account = signed_in()
    refusal = _refusal(account)
    if refusal is not None:
        flash(t(refusal, least=LEAST_PASSWORD, most=MOST_PASSWORD), "error")
        return redirect(url_for("account.show"), code=303)
    account.password = hash_password(request.form["nouveau"])
    _end_sessions(account, "password-change")
    login_user(account, authn_via=["link"])
    flash(t("web-password-changed"), "done")
    return redirect(url_for("account.show"), code=303)


@pages.post("/compte/deconnecter-partout")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session and link of the account, this one included."""
    _end_sessions(signed_in(), "sign-out-everywhere")
    flash(t("web-signed-out-everywhere"), "done")
    return redirect(url_for("security.login"), code=303)


def _refusal(account: Account) -> str | None:
    """Return the sentence's identifier if the form cannot be taken."""
    new, again = request.form.get("nouveau", ""), request.form.get("encore", "")
    if not _is_fresh():
        if account.password is None:
            return "web-password-needs-link"
        if not verify_password(request.form.get("actuel", "")[:MOST_PASSWORD], account.password):
            return "web-password-wrong"
    if not LEAST_PASSWORD <= len(new) <= MOST_PASSWORD:
        return "web-password-length"
    return None if new == again else "web-password-differs"


def _end_sessions(account: Account, action: str) -> None:
    account.fs_uniquifier = secrets.token_hex(32)
    audit(db(), action, account, user_id=account.id)
    db().commit()


def _is_fresh() -> bool:
    opened_at: float = session.get(BY_LINK_AT, 0)
    return now().timestamp() - opened_at < FRESH_S
