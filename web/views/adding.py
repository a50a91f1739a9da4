"""Adding a source: what its address is recognised as is shown first, and nothing is written yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.clock import now
from vigie.collection import NewSource, PlatformFacts
from vigie.errors import VigieError
from vigie.store import Permission, RecipeTrial, Source
from vigie.store.recipe_trial import trial_by_id
from vigie.store.source import WANTED_OPTION
from vigie.tuning.wishes import read_cadence
from vigie.tuning.words import cadence_of
from web.access import operators_only
from web.choosing import Given
from web.database import db
from web.doors import collection
from web.notices import notice
from web.queries.adding import shop_named, shops_offered
from web.recipe_form import form_of
from web.row_numbers import number_in
from web.security import signed_in
from web.views.tuning import ADAPTIVE, CADENCES_H, cadence_fields

pages = Blueprint("adding", __name__)
OPTION = "option-"
OPTION_LIMIT = 2_000
LONGEST_URL, LONGEST_NAME = 4_000, 100
# A recipe is tried before, and comes from its trial.
RECIPE = "recipe"


@dataclass(frozen=True)
class Seen:
    """What a source would be; its address has ``told`` some things, others may be ``asked`` for."""

    mark: str
    platform: PlatformFacts
    kinds: Sequence[str]
    told: Mapping[str, str]
    asked: Sequence[str]
    known: Mapping[str, str]
    missing: Sequence[str]
    label: str
    host: str
    permission: Permission
    cadence: str


@pages.get("/sources/ajouter")
@operators_only
def show() -> ResponseReturnValue:
    """Show the form."""
    collection()
    return _form(request.args)


@pages.post("/sources/ajouter")
@operators_only
def add() -> ResponseReturnValue:
    """Show what the source would be or, once that was seen, add it."""
    given = request.form
    try:
        shop = shop_named(db(), _line(given, "commerce")[:LONGEST_NAME])
        wanted = _wanted(given)
        source = collection().add(db(), shop, wanted, signed_in().id)
        seen = _seen(source)
    except VigieError as error:
        db().rollback()
        flash(str(error), "error")
        return _form(given), 400
    if given.get("faire") != "ajouter" or given.get("vu") != seen.mark:
        # What is added is what was shown.
        db().rollback()
        return _form(given, seen)
    db().commit()
    notice("adding-done", source=source.label, missing=len(seen.missing))
    to = "credentials.show" if seen.missing else "sources.show"
    return redirect(url_for(to, id=source.id), 303)


def _wanted(given: Given) -> NewSource:
    every, cron, follow = cadence_fields(given)
    if cron and not given.get("heures", "").strip():
        # What is written comes before what is picked from the list.
        every = ""
    permission = given.get("permission", "")
    if permission not in set(Permission):
        raise VigieError("adding-error-permission", given=permission[:30])
    options = {
        name.removeprefix(OPTION): _line(given, name)
        for name in given
        if name.startswith(OPTION) and _line(given, name)
    }
    if any(len(value) > OPTION_LIMIT for value in options.values()):
        raise VigieError("adding-error-option", limit=OPTION_LIMIT)
    trial = _trial(given)
    if trial is not None:
        options[RECIPE] = trial.recipe
    return NewSource(
        url=given.get("adresse", "")[:LONGEST_URL],
        label=_line(given, "nom"),
        permission=Permission(permission),
        platform=_line(given, "plateforme")[:LONGEST_NAME] or None,
        options=options,
        base_url=_line(given, "essai-service")[:LONGEST_URL] or None,
        cadence=read_cadence(every, cron, follow and not (every or cron), now()),
    )


def _line(given: Given, name: str) -> str:
    """Return a field without what neither people read nor every database stores."""
    return "".join(filter(str.isprintable, given.get(name, ""))).strip()


def _trial(given: Given) -> RecipeTrial | None:
    number = number_in(given, "essai")
    return None if number is None else trial_by_id(db(), number)


def _seen(source: Source) -> Seen:
    doors = collection()
    platform = doors.platforms[source.platform]
    told = doors.told_by_address(source)
    plain = [need.name for need in platform.needs if not need.secret and need.name != RECIPE]
    asked = [name for name in plain if not told.get(name)]
    kinds = platform.kinds
    if source.options.get(RECIPE):
        kinds = [form_of(source.options[RECIPE])["kind"]]
    if "listings" in kinds:
        asked.append(WANTED_OPTION)
    host, permission = "", Permission.UNSTATED
    if source.site is not None:
        host, permission = source.site.host, source.site.permission
    return Seen(
        f"{source.shop_id} {platform.name} {source.url}",
        platform,
        kinds,
        {name: value for name, value in told.items() if value},
        asked,
        # Some of it is known from the shop itself.
        {name: str(source.options.get(name, "")) for name in asked},
        doors.still_needed(source),
        source.label,
        host,
        permission,
        cadence_of(source),
    )


def _form(given: Given, seen: Seen | None = None) -> str:
    trial = None
    try:
        trial = _trial(given)
    except VigieError as error:
        flash(str(error), "error")
    return render_template(
        "adding.html",
        given=given,
        seen=seen,
        trial=trial,
        url=given.get("adresse") or (trial.url if trial else ""),
        shops=shops_offered(db()),
        platforms=[one for one in collection().platforms.values() if not _is_recipe(one)],
        permissions=list(Permission),
        choice=given.get("choix", ADAPTIVE),
        cadences=CADENCES_H,
        option=OPTION,
        wanted_option=WANTED_OPTION,
        recipe=RECIPE,
    )


def _is_recipe(platform: PlatformFacts) -> bool:
    return any(need.name == RECIPE for need in platform.needs)
