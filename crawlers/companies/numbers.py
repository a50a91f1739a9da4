"""SIREN and SIRET: the numbers of a French business and of its places. Pure."""

import re

from crawlers.check_digits import is_card

SIREN_LENGTH, SIRET_LENGTH = 9, 14
# La Poste's: so many places that their keys ran out; all but its seat have another rule (INSEE).
LA_POSTE = "356000000"


def digits_of(text: str) -> str:
    """Return a number as people write it ("123 456 789 00012") without its spaces and points."""
    return re.sub(r"[\s.\u00a0\u202f-]", "", text)


def is_siret(text: str) -> bool:
    """Say whether a text is a SIRET: 14 digits with the Luhn sum.

    La Poste's places have a sum of digits that is a multiple of five instead.
    """
    number = digits_of(text)
    if re.fullmatch(rf"[0-9]{{{SIRET_LENGTH}}}", number) is None or not int(number):
        return False
    if number.startswith(LA_POSTE) and sum(map(int, number)) % 5 == 0:
        return True
    return is_card(number)
