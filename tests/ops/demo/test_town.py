"""The sandbox town behaves like real sites, and is the same each time."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from ops.commands.demo import demo
from ops.demo.catalogue import SHIFT_DAYS_AGO, SHIFT_SHOP, SHOPS
from ops.demo.folder import fresh_folder
from ops.demo.history import goods_on, town_reviews
from ops.demo.sites import Town, TownServer
from ops.demo.switches import SWITCHES, Board
from vigie.errors import VigieError

TODAY = date(2026, 11, 23)


@pytest.fixture
def server() -> Iterator[TownServer]:
    with TownServer(Town(TODAY, TODAY)) as server:
        yield server


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def test_the_town_is_the_same_each_time() -> None:
    assert town_reviews(TODAY) == town_reviews(TODAY)


def test_no_review_is_told_twice_and_none_is_from_the_future() -> None:
    reviews = town_reviews(TODAY)
    assert len({review.reference for review in reviews}) == len(reviews) > 600
    assert max(review.published for review in reviews) <= TODAY


def test_only_the_garage_gets_worse() -> None:
    turn = TODAY - timedelta(days=SHIFT_DAYS_AGO)
    for shop in SHOPS:
        reviews = [review for review in town_reviews(TODAY) if review.shop == shop.slug]
        before = [review.stars for review in reviews if review.published <= turn]
        after = [review.stars for review in reviews if review.published > turn]
        drop = sum(before) / len(before) - sum(after) / len(after)
        assert (drop > 1) == (shop.slug == SHIFT_SHOP), (shop.slug, drop)


def test_prices_move_and_what_is_sold_disappears() -> None:
    def titles(day: date) -> dict[str, float]:
        return {
            goods.reference: price for goods, price in goods_on(day, TODAY, "garage-du-pont-vieux")
        }

    earlier, now = titles(TODAY - timedelta(days=14)), titles(TODAY)
    assert earlier["pv-102"] > now["pv-102"]
    assert "pv-105" in earlier
    assert "pv-105" not in now


def test_pages_follow_each_other_until_the_stated_count_is_met(server: TownServer) -> None:
    first = _get(server.url("avis", f"/pro/{SHIFT_SHOP}"))
    assert 'rel="next"' in first
    with pytest.raises(urllib.error.HTTPError, match="404"):
        _get(server.url("avis", f"/pro/{SHIFT_SHOP}?page=99"))


def test_a_site_can_be_told_to_refuse(server: TownServer) -> None:
    server.town.board.on("avis", "forbidden", f"/pro/{SHIFT_SHOP}")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        _get(server.url("avis", f"/pro/{SHIFT_SHOP}"))


def test_a_switch_is_flipped_by_command_while_the_town_runs(tmp_path: Path) -> None:
    def flip(*words: str) -> str:
        done = CliRunner().invoke(demo, ["switch", *words, "--folder", str(tmp_path)])
        return f"{done.output}{done.exception or ''}"

    with TownServer(Town(TODAY, TODAY, Board(tmp_path / "switches.json"))) as server:
        url = server.url("avis", f"/pro/{SHIFT_SHOP}")
        assert "captcha sur avis" in flip("avis", "captcha")
        assert "robot" in _get(url)
        assert "captcha sur" not in flip("avis", "captcha", "--off")
        assert "robot" not in _get(url)
    assert all(name in flip() for name in SWITCHES)
    assert "volcan" in flip("avis", "volcan")


def test_the_demo_never_empties_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    with pytest.raises(VigieError, match="--folder"):
        fresh_folder(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_the_demo_makes_its_own_folder_anew(tmp_path: Path) -> None:
    folder = fresh_folder(tmp_path / "demo")
    (folder / "vigie.sqlite3").touch()
    assert not (fresh_folder(folder) / "vigie.sqlite3").exists()
