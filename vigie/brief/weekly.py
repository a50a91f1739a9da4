"""The weekly brief, computed from the store."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vigie.alert_text import alert_headline, alert_sentence, alert_todo
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
from vigie.brief.readings import Reading, day_start, readings
from vigie.brief.themes import themes
from vigie.clock import day_of
from vigie.opportunity_text import KINDS
from vigie.store import Alert, AlertState, Health, Severity, Shop, Source
from vigie.store.score import current_model

TROUBLED = (
    Health.BROKEN,
    Health.BLOCKED,
    Health.DISALLOWED,
    Health.LATE,
    Health.DEGRADED,
)


def weekly_brief(session: Session, shop: Shop, week_end: date) -> Brief:
    """Compute the brief of the seven days that end on ``week_end`` (inclusive).

    What is new is what became known in the week: a review that was read late is told once, not
    never. Themes look at four weeks, so that a small shop's mail still says why.
    """
    while True:
        model = current_model(session)
        brief = _brief(session, shop, week_end)
        # A model that took over meanwhile would have its words beside the other's stars.
        if current_model(session) == model:
            return brief


def _brief(session: Session, shop: Shop, week_end: date) -> Brief:
    week_start = week_end - timedelta(days=6)
    since = week_end - timedelta(days=RECENT_DAYS + BEFORE_DAYS)
    history = readings(session, shop.id, since, week_end)
    week = [r for r in history if week_start <= r.known_on <= week_end]
    month = [r for r in history if r.day > week_end - timedelta(days=RECENT_DAYS)]
    complained, praised = themes(session, month)
    alerts = _alerts(session, shop, week_start, week_end)
    to_answer = _to_answer(week)
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
        trend=trend(history, week_end),
        praised=praised,
        complained=complained,
        alerts=alerts,
        to_answer=to_answer,
        todo=advice(alerts, complained, praised, to_answer, quiet=not week),
        troubles=_troubles(session, shop),
        healthy=_healthy(session, shop),
        weeks=weekly_points(history, readable_span(history)),
    )


def _to_answer(week: list[Reading]) -> tuple[ToAnswer, ...]:
    return tuple(
        ToAnswer(reading.review_id, reading.stars, quote_of(reading))
        for reading in week
        if reading.tone == "neg" and not reading.answered and reading.stars is not None
    )


def _alerts(session: Session, shop: Shop, start: date, end: date) -> tuple[AlertLine, ...]:
    rows = session.scalars(
        select(Alert)
        .where(
            Alert.shop_id == shop.id,
            Alert.state == AlertState.OPEN,
            Alert.detected_at < day_start(end + timedelta(days=1)),
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
            is_new=(row.reopened_at or row.detected_at) >= day_start(start),
            todo=alert_todo(row),
        )
        for row in told
    )


def _troubles(session: Session, shop: Shop) -> tuple[SourceTrouble, ...]:
    rows = session.scalars(
        select(Source)
        .where(Source.shop_id == shop.id, Source.health.in_(TROUBLED), Source.paused.is_(False))
        .order_by(Source.id)
    )
    return tuple(
        SourceTrouble(
            row.label,
            row.health,
            day_of(row.health_since) if row.health_since else None,
        )
        for row in rows
    )


def _healthy(session: Session, shop: Shop) -> tuple[str, ...]:
    labels = session.scalars(
        select(Source.label)
        .where(Source.shop_id == shop.id, Source.health == Health.HEALTHY)
        .order_by(Source.id)
    )
    # Two pages of one site bear its name once.
    return tuple(dict.fromkeys(labels))
