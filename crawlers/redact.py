"""Taking out of a text what identifies a person: it is never stored.

What has a check digit is masked only where it holds (IBAN, social-security and card numbers); what
has none is told from prices, dates, models and company numbers by its form. Each pattern is
bounded, so that a hostile text costs linear time.
"""

import re
from collections.abc import Callable

from crawlers.check_digits import is_card, is_iban, is_nir
from crawlers.plates import mask_plates
from vigie.french import t

_SEPARATOR = r"[ .\-\u00a0\u202f]"
_EMAIL = re.compile(
    r"[\w.+\-!#$%&'*/=?^`{|}~]{1,64}\s?(?:@|\(at\)|\[at\]|\(arobase\)|\[arobase\]| arobase )\s?"
    r"[\w\-]{1,63}(?:(?:\.|\s?[(\[](?:dot|point)[)\]]\s?)[\w\-]{1,63}){1,8}",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_AT = re.compile(r"@|\(a|\[a| arobase ", re.IGNORECASE)
# French numbers, national or international (ARCEP's numbering plan), in pairs that are set apart
# one and the same way: "01/02/2024 10" is a date and an hour.
_PREFIX = rf"(?<![\d+])(?<!\d[.,])(?:(?:\+|00)33{_SEPARATOR}?(?:\(0\){_SEPARATOR}?)?|\(?0\)?)"
_PHONE = re.compile(
    rf"{_PREFIX}[1-9](?P<between>{_SEPARATOR}{{0,2}}|/| [\-/] )\d\d(?:(?P=between)\d\d){{3}}(?!\d)"
)
# A mobile number, or one with its country, however it is cut: "0612 345 678".
_LOOSE_PHONE = re.compile(
    rf"(?<![\d+])(?<!\d[.,])(?:0[67]|(?:\+|00)33{_SEPARATOR}?(?:\(0\)|0)?{_SEPARATOR}?[1-9])"
    rf"(?:{_SEPARATOR}{{0,2}}\d){{8}}(?!\d)"
)
_DATE = re.compile(r"\d\d?([./\- ])\d\d?\1(?:19|20)\d\d")
# Other countries: a plus or 00, then 8 to 15 digits (ITU-T E.164), but not "+10 000 000 €".
_NO_UNIT = r"(?!\d)(?!\s?(?:€|%|euro|eur\b|km|k€))"
_FOREIGN_PHONE = re.compile(
    rf"(?<![\d+])(?:\+[1-9](?:{_SEPARATOR}?\d){{7,14}}"
    rf"|00[1-9]\d{{0,2}}{_SEPARATOR}\d(?:{_SEPARATOR}?\d){{6,11}}){_NO_UNIT}",
    re.IGNORECASE,
)
# Longer than any: what is too much is given back, see ``_iban``.
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0\-.]?[A-Z0-9]){11,30}", re.IGNORECASE)
# Social-security number (NIR): sex, year, month, department, commune, order, then its key.
_NIR = re.compile(
    rf"(?<!\d)[1-478]{_SEPARATOR}?\d\d{_SEPARATOR}?\d\d{_SEPARATOR}?(?:\d\d|2[ABab]){_SEPARATOR}?"
    rf"\d{{3}}{_SEPARATOR}?\d{{3}}(?:{_SEPARATOR}|/| / )?\d\d(?!\d)"
)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ \-\u00a0.]?\d{4}){3}(?!\d)")
# A company's number, which is public: what it holds is no telephone.
_COMPANY = re.compile(r"(?:siret|siren|rcs|tva|naf|ape)\b[^\d\n]{0,20}[\d .\u00a0]{0,20}\Z", re.I)
_COMPANY_REACH = 45
# "commande n° 123456", "dossier : AB-1234", "facture FA2024-001": the word stays, its number goes.
_ORDER = re.compile(
    r"\b(?P<what>commande|cmde|dossier|facture|devis|contrat|client|colis|suivi|r[ée]servation|"
    r"ticket|r[ée]f[ée]rence|r[ée]f)\b"
    r"(?P<link>\.?[ \u00a0]{0,2}(?:client[ \u00a0])?(?:num[ée]ro|n[°ºo]\.?|#|est|:){0,2}"
    r"[ \u00a0]{0,2}(?:num[ée]ro|n[°ºo]\.?|#|:)?[ \u00a0]{0,2})"
    r"(?P<number>(?=[A-Z\-/_]{0,12}\d)[A-Z0-9][A-Z0-9\-/_]{3,29})(?![\w€])"
    # An amount or a measure is no number of an order.
    r"(?![.,]\d)(?![ \u00a0\u202f]?(?:€|%|k€|(?:euros?|eur|kms?|kg|jours?|heures?|ans|points?|avis|"
    r"pi[èe]ces?|fois)\b))",
    re.IGNORECASE,
)
_SHORTEST = 5
# What each kind has at least: an IBAN of Malta, or a number of another country; "AB-123-CD".
_LONG_DIGITS, _PLATE_DIGITS = 7, 3
Found = re.Match[str]


def redact(text: str) -> str:
    """Return the text with what identifies a person masked.

    That is e-mails, telephones, IBAN, card, plate, social-security and order numbers.
    """
    if len(text) < _SHORTEST:
        return text
    if _AT.search(text):
        text = _EMAIL.sub(lambda _: t("redacted-email"), text)
    digits = len(_DIGIT.findall(text))
    if digits >= _LONG_DIGITS:
        text = _IBAN.sub(_iban, text)
        text = _NIR.sub(_checked(is_nir, "redacted-nir"), text)
        text = _CARD.sub(_checked(is_card, "redacted-card"), text)
        for pattern in (_PHONE, _LOOSE_PHONE, _FOREIGN_PHONE):
            text = pattern.sub(_phone, text)
    if digits >= _PLATE_DIGITS:
        text = mask_plates(text, lambda: t("redacted-plate"))
    return _ORDER.sub(_order, text) if digits else text


def _phone(found: Found) -> str:
    before = found.string[max(0, found.start() - _COMPANY_REACH) : found.start()]
    if _DATE.match(found[0]) or _COMPANY.search(before):
        return found[0]
    return t("redacted-phone")


def _iban(found: Found) -> str:
    """Mask an IBAN, and give back the letters of the words that follow it."""
    length = is_iban(found[0])
    if not length:
        return found[0]
    left = [i for i, letter in enumerate(found[0]) if letter.isalnum()]
    return t("redacted-iban") + found[0][left[length - 1] + 1 :]


def _order(found: Found) -> str:
    number = found["number"]
    # "devis 2024" is a year, "commande 150-200" an amount: five digits or letters with digits.
    if sum(map(str.isdigit, number)) < 5 and not any(map(str.isalpha, number)):
        return found[0]
    return found["what"] + found["link"] + t("redacted-order")


def _checked(check: Callable[[str], bool], message_id: str) -> Callable[[Found], str]:
    return lambda found: t(message_id) if check(found[0]) else found[0]
