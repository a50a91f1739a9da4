"""The ways a message leaves. A channel sends a parcel or raises its one error."""

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self


@dataclass(frozen=True)
class Parcel:
    """What is sent: ``key`` is the message's dedupe key, ``mime`` a whole RFC 5322 message."""

    key: str
    recipient: str
    mime: bytes


class DeliveryError(Exception):
    """A parcel did not leave; its text is a sentence for people.

    Args:
        permanent: trying the same again cannot help.
        closed: the way itself is closed, so that no other parcel can leave now either.
    """

    def __init__(self, sentence: str, *, permanent: bool = False, closed: bool = False) -> None:
        super().__init__(sentence)
        self.permanent = permanent
        self.closed = closed


class Channel(Protocol):
    """A way out, open from ``with`` to its end."""

    def __enter__(self) -> Self:
        """Get ready; nothing is connected before the first parcel."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what was opened."""
        ...

    def send(self, parcel: Parcel) -> None:
        """Send one parcel.

        Raises:
            DeliveryError: it did not leave.
        """
        ...
