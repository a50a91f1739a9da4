"""Streams followed from where detection last stood, as long as what it had read is still so."""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Generic

from sqlalchemy.orm import Session

from alerts.changes import Change, Detector, Found, T, Turned, feed
from alerts.detectors.aspect import AspectDetector, Turn
from alerts.detectors.prior import Prior
from alerts.detectors.shift import Shift, ShiftDetector
from alerts.history import History
from vigie.store import DetectorMemory
from vigie.store.upsert import insert_for

Kept = dict[str, Any]


def follow_ratings(
    values: History, arl0: float, memory: DetectorMemory | None, offered: Prior | None = None
) -> tuple[list[Found], Kept | None]:
    """Return every change of a shop's ratings, and what to keep; None if that is kept already.

    What was kept is gone on from if the values it had read are the same to the letter. Else the
    whole stream is read, and the outcome is the same: a detector's state is saved exactly.

    Args:
        values: the whole stream, oldest first.
        arl0: the mean number of values between two false alarms.
        memory: what was kept of the stream.
        offered: what a stream that has borrowed nothing yet may borrow; what it once borrowed it
            keeps, so that the news of other shops do not change its past.
    """
    kept = _unpack(memory)
    loan = kept["loan"] or (list(offered.weights) if offered else None)

    def begin() -> ShiftDetector:
        return ShiftDetector(arl0, Prior(tuple(loan)) if loan else None)

    return _follow(values, memory, {**kept, "loan": loan}, loan == kept["loan"],
                   _Maker(begin, ShiftDetector.from_state, Shift))  # fmt: skip


def follow_aspect(
    values: History, arl0: float, memory: DetectorMemory | None
) -> tuple[list[Turned], Kept | None]:
    """Return every change of what is said of an aspect, and what to keep: as `follow_ratings`."""
    maker = _Maker(lambda: AspectDetector(arl0), AspectDetector.from_state, Turn)
    return _follow(values, memory, _unpack(memory), True, maker)


@dataclass(frozen=True)
class _Maker(Generic[T]):
    """How a stream's detector begins, how it goes on from a state, and what it tells."""

    begin: Callable[[], Detector[T]]
    resume: Callable[[dict[str, Any]], Detector[T]]
    told: Callable[..., T]

    def resumed(self, state: dict[str, Any]) -> Detector[T] | None:
        """Return the detector, None if it is another version's or of another rate of error."""
        try:
            detector = self.resume(state)
        except ValueError:
            return None
        return detector if detector.arl0 == self.begin().arl0 else None


def _follow(
    values: History, memory: DetectorMemory | None, kept: Kept, is_same: bool, maker: _Maker[T]
) -> tuple[list[tuple[Change, T]], Kept | None]:
    if not values:
        return [], None
    seen = memory.seen if memory else 0
    goes_on = memory is not None and is_same and memory.digest == _digest(values[:seen])
    detector = maker.resumed(kept["detector"]) if goes_on and seen <= len(values) else None
    found: list[tuple[Change, T]] = []
    if detector is None:
        seen, detector = 0, maker.begin()
    else:
        found = [(_change(one), maker.told(**one[3])) for one in kept["found"]]
        if seen == len(values):
            return found, None
    feed(detector, values, seen, found)
    return found, {
        "seen": len(values),
        "digest": _digest(values),
        "borrows": kept["loan"] is not None,
        "state": _pack(kept["loan"], detector, found),
    }


def remember(session: Session, shop_id: int, stream: str, kept: Kept) -> None:
    """Keep what is known of a stream, in place of what was known."""
    session.execute(
        insert_for(session, DetectorMemory)
        .values(shop_id=shop_id, stream=stream, **kept)
        .on_conflict_do_update(index_elements=["shop_id", "stream"], set_=kept)
    )


def _digest(values: History) -> str:
    told = "\n".join(f"{day.toordinal()} {value!r}" for day, value in values)
    return sha256(told.encode()).hexdigest()


def _pack(
    loan: Sequence[float] | None, detector: Detector[T], found: Sequence[tuple[Change, T]]
) -> bytes:
    kept = {
        "loan": loan,
        "detector": detector.to_state(),
        "found": [
            [change.direction, change.since.isoformat(), change.told_by.isoformat(), asdict(told)]
            for change, told in found
        ],
    }
    return zlib.compress(json.dumps(kept, separators=(",", ":")).encode())


def _unpack(memory: DetectorMemory | None) -> Kept:
    if memory is None:
        return {"loan": None, "detector": {}, "found": []}
    kept: Kept = json.loads(zlib.decompress(memory.state))
    return kept


def _change(one: Sequence[Any]) -> Change:
    direction, since, told_by = one[:3]
    return Change(direction, date.fromisoformat(since), date.fromisoformat(told_by))
