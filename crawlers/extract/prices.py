"""Prices as pages write them: machine decimals, French and English separators, ranges, words."""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from crawlers.extract.items import Problem
from crawlers.extract.numbers import NUMBER, SPACES, decimal_of

_CENT = Decimal("0.01")
# A billion of anything is not a price on a French market place; it also keeps cents in 64 bits.
_LIMIT = Decimal(10) ** 9
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₣": "CHF", "zł": "PLN"}
_WORDS = {
    "EURO": "EUR",
    "EUROS": "EUR",
    "EUR": "EUR",
    "DOLLAR": "USD",
    "DOLLARS": "USD",
    "SFR": "CHF",
    "CHF": "CHF",
    "USD": "USD",
    "GBP": "GBP",
}
_CODES = frozenset(_WORDS.values())
_CURRENCY = r"(?:€|\$|£|¥|EUR(?:OS?)?\b|euros?\b|CHF\b|USD\b|GBP\b|CAD\b|&euro;)"
# "99€90" and "12 € 50": the sign stands for the decimal comma.
_SPLIT = re.compile(
    rf"(\d{{1,6}}(?:[{SPACES}]\d{{3}}){{0,3}})[{SPACES}]?(?:€|euros?)[{SPACES}]?(\d{{2}})"
    rf"(?![\d.,%])(?![{SPACES}]?\d)(?![{SPACES}]?(?:€|EUR|euros?))",
    re.I,
)
_PRICED = re.compile(
    rf"({NUMBER})(?:,[-–—])?[{SPACES}]{{0,3}}{_CURRENCY}"
    rf"|(?:€|\$|£|\b(?:EUR|CHF|USD|GBP|CAD)\b)[{SPACES}]{{0,3}}({NUMBER})",
    re.I,
)
# Of a price without tax and one with it, the reader pays the second.
_TAXED = re.compile(
    rf"({NUMBER})[{SPACES}]{{0,3}}(?:€|EUR|euros?)?[{SPACES}]{{0,3}}"
    r"\(?(?:TTC|T\.T\.C|toutes taxes)",
    re.I,
)
_BARE = re.compile(NUMBER)
_RANGE = re.compile(
    rf"({NUMBER})[{SPACES}]{{0,3}}(?:€|EUR)?[{SPACES}]{{0,3}}(?:-|–|—|à|to)[{SPACES}]{{0,3}}({NUMBER})",
    re.I,
)
# "15 k€", "1,2 M€": how houses and businesses are priced.
_SHORTENED = re.compile(rf"({NUMBER})[{SPACES}]?(k|M)(?:€|EUR\b|euros?\b)")
_FREE = re.compile(r"\b(?:gratuite?s?|offerte?s?|free)\b", re.I)
# Another price that a page only compares with, and a text that gives a number to call.
_COMPARED = re.compile(
    rf"\b(?:au\slieu\sde|(?:ancien\s)?prix\s(?:conseillé|public|barré|initial|normal|d['’]origine|de\sbase)"
    rf"|ancien\sprix|original\sprice\swas)[^\d€]{{0,25}}{NUMBER}[{SPACES}]{{0,3}}(?:€\d{{0,2}}|EUR|euros?)?\.?",
    re.I,
)
_ASKED = re.compile(r"devis|consulter|demande|appel|contacte|t[ée]l\b|%", re.I)
_MACHINE = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?$")
_CODE = re.compile(r"\b[A-Z]{3}\b")


@dataclass(frozen=True, slots=True)
class Price:
    """An amount, a higher one for a range, and the currency written beside it."""

    amount: Decimal
    high: Decimal | None = None
    currency: str | None = None

    @property
    def text(self) -> str:
        """The amount as a decimal with a dot: "36.99", "450"."""
        rounded = self.amount.quantize(_CENT, ROUND_HALF_UP)
        return str(rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded)


def cents(amount: Decimal) -> int:
    """Return an amount in hundredths, rounded half up."""
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))


def currency_of(text: object) -> str | None:
    """Return the ISO 4217 code of "EUR", "€", "euros" or "12 €"; None when none is there."""
    if not isinstance(text, str):
        return None
    if text in _CODES:
        return text
    text = text[:100].strip()
    for symbol, code in _SYMBOLS.items():
        if symbol in text:
            return code
    upper = text.upper()
    for word in re.findall(r"[A-Z]+", upper):
        if word in _WORDS:
            return _WORDS[word]
    return upper if len(upper) == 3 and _CODE.fullmatch(upper) else None


def read_price(value: object) -> tuple[Price | None, Problem | None]:
    """Read a price from markup or from text.

    Returns:
        (None, None) where no amount is stated ("sur devis", ""), or the problem with an amount
        that cannot be one.
    """
    if isinstance(value, bool) or value is None:
        return None, None
    if isinstance(value, int | float):
        if (isinstance(value, float) and not math.isfinite(value)) or abs(value) >= _LIMIT:
            return None, Problem(
                "price-impossible", f"{value:.0e}" if isinstance(value, float) else ""
            )
        return _bounded(Price(Decimal(str(value))))
    text = str(value)[:300].strip().replace("&euro;", "€")
    if _MACHINE.match(text) and (amount := _machine(text)) is not None:
        return _bounded(Price(amount))
    return _bounded(_written(text))


def _machine(text: str) -> Decimal | None:
    # "1290.00" is what machines write; "1.290" may be a person's thousand.
    whole, _, rest = text.partition(".")
    if len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0"):
        return decimal_of(text) if rest != "000" or whole != "0" else Decimal(0)
    return Decimal(text)


def _written(text: str) -> Price | None:
    currency = currency_of(text)
    rest = _COMPARED.sub(" ", text)
    if _BARE.search(rest):
        text = rest
    if found := _SPLIT.search(text):
        whole = decimal_of(found.group(1))
        return Price(whole + Decimal(found.group(2)) / 100, None, currency) if whole else None
    if found := _SHORTENED.search(text):
        amount = decimal_of(found.group(1))
        factor = 1_000_000 if found.group(2) == "M" else 1_000
        return Price(amount * factor, None, currency) if amount is not None else None
    if found := _TAXED.search(text):
        amount = decimal_of(found.group(1))
        return Price(amount, None, currency) if amount is not None else None
    if found := _RANGE.search(text):
        low, high = decimal_of(found.group(1)), decimal_of(found.group(2))
        if low is not None and high is not None and low < high and (currency or len(text) < 30):
            return Price(low, high, currency)
    if found := _PRICED.search(text):
        amount = decimal_of(found.group(1) or found.group(2))
        return Price(amount, None, currency) if amount is not None else None
    if _FREE.search(text):
        return Price(Decimal(0), None, currency)
    found = None if _ASKED.search(text) else _BARE.search(text)
    amount = decimal_of(found.group()) if found else None
    return Price(amount, None, currency) if amount is not None else None


def _bounded(price: Price | None) -> tuple[Price | None, Problem | None]:
    if price is None:
        return None, None
    if not 0 <= price.amount < _LIMIT or (price.high is not None and price.high >= _LIMIT):
        return None, Problem("price-impossible", f"{price.amount:f}"[:30])
    return price, None


def priced_in(text: str) -> Price | None:
    """Return a price only where a currency stands beside the number: for visible text."""
    if not (_PRICED.search(text) or _SPLIT.search(text) or _SHORTENED.search(text)):
        return None
    return read_price(text)[0]
