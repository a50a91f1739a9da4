"""What is taken away by a command: told first, asked, done whole or not at all."""

import io
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.ops.conftest import Vigie
from vigie.clock import now
from vigie.settings import load_settings
from vigie.store import AuditEntry, Review, Rival, Shop, Source, User
from vigie.store.session import open_engine, session_factory

REVIEWS = """date,rating,text,author
2026-01-03,5,Accueil parfait et travail soigné,Marie Dupont
2026-01-09,2,Trop long et mal expliqué,Paul Martin
"""


@pytest.fixture
def stocked(installed: Vigie, tmp_path: Path) -> Vigie:
    """A garage with two reviews from a file, and a rival without any."""
    installed("shop", "add", "Garage A", "--trade", "garage", "--email", "a@example.org")
    installed("shop", "add", "Garage B", "--trade", "garage", "--rival-of", "garage-a")
    path = tmp_path / "avis.csv"
    path.write_text(REVIEWS, encoding="utf-8")
    assert installed("import", "reviews", str(path), "--shop", "garage-a").status == 0
    return installed


def _factory() -> sessionmaker[Session]:
    return session_factory(open_engine(load_settings()))


def _count(model: type) -> int:
    with _factory()() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def _answer(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(words))


def test_a_source_is_removed_once_its_loss_is_told_and_confirmed(
    stocked: Vigie, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer(monkeypatch, "non\n")
    kept = stocked("source", "remove", "1")
    assert "2 avis" in kept.out
    assert "Rien n’a été effacé" in kept.out
    assert _count(Review) == 2
    _answer(monkeypatch, "oui\n")
    assert "Source retirée" in stocked("source", "remove", "1").out
    assert (_count(Review), _count(Source), _count(Shop)) == (0, 0, 2)
    with _factory()() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.action, entry.detail["reviews"]) == ("source-remove", 2)


def test_where_nobody_answers_only_yes_removes(
    stocked: Vigie, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer(monkeypatch, "")
    refused = stocked("shop", "remove", "garage-a")
    assert refused.status == 1
    assert "--yes" in refused.err
    assert _count(Shop) == 2
    assert stocked("shop", "remove", "garage-a", "--yes").status == 0
    assert _count(Shop) == 1


def test_a_source_that_is_being_read_is_not_removed(stocked: Vigie) -> None:
    with _factory().begin() as session:
        session.get_one(Source, 1).claimed_until = now() + timedelta(minutes=5)
    for words in (("source", "remove", "1", "--yes"), ("shop", "remove", "garage-a", "--yes")):
        refused = stocked(*words)
        assert (refused.status, "en cours de lecture" in refused.err) == (1, True)
    assert (_count(Review), _count(Shop)) == (2, 2)


def test_a_shop_goes_with_the_rivals_that_nobody_else_watches(stocked: Vigie) -> None:
    stocked("shop", "add", "Garage C", "--trade", "garage", "--rival-of", "garage-a")
    stocked("shop", "add", "Garage D", "--trade", "garage")
    stocked("shop", "rival", "garage-d", "garage-c")
    stocked("user", "add", "chef@example.org", "--shop", "garage-a")
    gone = stocked("shop", "remove", "garage-a", "--with-rivals", "--yes").out
    assert "suivis pour lui seul : Garage B." in gone
    assert "chef@example.org" in gone
    with _factory()() as session:
        assert session.scalars(select(Shop.slug).order_by(Shop.slug)).all() == [
            "garage-c",
            "garage-d",
        ]
        assert session.scalars(select(User.email)).all() == ["chef@example.org"]
    assert _count(Review) == 0


def test_the_number_of_what_was_removed_is_not_given_again(stocked: Vigie) -> None:
    stocked("source", "remove", "1", "--yes")
    stocked("source", "add", "https://avis.example.fr/g", "--shop", "garage-a")
    assert stocked("source", "remove", "1", "--yes").status == 1
    assert "n° 2" in stocked("source", "remove", "2", "--yes").out


def test_rivals_are_listed_and_parted(stocked: Vigie) -> None:
    assert "garage-b" in stocked("shop", "rivals", "garage-a").out
    parted = stocked("shop", "rival", "garage-a", "garage-b", "--remove").out
    assert "face à Garage B" in parted
    assert "compte désormais parmi vos clients" in parted
    assert _count(Rival) == 0
    assert "Aucun concurrent" in stocked("shop", "rivals").out
    assert stocked("shop", "rival", "garage-a", "garage-b", "--remove").status == 1


def test_a_shop_that_leaves_can_be_kept_without_mails(stocked: Vigie) -> None:
    assert stocked("shop", "set", "garage-a", "--no-email").status == 0
    with _factory()() as session:
        shop = session.scalars(select(Shop).where(Shop.slug == "garage-a")).one()
        assert shop.email is None
    contradiction = stocked("shop", "set", "garage-a", "--no-email", "--email", "b@example.org")
    assert contradiction.status == 1


def test_names_and_addresses_are_mended(stocked: Vigie) -> None:
    assert stocked("shop", "set", "garage-a", "--name", "Garage Âme").status == 0
    assert "Garage Âme" in stocked("shop", "list").out
    stocked("source", "add", "https://avis.example.fr/g", "--shop", "garage-a")
    moved = stocked("source", "set", "2", "--url", "https://avis.example.fr/h", "--label", "Avis")
    assert (moved.status, "avis.example.fr/h" in moved.out) == (0, True)
    listed = stocked("source", "list").out
    assert "https://avis.example.fr/h" in listed
    assert "Avis" in listed
    assert stocked("source", "set", "2", "--label", " ").status == 1


def test_accesses_are_listed_given_and_taken_away(stocked: Vigie) -> None:
    stocked("user", "add", "conseil@example.org", "--shop", "garage-a", "--role", "adviser")
    given = stocked("user", "set", "Conseil@example.org", "--shop", "garage-b", "--role", "adviser")
    assert "conseiller : garage-a, conseiller : garage-b" in given.out
    assert "conseiller : garage-b" in stocked("user", "list").out
    taken = stocked("user", "set", "conseil@example.org", "--no-shop", "garage-a").out
    assert "garage-a" not in taken
    assert stocked("user", "set", "conseil@example.org", "--no-shop", "garage-a").status == 1
    assert stocked("user", "set", "conseil@example.org").status == 1


def test_the_last_operator_cannot_lock_everybody_out(stocked: Vigie) -> None:
    stocked("user", "add", "chef@example.org", "--operator")
    for words in (
        ("user", "remove", "chef@example.org", "--yes"),
        ("user", "set", "chef@example.org", "--no-operator"),
    ):
        refused = stocked(*words)
        assert (refused.status, "dernier opérateur" in refused.err) == (1, True)
    stocked("user", "add", "autre@example.org", "--operator")
    assert stocked("user", "remove", "chef@example.org", "--yes").status == 0
    assert "chef@example.org" not in stocked("user", "list").out
    assert stocked("user", "link", "chef@example.org").status == 1
    # The address is free again.
    assert stocked("user", "add", "chef@example.org").status == 0


def test_a_sign_in_link_says_which_address_it_supposes(
    stocked: Vigie, monkeypatch: pytest.MonkeyPatch
) -> None:
    stocked("user", "add", "chef@example.org", "--operator")
    monkeypatch.setenv("VIGIE_PORT", "8123")
    link = stocked("user", "link", "chef@example.org")
    assert link.out.startswith("http://127.0.0.1:8123/")
    assert "http://127.0.0.1:8123" in link.err
    assert "VIGIE_PORT" in link.err
