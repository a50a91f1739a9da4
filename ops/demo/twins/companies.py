"""The twin of Recherche d'entreprises: the town's shops, as the register writes them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from crawlers.check_digits import is_card
from crawlers.companies.numbers import is_siret
from ops.demo.catalogue import CITY, POSTCODE, SHOPS
from ops.demo.twins.service import Service, answer, turned_away

MOST_A_PAGE, USUAL_A_PAGE = 25, 10
_NAF = {"garage": "45.20A", "boulangerie": "10.71C", "plombier": "43.22A"}


@dataclass(frozen=True)
class _Business:
    siret: str
    name: str
    naf: str
    street: str
    founded: str
    closed: str | None = None


def _numbered(place: int) -> str:
    """Return the SIRET of the nth business: its SIREN and the whole have the Luhn sum."""
    base = f"9{place:07d}"
    siren = next(f"{base}{key}" for key in range(10) if is_card(f"{base}{key}"))
    return next(f"{siren}0001{key}" for key in range(10) if is_siret(f"{siren}0001{key}"))


BUSINESSES = (
    *(
        _Business(_numbered(place), one.name, _NAF[one.trade], one.street, f"{2004 + place}-03-01")
        for place, one in enumerate(SHOPS)
    ),
    _Business(_numbered(99), "Le Vieux Fournil", "10.71C", "3 rue du Port", "1998-05-01",
              closed="2021-06-30"),
)  # fmt: skip


def twin(service: Service) -> Blueprint:
    """Return the service."""
    pages = Blueprint("twin-companies", __name__)

    @pages.get("/search")
    def search() -> Response:
        if service.is_over_limit():
            return turned_away(service, {"erreur": "Trop de requêtes."})
        words, postcode = request.args.get("q", ""), request.args.get("code_postal")
        size = request.args.get("per_page", USUAL_A_PAGE, int)
        page = request.args.get("page", 1, int)
        refusal = _refusal(words, postcode, size)
        if refusal is not None:
            return answer({"erreur": refusal}, 400)
        found = [one for one in BUSINESSES if _matches(one, words)]
        if postcode is not None and postcode != POSTCODE:
            found = []
        return answer(
            {
                "results": [_shown(one) for one in found[(page - 1) * size : page * size]],
                "total_results": len(found),
                "page": page,
                "per_page": size,
                "total_pages": -(-len(found) // size),
            }
        )

    return pages


def _refusal(words: str, postcode: str | None, size: int) -> str | None:
    if not words and postcode is None:
        return "Veuillez indiquer au moins un paramètre de recherche."
    if len(words) < 3 and postcode is None:
        return "3 caractères minimum pour les termes de la requête (ou utilisez au moins un filtre)"
    if postcode is not None and re.fullmatch(r"\d{5}", postcode) is None:
        return "Au moins une valeur du paramètre code_postal est non valide."
    if not 1 <= size <= MOST_A_PAGE:
        return "Veuillez indiquer un paramètre `per_page` entre `1` et `25`, par défaut `10`."
    return None


def _matches(one: _Business, words: str) -> bool:
    if words.isdigit():
        return one.siret == words or one.siret[:9] == words
    return all(word in _plain(one.name) for word in _plain(words).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def _shouted(text: str) -> str:
    return _plain(text).upper()


def _shown(one: _Business) -> dict[str, Any]:
    state = "F" if one.closed else "A"
    place = {
        "activite_principale": one.naf,
        "adresse": f"{_shouted(one.street)} {POSTCODE} {_shouted(CITY)}",
        "code_postal": POSTCODE,
        "date_creation": one.founded,
        "date_fermeture": one.closed,
        "est_siege": True,
        "etat_administratif": state,
        "latitude": f"47.{one.siret[5:9]}",
        "libelle_commune": _shouted(CITY),
        "liste_enseignes": None,
        "longitude": "0.45",
        "nom_commercial": None,
        "siret": one.siret,
    }
    return {
        "siren": one.siret[:9],
        "nom_complet": _shouted(one.name),
        "nom_raison_sociale": _shouted(one.name),
        "nombre_etablissements": 1,
        "nombre_etablissements_ouverts": int(one.closed is None),
        "siege": place,
        "activite_principale": one.naf,
        "categorie_entreprise": "PME",
        "date_creation": one.founded,
        "date_fermeture": one.closed,
        "etat_administratif": "C" if one.closed else "A",
        "nature_juridique": "5710",
        "matching_etablissements": [place],
    }
