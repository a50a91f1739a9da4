"""Coverage-guided fuzzing of the page reader with atheris: it never raises and is bounded.

    make fuzz                                    five minutes, from the test pages
    python fuzz/extract_page.py CORPUS [libFuzzer options]

libFuzzer stops at the first input that raises, breaks a bound below, or takes longer than its
``-timeout``; it keeps what reaches new code in the first folder named.
"""

import sys
from datetime import date

import atheris

with atheris.instrument_imports(include=["crawlers.extract"]):
    from crawlers.extract import read_page

TODAY = date(2024, 6, 15)
ITEM_LIMIT = 2_000
TEXT_LIMIT = 20_000


def read_one(data: bytes) -> None:
    """Read the input as a page; its first byte chooses the charset that HTTP declares."""
    charset = (
        (None, "utf-8", "iso-8859-1", "utf-16", "shift_jis", "x")[data[0] % 6] if data else None
    )
    page = read_page(data[1:], "https://exemple.fr/avis", charset, TODAY)
    assert len(page.reviews) <= ITEM_LIMIT
    assert len(page.listings) <= ITEM_LIMIT
    for item in page.items():
        for name, value in item.to_dict().items():
            if isinstance(value, str):
                assert len(value) <= TEXT_LIMIT, name
                assert "\x00" not in value, name
                value.encode()
            if name.endswith("normalised") and value is not None:
                assert 0 <= value <= 1, value


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
