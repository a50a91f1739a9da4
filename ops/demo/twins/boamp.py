"""The twin of the BOAMP's open data: calls for tenders, conditions of ODSQL, pages by offset."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, request

from ops.demo.twins.service import Service, answer, turned_away

MOST_A_PAGE = 100
_TRADES = re.compile(r'"(\d+)" in descripteur_code')
_DEPARTEMENTS = re.compile(r'code_departement = "(\w+)"')


@dataclass(frozen=True)
class _Call:
    reference: str
    title: str
    buyer: str
    departement: str
    trade: tuple[str, str]
    # Days before the town's day, and days that are left to answer.
    published_days_ago: int
    days_left: int


CALLS = (
    _Call("26-70011", "Rénovation des sanitaires de l’école du Port", "Commune de "
          "Saint-Aubin-sur-Loire", "37", ("270", "Plomberie (travaux)"), 20, 12),
    _Call("26-70012", "Entretien des chaudières des bâtiments communaux", "Communauté de communes "
          "du Val", "37", ("270", "Plomberie (travaux)"), 9, 25),
    _Call("26-70013", "Entretien et réparation des véhicules de service", "Département "
          "d’Indre-et-Loire", "37", ("383", "Véhicules"), 4, 30),
    _Call("26-70014", "Fourniture de pain pour la restauration scolaire", "Ville de Tours", "37",
          ("261", "Produits alimentaires"), 2, 18),
    _Call("26-70015", "Remplacement des réseaux d’eau du lycée", "Région Pays de la Loire", "49",
          ("270", "Plomberie (travaux)"), 2, 40),
)  # fmt: skip


def twin(service: Service) -> Blueprint:
    """Return the service."""
    pages = Blueprint("twin-boamp", __name__)

    @pages.get("/api/explore/v2.1/catalog/datasets/boamp/records")
    def records() -> Response:
        if service.is_over_limit():
            return turned_away(
                service, {"errorcode": 10002, "error": "Too many requests on the domain."}
            )
        limit = request.args.get("limit", 10, int)
        offset = request.args.get("offset", 0, int)
        if not 0 <= limit <= MOST_A_PAGE or not 0 <= offset <= 10_000 - limit:
            return answer(
                {
                    "error_code": "InvalidRESTParameterError",
                    "message": "Invalid value for limit or offset API parameter.",
                },
                400,
            )
        limit = min(limit, service.a_page or limit)
        every = _matching(service, request.args.get("where", ""))
        shown = [_shown(service, one) for one in every[offset : offset + limit]]
        return answer({"total_count": len(every), "results": shown})

    return pages


def _matching(service: Service, where: str) -> list[_Call]:
    trades = set(_TRADES.findall(where))
    departements = set(_DEPARTEMENTS.findall(where))
    ago = (service.town.today - service.town.day).days
    return [
        one
        for one in sorted(CALLS, key=lambda call: call.published_days_ago)
        if one.published_days_ago >= ago
        and (not trades or one.trade[0] in trades)
        and (not departements or one.departement in departements)
    ]


def _shown(service: Service, call: _Call) -> dict[str, Any]:
    today = service.town.today
    return {
        "idweb": call.reference,
        "objet": call.title,
        "nomacheteur": call.buyer,
        "code_departement": [call.departement],
        "dateparution": (today - timedelta(days=call.published_days_ago)).isoformat(),
        "datelimitereponse": f"{today + timedelta(days=call.days_left)}T11:00:00+00:00",
        "descripteur_code": [call.trade[0]],
        "descripteur_libelle": [call.trade[1]],
        "type_marche": ["TRAVAUX"],
        "nature": "APPEL_OFFRE",
        "nature_libelle": "Avis de marché",
        "url_avis": f"https://www.boamp.fr/pages/avis/?q=idweb:{call.reference}",
    }
