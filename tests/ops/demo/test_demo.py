"""The demo plays the whole job over real sockets, with the real spider and the real model."""

import email
import email.policy
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.demo.catalogue import SHIFT_SHOP, SHOPS
from vigie.settings import load_settings
from vigie.store import (
    Alert,
    Crawl,
    Listing,
    Message,
    MessageState,
    Outcome,
    Review,
    Score,
    Shop,
    Source,
)
from vigie.store.session import open_engine, session_factory

SHIFTS = ("rating-shift", "aspect-shift")


@dataclass(frozen=True)
class Played:
    """A demo that was played, as its command said it and as its database has it."""

    status: int
    out: str
    err: str
    folder: Path
    session: Session


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("town") / "demo"
    command = [sys.executable, "-m", "ops", "demo", "--once", "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    engine = open_engine(load_settings(data_dir=folder))
    with session_factory(engine)() as session:
        yield Played(done.returncode, done.stdout, done.stderr, folder, session)
    engine.dispose()


def test_it_ends_well_with_a_summary(played: Played) -> None:
    assert played.status == 0, played.err
    for word in ("sources", "avis", "scores", "alertes", "courriers"):
        assert word in played.out


def test_it_finds_the_garages_shift_and_no_shift_where_there_is_none(played: Played) -> None:
    rows = played.session.execute(select(Shop.slug, Alert).join(Alert, Alert.shop_id == Shop.id))
    shifts = [(slug, alert.facts["direction"]) for slug, alert in rows if alert.kind in SHIFTS]
    assert shifts == [(SHIFT_SHOP, "down")]


def test_the_garage_is_told_of_its_dear_oil_change(played: Played) -> None:
    alerts = played.session.scalars(select(Alert).where(Alert.kind == "price-position")).all()
    assert [(alert.facts["where"], alert.facts["sellers"]) for alert in alerts] == [("high", 5)]
    assert "Forfait vidange" in alerts[0].facts["title"]


def test_every_review_of_the_town_is_stored_and_scored_once(played: Played) -> None:
    reviews = len(played.session.scalars(select(Review.id)).all())
    assert reviews > 600
    assert len(played.session.scalars(select(Score.id)).all()) == reviews


def test_a_site_that_refuses_is_never_called_a_success(played: Played) -> None:
    outcomes = [crawl.outcome for crawl in played.session.scalars(select(Crawl))]
    good = {Outcome.OK, Outcome.UNCHANGED}
    assert Outcome.BLOCKED in outcomes
    assert set(outcomes) - good == {Outcome.BLOCKED}


def test_services_are_read_beside_pages_and_what_both_show_counts_once(played: Played) -> None:
    services = select(Source.platform, func.count(Review.id)).join(Review).group_by(Source.platform)
    counts = dict(played.session.execute(services).all())
    assert counts["google"] > 80
    assert counts["trustpilot"] > 30
    copies = played.session.scalars(select(Review.id).where(Review.duplicate_of_id.is_not(None)))
    # Those that their authors changed at the service alone are no copies any more.
    assert len(copies.all()) > 0.9 * (counts["google"] + counts["trustpilot"])


def test_prices_moved(played: Played) -> None:
    histories = [len(row.price_points) for row in played.session.scalars(select(Listing))]
    assert max(histories) >= 3


def test_each_client_has_a_mail_that_reads_well_as_text(played: Played) -> None:
    clients = [shop for shop in SHOPS if shop.rival_of is None]
    messages = list(played.session.scalars(select(Message)))
    assert [message.state for message in messages] == [MessageState.SENT] * len(clients)
    files = sorted((played.folder / "outbox").glob("*.eml"))
    assert len(files) == len(clients)
    mails = [email.message_from_bytes(f.read_bytes(), policy=email.policy.default) for f in files]
    parts = [mail.get_body(("plain",)) for mail in mails]
    texts = [str(part.get_content()) for part in parts if part is not None]
    assert len(texts) == len(clients)
    assert any("Garage du Pont Vieux" in text and "accueil" in text.lower() for text in texts)
    assert not [text for text in texts if "<" in text]
