"""The mails that were queued: where each is on its way, and sending again what failed."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.errors import NotFoundError, VigieError
from vigie.store import MessageState
from vigie.store.message import send_again
from web.access import back_to, operators_only, page_number
from web.database import db
from web.notices import notice
from web.queries import mails as queries
from web.security import signed_in

pages = Blueprint("mails", __name__)


@pages.get("/courriers")
@operators_only
def index() -> ResponseReturnValue:
    """List the mails, newest first."""
    asked = request.args.get("etat", "")
    state = MessageState(asked) if asked in set(MessageState) else None
    return render_template(
        "mails.html",
        mails=queries.mails_page(db(), state, page_number()),
        counts=queries.state_counts(db()),
        state=state,
    )


@pages.post("/courriers/<int:id>/renvoyer")
@operators_only
def again(id: int) -> ResponseReturnValue:
    """Queue a mail that failed once more; the ticker sends it."""
    try:
        mail = send_again(db(), id, signed_in().id)
    except NotFoundError:
        raise
    except VigieError as error:
        db().rollback()
        flash(str(error), "error")
        return back_to(url_for("mails.index"))
    db().commit()
    notice("mails-again-done", subject=mail.subject)
    return back_to(url_for("mails.index"))
