"""Recipes tried on a page: what the pages ask for by a row, fetched and read as any crawl does."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session, sessionmaker

from crawlers.addresses import site_of, split_web_url
from crawlers.extract.items import ExtractedListing, ExtractedReview
from crawlers.passes import Task
from crawlers.platforms.items import ITEMS_LIMIT
from crawlers.platforms.recipes import Recipe, read_recipe
from crawlers.processes import run_child
from crawlers.pseudonyms import label
from crawlers.redact import redact
from crawlers.run import MARGIN_S, REQUESTS_BEFORE, TURNS_S
from crawlers.settings import request_timeout_s, user_agent
from crawlers.sources import site_for_pages
from vigie.clock import now
from vigie.errors import VigieError
from vigie.french import decimal, french_date, money
from vigie.settings import Settings
from vigie.store import Permission, RecipeTrial
from vigie.store.recipe_trial import claim_trial, waiting_trial

if TYPE_CHECKING:
    from crawlers.reading import Reading

ITEMS_SHOWN, VALUE_SHOWN = 8, 300
DATES = frozenset(("published", "experienced", "edited", "reply_date"))
BY_PRECISION = {"month": "MMMM y", "year": "y"}
Item = ExtractedReview | ExtractedListing
Factory = sessionmaker[Session]


def take_up(settings: Settings, factory: Factory) -> int:
    """Try the recipes that wait, one after the other; return how many were answered.

    Raises:
        StoreError: the store cannot be used; what is not answered is taken up again.
    """
    count = 0
    limit_s = MARGIN_S + TURNS_S + REQUESTS_BEFORE * request_timeout_s(settings)
    while True:
        with factory() as session:
            trial = waiting_trial(session)
            until = now() + timedelta(seconds=limit_s + MARGIN_S)
            if trial is None:
                return count
            if not claim_trial(session, trial.id, until):
                continue
        answer = _try(settings, factory, trial, limit_s)
        with factory.begin() as session:
            held = session.get(RecipeTrial, trial.id)
            if held is not None:
                held.answer, held.answered_at = answer, now()
        count += 1


def found_in(items: Sequence[Item], asked: Mapping[str, str]) -> dict[str, int]:
    """Return of each field that a recipe names how many items have it."""
    return {name: sum(getattr(item, name) is not None for item in items) for name in asked}


def answer_of(reading: "Reading", recipe: Recipe) -> dict[str, Any]:
    """Return what a page gave, as ``RecipeTrial.answer`` keeps it: bounded, and nobody named."""
    items: list[Item] = [*reading.reviews, *reading.listings]
    return {
        "status": reading.page.status,
        "trouble": reading.page.trouble and str(reading.page.trouble),
        "count": len(items),
        "kept": len(reading.review_rows) + len(reading.listing_rows),
        "found": found_in(items, recipe.fields),
        "items": [dict(_shown(item, recipe.fields)) for item in items[:ITEMS_SHOWN]],
        "next": (reading.links.next or "")[:VALUE_SHOWN],
        "stated": reading.stated_reviews,
        "cut": len(items) >= ITEMS_LIMIT,
    }


def _try(
    settings: Settings, factory: Factory, trial: RecipeTrial, limit_s: float
) -> dict[str, Any]:
    answers: list[dict[str, Any]] = []
    try:
        user_agent(settings)
        read_recipe(trial.recipe)
        with factory.begin() as session:
            task = _task(session, settings, trial)
    except VigieError as error:
        return {"refused": str(error)}
    job = {"recipe": trial.recipe}
    ended = run_child(settings, [task], limit_s, lambda told: answers.append(told["answer"]), job)
    return answers[0] if answers else {"trouble": "unreadable" if ended else "timeout"}


def _task(session: Session, settings: Settings, trial: RecipeTrial) -> Task:
    url, site = site_for_pages(session, trial.url)
    if site.permission is Permission.NONE:
        raise VigieError("trial-error-permission", host=site.host)
    parts = split_web_url(url)
    return Task(
        source_id=0,
        shop_id=0,
        crawl_id=0,
        url=url,
        site=site.host if parts is None else site_of(parts),
        delay_s=settings.crawl_delay_s if site.min_delay_s is None else site.min_delay_s,
        private_allowed=site.private_allowed,
        reviews=0,
        listings=0,
        site_id=site.id,
    )


def _shown(item: Item, asked: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the fields that an item has, as people read them."""
    for name in asked:
        value = getattr(item, name)
        if value is None:
            continue
        if name == "author":
            # As it would be kept: nobody is named.
            value = label(str(value)) or "—"
        elif name == "rating" and isinstance(item, ExtractedReview):
            numbers = [value] if item.rating_best is None else [value, item.rating_best]
            value = "/".join(decimal(one, int(one != round(one))) for one in numbers)
        elif name == "price" and isinstance(item, ExtractedListing) and item.price_cents:
            value = money(item.price_cents, item.currency or "EUR")
        elif name in DATES:
            value = _french(str(value), getattr(item, f"{name}_precision", None))
        yield name, redact(str(value)[: 2 * VALUE_SHOWN])[:VALUE_SHOWN]


def _french(iso: str, precision: str | None) -> str:
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return french_date(day, BY_PRECISION.get(precision or "", "long"))
