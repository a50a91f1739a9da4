"""Recipes: written, tried on a page by the schedule, corrected, and kept as a source."""

from datetime import timedelta
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from vigie.clock import now
from vigie.errors import NotFoundError, VigieError
from vigie.store import Source
from vigie.store.audit import audit
from vigie.store.recipe_trial import RecipeTrial, ask_trial, trial_by_id
from vigie.store.source import source_by_id
from web.access import operators_only
from web.choosing import Given
from web.database import db
from web.doors import collection
from web.notices import notice
from web.queries.adding import last_trials
from web.recipe_form import FIELD, form_of, recipe_of
from web.row_numbers import number_in
from web.security import signed_in

pages = Blueprint("trials", __name__)
LONGEST_URL = 4_000
LONG_WAIT = timedelta(minutes=1)
LOOK_AGAIN_S = 3
RECIPE = "recipe"


@pages.get("/sources/recette")
@operators_only
def show() -> ResponseReturnValue:
    """Show the form: empty, with the recipe of a trial, or with that of a source."""
    collection()
    kept: dict[str, str] = {}
    number, source_id = (number_in(request.args, name) for name in ("essai", "source"))
    if number is not None:
        trial = trial_by_id(db(), number)
        kept = {**form_of(trial.recipe), "adresse": trial.url, "source": str(trial.source_id or "")}
    elif source_id is not None:
        source = _source(source_id)
        kept = form_of(source.options[RECIPE])
        kept |= {"adresse": source.url, "source": str(source.id)}
    return _form(MultiDict({**kept, **request.args.to_dict()}))


@pages.post("/sources/recette")
@operators_only
def ask() -> ResponseReturnValue:
    """Ask for a trial."""
    given = request.form
    doors = collection()
    try:
        kind = _kind(given)
        recipe = recipe_of(given, kind, doors.recipe_fields[kind])
        source_id = number_in(given, "source")
        if source_id is not None:
            _source(source_id)
        url = doors.check_trial(db(), given.get("adresse", "")[:LONGEST_URL], recipe)
        trial = ask_trial(db(), signed_in().id, url, recipe, source_id)
    except NotFoundError:
        raise
    except VigieError as error:
        db().rollback()
        flash(str(error), "error")
        return _form(given), 400
    audit(db(), "recipe-try", trial, signed_in().id, url=url)
    db().commit()
    return redirect(url_for("trials.result", id=trial.id), 303)


@pages.get("/sources/recette/<int:id>")
@operators_only
def result(id: int) -> Response:
    """Show what a trial read, or that it is under way."""
    collection()
    trial = trial_by_id(db(), id)
    waits_long = now() - trial.asked_at > LONG_WAIT
    page = make_response(
        render_template(
            "trial.html",
            trial=trial,
            answer=trial.answer,
            asked=form_of(trial.recipe),
            field=FIELD,
            waits_long=waits_long,
            source=None if trial.source_id is None else _source(trial.source_id),
        )
    )
    if trial.answered_at is None and not waits_long:
        # There is nothing to read yet but that it comes: the page asks again by itself.
        page.headers["Refresh"] = str(LOOK_AGAIN_S)
    return page


@pages.post("/sources/recette/<int:id>/remplacer")
@operators_only
def replace(id: int) -> ResponseReturnValue:
    """Give the recipe that was tried to the source that it mends."""
    trial = trial_by_id(db(), id)
    if trial.source_id is None:
        raise NotFoundError("trial-error-unknown", trial=str(id))
    source = _source(trial.source_id)
    if _reader(trial.recipe) != _reader(source.options[RECIPE]):
        flash(str(VigieError("trial-error-source", source=source.label)), "error")
        return redirect(url_for("trials.result", id=id), 303)
    source.options = {**source.options, RECIPE: trial.recipe}
    # A page that its old recipe lost is read again at once.
    source.run_requested_at = now()
    audit(db(), "source-recipe", source, signed_in().id, trial=trial.id)
    db().commit()
    notice("trial-updated", source=source.label)
    return redirect(url_for("sources.show", id=source.id), 303)


def _form(given: Given) -> str:
    kind = _kind(given)
    return render_template(
        "recipe.html",
        given=given,
        kind=kind,
        kinds=list(collection().recipe_fields),
        fields=collection().recipe_fields[kind],
        field=FIELD,
        trials=[(one, _state(one)) for one in last_trials(db(), signed_in().id)],
    )


def _kind(given: Given) -> str:
    kinds = collection().recipe_fields
    kind = given.get("kind", "")
    return kind if kind in kinds else next(iter(kinds))


def _state(trial: RecipeTrial) -> dict[str, Any]:
    if trial.answered_at is None:
        return {"name": "waiting", "count": 0}
    count = trial.answer.get("count") or 0
    return {"name": "found" if count else "failed", "count": count}


def _source(source_id: int) -> Source:
    source = source_by_id(db(), source_id)
    if not source.options.get(RECIPE):
        raise NotFoundError("error-source-unknown", source=str(source_id))
    return source


def _reader(recipe: str) -> tuple[str, bool]:
    """Return what a recipe reads, and whether by the data of scripts: its source's nature."""
    kept = form_of(recipe)
    return kept.get("kind", ""), bool(kept.get("state"))
