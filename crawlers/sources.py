"""Adding a source: its URL made sure of, its site known."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlunsplit

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from crawlers.addresses import (
    is_public,
    is_web_port,
    is_written_address,
    may_be_own,
    site_of,
    split_web_url,
)
from crawlers.platforms import PLATFORMS, recognised
from crawlers.platforms.base import Need, Platform, ReadsAddresses
from crawlers.platforms.boamp import (
    DEPARTEMENTS,
    TRADES,
    asked_for,
    is_code,
)
from crawlers.platforms.recipes import LISTINGS, REVIEWS, read_recipe
from crawlers.rows import URL_LIMIT
from vigie.clock import now
from vigie.departements import departement_of
from vigie.errors import VigieError
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Permission, Shop, Site, Source
from vigie.store.credential import credentials_of
from vigie.store.site import state_permission
from vigie.store.source import WANTED_OPTION

HOUR_S = 3600
DAY_S = 24 * HOUR_S
LABEL_LIMIT = 255


def add_source(
    session: Session,
    settings: Settings,
    shop: Shop,
    url: str,
    *,
    label: str | None = None,
    cadence: Mapping[str, Any] | None = None,
    permission: Permission = Permission.UNSTATED,
    platform: str | None = None,
    options: Mapping[str, str] | None = None,
    base_url: str | None = None,
    own_machines: bool = True,
    user_id: int | None = None,
) -> Source:
    """Watch a page or a place of a service for a shop; the caller commits.

    The first crawl is due at once. For the operator's own use (the command line, the demo): a page
    on a loopback or private address is put on its site's allow-list, for exactly that host and
    port.

    Args:
        cadence: the columns of ``Source`` that say how often it is read; else as the settings say.
        platform: what reads it; the one that the address is recognised by when None.
        options: what the platform needs that is no secret.
        base_url: a twin of the service, on a machine or network of the operator's own.
        own_machines: whether such an address may be new. Typed at that machine it is meant; what
            comes from a browser may only be one that is on the allow-list already.
        user_id: who states the permission; None: the command line.

    Raises:
        VigieError: the URL cannot be crawled, the platform or an option is unknown, the recipe is
            wrong, or the shop watches the page already.
    """
    reader = _platform(platform, url, options or {})
    if "tenders" in reader.kinds:
        options = _tender_options(shop, url, options or {})
    parts = _parts(url)
    clean = _normalised(parts)
    _refuse_known(session, shop, clean)
    base_url = None if base_url is None else twin_address(base_url)
    # A service is asked where its interface is, whatever the address of the shop's place there.
    asked_at = _parts(base_url or reader.base_url) if reader.base_url else parts
    site = _site(session, asked_at, own_machines)
    _state(session, site, permission, reader, user_id)
    source = Source(
        shop_id=shop.id,
        site_id=site.id,
        platform=reader.name,
        options=dict(options or {}),
        base_url=base_url,
        label=(" ".join((label or "").split()) or _usual_label(reader, site))[:LABEL_LIMIT],
        url=clean,
        **_usual_cadence(settings) | dict(cadence or {}),
        next_run_at=now(),
        created_at=now(),
    )
    session.add(source)
    session.flush()
    return source


def _refuse_known(session: Session, shop: Shop, url: str) -> None:
    watched = select(Source.id).where(Source.shop_id == shop.id, Source.url == url)
    if session.scalar(watched) is not None:
        raise VigieError("source-error-known", url=url, shop=shop.slug)


def _usual_cadence(settings: Settings) -> dict[str, Any]:
    return {
        "cadence_s": round(settings.cadence_hours * HOUR_S),
        "full_cadence_s": round(settings.full_pass_days * DAY_S),
    }


def _platform(name: str | None, url: str, options: Mapping[str, str]) -> Platform:
    """Return what reads a source: the one named, else the recipe's, else the address's."""
    if name is None:
        recipe = options.get("recipe")
        found = _of_recipe(recipe) if recipe else recognised(url.strip())
    elif name not in PLATFORMS:
        raise VigieError("platform-error-unknown", name=name[:60], known=", ".join(PLATFORMS))
    else:
        found = PLATFORMS[name]
    needs = {need.name: need for need in found.needs}
    taken = [need.name for need in found.needs if not need.secret]
    taken += [WANTED_OPTION] if LISTINGS in found.kinds else []
    for option in options:
        if option not in taken:
            known = ", ".join(taken) or "—"
            raise VigieError("platform-error-option", option=option[:60], known=known)
    if "recipe" in needs:
        recipe = options.get("recipe", "")
        if not recipe:
            raise VigieError("platform-error-recipe", platform=t(f"platform-name-{found.name}"))
        if _of_recipe(recipe) is not found:
            raise VigieError("platform-error-other-recipe", platform=found.name)
    if options.get("kind", REVIEWS) not in (REVIEWS, LISTINGS):
        raise VigieError("recipe-error-kind")
    if options.get(WANTED_OPTION, "yes") != "yes":
        raise VigieError("platform-error-wanted", value=options[WANTED_OPTION][:60])
    return found


def _tender_options(shop: Shop, url: str, options: Mapping[str, str]) -> dict[str, str]:
    """Return the codes to ask for: where nothing is said, the département of the shop."""
    asked = {option: asked_for(url, options, option) for option in (TRADES, DEPARTEMENTS)}
    for option, codes in asked.items():
        for code in codes:
            if not is_code(option, code):
                raise VigieError("tender-error-code", option=option, code=code[:60])
    own = departement_of(shop.postcode)
    if asked[DEPARTEMENTS] or (asked[TRADES] and not own):
        return dict(options)
    if not own:
        # All of France would be thousands of calls that nobody reads.
        raise VigieError("tender-error-where", shop=shop.slug)
    return {**options, DEPARTEMENTS: own}


def _of_recipe(recipe: str) -> Platform:
    return PLATFORMS["embedded" if read_recipe(recipe).state is not None else "recipe"]


def twin_address(base_url: str) -> str:
    """Return the address of a service's twin, on a machine or network of the operator's own."""
    parts = split_web_url(base_url.strip())
    if parts is None or not may_be_own(parts.hostname or ""):
        # Elsewhere, "this is a service" would be a way around the rules of a site of pages.
        raise VigieError("platform-error-base", url=base_url[:200])
    return f"{parts.scheme}://{site_of(parts)}"


def needs_of(source: Source) -> list[Need]:
    """Return what a source's service cannot be asked without, and nobody gave yet."""
    platform = PLATFORMS[source.platform]
    if not platform.base_url:
        return []
    session = object_session(source)
    held = set() if session is None else set(credentials_of(session, source))
    held |= {name for name, value in (told_by_address(source) | source.options).items() if value}
    return [need for need in platform.needs if not (need.optional or need.name in held)]


