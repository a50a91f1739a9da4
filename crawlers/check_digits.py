"""Numbers that prove themselves: IBAN, French social-security numbers, cards. Pure."""

import re

# ISO 13616, registry of SWIFT: the length of an IBAN by country (SEPA and its neighbours).
IBAN_LENGTHS = {
    **{"AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18},
    **{"DZ": 26, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21},
    **{"HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MA": 28},
    **{"MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19},
    **{"SK": 24, "SM": 27, "TN": 24, "TR": 26, "VA": 22},
}


def is_iban(text: str) -> int:
    """Return how many letters and digits at the beginning of a text are an IBAN, 0 if none.

    ISO 13616: the letters as numbers, the first four at the end, modulo 97 is 1.
    """
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    compact = compact[: IBAN_LENGTHS.get(compact[:2], 0)]
    if len(compact) < IBAN_LENGTHS.get(compact[:2], 1):
        return 0
    digits = "".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])
    return len(compact) if int(digits) % 97 == 1 else 0


def is_nir(text: str) -> bool:
    """Say whether a text is a social-security number (INSEE): 13 digits, then their key.

    The key is 97 less the number modulo 97; the departments 2A and 2B count as 19 and 18.
    """
    compact = re.sub(r"[^0-9AB]", "", text.upper())
    if len(compact) != 15:
        return False
    plain = compact[:5] + compact[5:7].replace("2A", "19").replace("2B", "18") + compact[7:]
    month = int(plain[3:5]) if plain.isdigit() else 0
    # 20 to 42 and from 50 on: the month is not known.
    real = 1 <= month <= 12 or 20 <= month <= 42 or month >= 50
    return real and 97 - int(plain[:13]) % 97 == int(plain[13:])


def is_card(text: str) -> bool:
    """ISO/IEC 7812: the Luhn sum."""
    digits = [int(digit) for digit in text if digit.isdecimal()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
