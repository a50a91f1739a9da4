"""Numbers as French people write them, and what is refused beside them."""

import socket
from pathlib import Path

import pytest

from tests.ops.conftest import Vigie


@pytest.fixture
def watched(installed: Vigie) -> Vigie:
    """The command with one shop and one source."""
    installed("shop", "add", "Garage", "--trade", "garage")
    installed("source", "add", "https://avis.example.fr/g", "--shop", "garage")
    return installed


def test_a_comma_is_as_good_as_a_point(watched: Vigie) -> None:
    done = watched("source", "set", "1", "--every", "1,5", "--full-every", "2,5")
    assert done.status == 0, done.err
    assert "2,50 jours" in done.out
    assert watched("site", "set", "avis.example.fr", "--delay", "3,5").status == 0
    place = ("--latitude", "47,394", "--longitude", "0,685")
    assert watched("shop", "set", "garage", *place).status == 0


@pytest.mark.parametrize("latitude", ["nan", "inf", "91", "ici"])
def test_no_place_is_no_place(watched: Vigie, latitude: str) -> None:
    refused = watched("shop", "set", "garage", "--latitude", latitude, "--longitude", "0")
    assert refused.status == 2
    assert "--latitude" in refused.err


def test_an_interval_that_is_none_is_named(watched: Vigie) -> None:
    refused = watched("source", "set", "1", "--every", "souvent")
    assert (refused.status, "souvent" in refused.err) == (1, True)


def test_a_switch_is_not_flipped_where_no_town_was_opened(vigie: Vigie, tmp_path: Path) -> None:
    refused = vigie("demo", "switch", "avis", "captcha", "--folder", str(tmp_path / "town"))
    assert (refused.status, "vigie demo town" in refused.err) == (1, True)
    assert not (tmp_path / "town").exists()


def test_a_port_of_the_town_that_is_taken_is_told_in_one_line(vigie: Vigie, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = vigie("demo", "town", "--port", port, "--folder", str(tmp_path))
    assert refused.status == 1
    assert port in refused.err
    assert refused.err.strip().count("\n") == 0
