"""Tuning sources with open eyes: a form, what it would do, then the change, which can be undone."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.clock import now
from vigie.errors import NotFoundError, VigieError
from vigie.french import t
from vigie.settings import Settings
from vigie.tuning import history, words
from vigie.tuning.changing import make
from vigie.tuning.changing import undo as take_back
from vigie.tuning.edits import Run, Wanted, edits_of, mark_of
from vigie.tuning.facts import foresee, preview
from vigie.tuning.wishes import Asked, read_wish
from web.access import back_to, operators_only, page_number
from web.choosing import Chosen, Given, chosen
from web.database import db
from web.links import SETTINGS
from web.notices import notice
from web.queries.paging import Paged, page_of
from web.security import signed_in

pages = Blueprint("tuning", __name__)
HOUR_S = 3600
# The intervals offered, in hours; any other is written by hand, within bounds.
CADENCES_H = (6, 12, 24, 48, 168)
ADAPTIVE = "adaptee"
STATES = {"pause": True, "reprise": False}
WISHES = ("choix", "heures", "cron", "etat", "lecture", "budget", "budget-libre", "plage")
EDITS_SHOWN = 30
CHANGES_A_PAGE = 20


@pages.get("/sources/regler")
@operators_only
def show() -> ResponseReturnValue:
    """Show the form, and what its wish would do; writes nothing."""
    try:
        meant = chosen(db(), request.args)
    except NotFoundError:
        raise
    except VigieError as error:
        flash(str(error), "error")
        return redirect(url_for("sources.index"), code=303)
    try:
        wanted = _wanted(request.args)
    except VigieError as error:
        flash(str(error), "error")
        wanted = Wanted()
    return _form(meant, wanted)


@pages.post("/sources/regler")
@operators_only
def confirm() -> ResponseReturnValue:
    """Make the change that was shown; what would do something else by now is shown again."""
    try:
        meant = chosen(db(), request.form)
        wanted = _wanted(request.form)
    except NotFoundError:
        raise
    except VigieError as error:
        flash(str(error), "error")
        return redirect(url_for("sources.index"), code=303)
    edits = edits_of(meant.sources, wanted, now())
    if not edits or mark_of(edits) != request.form.get("vu"):
        flash(t("tuning-moved"), "error")
        return _form(meant, wanted)
    change = make(db(), edits, signed_in().id)
    db().commit()
    told = words.named([edit.name for edit in edits])
    notice("tuning-made", undo="tuning.undo", to=change.id, count=len(edits), **told)
    if len(meant.sources) == 1:
        return redirect(url_for("sources.show", id=meant.sources[0].id), 303)
    # The list as it was filtered.
    kept: dict[str, Any] = {
        name: value for name, value in meant.fields if name not in ("lot", "source")
    }
    return redirect(url_for("sources.index", **kept), 303)


@pages.get("/sources/reglages")
@operators_only
def changes() -> ResponseReturnValue:
    """List the changes made, newest first."""
    page = page_of(db(), history.every_change(), page_number(), CHANGES_A_PAGE)
    shown = history.with_edits(db(), [change for (change,) in page.items])
    return render_template(
        "changes.html", changes=Paged(shown, page.number, page.size, page.total), words=words
    )


@pages.post("/sources/reglages/<int:id>/annuler")
@operators_only
def undo(id: int) -> ResponseReturnValue:
    """Take a change back, but for what changed again since."""
    try:
        undone = take_back(db(), id, signed_in().id)
    except NotFoundError:
        raise
    except VigieError as error:
        db().rollback()
        flash(str(error), "error")
        return back_to(url_for("tuning.changes"))
    db().commit()
    told = words.named(undone.restored)
    notice(
        "tuning-undone", undo="tuning.undo", to=undone.change.id, count=len(undone.restored), **told
    )
    if undone.left:
        flash(t("tuning-left", count=len(undone.left), **words.named(undone.left)), "info")
    return back_to(url_for("tuning.changes"))


def _form(meant: Chosen, wanted: Wanted) -> ResponseReturnValue:
    moment = now()
    edits = edits_of(meant.sources, wanted, moment)
    settings: Settings = current_app.extensions[SETTINGS]
    foreseen = foresee(db(), edits, settings.cadence_hours * HOUR_S)
    given = request.values
    return render_template(
        "tuning.html",
        meant=meant,
        asked=bool(wanted),
        edits=foreseen,
        edits_shown=EDITS_SHOWN,
        effect=preview(db(), meant.sources, foreseen, moment),
        mark=mark_of(edits),
        given=given,
        wishes=[(name, given[name]) for name in WISHES if given.get(name)],
        cadences=CADENCES_H,
        words=words,
    )


def _wanted(given: Given) -> Wanted:
    """Return what the form's fields ask for.

    Raises:
        VigieError: a field holds what it cannot.
    """
    run = given.get("lecture", "")
    every, cron, follow = cadence_fields(given)
    return read_wish(
        Asked(
            every=every,
            cron=cron,
            follow=follow,
            paused=STATES.get(given.get("etat", "")),
            run=Run(run) if run in set(Run) else None,
            budget=given.get("budget", "").strip(),
            no_budget=bool(given.get("budget-libre")),
            hours=given.get("plage", "").strip(),
        ),
        now(),
    )


def cadence_fields(given: Given) -> tuple[str, str, bool]:
    """Return the hours, the cron expression and "as news comes", as a form states them."""
    choice, hours, cron = (given.get(name, "").strip() for name in ("choix", "heures", "cron"))
    # What is written comes before what is picked from the list.
    return hours or ("" if choice == ADAPTIVE else choice), cron, choice == ADAPTIVE
