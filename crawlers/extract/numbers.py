"""Numbers as people write them: "1 290,00", "1.290", "1,290.50", "4,5"."""

import re
from decimal import Decimal, InvalidOperation

# Plain, no-break, thin and narrow no-break spaces, and the apostrophe of Swiss prices.
SPACES = " \u00a0\u2007\u2008\u2009\u202f'’"
# Bounded everywhere: no price or count has more than a dozen digits.
NUMBER = rf"\d{{1,12}}(?:[{SPACES}]\d{{3}}(?!\d)){{0,4}}(?:[.,]\d{{1,12}}){{0,4}}"
_NUMBER = re.compile(NUMBER)
_SPACE = re.compile(f"[{SPACES}]")


def decimal_of(written: str) -> Decimal | None:
    """Return the number written, told from its separators.

    The last of two kinds of separators is the decimal one; one kind repeated groups thousands; a
    single separator before exactly three digits groups thousands ("1.290 €"), unless the number
    begins with a zero ("0.990").
    """
    digits = _SPACE.sub("", written)
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        decimal = "." if digits.rfind(".") > digits.rfind(",") else ","
    elif dots + commas > 1:
        decimal = ""
    else:
        separator = "." if dots else ","
        whole, _, rest = digits.partition(separator)
        grouped = len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")
        decimal = "" if grouped else separator
    for separator in ".,":
        digits = digits.replace(separator, "." if separator == decimal else "")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def first_number(text: str) -> Decimal | None:
    """Return the first number in a text, None when there is none."""
    found = _NUMBER.search(text)
    return decimal_of(found.group()) if found else None


def count_of(value: object) -> int | None:
    """Return a count such as 128, "128", "1 234 avis" or "1,234"; None when it is no count."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        number = Decimal(min(max(value, -1), 10**12))
    elif isinstance(value, float):
        number = Decimal(value) if abs(value) < 1e12 else Decimal(-1)
    else:
        number = first_number(str(value)[:100]) or Decimal(-1 if not _zero(str(value)) else 0)
    return int(number) if 0 <= number < 10**9 else None


def _zero(text: str) -> bool:
    return text.strip()[:1] == "0"
