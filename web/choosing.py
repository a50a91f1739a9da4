"""Which sources an address or a form means: those ticked, or all that a filter finds."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from vigie.errors import VigieError
from vigie.store import Health, Source
from vigie.tuning.selection import Filter, by_filter, by_number
from web.row_numbers import numbers_in

LONGEST = 100
LONGEST_HOST = 255
BY_FILTER = "filtre"
Given = MultiDict[str, str]


@dataclass(frozen=True)
class Chosen:
    """The sources meant, and the fields that mean them again."""

    sources: Sequence[Source]
    fields: Sequence[tuple[str, str]]


def filter_of(given: Given) -> Filter:
    """Return the filter that an address states; what is unknown is left out."""
    health = given.get("sante", "")
    return Filter(
        given.get("q", "").strip()[:LONGEST],
        Health(health) if health in set(Health) else None,
        given.get("plateforme", "").strip()[:LONGEST] or None,
        given.get("site", "").strip().lower()[:LONGEST_HOST] or None,
        given.get("metier", "").strip()[:LONGEST] or None,
    )


def fields_of(wanted: Filter) -> dict[str, str]:
    """Return a filter as an address states it."""
    stated = {
        "q": wanted.words,
        "sante": wanted.health,
        "plateforme": wanted.platform,
        "site": wanted.host,
        "metier": wanted.trade,
    }
    return {name: str(value) for name, value in stated.items() if value}


def chosen(session: Session, given: Given) -> Chosen:
    """Return the sources that an address or a form means.

    Raises:
        NotFoundError: one does not exist.
        VigieError: none is meant, one is an import, or they are too many.
    """
    if given.get("lot") == BY_FILTER:
        wanted = filter_of(given)
        sources = by_filter(session, wanted)
        fields = [("lot", BY_FILTER), *fields_of(wanted).items()]
    else:
        numbers = numbers_in(given, "source")
        sources = by_number(session, numbers) if numbers else []
        fields = [("source", str(source.id)) for source in sources]
    if not sources:
        raise VigieError("tuning-error-none-chosen")
    return Chosen(sources, fields)
