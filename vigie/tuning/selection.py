"""Which sources are meant: by number, or by what they have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager

from vigie.errors import NotFoundError, VigieError
from vigie.store import Health, Shop, Site, Source

# A change of more is no longer one that a person looks through.
MOST_CHOSEN = 5_000


@dataclass(frozen=True, slots=True)
class Filter:
    """What the sources meant have in common; what is None or empty is not asked for."""

    words: str = ""
    health: Health | None = None
    platform: str | None = None
    host: str | None = None
    trade: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what holds of them, for a query that joins Shop and (outer) Site."""
        wanted: list[ColumnElement[bool]] = []
        if self.words:
            named = (Shop.name, Source.label, Source.url)
            wanted.append(or_(*(one.icontains(self.words, autoescape=True) for one in named)))
        exact = (
            (Source.health, self.health),
            (Source.platform, self.platform),
            (Site.host, self.host),
            (Shop.trade, self.trade),
        )
        return wanted + [column == value for column, value in exact if value]


def by_filter(session: Session, wanted: Filter) -> Sequence[Source]:
    """Return the sources that a filter means; imports, which no clock reads, are left out.

    Raises:
        VigieError: they are too many to be changed at once.
    """
    return _found(session, *wanted.conditions())


def by_number(session: Session, numbers: Iterable[int]) -> Sequence[Source]:
    """Return the sources of these numbers.

    Raises:
        NotFoundError: one does not exist.
        VigieError: one is an import, or they are too many to be changed at once.
    """
    asked = sorted(set(numbers))
    if len(asked) > MOST_CHOSEN:
        raise VigieError("tuning-error-many", most=MOST_CHOSEN)
    found = _found(session, Source.id.in_(asked))
    missing = set(asked) - {source.id for source in found}
    if missing:
        number = min(missing)
        source = session.get(Source, number)
        if source is None:
            raise NotFoundError("error-source-unknown", source=str(number))
        raise VigieError("tuning-error-import", source=str(number), label=source.label)
    return found


def _found(session: Session, *conditions: ColumnElement[bool]) -> Sequence[Source]:
    found = session.scalars(
        select(Source)
        .join(Source.shop)
        .join(Source.site)
        .where(*conditions)
        .order_by(Shop.name, Source.id)
        .options(contains_eager(Source.shop), contains_eager(Source.site))
        .limit(MOST_CHOSEN + 1)
    ).all()
    if len(found) > MOST_CHOSEN:
        raise VigieError("tuning-error-many", most=MOST_CHOSEN)
    return found
