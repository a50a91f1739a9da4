"""What a car's listing says beyond its price."""

import re
from typing import Any

from crawlers.extract.node import Node
from crawlers.extract.numbers import count_of
from crawlers.extract.schema import VEHICLES
from crawlers.extract.text import LINE_LIMIT

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_YEARS = (
    "vehicleModelDate",
    "modelDate",
    "productionDate",
    "dateVehicleFirstRegistered",
    "releaseDate",
)
_KM_PER_MILE = 1.609344


def vehicle_facts(item: Node) -> dict[str, Any]:
    """Return mileage, year, fuel and transmission; nothing for what is no vehicle."""
    if not item.is_a(VEHICLES) and "mileageFromOdometer" not in item.props:
        return {}
    engine = next(item.nodes("vehicleEngine"), None)
    fuel = item.line("fuelType", limit=LINE_LIMIT)
    if fuel is None and engine is not None:
        fuel = engine.line("fuelType", limit=LINE_LIMIT)
    return {
        "mileage_km": _mileage_km(item),
        "year": _year(item),
        "fuel": _named(fuel),
        "transmission": _named(item.line("vehicleTransmission", limit=LINE_LIMIT)),
    }


def _named(value: str | None) -> str | None:
    """Return "Diesel" for a URL that ends so."""
    return value.rstrip("/").rsplit("/", 1)[-1] if value and "://" in value else value


def _mileage_km(item: Node) -> int | None:
    for value in item.values("mileageFromOdometer", "mileage"):
        unit = ""
        if isinstance(value, Node):
            unit = value.line("unitCode", "unitText") or ""
            value = value.raw("value") or ""
        text = item.plain(value) if isinstance(value, str) else value
        count = count_of(text)
        if count is not None:
            miles = unit.upper() in ("SMI", "MI", "MILES") or "mile" in str(text).casefold()
            return round(count * _KM_PER_MILE) if miles else count
    return None


def _year(item: Node) -> int | None:
    for value in item.values(*_YEARS):
        found = _YEAR.search(item.plain(value)[:40])
        if found:
            return int(found.group(1))
    return None
