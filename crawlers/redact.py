"""Taking out of a text what identifies a person: it is never stored.

Each pattern is bounded, so that a hostile text costs linear time.
"""

import re
from collections.abc import Callable

from vigie.french import t

_SEPARATOR = r"[ .\-\u00a0\u202f/]"
_EMAIL = re.compile(
    r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\]|\(arobase\)|\[arobase\])\s?"
    r"[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}",
    re.IGNORECASE,
)
# French numbers, national or international (ARCEP's numbering plan): 0X XX XX XX XX.
_PHONE = re.compile(
    rf"(?<![\d+])(?:(?:\+|00)33{_SEPARATOR}?(?:\(0\){_SEPARATOR}?)?|0)"
    rf"[1-9](?:{_SEPARATOR}{{0,2}}\d{{2}}){{4}}(?!\d)"
)
# Other countries: a plus, then 8 to 15 digits (ITU-T E.164).
_FOREIGN_PHONE = re.compile(rf"(?<![\d+])\+[1-9](?:{_SEPARATOR}?\d){{7,14}}(?!\d)")
_IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:[ \u00a0\-]?[A-Z0-9]{4}){2,7}(?:[ \u00a0\-]?[A-Z0-9]{1,3})?\b"
)
# Social-security number: sex, year, month, department, commune, order, then its key.
_NIR = re.compile(
    r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}\s?\d{2}(?!\d)"
)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ \-]?\d{4}){3}(?!\d)")
_PLATE = re.compile(r"\b[A-HJ-NP-TV-Z]{2}-?\d{3}-?[A-HJ-NP-TV-Z]{2}\b")
# "commande n° 123456", "dossier : AB-1234", "facture FA2024-001": the word stays, its number goes.
_ORDER = re.compile(
    r"\b(?P<what>commande|cmde|dossier|facture|devis|contrat|client|colis|suivi|r[ée]servation|"
    r"ticket|r[ée]f[ée]rence|r[ée]f)\b"
    r"(?P<link>\.?[ \u00a0]{0,2}(?:client[ \u00a0])?(?:num[ée]ro|n[°ºo]\.?|#|est|:){0,2}"
    r"[ \u00a0]{0,2}(?:num[ée]ro|n[°ºo]\.?|#|:)?[ \u00a0]{0,2})"
    r"(?P<number>(?=[A-Z\-/_]{0,12}\d)[A-Z0-9][A-Z0-9\-/_]{3,29})(?![\w€])",
    re.IGNORECASE,
)
_SHORTEST = 5


def redact(text: str) -> str:
    """Return the text with e-mails, telephones, IBAN, card, plate and order numbers masked."""
    if len(text) < _SHORTEST:
        return text
    if "@" in text or "(a" in text.lower() or "[a" in text.lower():
        text = _EMAIL.sub(lambda _: t("redacted-email"), text)
    if not any(map(str.isdigit, text)):
        return text
    text = _IBAN.sub(_checked(_is_iban, "redacted-iban"), text)
    text = _PHONE.sub(lambda _: t("redacted-phone"), text)
    text = _FOREIGN_PHONE.sub(lambda _: t("redacted-phone"), text)
    text = _NIR.sub(lambda _: t("redacted-nir"), text)
    text = _CARD.sub(_checked(_is_card, "redacted-card"), text)
    text = _PLATE.sub(lambda _: t("redacted-plate"), text)
    return _ORDER.sub(_order, text)


def _order(found: re.Match[str]) -> str:
    number = found["number"]
    # "devis 2024" is a year, "commande 150-200" an amount: five digits or letters with digits.
    if sum(map(str.isdigit, number)) < 5 and not any(map(str.isalpha, number)):
        return found[0]
    return found["what"] + found["link"] + t("redacted-order")


def _checked(check: Callable[[str], bool], message_id: str) -> Callable[[re.Match[str]], str]:
    return lambda found: t(message_id) if check(found[0]) else found[0]


def _is_iban(text: str) -> bool:
    """ISO 13616: the letters as numbers, the first four at the end, modulo 97 is 1."""
    compact = re.sub(r"[^A-Z0-9]", "", text)
    digits = "".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])
    return int(digits) % 97 == 1


def _is_card(text: str) -> bool:
    """ISO/IEC 7812: the Luhn sum."""
    digits = [int(digit) for digit in text if digit.isdecimal()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
