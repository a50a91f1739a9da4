"""A long list, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(frozen=True)
class Paged(Generic[T]):
    """One page of a list: ``number`` counts from 1, ``total`` is over all pages."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page, 1 when the list is empty."""
        return max(1, -(-self.total // self.size))

    @property
    def first_item(self) -> int:
        """The rank of the page's first item, from 1."""
        return (self.number - 1) * self.size + 1


def page_of(
    session: Session, query: Select[*tuple[Any, ...]], number: int, size: int
) -> Paged[Any]:
    """Run the query for one page; a number past the end gives the last page."""
    counted = query.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    total = session.scalar(counted) or 0
    number = min(max(number, 1), max(1, -(-total // size)))
    rows = session.execute(query.limit(size).offset((number - 1) * size)).all()
    return Paged(rows, number, size, total)
