"""What detection keeps of a stream of values that it has read, so as to read only what follows."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from vigie.store.base import Base, Str32, Str64


class DetectorMemory(Base):
    """A detector as it stood after the first ``seen`` values of one of a shop's streams.

    It goes on from there only if ``digest`` is still that of those values; an edit, a deletion or
    a review that came late make it begin again.
    """

    __tablename__ = "detector_memory"

    shop_id: Mapped[int] = mapped_column(
        ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True
    )
    # "rating", or the name of an aspect.
    stream: Mapped[Str32] = mapped_column(primary_key=True)
    seen: Mapped[int]
    digest: Mapped[Str64]
    # Whether it borrows from its trade, as a new shop does.
    borrows: Mapped[bool]
    # Compressed JSON: the detector with its threshold, what it borrows, the changes it told.
    state: Mapped[bytes] = mapped_column(LargeBinary)
