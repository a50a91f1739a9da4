"""Error pages: one French sentence that says what happened and what to do."""

import logging

from flask import Flask, g, render_template
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError
from werkzeug.exceptions import HTTPException

from vigie.errors import NotFoundError
from vigie.store.session import explain
from web.database import ENGINE

log = logging.getLogger(__name__)
KNOWN = (400, 403, 404, 405, 413, 429, 500, 503)


def init_app(app: Flask) -> None:
    """Answer every error with a page of ours."""

    def database(error: DatabaseError) -> ResponseReturnValue:
        # The sentence names the database, which is the operator's business: it goes to the log.
        log.error("%s", explain(app.extensions[ENGINE], error), exc_info=error)
        # The page must not ask the database who reads it.
        g._login_user = AnonymousUserMixin()
        return _page("503", 503)

    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.response is not None:
            return error
        return _page(str(error.code) if error.code in KNOWN else "other", error.code)

    app.register_error_handler(CSRFError, lambda _: _page("csrf", 400))
    app.register_error_handler(NotFoundError, lambda _: _page("404", 404))
    app.register_error_handler(DatabaseError, database)
    app.register_error_handler(HTTPException, http)


def _page(name: str, status: int) -> ResponseReturnValue:
    return render_template("error.html", name=name, status=status), status
