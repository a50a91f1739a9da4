"""The pages: ``create_app(settings)`` puts them together."""

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from vigie.collection import Collection
from vigie.secret_key import secret_key
from vigie.settings import Settings
from web import database, errors, headers, links, row_numbers, security, words
from web.doors import COLLECTION
from web.views import (
    account,
    adding,
    alerts,
    charts,
    crawls,
    credentials,
    home,
    listings,
    mails,
    mirror,
    removal,
    reviews,
    shop,
    sign_in,
    sites,
    sources,
    tenders,
    trials,
    tuning,
)

# Forms hold a few fields; nothing is uploaded.
MAX_REQUEST_BYTES = 64 * 1024
A_DAY_S = 86_400
PAGES = (
    sign_in,
    account,
    home,
    shop,
    reviews,
    listings,
    tenders,
    mirror,
    charts,
    alerts,
    adding,
    trials,
    sources,
    crawls,
    tuning,
    credentials,
    sites,
    mails,
    removal,
)


def create_app(settings: Settings, collection: Collection | None = None) -> Flask:
    """Make the WSGI application.

    Args:
        collection: what adds sources and knows the platforms; without it, the pages for that do
            not exist.

    Raises:
        VigieError: the secret key or the database's address cannot be used.
    """
    app = Flask(__name__)
    app.extensions[links.SETTINGS] = settings
    app.extensions[COLLECTION] = collection
    app.jinja_env.globals["collects"] = collection is not None
    secure = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=secret_key(settings),
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=A_DAY_S,
        # The sandbox and a real Vigie may share a host name.
        SESSION_COOKIE_NAME="vigie",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=secure,
        BOOTSTRAP_SERVE_LOCAL=True,
        # A page left open over a meal still works; the session itself bounds it.
        WTF_CSRF_TIME_LIMIT=None,
    )
    row_numbers.init_app(app)
    words.init_app(app)
    headers.init_app(app, settings)
    errors.init_app(app)
    database.init_app(app, settings)
    Bootstrap5(app)
    CSRFProtect(app)
    security.init_app(app, settings)
    for page in PAGES:
        app.register_blueprint(page.pages)
    security.limit_attempts(app)
    return app
