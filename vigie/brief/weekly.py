"""The weekly brief, computed from the store."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from vigie.alert_text import SHIFT, alert_beside, alert_headline, alert_sentence, alert_todo
from vigie.brief.advice import advice
from vigie.brief.facts import AlertLine, Brief, SourceTrouble, ToAnswer
from vigie.brief.levels import (
    BEFORE_DAYS,
    RECENT_DAYS,
    level,
    readable_span,
    trend,
    weekly_points,
)
from vigie.brief.quotes import quote_of
from vigie.brief.readings import Reading, readings
from vigie.brief.themes import themes
from vigie.brief.told import last_told, told_by
from vigie.clock import day_of
from vigie.opportunity_text import KINDS
from vigie.store import (
    Alert,
    AlertState,
    Crawl,
    Health,
    Member,
    MemberRole,
    Outcome,
    Severity,
    Shop,
    Source,
)
from vigie.store.score import current_model

# How long a review that nobody answered is still worth an answer.
WAITING_DAYS = 91
# Outcomes of a crawl that did read something.
READ = (Outcome.OK, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.PARTIAL)
TROUBLED = (
    Health.BROKEN,
    Health.BLOCKED,
    Health.DISALLOWED,
    Health.LATE,
    Health.DEGRADED,
)


def weekly_brief(
    session: Session, shop: Shop, week_end: date, made_at: datetime | None = None
) -> Brief:
    """Compute the brief of the seven days that end on ``week_end`` (inclusive).

    What is new is what became known since the brief before: a review that was read late is told
    once, not never. Themes look at four weeks, so that a small shop's mail still says why.

    Args:
        made_at: until when what became known counts, where no mail was made of it; by default,
            until the week ends.
    """
    while True:
        model = current_model(session)
        brief = _brief(session, shop, week_end, made_at)
        # A model that took over meanwhile would have its words beside the other's stars.
        if current_model(session) == model:
            return brief


def _brief(session: Session, shop: Shop, week_end: date, made_at: datetime | None) -> Brief:
    week_start = week_end - timedelta(days=6)
    since = week_end - timedelta(days=RECENT_DAYS + BEFORE_DAYS)
    history = readings(session, shop.id, since, week_end)
    last = last_told(session, shop.id, week_end)
    # A mail goes on where the last one ended, be it of another week than the one before.
    before = last if last and made_at else told_by(session, shop.id, week_start - timedelta(days=1))
    now_told = told_by(session, shop.id, week_end, made_at)
    week = [r for r in history if now_told.has(r) and not before.has(r)]
    month = [r for r in history if r.day > week_end - timedelta(days=RECENT_DAYS)]
    complained, praised = themes(session, month)
    alerts = _alerts(session, shop, before.until if last else None, now_told.until)
    to_answer = _to_answer(week)
    waiting = _to_answer(
        [r for r in history if r.day > week_end - timedelta(days=WAITING_DAYS) and now_told.has(r)]
    )
    tones = [reading.tone for reading in week]
    return Brief(
        shop_id=shop.id,
        shop_slug=shop.slug,
        shop_name=shop.name,
        week_start=week_start,
        week_end=week_end,
        new_count=len(week),
        new_positive=tones.count("pos"),
        new_neutral=tones.count("neu"),
        new_negative=tones.count("neg"),
        level=level([reading.stars for reading in history if reading.stars is not None]),
        trend=trend(history, week_end, _last_shift(session, shop, week_end)),
        praised=praised,
        complained=complained,
        alerts=alerts,
        to_answer=to_answer,
        waiting=waiting,
        todo=advice(alerts, complained, praised, to_answer, waiting, quiet=not week),
        troubles=_troubles(session, shop),
        healthy=_healthy(session, shop),
        weeks=weekly_points(history, readable_span(history)),
    )


def _to_answer(known: list[Reading]) -> tuple[ToAnswer, ...]:
    """Return the unhappy reviews that nobody answered, the worst first, of these the newest."""
    found = [
        ToAnswer(reading.review_id, reading.stars, quote_of(reading), _public(reading.url))
        for reading in reversed(known)
        if reading.tone == "neg" and not reading.answered and reading.stars is not None
    ]
    return tuple(sorted(found, key=lambda one: one.stars))


def _public(url: str | None) -> str:
    """Return an address that a browser opens; none for anything else that was read as one."""
    return url if url and url.startswith(("https://", "http://")) else ""


def _last_shift(session: Session, shop: Shop, until: date) -> date | None:
    """Return since when the rating is another, where that was found."""
    return session.scalar(
        select(func.max(Alert.changed_on)).where(
            Alert.shop_id == shop.id,
            Alert.kind == SHIFT,
            Alert.changed_on <= until,
        )
    )


def _alerts(
    session: Session, shop: Shop, since: datetime | None, until: datetime
) -> tuple[AlertLine, ...]:
    """Return the alerts that go on; those since a moment are new, all where nothing was told yet.

    What an adviser has seen goes on for the owner.
    """
    owners = select(Member.user_id).where(
        Member.shop_id == shop.id, Member.role == MemberRole.OWNER
    )
    rows = session.scalars(
        select(Alert)
        .where(
            Alert.shop_id == shop.id,
            or_(
                Alert.state == AlertState.OPEN,
                and_(
                    Alert.state.in_((AlertState.ACKNOWLEDGED, AlertState.SNOOZED)),
                    # None: the account is gone; whose it was is not known to be an owner's.
                    or_(
                        Alert.state_changed_by_id.is_(None),
                        Alert.state_changed_by_id.not_in(owners),
                    ),
                ),
            ),
            Alert.detected_at <= until,
        )
        .order_by(Alert.changed_on.desc(), Alert.id.desc())
    )
    # What cannot wait stands first, and what is said of the shop before what it may gain.
    told = sorted(rows, key=lambda row: (row.severity != Severity.URGENT, row.kind in KINDS))
    return tuple(
        AlertLine(
            row.id,
            row.kind,
            row.severity,
            alert_headline(row),
            alert_sentence(row),
            row.changed_on,
            is_new=since is None or (row.reopened_at or row.detected_at) > since,
            todo=alert_todo(row),
            is_seen=row.state is not AlertState.OPEN,
            listing=str(row.facts.get("title", "")) if row.kind in KINDS else "",
            beside=alert_beside(row),
        )
        for row in told
    )


def _troubles(session: Session, shop: Shop) -> tuple[SourceTrouble, ...]:
    read_at = (
        select(func.max(Crawl.started_at))
        .where(Crawl.source_id == Source.id, Crawl.outcome.in_(READ))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Source, read_at)
        .where(Source.shop_id == shop.id, Source.health.in_(TROUBLED), Source.paused.is_(False))
        .order_by(Source.id)
    )
    return tuple(
        SourceTrouble(source.label, source.health, _hole(source, last_read))
        for source, last_read in rows
    )


def _hole(source: Source, last_read: datetime | None) -> date | None:
    """Return since when a source's reviews are missing, or some of them; None: they all are."""
    since = source.health_since if source.health is Health.DEGRADED else last_read
    return day_of(since) if since else None


def _healthy(session: Session, shop: Shop) -> tuple[str, ...]:
    labels = session.scalars(
        select(Source.label)
        .where(Source.shop_id == shop.id, Source.health == Health.HEALTHY)
        .order_by(Source.id)
    )
    # Two pages of one site bear its name once.
    return tuple(dict.fromkeys(labels))
