"""Alerts: what each says and rests on, what people do with it, and whether it was of use."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.alert_life import move, undo_move
from vigie.alert_text import alert_headline, alert_sentence, alert_todo
from vigie.clock import today
from vigie.errors import VigieError
from vigie.french import french_date
from vigie.store import AlertState, Closing
from web.access import back_to, operators_only, page_number
from web.database import db
from web.notices import notice
from web.queries import alerts
from web.queries.scope import alert_for, shop_for
from web.security import signed_in

pages = Blueprint("alerts", __name__)
# What the form says, and how many days it is; anything else is a day of the person's own.
SNOOZES = {"1s": 7, "1m": 30}
LONGEST_SNOOZE = timedelta(days=366)
ANSWERS = {"oui": True, "non": False, "retirer": None}
UNDO = "alerts.undo"


@pages.get("/commerces/<slug>/alertes")
def index(slug: str) -> ResponseReturnValue:
    """List every alert of a shop, closed ones too."""
    shop = shop_for(db(), signed_in(), slug)
    page = alerts.alerts_page(db(), shop.id, page_number())
    return render_template("alerts.html", shop=shop, page=page, headline=alert_headline)


@pages.get("/alertes/<int:id>")
def show(id: int) -> ResponseReturnValue:
    """Show one alert whole."""
    account = signed_in()
    alert = alert_for(db(), account, id)
    reviews, listings = alerts.evidence(db(), alert)
    return render_template(
        "alert.html",
        alert=alert,
        shop=alert.shop,
        headline=alert_headline(alert),
        sentence=alert_sentence(alert),
        todo=alert_todo(alert),
        reviews=reviews,
        listings=listings,
        # Of a change, a few reviews are shown in the place of all.
        rests_on=alert.facts.get("n_after", 0) if reviews else 0,
        moves=alerts.history(db(), alert),
        useful=alerts.feedback_of(db(), alert, account.id),
        first_day=today() + timedelta(days=1),
        last_day=today() + LONGEST_SNOOZE,
    )


@pages.get("/alertes/justesse")
@operators_only
def precision() -> ResponseReturnValue:
    """Show how often each kind of alert was of use, as people answered."""
    return render_template("alert_precision.html", rows=alerts.precisions(db()))


@pages.post("/alertes/<int:id>/vue")
def acknowledge(id: int) -> ResponseReturnValue:
    """Take the alert off the list of what waits."""
    return _move(id, AlertState.ACKNOWLEDGED, "web-alert-acknowledged")


@pages.post("/alertes/<int:id>/rouvrir")
def reopen(id: int) -> ResponseReturnValue:
    """Put the alert back on the list."""
    return _move(id, AlertState.OPEN, "web-alert-reopened")


@pages.post("/alertes/<int:id>/clore")
def close(id: int) -> ResponseReturnValue:
    """Be done with the alert."""
    return _move(id, AlertState.CLOSED, "alert-notice-closed")


@pages.post("/alertes/<int:id>/reporter")
def snooze(id: int) -> ResponseReturnValue:
    """Have the alert come back on a day."""
    try:
        until = _until(request.form.get("duree", ""), request.form.get("date", ""))
    except VigieError as error:
        alert_for(db(), signed_in(), id)
        flash(str(error), "error")
        return redirect(url_for("alerts.show", id=id), code=303)
    return _move(id, AlertState.SNOOZED, "alert-notice-snoozed", until)


@pages.post("/alertes/<int:id>/annuler")
def undo(id: int) -> ResponseReturnValue:
    """Take back the person's last move of the alert."""
    account = signed_in()
    alert = alert_for(db(), account, id)
    try:
        undo_move(db(), alert, account.id)
    except VigieError as error:
        flash(str(error), "error")
    else:
        db().commit()
        notice("alert-notice-undone")
    return back_to(url_for("alerts.show", id=id))


@pages.post("/alertes/<int:id>/utilite")
def judge(id: int) -> ResponseReturnValue:
    """Keep whether the alert was of use to the person."""
    account = signed_in()
    alert = alert_for(db(), account, id)
    answer = request.form.get("reponse", "")
    if answer in ANSWERS:
        alerts.give_feedback(db(), alert, account.id, ANSWERS[answer])
        db().commit()
        notice("alert-notice-unjudged" if ANSWERS[answer] is None else "alert-notice-judged")
    return back_to(url_for("alerts.show", id=id))


def _until(choice: str, day: str) -> date:
    """Return the day on which the alert comes back.

    Raises:
        VigieError: no choice was made, or the day is none, past, or more than a year ahead.
    """
    if not day:
        if choice not in SNOOZES:
            raise VigieError("alert-error-day-missing")
        return today() + timedelta(days=SNOOZES[choice])
    # A day that was filled in is meant, whatever stands ticked beside it.
    try:
        until = date.fromisoformat(day)
    except ValueError:
        raise VigieError("alert-error-day-unreadable", day=day[:40]) from None
    if not today() < until <= today() + LONGEST_SNOOZE:
        raise VigieError("alert-error-day-bounds", day=french_date(until))
    return until


def _move(
    alert_id: int, state: AlertState, message_id: str, until: date | None = None
) -> ResponseReturnValue:
    account = signed_in()
    alert = alert_for(db(), account, alert_id)
    if (alert.state, alert.snoozed_until) != (state, until):
        because = Closing.PERSON if state is AlertState.CLOSED else None
        move(db(), alert, state, user_id=account.id, until=until, because=because)
        db().commit()
        notice(message_id, undo=UNDO, to=alert.id, until=french_date(until) if until else "")
    return back_to(url_for("shop.show", slug=alert.shop.slug))
