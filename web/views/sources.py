"""The sources as operators run them: health, pause, run now, cadence, crawl log."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.clock import now
from vigie.store import Health, Source
from vigie.store.audit import audit
from vigie.store.source import set_cadence, source_by_id
from vigie.tuning.words import every
from web.access import back_to, operators_only, page_number
from web.database import db
from web.notices import notice
from web.queries import sources as queries
from web.security import signed_in

pages = Blueprint("sources", __name__)
LONGEST_SEARCH = 100
HOUR_S = 3600
# The intervals offered, in hours; any other is written by hand, within bounds.
CADENCES_H = (6, 12, 24, 48, 168)
LEAST_H, MOST_H = 1, 24 * 31


@pages.get("/sources")
@operators_only
def index() -> ResponseReturnValue:
    """List the sources, those that need care first."""
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    wanted = request.args.get("sante", "")
    health = Health(wanted) if wanted in set(Health) else None
    return render_template(
        "sources.html",
        sources=queries.sources_page(db(), health, words, page_number()),
        counts=queries.health_counts(db()),
        health=health,
        words=words,
    )


@pages.get("/sources/<int:id>")
@operators_only
def show(id: int) -> ResponseReturnValue:
    """Show a source and its last crawls, page by page."""
    source = source_by_id(db(), id)
    return render_template(
        "source.html",
        source=source,
        crawls=queries.crawls_of(db(), id),
        crawl=queries.last_crawl(db(), id),
        changes=queries.changes_of(db(), id),
        cadences=CADENCES_H,
        least=LEAST_H,
        most=MOST_H,
    )


@pages.post("/sources/<int:id>/pause")
@operators_only
def pause(id: int) -> ResponseReturnValue:
    """Stop reading the source by the clock."""

    def change(source: Source) -> None:
        source.paused = True

    return _change(id, "source-pause", change, "web-source-paused", undo="sources.resume")


@pages.post("/sources/<int:id>/reprise")
@operators_only
def resume(id: int) -> ResponseReturnValue:
    """Read the source by the clock again."""

    def change(source: Source) -> None:
        source.paused = False

    return _change(id, "source-resume", change, "web-source-resumed", undo="sources.pause")


@pages.post("/sources/<int:id>/lire")
@operators_only
def run_now(id: int) -> ResponseReturnValue:
    """Ask for a run; the ticker or a worker takes it up."""

    def change(source: Source) -> None:
        source.run_requested_at = now()

    return _change(id, "source-run-now", change, "web-source-requested")


@pages.post("/sources/<int:id>/cadence")
@operators_only
def change_cadence(id: int) -> ResponseReturnValue:
    """Read the source more or less often."""
    hours = _wanted_hours()
    if hours is None:
        notice("web-source-cadence-bad", least=LEAST_H, most=MOST_H)
        return back_to(url_for("sources.show", id=id))

    def change(source: Source) -> None:
        set_cadence(source, round(hours * HOUR_S))

    return _change(
        id, "source-cadence", change, "web-source-cadence", cadence=every(round(hours * HOUR_S))
    )


def _wanted_hours() -> float | None:
    written = request.form.get("heures", "").strip().replace(",", ".")
    try:
        hours = float(written or request.form.get("choix", ""))
    except ValueError:
        return None
    return hours if LEAST_H <= hours <= MOST_H else None


def _change(
    source_id: int,
    action: str,
    change: Callable[[Source], None],
    message_id: str,
    undo: str | None = None,
    **told: object,
) -> ResponseReturnValue:
    source = source_by_id(db(), source_id)
    change(source)
    audit(
        db(),
        action,
        source,
        user_id=signed_in().id,
        paused=source.paused,
        cadence_s=source.cadence_s,
    )
    db().commit()
    notice(message_id, undo=undo, to=source_id, source=source.label, **told)
    return back_to(url_for("sources.show", id=source_id))
