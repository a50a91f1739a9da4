"""Recherche d'entreprises: the State's open search over the register of businesses.

https://recherche-entreprises.api.gouv.fr/docs/. Its answers also hold the names of directors: they
are left out of the question, and never read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

from crawlers.companies.numbers import SIRET_LENGTH, digits_of, is_siret
from crawlers.fetch import ServiceAnswer, ask_service
from crawlers.platforms.base import AnswerError
from crawlers.platforms.fields import at, count, decode, line, rows
from vigie.errors import VigieError
from vigie.french import french_date
from vigie.settings import Settings

BASE_URL = "https://recherche-entreprises.api.gouv.fr"
SHOWN = 10
LONGEST_QUERY = 200
_LEAST_QUERY = 3
# What the register writes for who does not want to be shown.
_HIDDEN = re.compile(r"\[(?:ND|NON[- ]DIFFUSIBLE)\]")
_SMALL = frozenset(("de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur", "sous",
                    "à", "au", "aux", "lès"))  # fmt: skip
_FORMS = frozenset(("sa", "sas", "sasu", "sarl", "eurl", "snc", "sci", "gie", "za", "zi", "zac"))

Ask = Callable[[Settings, str], ServiceAnswer]


@dataclass(frozen=True, slots=True)
class Company:
    """A place of business, as the register has it; degrees are WGS 84."""

    siret: str
    name: str
    naf: str | None = None
    address: str | None = None
    postcode: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    founded_on: date | None = None
    is_open: bool = True
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: the first places, and how many businesses there are in all."""

    companies: tuple[Company, ...]
    total: int


def find(
    settings: Settings,
    words: str,
    postcode: str | None = None,
    base_url: str = BASE_URL,
    ask: Ask = ask_service,
) -> Found:
    """Search by name, SIREN or SIRET.

    Raises:
        VigieError: the question or the answer is none, or the register cannot be asked now.
    """
    query = " ".join(words.split())[:LONGEST_QUERY]
    number = digits_of(query)
    query = number if number.isdigit() else query
    if len(query) < _LEAST_QUERY:
        raise VigieError("company-error-short", query=query)
    if postcode is not None and re.fullmatch(r"[0-9]{5}", postcode.strip()) is None:
        raise VigieError("company-error-postcode", postcode=postcode[:20])
    asked = {"q": query, "per_page": SHOWN, "minimal": "true",
             "include": "siege,matching_etablissements"}  # fmt: skip
    if postcode is not None:
        asked["code_postal"] = postcode.strip()
    try:
        answer = ask(settings, f"{base_url}/search?{urlencode(asked)}")
    except VigieError as error:
        if error.message_id != "error-fetch":
            raise
        raise VigieError("company-error-network", host=urlsplit(base_url).netloc) from None
    return _read(answer)


def company_of(
    settings: Settings, siret: str, base_url: str = BASE_URL, ask: Ask = ask_service
) -> Company:
    """Return the place that has a SIRET.

    Raises:
        VigieError: it is no SIRET, unknown, of a place that was closed; or as ``find`` says.
    """
    number = digits_of(siret)
    if not is_siret(number):
        raise VigieError("company-error-siret", siret=siret[: 2 * SIRET_LENGTH])
    found = find(settings, number, base_url=base_url, ask=ask).companies
    company = next((one for one in found if one.siret == number), None)
    if company is None:
        raise VigieError("company-error-unknown", siret=number)
    if not company.is_open:
        since = company.closed_on
        raise VigieError(
            "company-error-closed",
            siret=number,
            name=company.name,
            dated=int(since is not None),
            since=french_date(since) if since else "",
        )
    return company


def _read(answer: ServiceAnswer) -> Found:
    if answer.status == 429:
        raise VigieError("company-error-quota")
    if answer.status >= 500:
        raise VigieError("company-error-down", status=str(answer.status))
    try:
        data = decode(answer.body)
    except AnswerError:
        data = None
    if answer.status != 200:
        said = line(at(data, "erreur"), 200) or str(answer.status)
        raise VigieError("company-error-refused", reason=said)
    if not isinstance(at(data, "results"), list):
        raise VigieError("company-error-unreadable")
    by_siret = {one.siret: one for given in rows(data["results"]) for one in _places(given)}
    return Found(tuple(by_siret.values()), count(data.get("total_results")) or len(by_siret))


def _places(company: Any) -> Iterator[Company]:
    seat = at(company, "siege")
    for place in rows(at(company, "matching_etablissements")) or [seat]:
        siret = line(at(place, "siret"), SIRET_LENGTH)
        if siret is not None and is_siret(siret):
            yield _place(company, place, siret)


def _place(company: Any, place: Any, siret: str) -> Company:
    signs = at(place, "liste_enseignes")
    sign = next(filter(None, map(_text, signs)), None) if isinstance(signs, list) else None
    name = sign or _text(at(place, "nom_commercial")) or _text(at(company, "nom_raison_sociale"))
    postcode, city = _text(at(place, "code_postal")), _text(at(place, "libelle_commune"))
    is_open = "F" not in (at(place, "etat_administratif"), at(company, "etat_administratif"))
    ceased = at(company, "etat_administratif") == "C"
    return Company(
        siret=siret,
        name=_cased(name or _text(at(company, "nom_complet")) or siret),
        naf=_text(at(place, "activite_principale")) or _text(at(company, "activite_principale")),
        address=_street(_text(at(place, "adresse")), postcode),
        postcode=postcode,
        city=_cased(city) if city else None,
        latitude=_degrees(at(place, "latitude"), 90),
        longitude=_degrees(at(place, "longitude"), 180),
        founded_on=_day(at(place, "date_creation")) or _day(at(company, "date_creation")),
        is_open=is_open and not ceased,
        closed_on=_day(at(place, "date_fermeture")) or _day(at(company, "date_fermeture")),
    )


def _text(value: Any) -> str | None:
    text = line(value)
    return None if text is None or _HIDDEN.search(text) else text


def _street(address: str | None, postcode: str | None) -> str | None:
    """Return an address without its postcode and city, which have places of their own."""
    if address is None:
        return None
    street = address.partition(f" {postcode} ")[0] if postcode else address
    return _cased(street)


def _cased(text: str) -> str:
    """Return what the register shouts ("12 RUE DE LA PAIX") as people write it."""
    if not text.isupper():
        return text

    def written(match: re.Match[str]) -> str:
        word = match.group().lower()
        if word in _FORMS:
            return word.upper()
        return word if word in _SMALL and match.start() else word.capitalize()

    return re.sub(r"[^\W\d_]+", written, text)


def _degrees(value: Any, most: int) -> float | None:
    try:
        degrees = float(value)
    except (TypeError, ValueError):
        return None
    return degrees if -most <= degrees <= most else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except (KeyError, TypeError, ValueError):
        return None
