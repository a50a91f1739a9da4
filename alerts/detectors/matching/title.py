"""A listing's title read into attributes: values, exclusive words, codes and the rest."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from alerts.detectors.matching import vocabulary as words
from alerts.detectors.matching.quantities import Values, take

# Titles are crawled text: past this they are no titles.
MAX_TITLE = 300
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
_SIZES = frozenset({"xs", "s", "m", "l", "xl", "xxl", "xxxl"})
_NOT_GLUED = frozenset(
    {"dci", "hdi", "tdi", "tce", "tsi", "vti", "jtd", "gti", "ch", "cv", "bvm", "ph"}
    | (_ROMAN.keys() - {"i"})
    | {"de", "du", "la", "le", "les", "ou", "en", "au", "aux", "un", "une", "par", "sur"}
    | {"pro", "max", "plus", "lot", "t", "l", "d", "x", "et", "e"}
)
LEAST_JOINED = 4
# Shorter words that differ by a letter are often two words.
LEAST_SPELT = 7
_WORD = re.compile(r"[a-z0-9]+")
_TOKEN = re.compile(r"[a-z0-9]+(?:[.,]\d+)?")
_GLUE = re.compile(r"\b([a-z]{1,3}) (\d{1,4})\b(?![.,]\d)")
_SPLIT = re.compile(r"\b([a-z]{4,})(\d+)\b")
_HORSES = re.compile(r"\b(\d{2,3}) ?(?:ch|cv|hp)\b")
_WITH = "avec"
_COMMA = re.compile(r"(?<=\d),(?=\d)")


@dataclass(frozen=True, slots=True)
class Thing:
    """What is known of a listing before its title is read; the last four are a vehicle's."""

    title: str
    category: str | None = None
    brand: str | None = None
    gtin: str | None = None
    condition: str | None = None
    mpn: str | None = None
    year: int | None = None
    mileage_km: int | None = None
    fuel: str | None = None
    transmission: str | None = None


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a title says: ``values`` by kind, and stems of words by their role.

    ``head`` is the first word that says what the thing is, ``lead`` the same where no maker, model
    or code stands before it, ``extras`` what comes with it.
    """

    values: Values
    codes: frozenset[str]
    numbers: frozenset[str]
    markers: frozenset[str]
    parts: frozenset[str]
    brands: frozenset[str]
    car_brands: frozenset[str]
    models: frozenset[str]
    content: frozenset[str]
    head: str
    lead: str
    extras: frozenset[str]
    text: str

    @property
    def said(self) -> tuple[frozenset[object], ...]:
        """All that it says, in whatever words: titles that say the same need one comparison."""
        return (
            frozenset(self.values.items()), self.codes, self.numbers, self.markers, self.parts,
            self.brands, self.car_brands, self.models, self.content,
        )  # fmt: skip


def fold(text: str) -> str:
    """Return the text in lower case without accents, quotes or ligatures."""
    text = text[:MAX_TITLE].lower().replace("œ", "oe").replace("æ", "ae").replace("²", "2")
    text = "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    )
    text = re.sub(r"[’']{2}|[″”“]", '"', text)
    text = re.sub(r"[^a-z0-9.,/\"+-]+", " ", text)
    return re.sub(r"\s+", " ", text).strip()


def joined_as(title: str, other: str) -> str:
    """Return a title with those words joined that the other writes as one: "cross climate"."""
    together = _pairs(title).keys() & _words(other)
    return _joined(title, frozenset(together)) if together else title


@lru_cache(maxsize=100_000)
def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(title)))


@lru_cache(maxsize=100_000)
def _pairs(title: str) -> dict[str, str]:
    """Return two or three neighbouring words of a title, joined, each with what stands between."""
    found = _WORD.findall(fold(title))
    runs = [*pairwise(found), *zip(found, found[1:], found[2:], strict=False)]
    return {"".join(run): r"\W+".join(run) for run in runs if len("".join(run)) >= LEAST_JOINED}


@lru_cache(maxsize=10_000)
def _joined(title: str, together: frozenset[str]) -> str:
    text = fold(title)
    for word in sorted(together):
        text = re.sub(rf"\b{_pairs(title)[word]}\b", word, text)
    return text


@lru_cache(maxsize=100_000)
def read_title(title: str) -> Attributes:
    """Read one title; any text is read, an empty one into nothing."""
    text = fold(title)
    for pattern, replacement in words.PHRASES:
        text = pattern.sub(replacement, text)
    text, values = take(" ".join(text.replace(" + ", f" {_WITH} ").split()))
    text = _HORSES.sub(r"\1", text)
    text = _SPLIT.sub(r"\1 \2", text)
    text = " ".join(re.sub(r"[/\"+-]|(?<!\d)[.,]|[.,](?!\d)", " ", text).split())
    text = _GLUE.sub(lambda m: m[0] if m[1] in _NOT_GLUED else m[1] + m[2], text)
    return _sorted_out(_COMMA.sub(".", text), values)


def _sorted_out(text: str, values: Values) -> Attributes:
    found: dict[str, set[str]] = {}
    main, _, rest = text.partition(f" {_WITH} ")
    things = [stem for token in _TOKEN.findall(main) if (stem := _file(token, found))]
    if things[1:]:
        found.get("parts", set()).difference_update(words.WRAPPING & set(things[1:]) - {things[0]})
    extras = [stem for token in _TOKEN.findall(rest) if (stem := _file(token, found))]
    roles = {role: frozenset(stems) for role, stems in found.items()}
    kinds = {kind: stems for kind, stems in roles.items() if kind not in _ROLES}
    of = {role: roles.get(role, frozenset()) for role in _ROLES}
    of["car_brands"] |= {words.MODELS[model] for model in of["models"]} & _CAR_MAKERS
    of["brands"] |= {words.stem(words.MODELS[m]) for m in of["models"]} - of["car_brands"]
    return Attributes(
        values={**values, **kinds},
        head=next(iter(things), ""),
        lead=_lead(main),
        extras=frozenset(extras),
        text=text,
        **of,
    )


def _lead(text: str) -> str:
    for token in _TOKEN.findall(text):
        stem = words.stem(token)
        stem = words.SYNONYMS.get(stem, stem)
        if stem not in words.NOISE:
            return stem
    return ""


_ROLES = (
    "codes", "numbers", "markers", "parts", "brands", "car_brands", "models", "content",
)  # fmt: skip
_CAR_MAKERS = frozenset(brand for brand in words.MODELS.values()) - {"apple", "samsung", "xiaomi"}


def _file(token: str, found: dict[str, set[str]]) -> str | None:
    """File one token under its roles; return its stem where it names a thing."""
    token = _ROMAN.get(token, token)
    if (token[0].isdigit() and not token.isalnum()) or token.isdigit():
        found.setdefault("numbers", set()).add(token)
    elif any(char.isdigit() for char in token):
        found.setdefault("codes", set()).add(token)
    elif token in _SIZES:
        found.setdefault("size", set()).add(token)
    else:
        return _file_word(token, found)
    return None


@lru_cache(maxsize=100_000)
def _spelt(stem: str) -> str:
    """Return the part or maker that a long word is a slip of the keyboard away from."""
    if len(stem) < LEAST_SPELT or stem in _KNOWN:
        return stem
    near = process.extractOne(stem, _NAMES, scorer=Levenshtein.distance, score_cutoff=1)
    return near[0] if near else stem


_NAMES = sorted(
    name
    for name in words.PARTS | words.BRANDS | words.CAR_BRANDS | words.MODELS.keys()
    if len(name) >= LEAST_SPELT - 1
)
_KNOWN = frozenset(_NAMES) | words.NOISE | words.EXCLUSIVE.keys() | words.MARKERS


def _file_word(token: str, found: dict[str, set[str]]) -> str | None:
    """File a word under each role it plays; what plays none is content.

    Returns:
        Its stem, unless it says nothing or names a maker or a variant.
    """
    stem = words.stem(token)
    stem = _spelt(words.SYNONYMS.get(stem, stem))
    exclusive = words.EXCLUSIVE.get(stem, ())
    for kind, value in exclusive:
        found.setdefault(kind, set()).add(value)
    filed = bool(exclusive)
    for role, stems in (
        ("markers", words.MARKERS),
        ("parts", words.PARTS),
        ("brands", words.BRANDS),
        ("car_brands", words.CAR_BRANDS),
        ("models", words.MODELS),
    ):
        if stem in stems:
            found.setdefault(role, set()).add(stem)
            filed = True
    if not filed and stem in words.NOISE:
        return None
    if not filed:
        found.setdefault("content", set()).add(stem)
    return None if stem in words.BRANDS | words.CAR_BRANDS | words.MARKERS else stem
