"""What a car's listing says beyond its price."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from crawlers.extract.node import Node, Value
from crawlers.extract.numbers import count_of
from crawlers.extract.schema import VEHICLES
from crawlers.extract.text import LINE_LIMIT, one_line

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_YEARS = (
    "vehicleModelDate",
    "modelDate",
    "productionDate",
    "dateVehicleFirstRegistered",
    "releaseDate",
)
_KM_PER_MILE = 1.609344
# What additional properties are called.
_FACTS = {
    "mileage": re.compile(r"kilom[ée]tr|mileage|odometer", re.I),
    "year": re.compile(r"^ann[ée]e|mise en circulation|mill[ée]sime|\byear\b", re.I),
    "fuel": re.compile(r"carburant|[ée]nergie|motorisation|\bfuel", re.I),
    "transmission": re.compile(r"bo[iî]te|transmission|gearbox", re.I),
}


def vehicle_facts(item: Node) -> dict[str, Any]:
    """Return mileage, year, fuel and transmission; nothing for what is no vehicle."""
    if not (item.is_a(VEHICLES) or "mileageFromOdometer" in item.props or _counts_km(item)):
        return {}
    engine = next(item.nodes("vehicleEngine"), None)
    facts = _stated_facts(item)
    fuel = item.line("fuelType", limit=LINE_LIMIT)
    if fuel is None and engine is not None:
        fuel = engine.line("fuelType", limit=LINE_LIMIT)
    return {
        "mileage_km": _mileage_km(item, item.values("mileageFromOdometer", "mileage"))
        or _mileage_km(item, facts["mileage"]),
        "year": _year(item, item.values(*_YEARS)) or _year(item, facts["year"]),
        "fuel": _named(fuel) or _text(item, facts["fuel"]),
        "transmission": _named(item.line("vehicleTransmission", limit=LINE_LIMIT))
        or _text(item, facts["transmission"]),
    }


def _properties(item: Node) -> Iterator[tuple[str, Value]]:
    """Yield the names and values of the properties that schema.org has no name for."""
    for one in item.nodes("additionalProperty"):
        name = one.line("name", "propertyID")
        if name and (value := next(one.values("value"), None)) is not None:
            yield name, value


def _counts_km(item: Node) -> bool:
    if "additionalProperty" not in item.props:
        return False
    return any(_FACTS["mileage"].search(name) for name, _ in _properties(item))


def _stated_facts(item: Node) -> dict[str, list[Value]]:
    return {
        fact: [value for name, value in _properties(item) if pattern.search(name)]
        for fact, pattern in _FACTS.items()
    }


def _text(item: Node, values: list[Value]) -> str | None:
    return next((one_line(item.plain(value)) for value in values), None)


def _named(value: str | None) -> str | None:
    """Return "Diesel" for a URL that ends so."""
    return value.rstrip("/").rsplit("/", 1)[-1] if value and "://" in value else value


def _mileage_km(item: Node, values: Iterable[Value]) -> int | None:
    for value in values:
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


def _year(item: Node, values: Iterable[Value]) -> int | None:
    return next(filter(None, (year_in(item.plain(value)[:40]) for value in values)), None)


def year_in(text: str) -> int | None:
    """Return the first year that a text names: "03/2021" is of 2021."""
    found = _YEAR.search(text)
    return int(found.group(1)) if found else None
