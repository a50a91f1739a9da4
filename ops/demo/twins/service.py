"""What every twin of a service shares: the town's reviews, a key, and a limit on requests."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from time import monotonic
from typing import Any

from flask import Response, has_request_context, jsonify, request

from ops.demo.goods import Goods
from ops.demo.history import TownReview, goods_on
from ops.demo.sites import Town
from ops.demo.switches import Switch

# What the twins take for a key, a secret, a password or a token.
KEY = "cle-de-la-ville"
SITE = "avis"
# What the switches call the services, all together.
SERVICES = "services"
# One review in sixteen was corrected by who wrote it, three days later.
_CORRECTED, _AFTER_DAYS = "0", 3


@dataclass
class Service:
    """A service of the town: what it shows, whom it answers, how much it bears.

    ``most`` requests are answered in any ``window_s`` seconds, the next ones are turned away. A
    town is small: ``a_page`` makes its pages shorter than the services'.
    """

    town: Town
    key: str = KEY
    most: int = 1_000
    window_s: float = 1.0
    a_page: int | None = None
    retry_after_s: int = 1
    # By reference: the reviews that were deleted, those changed again and when, the shop's answers.
    deleted: set[str] = field(default_factory=set)
    edited: dict[str, date] = field(default_factory=dict)
    answered: dict[str, str] = field(default_factory=dict)
    _asked: deque[float] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)

    def is_over_limit(self) -> bool:
        """Count a request in; tell whether it is one too many."""
        with self._lock:
            moment = monotonic()
            while self._asked and moment - self._asked[0] >= self.window_s:
                self._asked.popleft()
            if len(self._asked) >= self.most:
                return True
            self._asked.append(moment)
            return False

    def size(self, name: str, usual: int, most: int) -> int:
        """Return how many items a page has, as the parameter of this name asks."""
        return max(1, min(request.args.get(name, usual, int), self.a_page or most, most))

    def reviews(self, shop: str) -> list[TownReview]:
        """Return a shop's reviews up to the town's day, the newest first, corrections made."""
        every = [
            self._as_it_stands(one)
            for one in self.town.reviews(SITE, shop)
            if one.reference not in self.deleted
        ]
        for switch, value in self.switches():
            if switch.reviews is not None:
                every = switch.reviews(every, value, len(self._asked))
        return every

    def goods(self, seller: str) -> list[tuple[Goods, float]]:
        """Return what a shop offers on the town's day, with its price in euros."""
        offers = goods_on(self.town.day, self.town.today, seller)
        for switch, value in self.switches():
            if switch.price is not None:
                offers = [(goods, switch.price(price, value)) for goods, price in offers]
        return offers

    def switches(self) -> Iterator[tuple[Switch, float]]:
        """Yield what the services have been told to do wrong, for the request that is answered."""
        if has_request_context():
            yield from self.town.board.at(SERVICES, request.path)

    def corrected(self, review: TownReview) -> datetime | None:
        """Return when a review was corrected, None where it stands as it was written."""
        usual = review.published + timedelta(days=_AFTER_DAYS)
        day = self.edited.get(review.reference, usual)
        if day == usual and not review.reference.endswith(_CORRECTED):
            return None
        return at_noon(replace(review, published=day)) if day <= self.town.day else None

    def _as_it_stands(self, review: TownReview) -> TownReview:
        if review.reference in self.answered:
            said = self.answered[review.reference]
            review = replace(review, reply=said, replied=self.town.day)
        if self.corrected(review) is None:
            return review
        return replace(review, text=f"{review.text} Modifié depuis : on m’a répondu.")


def at_noon(review: TownReview) -> datetime:
    """Return a review's moment: the town knows days, the services moments."""
    return datetime.combine(review.published, time(12), UTC)


def stamp(moment: datetime | None) -> str | None:
    """Return a moment as most services write it: "2026-11-02T12:00:00Z"."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def answer(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON response."""
    response = jsonify(data)
    response.status_code = status
    response.headers.update(dict(headers or {}))
    return response


def turned_away(service: Service, data: Any) -> Response:
    """Return a 429 with the service's own words."""
    return answer(data, 429, {"Retry-After": str(service.retry_after_s)})
