"""Which département a French postcode lies in."""

# Corsica's two share their first two digits.
_CORSICA = {"2A": ("200", "201"), "2B": ("202", "206")}


def departement_of(postcode: str | None) -> str:
    """Return "37" for "37000", "2A", "974"; empty where the postcode does not tell."""
    digits = (postcode or "").strip()
    if len(digits) != 5 or not (digits.isascii() and digits.isdigit()) or digits.startswith("00"):
        return ""
    for name, prefixes in _CORSICA.items():
        if digits.startswith(prefixes):
            return name
    return digits[:3] if digits[:2] in ("97", "98") else digits[:2]


def prefixes_of(departement: str) -> tuple[str, ...]:
    """Return what a département's postcodes begin with."""
    return _CORSICA.get(departement, (departement,))