def told_by_address(source: Source) -> dict[str, str]:
    """Return what the address of a source tells of what its service asks for, by name."""
    platform = PLATFORMS[source.platform]
    return dict(platform.told_by(source.url)) if isinstance(platform, ReadsAddresses) else {}


def place_of(session: Session, shop: Shop, url: str) -> tuple[str, Site]:
    """Return a page's address as it is kept for a shop, and its site; typed at this very machine.

    Raises:
        VigieError: it cannot be crawled, or the shop watches it already.
    """
    parts = _parts(url)
    clean = _normalised(parts)
    _refuse_known(session, shop, clean)
    return clean, _site(session, parts, own_machines=True)


def site_for_pages(session: Session, url: str) -> tuple[str, Site]:
    """Return an address that came from a browser as it is asked for, and its site.

    Raises:
        VigieError: it cannot be crawled, or is one of the operator's own machines that is new.
    """
    parts = _parts(url)
    return _normalised(parts), _site(session, parts, own_machines=False)


def _usual_label(platform: Platform, site: Site) -> str:
    return t(f"platform-name-{platform.name}") if platform.base_url else site.host


def _parts(url: str) -> SplitResult:
    url = url.strip()
    shown = url[:200]
    if len(url) > URL_LIMIT:
        raise VigieError("source-error-long", url=shown, limit=URL_LIMIT)
    if "://" not in url or not url.isprintable() or " " in url:
        raise VigieError("source-error-url", url=shown)
    parts = split_web_url(url)
    if parts is None:
        if "@" in url.partition("://")[2].partition("/")[0]:
            # The password is not repeated.
            raise VigieError("source-error-credentials", url=shown.rpartition("@")[2])
        raise VigieError("source-error-url", url=shown)
    host = parts.hostname or ""
    if not may_be_own(host) and not _is_of_the_web(host, parts.port):
        raise VigieError("source-error-address", url=shown)
    return parts


def _is_of_the_web(host: str, port: int | None) -> bool:
    return is_web_port(port) and (not is_written_address(host) or is_public(host))


def _normalised(parts: SplitResult) -> str:
    """Host in lower case, usual port and fragment dropped: one page has one name."""
    return urlunsplit((parts.scheme, site_of(parts), parts.path or "/", parts.query, ""))


def _site(session: Session, parts: SplitResult, own_machines: bool) -> Site:
    host = site_of(parts)
    site = session.scalar(select(Site).where(Site.host == host))
    is_own = may_be_own(parts.hostname or "")
    if is_own and not own_machines and (site is None or not site.private_allowed):
        raise VigieError("source-error-own", host=host)
    if site is None:
        site = Site(host=host, created_at=now())
        session.add(site)
    site.private_allowed = is_own
    session.flush()
    return site


def _state(
    session: Session, site: Site, permission: Permission, platform: Platform, user_id: int | None
) -> None:
    """State on what ground a site is read: what the operator says, else a service's own terms."""
    if platform.base_url and permission is site.permission is Permission.UNSTATED:
        permission = platform.permission
    if permission in (Permission.UNSTATED, site.permission):
        return
    if site.permission is not Permission.UNSTATED:
        stated = t(f"permission-{site.permission}")
        raise VigieError("site-error-stated", host=site.host, permission=stated)
    state_permission(session, site, permission, user_id=user_id)
