"""BOAMP: the public tenders of France, open data of the DILA (Opendatasoft Explore API v2.1).

https://boamp-datadila.opendatasoft.com/explore/dataset/boamp/. The notices also hold the names,
addresses and telephones of the buyers' agents (field ``donnees``): it is never asked for.
"""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qs, quote, urlsplit

from crawlers.platforms.base import Account, Answer, AnswerError, Ask, Need, Tender
from crawlers.platforms.fields import (
    Json,
    at,
    count,
    dated,
    decode,
    first_of,
    host_and_path,
    line,
    lines,
    link,
    query_of,
    rows,
    unfolded,
    with_query,
    words,
)
from vigie.store.site import Permission

LIMIT = 100
# The API refuses offset + limit beyond it.
MOST = 10_000
_PATH = "/api/explore/v2.1/catalog/datasets/boamp/records"
_HOSTS = frozenset(("boamp-datadila.opendatasoft.com", "boamp.fr"))
_SELECT = (
    "idweb,objet,nomacheteur,code_departement,code_departement_prestation,dateparution,"
    "datelimitereponse,datefindiffusion,descripteur_code,descripteur_libelle,type_marche,nature,"
    "nature_libelle,etat,url_avis"
)
# Calls that can still be answered; awards and the like sell nothing.
_CALLS = ("APPEL_OFFRE", "RECTIFICATIF")
TRADES, DEPARTEMENTS = "trades", "departements"
_SHAPES = {
    TRADES: re.compile(r"\d{1,4}"),
    DEPARTEMENTS: re.compile(r"0?\d{1,2}|2[AB]|97[1-8]|98[678]", re.I),
}
# What the search page of boamp.fr writes into its address; its trades have two names.
_FACETS = {
    TRADES: ("refine.descripteur_code", "refine.dc"),
    DEPARTEMENTS: ("refine.code_departement",),
}
_CONDITIONS = {TRADES: '"{}" in descripteur_code', DEPARTEMENTS: 'code_departement = "{}"'}


class Boamp:
    """Open calls for tenders by trade and département, the newest first."""

    name = "boamp"
    kinds = frozenset(("tenders",))
    base_url = "https://boamp-datadila.opendatasoft.com"
    needs = (
        Need(TRADES, secret=False, optional=True),
        Need(DEPARTEMENTS, secret=False, optional=True),
    )
    permission = Permission.OPEN_DATA

    def recognises(self, url: str) -> bool:
        """The data set, its search page or its API."""
        return host_and_path(url)[0] in _HOSTS

    def told_by(self, url: str) -> Mapping[str, str]:
        """The codes that a search's address holds."""
        told = {option: ", ".join(asked_for(url, {}, option)) for option in _FACETS}
        return {option: codes for option, codes in told.items() if codes}

    def first(self, account: Account) -> Ask:
        """Ask for the newest calls; the trades and the départements narrow them."""
        url = with_query(
            f"{account.base_url}{_PATH}",
            select=_SELECT,
            where=" and ".join(_conditions(account)),
            order_by="dateparution desc, idweb desc",
            limit=LIMIT,
            offset=0,
        )
        return Ask(url, {"Accept": "application/json"})

    def read(self, body: bytes, ask: Ask, account: Account, today: date) -> Answer:
        """Read one page."""
        data = decode(body)
        if not isinstance(data, dict):
            raise AnswerError("unreadable")
        listed = first_of(data, ("results", "records"))
        if not isinstance(listed, list):
            raise _error(data)
        given = [_fields(one) for one in rows(listed)]
        total = count(first_of(data, ("total_count", "nhits")))
        offset = count(query_of(ask.url).get("offset")) or 0
        reached = offset + len(given)
        more = bool(given) and (reached < total if total is not None else len(given) >= LIMIT)
        more = more and reached + LIMIT <= MOST
        found = (_tender(one, today) for one in given)
        return Answer(
            tenders=tuple(one for one in found if one is not None),
            next=Ask(with_query(ask.url, offset=reached), ask.headers) if more else None,
            stated_zero=total == 0 and not given,
        )


def _conditions(account: Account) -> list[str]:
    every = ", ".join(f'"{nature}"' for nature in _CALLS)
    found = [f"nature in ({every})", "datelimitereponse >= now()"]
    for option, condition in _CONDITIONS.items():
        given = asked_for(account.url, account.options, option)
        # Anything else would be read as part of the query.
        codes = [one.upper() for one in given if is_code(option, one)]
        if codes:
            found.append("(" + " or ".join(map(condition.format, codes)) + ")")
    return found


def asked_for(url: str, options: Mapping[str, str], option: str) -> list[str]:
    """Return the codes that an option gives, else those that the search's address holds."""
    given = words(options.get(option))
    try:
        facets = parse_qs(urlsplit(url).query)
    except ValueError:
        facets = {}
    held = (code for facet in _FACETS[option] for code in facets.get(facet, ()))
    return list(given or dict.fromkeys(held))


def is_code(option: str, code: str) -> bool:
    """Say whether something has the form of a trade's or a département's code."""
    return _SHAPES[option].fullmatch(code) is not None


def _fields(record: Json) -> Json:
    """Return a notice's own fields, which earlier versions of the interface held deeper."""
    held = at(record, "record", "fields") or record.get("fields")
    return held if isinstance(held, dict) else record


def _tender(given: Json, today: date) -> Tender | None:
    identifier = line(first_of(given, ("idweb", "id")))
    if identifier is None:
        return None
    deadline = dated(given.get("datelimitereponse"), None)
    published = dated(given.get("dateparution"), today)
    return Tender(
        external_id=identifier,
        title=line(given.get("objet"), 500),
        buyer=line(given.get("nomacheteur")),
        departements=lines(
            unfolded(first_of(given, ("code_departement", "code_departement_prestation")))
        ),
        deadline=deadline.value if deadline else None,
        published=published.value if published else None,
        url=link(given.get("url_avis"))
        or f"https://www.boamp.fr/pages/avis/?q=idweb:{quote(identifier, safe='-')}",
        # Older notices have the JSON text of a list.
        descriptors=lines(unfolded(given.get("descripteur_libelle"))),
        codes=lines(unfolded(first_of(given, ("descripteur_code", "dc")))),
        nature=line(given.get("nature_libelle")) or line(given.get("nature")),
    )


def _error(data: Json) -> AnswerError:
    code = line(first_of(data, ("error_code", "errorcode"))) or ""
    said = f"{code} {line(first_of(data, ('message', 'error')))}".lower()
    if "too many" in said or "quota" in said or "exceeded" in said or code == "10002":
        return AnswerError("quota")
    if "notfound" in said.replace(" ", "") or "unknowndataset" in said:
        return AnswerError("gone")
    if "forbidden" in said or "unauthorized" in said or "authentication" in said:
        return AnswerError("refused")
    return AnswerError("unreadable")
