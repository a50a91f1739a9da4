"""What a person answers to an alert: seen, or open again."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from vigie.clock import now
from vigie.store import AlertState
from vigie.store.audit import audit
from web.access import back_to
from web.database import db
from web.notices import notice
from web.queries.scope import alert_for
from web.security import signed_in

pages = Blueprint("alerts", __name__)


@pages.post("/alertes/<int:id>/vue")
def acknowledge(id: int) -> ResponseReturnValue:
    """Take the alert off the list of what waits."""
    return _move(id, AlertState.ACKNOWLEDGED, "web-alert-acknowledged", undo="alerts.reopen")


@pages.post("/alertes/<int:id>/rouvrir")
def reopen(id: int) -> ResponseReturnValue:
    """Put the alert back on the list."""
    return _move(id, AlertState.OPEN, "web-alert-reopened", undo=None)


def _move(
    alert_id: int, state: AlertState, message_id: str, undo: str | None
) -> ResponseReturnValue:
    account = signed_in()
    alert = alert_for(db(), account, alert_id)
    if alert.state != state:
        before = alert.state
        alert.state = state
        alert.state_changed_at = now()
        alert.state_changed_by_id = account.id
        audit(db(), f"alert-{state}", alert, user_id=account.id, before=before)
        db().commit()
        notice(message_id, undo=undo, to=alert.id)
    return back_to(url_for("shop.show", slug=alert.shop.slug))
