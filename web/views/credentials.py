"""What a source's service needs: shown masked, replaced, never shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from vigie.clock import now
from vigie.collection import NeedFacts
from vigie.errors import NotFoundError, VigieError
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Credential, Source
from vigie.store.audit import audit
from vigie.store.credential import credentials_of, keep_credential
from vigie.store.source import source_by_id
from vigie.vault import SECRET_LIMIT, Vault, masked
from web.access import operators_only
from web.database import db
from web.doors import collection_if_any
from web.links import SETTINGS
from web.notices import notice
from web.queries.sources import last_crawl
from web.security import signed_in

pages = Blueprint("credentials", __name__)


@dataclass(frozen=True)
class ShownNeed:
    """One thing that a service asks for; ``value`` is masked where it is a secret."""

    name: str
    secret: bool
    value: str | None
    set_at: datetime | None = None
    # Kept for all sources of the site.
    shared: bool = False
    # Sealed with a key that is not known any more.
    locked: bool = False
    optional: bool = False
    # Its address tells it.
    told: bool = False


def secrets_of(source: Source) -> list[ShownNeed]:
    """Return what a source's service asks for; nothing where its platform asks for nothing."""
    needs = _needs(source)
    if not needs:
        return []
    held = credentials_of(db(), source)
    vault = Vault(_settings())
    known = collection_if_any()
    told = {} if known is None else known.told_by_address(source)
    return [
        _secret(need.name, held.get(need.name), vault)
        if need.secret
        else _plain(source, need, told)
        for need in needs
    ]


def _plain(source: Source, need: NeedFacts, told: Mapping[str, str]) -> ShownNeed:
    given = str(source.options.get(need.name) or "") or None
    in_address = None if given else told.get(need.name)
    return ShownNeed(
        need.name, False, given or in_address, optional=need.optional, told=in_address is not None
    )


@pages.get("/sources/<int:id>/identifiants")
@operators_only
def show(id: int) -> ResponseReturnValue:
    """Show what is kept, masked, and what is missing."""
    source = _source(id)
    return render_template(
        "credentials.html",
        source=source,
        needs=secrets_of(source),
        crawl=last_crawl(db(), id),
        most=SECRET_LIMIT,
    )


@pages.post("/sources/<int:id>/identifiants")
@operators_only
def replace(id: int) -> ResponseReturnValue:
    """Keep what was given; a field left empty keeps what it had."""
    source = _source(id)
    given = {need.name: request.form.get(need.name, "").strip() for need in _needs(source)}
    given = {name: value for name, value in given.items() if value}
    here = url_for("credentials.show", id=id)
    try:
        if not given:
            raise VigieError("credential-error-nothing", source=str(id))
        _keep(source, given)
    except VigieError as error:
        db().rollback()
        flash(str(error), "error")
        return redirect(here, code=303)
    db().commit()
    notice("tuning-credentials-kept", source=source.label)
    return redirect(here, code=303)


def _keep(source: Source, given: Mapping[str, str]) -> None:
    vault = Vault(_settings())
    secret = {need.name: need.secret for need in _needs(source)}
    for name, value in given.items():
        label = t(f"platform-need-{name}")
        if len(value) > SECRET_LIMIT:
            raise VigieError("credential-error-long", name=label, limit=SECRET_LIMIT)
        if not value.isprintable():
            raise VigieError("tuning-error-secret", name=label)
        if secret[name]:
            whole_site = request.form.get("portee") == "site"
            keep_credential(db(), source, name, vault.seal(value), whole_site=whole_site)
        else:
            source.options = {**source.options, name: value}
    # A source that was refused is read again at once.
    source.run_requested_at = now()
    audit(db(), "credentials-set", source, user_id=signed_in().id, names=sorted(given))


def _secret(name: str, held: Credential | None, vault: Vault) -> ShownNeed:
    if held is None:
        return ShownNeed(name, True, None)
    shared = held.source_id is None
    try:
        return ShownNeed(name, True, masked(vault.open(held.sealed)), held.set_at, shared)
    except VigieError:
        return ShownNeed(name, True, None, held.set_at, shared, locked=True)


def _source(source_id: int) -> Source:
    source = source_by_id(db(), source_id)
    if not _needs(source):
        raise NotFoundError("credential-error-none-needed", source=str(source_id), label="")
    return source


def _needs(source: Source) -> Sequence[NeedFacts]:
    known = collection_if_any()
    platform = None if known is None else known.platforms.get(source.platform)
    return platform.needs if platform is not None and platform.is_service else ()


def _settings() -> Settings:
    settings: Settings = current_app.extensions[SETTINGS]
    return settings
