"""Bytes to UTF-8 bytes, whatever a page declares.

The order follows what pages do rather than what they say: a byte-order mark, then bytes that are
valid UTF-8 (chance makes that of another encoding about never), then the HTTP and meta charsets
read as browsers read them (WHATWG Encoding: latin-1 means windows-1252), then a guess.
"""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,300}charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.I)
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"}
# What the high bytes of a French page in windows-1252 decode to.
_FRENCH = frozenset("éèêëàâçùûüîïôöœæÉÈÊÀÂÇÙÎÔŒ€’‘“”«»…–—•°²³\u00a0®©")
# Bytes that begin an accented letter in UTF-8, and that French in windows-1252 hardly has.
_LEADS = frozenset((0xC2, 0xC3))
# Where windows-1252 has characters and ISO 8859 has none.
_BETWEEN = re.compile(rb"[\x80-\x9f]")
_WESTERN = frozenset(("cp1252", "iso8859-15", "mac-roman", "utf-16", "utf-16-le", "utf-16-be"))
_LOW = bytes(range(0x80))
_HIGH = re.compile(rb"[\x80-\xff]")
_HEAD_LENGTH = 4096
_SAMPLE_LENGTH = 20_000
# Bytes of pieces in another charset: more is no page that somebody pasted a review into.
_PIECES_LIMIT = 50_000


def to_utf8(body: bytes, http_charset: str | None) -> bytes:
    """Return the page in UTF-8, without byte-order mark and NULs."""
    decoded = _decoded(body, http_charset)
    return decoded.replace(b"\x00", b"") if b"\x00" in decoded else decoded


def _decoded(body: bytes, http_charset: str | None) -> bytes:
    for mark, name in _BOMS:
        if body.startswith(mark):
            if name == "utf-8":
                return _decoded(body[len(mark) :], "utf-8")
            return _recode(body, name)
    if (wide := _wide(body)) is not None:
        return wide
    if body.isascii():
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        if _begins_as_utf8(body):
            few = len(body) - len(body.decode("utf-8", "ignore").encode()) < _PIECES_LIMIT
            return body.decode("utf-8", _PIECES if few else "replace").encode()
        return _not_utf8(body, http_charset)
    return body


def _piece(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes of a UTF-8 page that are not UTF-8 as a piece pasted from windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    piece = error.object[error.start : error.end]
    if piece[0] in _LEADS:
        # What is left of a character cut in two.
        return "" if error.end == len(error.object) else "\ufffd", error.end
    return piece.decode("cp1252", "replace"), error.end


_PIECES = "vigie-pieces"
codecs.register_error(_PIECES, _piece)


def _begins_as_utf8(body: bytes) -> bool:
    """Say whether the first characters beyond ASCII are UTF-8: by chance they about never are."""
    first = _HIGH.search(body)
    start = first.start() if first else 0
    try:
        # The end of the sample may cut a character in two: it is not final.
        codecs.utf_8_decode(body[start : start + _SAMPLE_LENGTH], "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def _wide(body: bytes) -> bytes | None:
    """Decode UTF-16 without its mark: every second byte of ASCII markup is NUL."""
    head = body[:_HEAD_LENGTH]
    if head.count(0) * 3 < len(head):
        return None
    return _recode(body, "utf-16-le" if head[1:2] == b"\x00" else "utf-16-be")


def _not_utf8(body: bytes, http_charset: str | None) -> bytes:
    # A few bad bytes in a page that is UTF-8 all the same, whatever it declares.
    kept = body.decode("utf-8", "ignore")
    kept_bytes = kept.encode()
    if (len(kept_bytes) - len(kept)) * 4 > len(body) - len(kept_bytes):
        few = len(body) - len(kept_bytes) < _PIECES_LIMIT
        return body.decode("utf-8", _PIECES if few else "replace").encode()
    declared = _codec(http_charset) or _codec(_meta_charset(body))
    if declared is None:
        declared = _guess(body)
    elif declared == "utf-8" or (declared not in _WESTERN and _reads_french(_high_bytes(body))):
        declared = "cp1252"
    if declared == "cp1252" and b"\xa4" in body and not _BETWEEN.search(body):
        # Nobody writes the sign "¤": it is the euro of ISO 8859-15.
        declared = "iso8859-15"
    return _recode(body, declared)


def _meta_charset(body: bytes) -> str | None:
    found = _META.search(body[:_HEAD_LENGTH])
    return found.group(1).decode("ascii") if found else None


def _codec(name: str | None) -> str | None:
    try:
        known = codecs.lookup(name.strip()) if name else None
    except (LookupError, ValueError):
        return None
    # Python also calls "codecs" things that do not decode bytes to text, such as rot13.
    if known is None or not known._is_text_encoding or known.name.startswith("utf-7"):
        return None
    return _WINDOWS.get(known.name, known.name)


def _recode(body: bytes, name: str) -> bytes:
    try:
        text = body.decode(name, "replace")
    except (UnicodeError, LookupError, ValueError):
        text = body.decode("cp1252", "replace")
    return text.encode("utf-8", "replace")


def _guess(body: bytes) -> str:
    """Guess an undeclared encoding: windows-1252 when that reads as French."""
    if _reads_french(_high_bytes(body)):
        return "cp1252"
    start = max(0, next((i for i, byte in enumerate(body) if byte > 0x7F), 0) - 200)
    best = from_bytes(body[start : start + _SAMPLE_LENGTH]).best()
    return best.encoding if best else "cp1252"


def _high_bytes(body: bytes) -> bytes:
    return body[: _SAMPLE_LENGTH * 10].translate(None, _LOW)[:_SAMPLE_LENGTH]


def _reads_french(high: bytes) -> bool:
    text = high.decode("cp1252", "replace")
    return sum(map(text.count, _FRENCH)) >= 0.8 * len(text)
