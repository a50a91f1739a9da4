"""What readers see where the markup lacks a field: dates, stars, prices, replies beside an item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice, pairwise

from crawlers.extract import phrases
from crawlers.extract.chunks import ELEMENT_LIMIT, Chunk, chunks_of, own_elements
from crawlers.extract.dates import Dated, find_date, read_date
from crawlers.extract.prices import Price, priced_in
from crawlers.extract.ratings import Rating, read_rating
from crawlers.extract.stars import STATED, drawn_rating
from crawlers.extract.text import body, fold, one_line
from crawlers.extract.tree import Element, text_of

_STAR_ROW = re.compile(r"[★⭐]{2}|[★⭐]☆")
# A currency in an element of its own, beside its amount.
_SIGNS = frozenset(("€", "EUR", "euros", "$", "£", "CHF"))
_BRAND_CLIMB = 3
_BRAND_LENGTH = 60
_REFERENCE_LENGTH = 40
_PORTRAITS = 3


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates said beside a review."""

    published: Dated | None = None
    experienced: Dated | None = None
    edited: Dated | None = None


class Surroundings:
    """The visible text of one item, without the items nested in it and without its own body."""

    def __init__(self, element: Element, today: date | None, own_text: str | None = None) -> None:
        self._element = element
        self._today = today
        self._written = own_text

    @cached_property
    def chunks(self) -> list[Chunk]:
        """The runs of text in reading order, bounded."""
        return [chunk for chunk in chunks_of(self._element) if not self._is_own(chunk.text)]

    @cached_property
    def _own_text(self) -> str:
        return fold(self._written)

    def _is_own(self, text: str) -> bool:
        return len(text) > 5 and bool(self._own_text) and fold(text) in self._own_text

    def dates(self) -> Dates:
        """Read the dates said beside the review, its own text left out."""
        found = Dates(published=self._stamped())
        label = ""
        for chunk in self.chunks:
            if phrases.REPLY_LABEL.search(chunk.text):
                # What follows is the reply's date.
                break
            if chunk.element.tag == "time" and chunk.element.get("datetime") and not label:
                found = _with(found, find_date(chunk.element.get("datetime"), self._today))
                continue
            text = f"{label} {chunk.text}".strip()
            label = chunk.text if chunk.text.endswith(":") and len(chunk.text) < 60 else ""
            says_when = phrases.DATE_LEAD.search(text) or phrases.EXPERIENCE.search(text)
            if not says_when and phrases.STANDING.search(text):
                continue
            if len(text) <= 160 and (says_when or _is_date(chunk)):
                found = _with_text(found, text, self._today)
        return found

    def _stamped(self) -> Dated | None:
        """Read a date that stands for scripts only, in an element whose class says so."""
        for element in islice(self._element.iter("span", "div", "time", "p"), ELEMENT_LIMIT):
            if "stamp" not in (own := element.get("class") or "") and "date" not in own:
                continue
            for name in ("data-content", "data-date", "data-timestamp", "data-datetime"):
                if value := element.get(name):
                    return read_date(value, self._today)[0]
        return None

    def rating(self) -> Rating | None:
        """Read stars from words, then as they are drawn, then as characters."""
        short = [chunk.text for chunk in self.chunks if len(chunk.text) < 60]
        for text in short:
            if STATED.search(text) and (rating := read_rating(text)[0]):
                return rating
        if rating := drawn_rating(own_elements(self._element)):
            return rating
        rows = (text for text in short if _STAR_ROW.search(text))
        return next((rating for text in rows if (rating := read_rating(text)[0])), None)

    def author(self) -> str | None:
        """Read the name in an element whose class says that it is the author's."""
        for chunk in self.chunks:
            named = phrases.AUTHOR_MARK.search(chunk.marks) and "form" not in chunk.marks
            if named and not find_date(chunk.text):
                return one_line(re.sub(r"^(?:par|de|by)\s", "", chunk.text, flags=re.I))
        return None

    def pictures(self, name: str | None) -> bool:
        """Say whether a picture shows the one so named, as a portrait does."""
        pictures = islice(self._element.iter("img"), _PORTRAITS)
        return bool(name) and any(one_line(one.get("alt") or "") == name for one in pictures)

    def text(self) -> str | None:
        """Read the review's text in an element whose class says so."""
        for element in islice(self._element.iter(), ELEMENT_LIMIT):
            if isinstance(element.tag, str) and phrases.TEXT_MARK.search(
                element.get("class") or ""
            ):
                return body(text_of(element))
        return None

    def verified(self) -> bool | None:
        """Say True where the page says "Achat vérifié"."""
        return True if any(phrases.VERIFIED.search(chunk.text) for chunk in self.chunks) else None

    def price(self) -> Price | None:
        """Read the first price that is not struck through."""
        asked = [chunk.text for chunk in self.chunks if not chunk.struck]
        # A price without tax, by the kilo or by the month stands beside the one to pay.
        asked.sort(key=lambda text: phrases.OTHER_PRICE.search(text) is not None)
        for text in asked:
            if price := priced_in(text):
                return price
        for one, other in pairwise(chunk.text for chunk in self.chunks if not chunk.struck):
            beside = one in _SIGNS or other in _SIGNS
            if beside and (price := priced_in(f"{one} {other}")):
                return price
        whole = " ".join(chunk.text for chunk in self.chunks if not chunk.struck)
        return priced_in(whole) if len(whole) < 80 else None

    def currency(self, amount: Decimal) -> str | None:
        """Read the currency written beside this amount."""
        prices = (priced_in(chunk.text) for chunk in self.chunks)
        return next((one.currency for one in prices if one and one.amount == amount), None)

    def availability(self) -> str | None:
        """Read a stock state that is said in so many words."""
        for chunk in self.chunks:
            if state := phrases.AVAILABILITY.get(chunk.text.casefold().strip(" .!")):
                return state
        in_stock = (phrases.IN_STOCK.search(chunk.text) for chunk in self.chunks)
        return "InStock" if any(in_stock) else None

    def brand(self) -> str | None:
        """Return the text whose class says that it is the brand, else what "Marque" labels."""
        for chunk in self.chunks:
            for element in islice(_upwards(chunk.element), _BRAND_CLIMB):
                if phrases.BRAND_MARK.search(element.get("class") or ""):
                    whole = one_line(text_of(element), _BRAND_LENGTH + 1) or ""
                    if len(whole) <= _BRAND_LENGTH and not phrases.NOT_BRAND.search(chunk.text):
                        return chunk.text
        return self._labelled(phrases.BRAND_LABEL, _BRAND_LENGTH)

    def reference(self) -> str | None:
        """Return what "Réf." labels, when it holds a digit."""
        found = self._labelled(phrases.REFERENCE_LABEL, _REFERENCE_LENGTH)
        return found if found and " " not in found and any(map(str.isdigit, found)) else None

    def _labelled(self, label: re.Pattern[str], limit: int) -> str | None:
        """Return what follows a label: in the same text after a colon, else in the next one."""
        before: Chunk | None = None
        for chunk in self.chunks:
            found = label.match(chunk.text)
            if before is not None and not found:
                value = chunk.text.lstrip(": ")
                told = 0 < len(value) <= limit and not _leaves_empty(before, chunk)
                return value if told else None
            before = chunk if found is not None and found.end() == len(chunk.text) else None
            if found and before is None:
                return chunk.text[found.end() :].strip()[:limit]
        return None

    def _marked(self, pattern: re.Pattern[str]) -> str | None:
        for chunk in self.chunks:
            if pattern.search(chunk.element.get("class") or ""):
                return chunk.text
        return None

    def title(self) -> str | None:
        """Read the heading, or the text that its class says is the title."""
        for element in self._element.iter("h1", "h2", "h3", "h4"):
            if text := one_line(text_of(element), 500):
                return text
        return self._marked(phrases.TITLE_MARK)

    def reply(self, owner: str | None) -> tuple[str | None, Dated | None]:
        """Read the owner's reply inside the review, or just after it."""
        for chunk in self.chunks:
            if phrases.REPLY_LABEL.search(chunk.text):
                return _reply_in(_around(chunk.element, self._element), owner, self._today)
        after = self._element.getnext()
        if after is not None and isinstance(after.tag, str) and "itemscope" not in after.attrib:
            text = text_of(after)[:5000].strip()
            if phrases.REPLY_LABEL.search(text):
                return _reply_in(after, owner, self._today)
        return None, None


