"""Which of the pages that a site lists are read in a run: the new and the changed ones first.

A page that says when it was last changed, and was read since, is not asked for: what it held then
counts as seen. When there are more pages than a run may read, those read longest ago come first, so
that the next runs go on where this one stops.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crawlers.addresses import same_site
from crawlers.memory import reader_version
from crawlers.passes import Bound, Pass, Step
from crawlers.platforms.base import Listed
from crawlers.rows import URL_LIMIT
from vigie.store import Listing, PageMemory, Review, ReviewState

PAGES_LIMIT = 20_000
MAPS_LIMIT, MAP_DEPTH = 50, 3
# Parameters of a query: SQLite takes 32,766.
CHUNK = 500


def take_listed(
    session: Session, done: Pass, step: Step, listed: Iterable[Listed], seen_at: datetime
) -> None:
    """Queue what a sitemap lists, its pages when no other one is waiting; the caller commits."""
    for one in listed:
        if len(one.url) > URL_LIMIT or one.url in done.queued:
            continue
        if not same_site(one.url, done.task.site):
            done.problems["sitemap-elsewhere", ""] = (
                done.problems.get(("sitemap-elsewhere", ""), 0) + 1
            )
        elif len(done.listed) >= PAGES_LIMIT or (one.is_map and _too_deep(done, step)):
            done.bound = Bound.DEPTH if one.is_map else Bound.ITEMS
        elif one.is_map:
            done.maps += 1
            done.queued.add(one.url)
            done.queue.append(Step(one.url, step.depth + 1, is_map=True))
        else:
            done.queued.add(one.url)
            done.listed.append(one)
    if not any(waiting.is_map for waiting in done.queue):
        _plan(session, done, seen_at)


def _too_deep(done: Pass, step: Step) -> bool:
    return step.depth >= MAP_DEPTH or done.maps >= MAPS_LIMIT


def _plan(session: Session, done: Pass, seen_at: datetime) -> None:
    known = {memory.url: memory for memory in _memories(session, done)}
    done.filled = {url for url, one in known.items() if one.held["reviews"] or one.held["listings"]}
    held = _held(session, done.task.source_id)
    unchanged = []
    to_read = []
    for one in done.listed:
        memory = known.get(one.url)
        since = changed_at(one.changed)
        if (
            memory is not None
            and since is not None
            and since < memory.read_at
            and _is_held(memory, held)
        ):
            unchanged.append(memory)
        else:
            to_read.append(
                (memory.read_at if memory else datetime.min.replace(tzinfo=UTC), one.url)
            )
    _see(session, done, unchanged, seen_at)
    done.unasked = len(unchanged)
    to_read.sort(key=lambda pair: pair[0])
    done.queue.extend(Step(url, 1) for _, url in to_read)


def changed_at(written: str | None) -> datetime | None:
    """Return the latest moment that a ``lastmod`` (W3C datetime) can mean, None for no date."""
    try:
        found = datetime.fromisoformat(written or "")
        if len(written or "") <= len("2026-11-23"):
            # The end of the day, wherever on earth.
            return datetime.combine(found, time(), UTC) + timedelta(hours=36)
        return found if found.tzinfo else found.replace(tzinfo=UTC) + timedelta(hours=12)
    except (ValueError, OverflowError):
        return None


def _memories(session: Session, done: Pass) -> Iterator[PageMemory]:
    urls = [one.url for one in done.listed]
    for some in _chunks(urls):
        yield from session.scalars(
            select(PageMemory).where(
                PageMemory.source_id == done.task.source_id,
                PageMemory.url.in_(some),
                PageMemory.reader == reader_version(),
            )
        )


def _held(session: Session, source_id: int) -> tuple[set[str], set[str]]:
    reviews = select(Review.external_id).where(
        Review.source_id == source_id, Review.state == ReviewState.PRESENT
    )
    listings = select(Listing.external_id).where(
        Listing.source_id == source_id, Listing.ended_at.is_(None)
    )
    return set(session.scalars(reviews)), set(session.scalars(listings))


def _is_held(memory: PageMemory, held: tuple[set[str], set[str]]) -> bool:
    """Say whether all that a page held is still there: what was lost is looked for on it."""
    return held[0].issuperset(memory.held["reviews"]) and held[1].issuperset(
        memory.held["listings"]
    )


def _see(session: Session, done: Pass, memories: Sequence[PageMemory], seen_at: datetime) -> None:
    reviews = {one for memory in memories for one in memory.held["reviews"]}
    listings = {one for memory in memories for one in memory.held["listings"]}
    for model, ids in ((Review, sorted(reviews)), (Listing, sorted(listings))):
        for some in _chunks(ids):
            session.execute(
                update(model)
                .where(model.source_id == done.task.source_id, model.external_id.in_(some))
                .values(last_seen_at=seen_at, missed_passes=0)
                .execution_options(synchronize_session=False)
            )
    done.review_ids |= reviews
    done.listing_ids |= listings
    done.counts.unchanged += len(reviews) + len(listings)


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
