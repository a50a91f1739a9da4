"""Numbers with a unit, tyre sizes and references, taken out of a folded title."""

import re
from collections.abc import Callable

# kind, pattern, and what one of the unit is in the smallest unit of its kind.
_NUMBER = r"(?<![\w.])(\d+(?:[.,]\d+)?) ?"
_UNITS: tuple[tuple[str, str, float], ...] = (
    ("mass", r"(?:kg|kilos?)", 1000),
    ("mass", r"(?:g|gr|grammes?)", 1),
    ("volume", r"(?:l|litres?)", 1000),
    ("volume", r"cl", 10),
    ("volume", r"ml", 1),
    ("storage", r"(?:go|gb)", 1),
    ("storage", r"(?:to|tb)", 1000),
    ("charge", r"(?:ah)", 1000),
    ("charge", r"(?:mah)", 1),
    ("energy", r"kwh", 1000),
    ("energy", r"wh", 1),
    ("power", r"kw", 1000),
    ("power", r"(?:w|watts?)", 1),
    ("voltage", r"(?:v|volts?)", 1),
    ("current", r"(?:a|amperes?)", 1),
    ("pressure", r"bars?", 1),
    ("inches", r"(?:pouces?|''|\")", 1),
    ("length", r"cm", 10),
    ("length", r"mm", 1),
    ("length", r"(?:m|metres?)", 1000),
    ("months", r"mois", 1),
    ("months", r"ans", 12),
    ("guests", r"(?:parts?|personnes?|pers\b\.?|convives?|couverts)", 1),
    ("seats", r"places?", 1),
    ("volume", r"m3", 1_000_000),
    ("doors", r"(?:portes|p)", 1),
    ("drawers", r"tiroirs?", 1),
    ("minutes", r"(?:min|minutes?)", 1),
    ("minutes", r"(?:h|heures?)(?= de| d | cours|$)", 60),
)
_UNIT_PATTERNS = tuple(
    (kind, re.compile(rf"{_NUMBER}{unit}(?!\w)"), scale) for kind, unit, scale in _UNITS
)
_TYRE = re.compile(
    r"(?<!\d)([1-3]\d5) ?[/ ] ?(\d\d) ?(?:[-/]|z?r)? ?(1\d|2[0-4])(?!\d)c?"
    r"(?: ?(\d{2,3}(?:/\d{2,3})?) ?([h-z])(?!\w))?"
)
_SIZES = re.compile(
    r"(?<![\w.])(\d+(?:[.,]\d+)?) ?x ?(\d+(?:[.,]\d+)?)(?: ?x ?(\d+))? ?(cm|mm|m)?\b"
)
_CELLS = re.compile(r"\b(\d) ?x ?(?=\d+(?:[.,]\d+)? ?(?:ah|cl|g|l|kg|ml)\b)")
_KILOMETRES = re.compile(r"(?<!\d)(\d{1,3}(?: \d{3})+|\d+) ?kms?\b")
_YEAR = re.compile(r"(?<![\w./-])(19[5-9]\d|20[0-3]\d)(?![\w./-])")
_JEANS = re.compile(r"\bw ?(\d\d) ?/? ?l ?(\d\d)\b")
_REFERENCE = re.compile(r"\b(?=(?:[a-z-]*\d){5})[a-z0-9]+(?:-[a-z0-9]+)*\b")
_COUNT = re.compile(
    r"(?:^(?=\d\d? )|\b(?:lot|coffret|carton|caisse|plateau|boite|pack|jeu|paquet|assortiment) "
    r"(?:de |d )?)(\d{1,3}) (?=[a-z]{3})"
)
# As Bosch writes them, in groups.
_GROUPED = re.compile(r"\b(\d) (\d{3}) (\d{3}) (\d{3})\b")
_PAIR = re.compile(r"\bpaires?\b(?: de| d)?")
_BOX_OF = re.compile(r"\b(?:lot|coffret|carton|caisse|pack|plateau|boite) .*?\bde (\d{1,3})(?!\w)")

Values = dict[str, frozenset[str]]


def take(text: str) -> tuple[str, Values]:
    """Return what is left of the folded title, and the values found by kind.

    Masses are in grammes, volumes in millilitres, lengths in millimetres, storage in Go, times in
    months or minutes; ``reference`` holds references of five digits and more.
    """
    found: dict[str, set[str]] = {}

    def keep(kind: str, *values: str) -> str:
        found.setdefault(kind, set()).update(values)
        return " "

    def sizes(match: re.Match[str]) -> str:
        scale = {"mm": 1.0, "m": 1000.0}.get(match[4] or "", 10.0)
        return keep("length", *(_scaled(number, scale) for number in match.groups()[:3] if number))

    def tyre(match: re.Match[str]) -> str:
        if match[5]:
            keep("tyre-index", match[4] + match[5])
        return keep("tyre", f"{match[1]}/{match[2]}-{match[3]}")

    takers: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (_GROUPED, lambda m: keep("reference", "".join(m.groups()))),
        (_TYRE, tyre),
        (_KILOMETRES, lambda m: keep("kilometres", m[1].replace(" ", ""))),
        (_JEANS, lambda m: keep("jeans", f"{m[1]}/{m[2]}")),
        (_CELLS, lambda m: keep("packed", m[1])),
        (_SIZES, sizes),
    ]
    for kind, pattern, scale in _UNIT_PATTERNS:
        takers.append((pattern, lambda m, k=kind, s=scale: keep(k, _scaled(m[1], s))))  # type: ignore[misc]
    takers += [
        (_YEAR, lambda m: keep("year", m[1])),
        (_COUNT, lambda m: keep("count", m[1])),
        (_BOX_OF, lambda m: keep("count", m[1]) + m[0].removesuffix(m[1])),
        (_PAIR, lambda _: keep("count", "2")),
        (_REFERENCE, lambda m: keep("reference", m[0].replace("-", ""))),
    ]
    for pattern, taker in takers:
        text = pattern.sub(taker, text)
    return text, {kind: frozenset(values) for kind, values in found.items()}


def _scaled(number: str, scale: float) -> str:
    return f"{float(number.replace(',', '.')) * scale:g}"
