"""The sources as operators run them: health, pause, run now, and the way to their settings."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.clock import now
from vigie.errors import NotFoundError, VigieError
from vigie.store.source import source_by_id
from vigie.tuning import words
from vigie.tuning.changing import make
from vigie.tuning.edits import PAUSED, Run, Wanted, edits_of
from vigie.tuning.facts import preview
from vigie.tuning.history import changes_about
from vigie.tuning.selection import by_number
from web.access import back_to, operators_only, page_number
from web.choosing import fields_of, filter_of
from web.database import db
from web.notices import notice
from web.queries import crawls as crawl_queries
from web.queries import sources as queries
from web.queries.mails import failed_count
from web.security import signed_in
from web.views.credentials import secrets_of
from web.views.tuning import CADENCES_H

pages = Blueprint("sources", __name__)


@pages.get("/sources")
@operators_only
def index() -> ResponseReturnValue:
    """List the sources, those that need care first."""
    wanted = filter_of(request.args)
    return render_template(
        "sources.html",
        sources=queries.sources_page(db(), wanted, page_number()),
        counts=queries.health_counts(db(), wanted),
        choices=queries.choices(db()),
        wanted=wanted,
        fields=fields_of(wanted),
        failed_mails=failed_count(db()),
    )


@pages.get("/sources/<int:id>")
@operators_only
def show(id: int) -> ResponseReturnValue:
    """Show a source: how it does, when it is read, what was changed, its last crawls."""
    source = source_by_id(db(), id)
    has_clock = source.site_id is not None
    return render_template(
        "source.html",
        source=source,
        crawl=queries.last_crawl(db(), id),
        crawls=crawl_queries.last_crawls(db(), id),
        health_changes=queries.changes_of(db(), id),
        changes=changes_about(db(), id, source.site_id),
        effect=preview(db(), [source], [], now()) if has_clock else None,
        secrets=secrets_of(source),
        cadences=CADENCES_H,
        words=words,
    )


@pages.post("/sources/<int:id>/pause")
@operators_only
def pause(id: int) -> ResponseReturnValue:
    """Stop reading the source by the clock."""
    return _change(id, Wanted({PAUSED: True}), "web-source-paused")


@pages.post("/sources/<int:id>/reprise")
@operators_only
def resume(id: int) -> ResponseReturnValue:
    """Read the source by the clock again."""
    return _change(id, Wanted({PAUSED: False}), "web-source-resumed")


@pages.post("/sources/<int:id>/lire")
@operators_only
def run_now(id: int) -> ResponseReturnValue:
    """Ask for a run; the ticker or a worker takes it up."""
    return _change(id, Wanted(run=Run.NOW), "web-source-requested")


def _change(source_id: int, wanted: Wanted, message_id: str) -> ResponseReturnValue:
    try:
        sources = by_number(db(), [source_id])
    except NotFoundError:
        raise
    except VigieError as error:
        flash(str(error), "error")
        return back_to(url_for("sources.show", id=source_id))
    edits = edits_of(sources, wanted, now())
    # What is so already is told as done, and leaves no trace.
    change = make(db(), edits, signed_in().id) if edits else None
    db().commit()
    undo = None if change is None else "tuning.undo"
    to = None if change is None else change.id
    notice(message_id, undo=undo, to=to, source=sources[0].label)
    return back_to(url_for("sources.show", id=source_id))