def _upwards(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _leaves_empty(label: Chunk, value: Chunk) -> bool:
    """Say whether a label has a place for its value in its own element, and this is elsewhere."""
    return len(label.element) > 0 and label.element not in _upwards(value.element)


def _is_date(chunk: Chunk) -> bool:
    """A text is a date when its class says so or when it says hardly anything else."""
    if phrases.DATE_MARK.search(chunk.element.get("class") or ""):
        return True
    return len(chunk.text) <= 30 and any(character.isdigit() for character in chunk.text)


def _with(found: Dates, dated: Dated | None) -> Dates:
    return Dates(found.published or dated, found.experienced, found.edited)


def _with_text(found: Dates, text: str, today: date | None) -> Dates:
    """Tell apart "Publié le ... suite à une expérience du ..., modifié le ..."."""
    cuts = sorted(
        (match.start(), kind)
        for kind, pattern in (("experienced", phrases.EXPERIENCE), ("edited", phrases.EDITED))
        if (match := pattern.search(text))
    )
    parts = {"published": text[: cuts[0][0]] if cuts else text}
    for index, (start, kind) in enumerate(cuts):
        end = cuts[index + 1][0] if index + 1 < len(cuts) else len(text)
        parts[kind] = text[start:end]
    read = {kind: find_date(part, today) for kind, part in parts.items()}
    return Dates(
        found.published or read.get("published"),
        found.experienced or read.get("experienced"),
        found.edited or read.get("edited"),
    )


def _around(label: Element, top: Element) -> Element:
    """Return the smallest element that holds more than the reply's label."""
    around = label
    while around is not top and len(text_of(around).strip()) < len(text_of(label).strip()) + 15:
        parent = around.getparent()
        if parent is None:
            break
        around = parent
    return around


def _reply_in(
    element: Element, owner: str | None, today: date | None
) -> tuple[str | None, Dated | None]:
    lines = [line for line in (body(text_of(element)) or "").split("\n") if line.strip()]
    start = next((i for i, line in enumerate(lines) if phrases.REPLY_LABEL.search(line)), None)
    if start is None:
        return None, None
    label, _, same_line = lines[start].partition(":")
    if not same_line and len(label) > 120:
        same_line = phrases.REPLY_LABEL.sub("", label)
        label = ""
    if owner and fold(owner) in fold(same_line) and len(same_line) < len(owner) + 40:
        # "Réponse : Garage du Pont" names who replies.
        label, same_line = f"{label} {same_line}", ""
    dated = find_date(label, today)
    rest = lines[start + 1 :]
    if rest and dated is None and len(rest[0]) < 40 and (dated := find_date(rest[0], today)):
        rest = rest[1:]
    return body("\n".join([same_line.strip(), *rest])), dated
