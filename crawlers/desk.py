"""The spider's door to the store, and to the parent process that watches it."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from time import monotonic
from typing import Any, TextIO

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from crawlers.addresses import is_home
from crawlers.closing import close_crawl
from crawlers.coverage import add
from crawlers.ingest import Place, any_known, ingest_listings, ingest_reviews, mark_gone
from crawlers.listed_pages import take_listed
from crawlers.memory import NOT_MODIFIED, Links, Validators, forget, recall, remember, see_again
from crawlers.outcomes import evidence
from crawlers.passes import Bound, PageRead, Pass, Step, Task
from crawlers.platforms.base import Listed
from crawlers.readers import Reader, reader_of
from crawlers.reading import CUT_SHORT, Reading
from crawlers.rows import Row
from crawlers.settings import request_timeout_s
from crawlers.tenders import ingest_tenders
from crawlers.tracking import conclude, dates_of, ends_known, stops_here, storable, unseen_ids
from crawlers.troubles import HELD_BACK
from crawlers.turns import Turns, wait_of
from vigie import clock
from vigie.clock import day_of
from vigie.errors import VigieError
from vigie.settings import Settings
from vigie.store import PageMemory, Source
from vigie.store.session import explain
from vigie.vault import Vault

PROBLEMS_LIMIT = 100


class Desk:
    """Stores what is read, closes crawls, and tells the parent, a JSON object a line."""

    def __init__(
        self, settings: Settings, engine: Engine, factory: sessionmaker[Session], out: TextIO
    ) -> None:
        self.settings = settings
        self.timeout_s = request_timeout_s(settings)
        self.failure: VigieError | None = None
        self._engine = engine
        self._factory = factory
        self._out = out
        self._vault = Vault(settings)
        self.turns = Turns(factory, settings.crawl_delay_s)

    @property
    def today(self) -> date:
        """The day in France, from which relative dates count."""
        return clock.today()

    def reader(self, task: Task) -> Reader:
        """Return how a source is read, or raise what ``crawlers.readers.reader_of`` raises."""
        with self._factory() as session:
            return reader_of(session, self._vault, session.get_one(Source, task.source_id))

    def doubts(self, done: Pass, reading: Reading) -> bool | None:
        """Say whether a source's first page may be another than what was asked for.

        Returns:
            None where there is no reason to think so: it shows about as much as it did, and
            something known. Else whether something is known, and nothing of it is here.

        Raises:
            DatabaseError: the store cannot be used.
        """
        task = done.task
        if is_home(task.url):
            return None
        with self._factory() as session:
            known = task.reviews + task.listings > 0
            strange = known and not any_known(
                session, task.source_id, reading.review_rows, reading.listing_rows
            )
        items = reading.page.reviews + reading.page.listings
        fewer = task.shown is None or 2 * items < task.shown
        nothing = not items and not reading.stated_zero
        return strange if fewer or nothing or (strange and items) else None

    def store(
        self,
        done: Pass,
        reading: Reading,
        validators: Validators | None = None,
        links: Links = (),
    ) -> bool:
        """Store a page's items in one transaction; say whether it only repeats earlier pages.

        Args:
            validators: by which the page can be asked for again, if changed; ``links`` are then
                kept with it.

        Raises:
            DatabaseError: the store cannot be used.
        """
        _note_stated(done, reading)
        seen_at = clock.now()
        reviews, listings = reading.review_rows, reading.listing_rows
        # The first sight of an item in a pass is the one that counts.
        fresh_reviews = [row for row in reviews if row.external_id not in done.review_ids]
        fresh_listings = [row for row in listings if row.external_id not in done.listing_ids]
        tender_ids = set(_ids(reading.tender_rows))
        fresh_tenders = tender_ids - done.tender_ids
        place = Place(done.task.source_id, done.task.shop_id)
        done.order.see(reading.days)
        add(done.coverage, reading.coverage)
        last = reviews[-1].values["content_hash"] if reviews and reading.by_change else None
        with self._factory.begin() as session:
            known = ends_known(session, done, _ids(reviews), last)
            kept = storable(session, done, fresh_reviews)
            counts = ingest_reviews(session, place, kept, seen_at, done.review_ids)
            counts.add(ingest_listings(session, place, fresh_listings, seen_at))
            counts.add(ingest_tenders(session, place, reading.tender_rows, seen_at))
            if reading.gone:
                counts.changed += mark_gone(session, place, reading.gone)
            if validators is not None and (done.is_list or reading.is_whole):
                remember(session, place.source_id, validators, reading.held(links), seen_at)
            done.at_known = stops_here(session, done, known)
        done.counts.add(counts)
        done.note_dates(row.values["published_at"] for row in fresh_reviews)
        done.review_ids.update(row.external_id for row in fresh_reviews)
        done.listing_ids.update(row.external_id for row in fresh_listings)
        done.tender_ids |= fresh_tenders
        shown, fresh = reviews or listings or tender_ids, fresh_reviews or fresh_listings
        return bool(shown) and not fresh and not fresh_tenders

    def list_pages(self, done: Pass, step: Step, listed: Sequence[Listed]) -> None:
        """Queue the pages that a sitemap lists, as far as they are to be read.

        Raises:
            DatabaseError: the store cannot be used.
        """
        with self._factory.begin() as session:
            take_listed(session, done, step, listed, clock.now())

    def unseen(self, done: Pass, most: int) -> list[str]:
        """Return the reviews stored as present that a pass has not met, the newest first.

        Raises:
            DatabaseError: the store cannot be used.
        """
        with self._factory() as session:
            return unseen_ids(session, done, most)

    def recall(self, done: Pass, url: str) -> PageMemory | None:
        """Return what a page of this source held, if it need not be read again when unchanged.

        Raises:
            DatabaseError: the store cannot be used.
        """
        with self._factory() as session:
            return recall(session, done.task.source_id, url)

    def see_again(self, done: Pass, memory: PageMemory, url: str) -> tuple[PageRead, bool]:
        """Count a page that has not changed: what it held was seen.

        Returns:
            The page, and whether it only repeats earlier pages of this pass.

        Raises:
            DatabaseError: the store cannot be used.
        """
        held = memory.held
        _note_stated(
            done,
            Reading(
                PageRead(url),
                stated_reviews=held["stated_reviews"],
                stated_ratings=held["stated_ratings"],
                stated_zero=held["stated_zero"],
            ),
        )
        with self._factory.begin() as session:
            see_again(session, memory, clock.now())
            dates = dates_of(session, done.task.source_id, held["reviews"])
            done.order.see(day_of(moment) for moment in dates)
            done.note_dates(dates)
            known = ends_known(session, done, held["reviews"])
            done.at_known = stops_here(session, done, known)
        reviews, listings = set(held["reviews"]), set(held["listings"])
        repeated = bool(reviews or listings) and (
            reviews <= done.review_ids and listings <= done.listing_ids
        )
        done.counts.unchanged += len(reviews - done.review_ids)
        done.review_ids |= reviews
        done.listing_ids |= listings
        page = PageRead(url, NOT_MODIFIED, reviews=len(reviews), listings=len(listings))
        return page, repeated

    def close(self, done: Pass) -> None:
        """Judge a pass, write its crawl, and free its source.

        Raises:
            DatabaseError: the store cannot be used.
        """
        with self._factory.begin() as session:
            verdict, reach = conclude(session, done)
            close_crawl(
                session,
                done.task.crawl_id,
                verdict.outcome,
                evidence(done, verdict) | _permission(session, done),
                pages=len(done.pages),
                reviews_seen=len(done.review_ids),
                listings_seen=len(done.listing_ids),
                items_new=done.counts.new,
                items_changed=done.counts.changed,
                stated_count=done.stated,
                reach=reach,
                coverage=done.coverage,
            )
            _note_rules(session, done)
            _come_back(session, done)
            if done.lost:
                # What the pages do not show any more is looked for until it is back.
                forget(session, done.task.source_id)
        self._tell("finished", done, seconds=round(monotonic() - done.started_s, 3))

    def give_up(self, error: DatabaseError) -> None:
        """Keep why the store failed, for the parent to say."""
        explained = explain(self._engine, error)
        if not isinstance(explained, VigieError):
            raise error
        self.failure = explained

    def tell_start(self, done: Pass) -> None:
        """Tell the parent that a source has begun."""
        self._tell("started", done)

    def tell_page(self, done: Pass) -> None:
        """Tell the parent that a page was read."""
        self._tell("page", done)

    def tell_trial(self, answer: dict[str, Any]) -> None:
        """Tell the parent what a recipe read."""
        self._write(event="tried", answer=answer)

    def _tell(self, kind: str, done: Pass, **more: Any) -> None:
        seen = {"reviews": len(done.review_ids), "listings": len(done.listing_ids)}
        source_id, pages = done.task.source_id, len(done.pages)
        self._write(event=kind, source_id=source_id, pages=pages, **seen, **more)

    def _write(self, **event: Any) -> None:
        self._out.write(json.dumps(event) + "\n")
        self._out.flush()


def _note_rules(session: Session, done: Pass) -> None:
    """Keep on the site what its robots.txt and its reservation said, where they were asked."""
    site = session.get_one(Source, done.task.source_id).site
    if site is None or "robots" not in done.rules:
        return
    site.robots_decision = done.rules["robots"]
    site.robots_delay_s = done.rules.get("robots_delay_s")
    site.tdm_decision = done.rules.get("tdm", site.tdm_decision)


def _permission(session: Session, done: Pass) -> dict[str, str]:
    """Return what was stated of the right to read this site, when it was read."""
    site = session.get_one(Source, done.task.source_id).site
    return {} if site is None else {"permission": str(site.permission)}


def _come_back(session: Session, done: Pass) -> None:
    """Have a source whose turn did not come read as soon as its site may be asked."""
    if done.pages[-1].trouble not in HELD_BACK:
        return
    source = session.get_one(Source, done.task.source_id)
    wait = wait_of(source)
    if wait is not None:
        source.next_run_at = clock.now() + timedelta(seconds=wait.for_s)


def _note_stated(done: Pass, reading: Reading) -> None:
    if done.stated_reviews is None:
        done.stated_reviews = reading.stated_reviews
    if done.stated_ratings is None:
        done.stated_ratings = reading.stated_ratings
    done.stated_zero = done.stated_zero or reading.stated_zero
    for problem in reading.problems:
        if problem.code.startswith(CUT_SHORT):
            done.bound = Bound.ITEMS
        key = (problem.code, problem.detail)
        if key in done.problems or len(done.problems) < PROBLEMS_LIMIT:
            done.problems[key] = done.problems.get(key, 0) + 1


def _ids(rows: Sequence[Row]) -> list[str]:
    return [row.external_id for row in rows]
