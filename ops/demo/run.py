"""The whole job on the sandbox town: weeks of it, in under a minute."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from ops import pipeline
from ops.demo.folder import fresh_folder
from ops.demo.settle import settle
from ops.demo.sites import Town, TownServer
from ops.demo.twins.server import TwinServer
from vigie import clock
from vigie.alert_text import alert_sentence
from vigie.french import t
from vigie.settings import Settings, load_settings
from vigie.store import Alert, Crawl, Listing, Message, PricePoint, Review, Score, Shop, Source
from vigie.store.session import open_engine, session_factory
from vigie.store.upgrade import upgrade

# The town is visited on these days before today, so that prices move and edits are seen.
VISITS_DAYS_AGO = (28, 14, 8, 0)
# The plumber's second site turns the reader away on the last visit: no crawl may call that good.
REFUSED = ("artisans", "forbidden", "/pro/plomberie-du-val")

Say = Callable[[str], None]


@dataclass(frozen=True)
class DemoResult:
    """What the demo made: the rows to count, and the accounts that show it, by role."""

    settings: Settings
    people: dict[str, int]
    counts: dict[str, int]
    alerts: list[tuple[str, str]]


def demo_settings(folder: Path, port: int) -> Settings:
    """Return the demo's own settings: its folder, no SMTP, its port."""
    return load_settings(
        data_dir=fresh_folder(folder),
        database_url=f"sqlite:///{folder / 'vigie.sqlite3'}",
        contact="https://vigie.example/demo",
        smtp_host="",
        port=port,
        crawl_delay_s=0.0,
        # Today is the town's day of mails, whatever day it is.
        digest_weekday=clock.today().weekday(),
        digest_hour=0,
    )


def play(settings: Settings, server: TownServer, twins: TwinServer, say: Say) -> DemoResult:
    """Run the flow on each of the town's days, then tell the week."""
    engine = open_engine(settings)
    upgrade(engine)
    factory = session_factory(engine)
    today = server.town.today
    try:
        people = _move_in(settings, factory, server, twins)
        for days_ago in VISITS_DAYS_AGO:
            _visit(settings, factory, server.town, today - timedelta(days=days_ago), say)
        say(t("demo-telling"))
        # Later than the reading, whose processes have clocks of their own.
        _freeze(server.town)
        pipeline.queue_week(settings, factory)
        pipeline.deliver(settings, factory)
    finally:
        clock.set_clock(None)
    with factory() as session:
        result = DemoResult(settings, people, _counts(session), _alerts(session))
    engine.dispose()
    return result


def new_town(today: date) -> Town:
    """Return the town as it was on the first visit."""
    return Town(today, today - timedelta(days=VISITS_DAYS_AGO[0]))


def _move_in(
    settings: Settings, factory: sessionmaker[Session], server: TownServer, twins: TwinServer
) -> dict[str, int]:
    _freeze(server.town)
    with factory.begin() as session:
        people = settle(session, settings, server, twins)
        session.flush()
        return {role: person.id for role, person in people.items()}


def _visit(
    settings: Settings, factory: sessionmaker[Session], town: Town, day: date, say: Say
) -> None:
    town.day = day
    town.board.off()
    if day == town.today:
        town.board.on(*REFUSED)
    _freeze(town)
    with factory() as session:
        sources = list(session.scalars(select(Source.id).order_by(Source.id)))
    say(t("demo-crawling", day=day.strftime("%d/%m")))
    pipeline.crawl(settings, sources)
    say(t("demo-scoring", day=day.strftime("%d/%m")))
    pipeline.score(settings, factory)
    pipeline.detect(settings, factory)


def _freeze(town: Town) -> None:
    # The same hour as now: on the last day, nothing that was done lies in the future.
    clock.set_clock(None)
    moment = clock.now() - (town.today - town.day)
    clock.set_clock(lambda: moment)


def _counts(session: Session) -> dict[str, int]:
    tables = {
        "shops": Shop,
        "sources": Source,
        "crawls": Crawl,
        "reviews": Review,
        "scores": Score,
        "listings": Listing,
        "prices": PricePoint,
        "alerts": Alert,
        "messages": Message,
    }
    return {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in tables.items()
    }


def _alerts(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Shop.name, Alert).join(Alert, Alert.shop_id == Shop.id).order_by(Alert.id)
    )
    return [(name, alert_sentence(alert)) for name, alert in rows]
