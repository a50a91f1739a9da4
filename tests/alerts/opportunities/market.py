"""A small town's market for tests: a client, its rivals, and what each of them sells."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from alerts.opportunities import detect_opportunities
from tests.factories import make_listing, make_shop, make_source
from vigie.clock import now
from vigie.store import Alert, Listing, PricePoint, Rival, Shop, Site, Source

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OIL = {"category": "Services", "condition": "NewCondition"}


def plain(text: str) -> str:
    """Return a text with common spaces for those that do not break."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


class Town:
    """A client with a page of its own on a marketplace, and rivals met by name."""

    def __init__(self, factory: sessionmaker[Session]) -> None:
        self.factory, self.session = factory, factory()
        self.client = make_shop(self.session, name="Garage du Pont")
        self._sources: dict[tuple[str, str], Source] = {}

    def shop(self, name: str) -> Shop:
        """Return the client for its own name, else the rival of this name."""
        if name == self.client.name:
            return self.client
        found = self.session.scalar(select(Shop).where(Shop.name == name))
        if found is None:
            found = make_shop(self.session, name=name)
            self.session.add(Rival(shop_id=self.client.id, rival_id=found.id))
        return found

    def sells(self, by: str, title: str, euros: float | None, **traits: Any) -> Listing:
        """Put a thing up for sale ``days`` ago (30), found gone ``ended`` days ago if given."""
        days, ended = traits.pop("days", 30), traits.pop("ended", None)
        site = traits.pop("site", "marche.example")
        source = self._source(by, site)
        values = {
            "title": title,
            "price_cents": None if euros is None else round(euros * 100),
            "first_seen_at": now() - timedelta(days=days),
            "last_seen_at": now() - timedelta(days=ended or 0),
            "ended_at": None if ended is None else now() - timedelta(days=ended),
            **OIL,
        }
        return make_listing(self.session, source, **{**values, **traits})

    def moves(self, listing: Listing, days: int, **change: Any) -> None:
        """Change the price or the availability of a listing, some days ago."""
        for name, value in change.items():
            setattr(listing, name, value)
        self.session.add(
            PricePoint(
                listing_id=listing.id,
                seen_at=now() - timedelta(days=days),
                price_cents=listing.price_cents,
                currency="EUR",
                availability=listing.availability,
            )
        )
        self.session.flush()

    def alerts(self, kind: str) -> list[Alert]:
        """Return the client's alerts of a kind, oldest first."""
        query = select(Alert).where(Alert.shop_id == self.client.id, Alert.kind == kind)
        return list(self.session.scalars(query.order_by(Alert.id)))

    def detect(self) -> int:
        """Commit, then look at every client's listings."""
        self.session.commit()
        found = detect_opportunities(self.factory)
        self.session.expire_all()
        return found

    def _source(self, seller: str, host: str) -> Source:
        if (seller, host) not in self._sources:
            site = self.session.scalar(select(Site).where(Site.host == host))
            if site is None:
                site = Site(host=host, created_at=now())
                self.session.add(site)
                self.session.flush()
            options = {"wanted": "yes"} if host.startswith("recherches.") else {}
            traits = {"site_id": site.id, "label": host, "options": options}
            self._sources[seller, host] = make_source(self.session, self.shop(seller), **traits)
        return self._sources[seller, host]
