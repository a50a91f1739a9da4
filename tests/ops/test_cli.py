"""The command line: it teaches, and it says in one sentence what is wrong and what to do."""

import os
import socket
import sqlite3
from pathlib import Path

import click
import pytest

from ops.cli import cli
from tests.ops.conftest import Vigie


def _commands(group: click.Group, words: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [words]
    for name, command in group.commands.items():
        path = (*words, name)
        found += _commands(command, path) if isinstance(command, click.Group) else [path]
    return found


@pytest.mark.parametrize("words", _commands(cli), ids=" ".join)
def test_every_command_explains_itself(vigie: Vigie, words: tuple[str, ...]) -> None:
    answer = vigie(*words, "--help")
    assert answer.status == 0
    assert len(answer.out) > 100


def test_a_first_shop_is_watched_in_a_few_commands(installed: Vigie) -> None:
    added = installed("shop", "add", "Garage du Pont", "--trade", "garage", "--city", "Tours")
    assert (added.status, "garage-du-pont" in added.out) == (0, True)
    source = installed(
        "source", "add", "https://avis.example.fr/garage-du-pont", "--shop", "garage-du-pont"
    )
    assert source.status == 0, source.err
    assert "garage-du-pont" in installed("source", "list").out
    assert installed("user", "add", "moi@example.fr", "--operator").status == 0
    link = installed("user", "link", "moi@example.fr")
    assert link.out.startswith("http://127.0.0.1:8000/")


def test_making_the_database_twice_loses_nothing(installed: Vigie) -> None:
    installed("shop", "add", "Aux Trois Épis", "--trade", "boulangerie")
    assert installed("init").status == 0
    assert "aux-trois-epis" in installed("shop", "list").out


def test_empty_lists_say_what_to_do_next(installed: Vigie) -> None:
    assert "vigie shop add" in installed("shop", "list").out
    assert "vigie source add" in installed("source", "list").out
    assert installed("crawl", "--due").status == 0
    assert "Aucune nouvelle alerte" in installed("detect").out


def test_a_source_is_paused_and_resumed(installed: Vigie) -> None:
    installed("shop", "add", "Garage", "--trade", "garage")
    installed("source", "add", "https://avis.example.fr/g", "--shop", "garage")
    assert "en pause" in installed("source", "pause", "1").out
    assert "en pause" in installed("source", "list").out
    assert "de nouveau lue" in installed("source", "pause", "1", "--resume").out


def test_what_is_known_of_a_shop_can_be_changed(installed: Vigie) -> None:
    installed("shop", "add", "Garage", "--trade", "garage")
    place = ("--latitude", "47.394", "--longitude", "0.685")
    assert "Garage" in installed("shop", "set", "garage", "--city", "Blois", *place).out
    assert "Blois" in installed("shop", "list").out
    for wrong in ((), place[:2], ("--latitude", "470", "--longitude", "0"), ("--email", "x")):
        done = installed("shop", "set", "garage", *wrong)
        assert done.status in (1, 2)
        assert "Traceback" not in done.err


def test_rivals_are_watched_beside_a_shop_but_never_beside_itself(installed: Vigie) -> None:
    installed("shop", "add", "Garage A", "--trade", "garage")
    added = installed("shop", "add", "Garage B", "--trade", "garage", "--rival-of", "garage-a")
    assert added.status == 0
    assert installed("shop", "rival", "garage-b", "garage-a").status == 0
    assert installed("shop", "rival", "garage-a", "garage-a").status == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("source", "add", "https://a.example/", "--shop", "inconnu"), "inconnu"),
        (("source", "add", "pas une adresse", "--shop", "garage"), "pas une adresse"),
        (("source", "add", "ftp://a.example/x", "--shop", "garage"), "ftp://a.example/x"),
        (("source", "pause", "99"), "99"),
        (("crawl",), "--due"),
        (("crawl", "--source", "99"), "99"),
        (("shop", "add", "Garage", "--trade", "garage"), "garage"),
        (("shop", "add", "  ", "--trade", "garage"), "nom"),
        (("shop", "add", "X", "--trade", "garage", "--email", "garage@"), "garage@"),
        (("user", "link", "personne@example.fr"), "personne@example.fr"),
        (("import", "reviews", "/nulle/part.csv", "--shop", "garage"), "/nulle/part.csv"),
        (("brief", "inconnu"), "inconnu"),
        (("brief", "garage", "--until", "2999-01-31"), "31 janvier 2999"),
        (("shop", "add", "X", "--trade", "garage", "--postcode", "3700"), "3700"),
        (("shop", "set", "garage", "--postcode", "ABC"), "ABC"),
        (("detect", "--shop", "inconnu"), "inconnu"),
        (("extract", "/nulle/part.html"), "/nulle/part.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_what_is_wrong_is_said_in_one_sentence_that_names_it(
    installed: Vigie, words: tuple[str, ...], named: str
) -> None:
    installed("shop", "add", "Garage", "--trade", "garage")
    answer = installed(*words)
    assert answer.status != 0
    assert named in answer.err
    assert "Traceback" not in answer.err
    assert answer.err.strip().count("\n") == 0


def test_a_missing_database_names_the_command_that_makes_it(vigie: Vigie) -> None:
    answer = vigie("shop", "list")
    assert answer.status == 1
    assert "vigie init" in answer.err


def test_a_corrupt_database_is_named_and_left_as_it_is(vigie: Vigie, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    database = tmp_path / "data" / "vigie.sqlite3"
    database.write_bytes(b"no database at all, " * 400)
    answer = vigie("init")
    assert (answer.status, "abîmée" in answer.err) == (1, True)
    assert database.read_bytes().startswith(b"no database at all")


def test_a_port_in_use_is_named_with_its_remedy(installed: Vigie) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = installed("run", "--port", str(port))
    assert answer.status == 1
    assert str(port) in answer.err
    assert "--port" in answer.err


@pytest.mark.parametrize("contact", ["", "la chambre"])
def test_crawling_asks_for_a_contact_before_it_goes_out(
    installed: Vigie, monkeypatch: pytest.MonkeyPatch, contact: str
) -> None:
    installed("shop", "add", "Garage", "--trade", "garage")
    installed("source", "add", "https://avis.example.fr/g", "--shop", "garage")
    monkeypatch.setenv("VIGIE_CONTACT", contact)
    answer = installed("crawl", "--source", "1")
    assert answer.status == 1
    assert answer.err.startswith(("VIGIE_CONTACT", "«"))
    assert "VIGIE_CONTACT" in answer.err
    assert contact in answer.err


def test_a_mail_server_that_does_not_answer_is_named_and_the_mail_is_kept(
    installed: Vigie, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("shop", "add", "Garage", "--trade", "garage", "--email", "garage@example.fr")
    # A shop is told of weeks that it was watched in.
    with sqlite3.connect(Path(os.environ["VIGIE_DATA_DIR"]) / "vigie.sqlite3") as database:
        database.execute("UPDATE shop SET created_at = '2020-01-01 00:00:00'")
    database.close()
    monkeypatch.setenv("VIGIE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("VIGIE_SMTP_PORT", "1")
    answer = installed("send", "--queue-week")
    assert answer.status == 1
    assert "127.0.0.1" in answer.err
    assert "1 courrier préparé" in answer.out
    assert "1 à réessayer" in answer.out
