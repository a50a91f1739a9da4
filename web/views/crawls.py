"""The log of crawls: a source's, and one crawl with its pages and its evidence."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from vigie.store import Outcome
from vigie.store.source import source_by_id
from web.access import operators_only, page_number
from web.database import db
from web.queries import crawls as queries

pages = Blueprint("crawls", __name__)


@pages.get("/sources/<int:id>/lectures")
@operators_only
def index(id: int) -> ResponseReturnValue:
    """List a source's crawls, newest first."""
    wanted = request.args.get("issue", "")
    outcome = Outcome(wanted) if wanted in set(Outcome) else None
    return render_template(
        "crawls.html",
        source=source_by_id(db(), id),
        crawls=queries.crawls_page(db(), id, outcome, page_number()),
        counts=queries.outcome_counts(db(), id),
        outcome=outcome,
    )


@pages.get("/lectures/<int:id>")
@operators_only
def show(id: int) -> ResponseReturnValue:
    """Show one crawl: what it asked for, what it found, and how that was judged."""
    crawl = queries.crawl_by_id(db(), id)
    return render_template(
        "crawl.html",
        crawl=crawl,
        source=crawl.source,
        pages=crawl.evidence.get("pages") or [],
        rules=crawl.evidence.get("rules") or {},
        neighbours=queries.neighbours(db(), crawl),
    )
