"""What a pass says of its source as a whole: how far it went, what it missed, what it lost.

A pass is *whole* when every linked page was read and gave something. It decides on what it did
not see (``missed_passes``) when the count that the pages state was met; when that count can never
be met, once the difference has been borne out (``settle``).
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crawlers.copies import link_stored
from crawlers.coverage import HISTORY, HISTORY_SEARCHED, IDENTITY, Coverage, losses
from crawlers.incremental import adds_up
from crawlers.ingest import Place, miss_unseen
from crawlers.outcomes import Verdict, is_complete, judge
from crawlers.passes import Pass
from crawlers.rows import Row
from crawlers.shortfall import Stated, borne_out, explained
from crawlers.tenders import miss_unseen_tenders
from vigie.clock import now
from vigie.store import Crawl, Outcome, Reach, Review, ReviewState, Source

# Field by field, only crawls that read something and lost nothing tell what is usual.
_READ = (Outcome.OK, Outcome.UNCHANGED, Outcome.PARTIAL)


def conclude(session: Session, done: Pass) -> tuple[Verdict, Reach]:
    """Judge a pass, count what it did not see, and keep what the next one has to know.

    The caller commits.
    """
    source = session.get_one(Source, done.task.source_id)
    started_at = session.get_one(Crawl, done.task.crawl_id).started_at
    if not done.lost:
        done.lost = losses(done.coverage, _usual(session, done))
    _settle(session, source, done, started_at)
    verdict = judge(done)
    if _decides(done, verdict):
        place = Place(done.task.source_id, done.task.shop_id)
        done.counts.changed += miss_unseen(session, place, started_at, _missed_after(done))
        done.counts.changed += miss_unseen_tenders(session, place, started_at)
        verdict = judge(done)
    reach = _reach(done, verdict)
    if reach is Reach.KNOWN and is_complete(verdict.outcome):
        verdict = _as_cut(session, source.id) or verdict
    if reach is not Reach.KNOWN and not any(page.trouble for page in done.pages):
        source.full_at = now()
    link_stored(session, source)
    return verdict, reach


def storable(session: Session, done: Pass, rows: Sequence[Row]) -> list[Row]:
    """Return the rows that can be told from what is known.

    Where the platform gives no identifier, a review whose author or date is not read any more
    would look like another one: it is left as it is stored, and the loss is noted.
    """
    if all(row.id_given for row in rows):
        return list(rows)
    lost = losses(done.coverage, _usual(session, done))
    if not any(loss.field in IDENTITY for loss in lost):
        return list(rows)
    done.lost = lost
    return [row for row in rows if row.id_given]


def stops_here(session: Session, done: Pass, ends_known: bool) -> bool:
    """Say whether an incremental run has caught up: nothing new or missing lies further on.

    Args:
        ends_known: the page just read ends with a review stored before this pass.
    """
    if done.task.full or done.is_list or not ends_known:
        return False
    if done.listing_ids or not done.order.is_told:
        return False
    return adds_up(done.stated, known_reviews(session, done.task.source_id), done.task.shortfall)


def ends_known(
    session: Session, done: Pass, external_ids: Sequence[str], as_it_says: str | None = None
) -> bool:
    """Say whether the last of these reviews was stored as present before this pass.

    Args:
        as_it_says: the digest of its content, where another content is news too: in a list by
            change, what lies further on may then have changed as well.
    """
    if done.task.full or not external_ids or external_ids[-1] in done.review_ids:
        return False
    last = select(Review.id).where(
        Review.source_id == done.task.source_id,
        Review.external_id == external_ids[-1],
        Review.state == ReviewState.PRESENT,
    )
    if as_it_says is not None:
        last = last.where(Review.content_hash == as_it_says)
    return session.scalar(last) is not None


def dates_of(session: Session, source_id: int, external_ids: Sequence[str]) -> list[datetime]:
    """Return the dates of stored reviews, in the order of their identifiers."""
    rows = session.execute(
        select(Review.external_id, Review.published_at).where(
            Review.source_id == source_id, Review.external_id.in_(external_ids)
        )
    )
    dates = {row.external_id: row.published_at for row in rows}
    return [dates[external_id] for external_id in external_ids if external_id in dates]


def unseen_ids(session: Session, done: Pass, most: int) -> list[str]:
    """Return the reviews stored as present that a pass has not met, the newest first."""
    present = (
        select(Review.external_id)
        .where(Review.source_id == done.task.source_id, Review.state == ReviewState.PRESENT)
        .order_by(Review.published_at.desc())
    )
    missing = (one for one in session.scalars(present) if one not in done.review_ids)
    return list(islice(missing, most))


def known_reviews(session: Session, source_id: int) -> int:
    """Return how many reviews of a source are stored as present."""
    present = select(func.count()).where(
        Review.source_id == source_id, Review.state == ReviewState.PRESENT
    )
    return session.scalar(present) or 0


def _usual(session: Session, done: Pass) -> list[Coverage]:
    """Return the coverage of the last crawls that lost no field, newest first."""
    if done.usual is None:
        last = session.execute(
            select(Crawl.coverage, Crawl.evidence)
            .where(Crawl.source_id == done.task.source_id, Crawl.outcome.in_(_READ))
            .order_by(Crawl.id.desc())
            .limit(HISTORY_SEARCHED)
        )
        sound = [coverage for coverage, evidence in last if coverage and not evidence.get("lost")]
        done.usual = sound[:HISTORY]
    return done.usual


def _settle(session: Session, source: Source, done: Pass, started_at: datetime) -> None:
    """Keep by how much the stated count exceeds what is known, and how often that held.

    A difference is borne out by passes that missed nothing known; it may grow as the history lets
    expect (ratings without text come in as before). A pass that then misses something decides on
    it if the stated count fell along, or if the list, newest first, goes on past its place.
    """
    if done.stated is None or not done.review_ids:
        return
    if done.caught_up:
        done.settled = borne_out(source.shortfall_passes)
        return
    known, read = known_reviews(session, source.id), len(done.review_ids)
    if not done.is_whole:
        if done.bound is not None:
            # The rest lies beyond our own bounds: runs in between need not look for it.
            source.shortfall = done.stated - known
        return
    gap = done.stated - read
    unseen = _unseen(session, source.id, started_at)
    if unseen:
        goes_on = done.order.is_told and done.oldest_at is not None and min(unseen) > done.oldest_at
        sure = goes_on or gap <= (source.shortfall or 0)
        done.settled = gap > 0 and borne_out(source.shortfall_passes) and sure
        return
    before = _last_whole(session, source.id)
    if gap <= 0 or done.lost:
        source.shortfall_passes = 0
    elif before is not None and explained(before, Stated(done.stated, read)):
        source.shortfall_passes += 1
    else:
        source.shortfall_passes = 1
    source.shortfall = gap
    done.settled = borne_out(source.shortfall_passes)


def _unseen(session: Session, source_id: int, since: datetime) -> Sequence[datetime]:
    """Return the dates of the reviews that a pass should have met and did not."""
    unseen = select(Review.published_at).where(
        Review.source_id == source_id,
        Review.state == ReviewState.PRESENT,
        Review.last_seen_at < since,
    )
    return session.scalars(unseen).all()


def _last_whole(session: Session, source_id: int) -> Stated | None:
    row = session.execute(
        select(Crawl.stated_count, Crawl.reviews_seen)
        .where(
            Crawl.source_id == source_id,
            Crawl.reach == Reach.WHOLE,
            Crawl.stated_count.is_not(None),
        )
        .order_by(Crawl.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Stated(row.stated_count, row.reviews_seen)


def _as_cut(session: Session, source_id: int) -> Verdict | None:
    """Return the verdict of the last pass over all pages, where our own bounds cut it short.

    A short run is no better: the source would be well and unwell in turns.
    """
    row = session.execute(
        select(Crawl.outcome, Crawl.evidence)
        .where(Crawl.source_id == source_id, Crawl.reach.in_((Reach.CUT, Reach.WHOLE)))
        .order_by(Crawl.id.desc())
        .limit(1)
    ).first()
    reason = str(row.evidence.get("reason", "")) if row else ""
    if row is None or row.outcome is not Outcome.PARTIAL or not reason.startswith("crawl-bound-"):
        return None
    return Verdict(Outcome.PARTIAL, reason, row.evidence.get("args") or {})


def _decides(done: Pass, verdict: Verdict) -> bool:
    if done.caught_up or done.lost:
        return False
    return is_complete(verdict.outcome) or done.settled


def _missed_after(done: Pass) -> datetime | None:
    """Return the date up to which a review may lie beyond what the page shows.

    A page that states no count, or one that it never meets, may show its latest reviews only: what
    is older than all that was read may have slipped off its end.
    """
    if done.stated_zero and not done.review_ids:
        return None
    is_met = done.stated is not None and done.stated <= len(done.review_ids)
    return None if is_met else done.oldest_at


def _reach(done: Pass, verdict: Verdict) -> Reach:
    if done.caught_up:
        return Reach.KNOWN
    return Reach.WHOLE if done.is_whole or is_complete(verdict.outcome) else Reach.CUT
