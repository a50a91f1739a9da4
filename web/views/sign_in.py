"""Signing in by a link; the password form is flask-security's, on the same page."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from vigie.clock import now
from vigie.errors import VigieError
from vigie.french import t
from vigie.store.audit import audit
from web.accounts import account_by_email, normal_email
from web.database import db
from web.links import SIGNED_IN, OpenedLink, open_link
from web.mail import queue_sign_in_mail

pages = Blueprint("sign_in", __name__)
# When this session was opened by a link: a new password may be set for a while.
BY_LINK_AT = "by_link_at"


@pages.post("/connexion/envoyer")
def send_link() -> ResponseReturnValue:
    """Mail a link to the account of this address; the answer is the same without one."""
    try:
        email = normal_email(request.form.get("email", ""))
    except VigieError as error:
        flash(str(error), "error")
        return redirect(url_for("security.login"), code=303)
    account = account_by_email(db(), email)
    if account is not None:
        queue_sign_in_mail(db(), account)
        db().commit()
    flash(t("web-link-sent", email=email), "done")
    return redirect(url_for("security.login"), code=303)


@pages.get("/connexion/lien")
def link() -> ResponseReturnValue:
    """Sign in by a link; one that serves once asks first, since mail scanners open links."""
    opened = open_link(db(), request.args.get("jeton", ""))
    if opened is None:
        return render_template("link_void.html"), 410
    if opened.once is not None:
        return render_template("link_confirm.html", opened=opened)
    return _enter(opened)


@pages.post("/connexion/lien")
def confirm_link() -> ResponseReturnValue:
    """Sign in by a link that serves once."""
    opened = open_link(db(), request.args.get("jeton", ""))
    if opened is None:
        return render_template("link_void.html"), 410
    return _enter(opened)


def _enter(opened: OpenedLink) -> ResponseReturnValue:
    audit(db(), SIGNED_IN, opened.account, user_id=opened.account.id, link=opened.once)
    db().commit()
    session.clear()
    login_user(opened.account, authn_via=["link"])
    session[BY_LINK_AT] = int(now().timestamp())
    return redirect(url_for("home.show"), code=303)
