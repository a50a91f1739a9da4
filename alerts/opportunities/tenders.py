"""Wanted: calls for tenders of the shop's trade and area, while there is time to answer."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.detectors.wanted import signs
from alerts.opportunities.writing import Opportunity
from vigie.clock import day_of, now, today
from vigie.departements import departement_of
from vigie.opportunity_text import WANTED
from vigie.store import Severity, Shop, Tender
from vigie.store.tender import open_tenders

# In less time nobody writes an answer; with less than the second, it cannot wait.
LEAST_DAYS, PRESSING_DAYS = 2, 7
LEAST_SIGNS, ALL_SIGNS = 2, 3
DAYS_WITHOUT_DEADLINE = 30


def wanted(session: Session, shop: Shop) -> Iterator[Opportunity]:
    """Yield the open calls for its trade, in its département or one that it follows."""
    home = departement_of(shop.postcode)
    for tender in open_tenders(session, shop.id, now()):
        left = _days_left(tender.deadline_at)
        found = signs(
            shop.trade,
            {home, *_words(tender, "departements")} - {""},
            title=tender.title,
            descriptors=tender.descriptors,
            codes=tender.codes,
            places=tender.departements,
            followed=_words(tender, "trades"),
        )
        if "area" not in found or len(found) < LEAST_SIGNS:
            continue
        if left is None or left >= LEAST_DAYS:
            yield _told(tender, found, left)


def _words(tender: Tender, option: str) -> list[str]:
    """Return the codes that the shop's source is told to follow."""
    told = tender.source.options.get(option) or ""
    return str(told).replace(",", " ").replace(";", " ").split()


def _days_left(deadline: datetime | None) -> int | None:
    return None if deadline is None else (day_of(deadline) - today()).days


def _told(tender: Tender, found: tuple[str, ...], left: int | None) -> Opportunity:
    first_seen = day_of(tender.first_seen_at)
    facts: dict[str, object] = {
        "title": tender.title,
        "buyer": tender.buyer or "",
        "named": "yes" if tender.buyer else "no",
        "areas": ", ".join(tender.departements[:5]),
        "number": tender.external_id,
        "days_left": -1 if left is None else left,
        "signs": list(found),
        "sure": round(len(found) / ALL_SIGNS, 3),
        "tender_id": tender.id,
        "url": tender.url or "",
    }
    if tender.deadline_at is not None:
        facts["deadline_on"] = day_of(tender.deadline_at).isoformat()
    pressing = left is not None and left <= PRESSING_DAYS
    return Opportunity(
        kind=WANTED,
        subject=f"tender {tender.external_id}"[:200],
        since=tender.published_on or first_seen,
        severity=Severity.WARNING if pressing else Severity.INFO,
        gain=len(found) - (left or 0) / 1000,
        days=DAYS_WITHOUT_DEADLINE if left is None else left,
        facts=facts,
        # What its buyer changed is news.
        evidence=frozenset({tender.changed_at.isoformat()} if tender.changed_at else ()),
    )
