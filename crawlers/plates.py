"""French number plates in a text, told from models, prices and measures. Pure.

Since 2009 AB-123-CD (SIV, without I, O and U); before, 123 ABC 75 (FNI), whose end is a department.
With hyphens, either is a plate. Set apart by spaces or not at all, "HP 302 XL" and "307 HDI 90"
look the same: there the letters decide, or a word before them ("immatriculée AB 123 CD").
"""

import re
from collections.abc import Callable

_LETTERS = "[A-HJ-NP-TV-Z]"
_SIV = re.compile(
    rf"(?<![\w\-])(?P<first>{_LETTERS}{{2}})(?P<gap>[\-‐‑–]| - |[ \u00a0.]?)\d{{3}}(?P=gap)"
    rf"(?P<last>{_LETTERS}{{2}})(?![\w\-])",
    re.IGNORECASE,
)
_FNI = re.compile(
    r"(?<![\w\-,.])\d{2,4}(?P<gap>[\-‐‑–]| - |[ \u00a0])(?P<letters>[A-HJ-NP-TV-Z]{2,3})(?P=gap)"
    r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])(?![\w\-]|[.,]\d)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?:immat|plaque|v[ée]hicule|voiture|camion|fourgon)[^.!?\n]{0,30}\Z", re.I)
_REACH = 45
# Ends and beginnings of models, units, engines, words and currencies between two numbers.
_MODEL_ENDS = frozenset("XL XS XT GT TD RS HD SE SL ST SD TB GB MB KG KM CM MM CL ML DL".split())  # noqa: SIM905  # A list of thirty lines says no more.
_BRANDS = frozenset(("HP", "LG", "BX", "CX", "XM", "DS"))
_BETWEEN = frozenset(
    "EUR GTI HDI TDI DCI TCE TSI TFSI CDI CRD JTD XSI SRI GTD GTS DTI VTI PDI CDTI RCZ CV CH HP KW "  # noqa: SIM905  # The same.
    "KM KG CM MM CL ML DL MG GR HA TB GB MB MN MIN SEC JRS ANS RUE AVE BLD BD DE DES ET LE LA LES "
    "EN AV AU AUX SUR PAR VS XL XS GT TD RS HD SE SL ST PCS LED LCD DVD BTS CAP TTC HT".split()
)


def mask_plates(text: str, mask: Callable[[], str]) -> str:
    """Return the text with each plate replaced by what ``mask`` gives."""
    text = _SIV.sub(lambda found: mask() if _is_siv(found) else found[0], text)
    return _FNI.sub(lambda found: mask() if _is_fni(found) else found[0], text)


def _is_siv(found: re.Match[str]) -> bool:
    if found["gap"].strip(" \u00a0.") or _told(found):
        return True
    first, last = found["first"], found["last"]
    return found[0].isupper() and last not in _MODEL_ENDS and first not in _BRANDS


def _is_fni(found: re.Match[str]) -> bool:
    letters = found["letters"]
    if letters.upper() in _BETWEEN and not _told(found):
        return False
    return letters.isupper() or _told(found)


def _told(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - _REACH) : found.start()]
    return _TOLD.search(before) is not None
