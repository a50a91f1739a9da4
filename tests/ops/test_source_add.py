"""``vigie source add``: how often it is read, and what is still asked for."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.factories import make_shop
from tests.ops.conftest import Vigie
from vigie.settings import load_settings
from vigie.store import Source
from vigie.store.session import open_engine, session_factory


@pytest.fixture
def vigie(installed: Vigie) -> Vigie:
    """The command, with a shop."""
    with session_factory(open_engine(load_settings()))() as session:
        make_shop(session, slug="garage")
        session.commit()
    return installed


def _sources() -> list[Source]:
    with session_factory(open_engine(load_settings()))() as session:
        return list(session.scalars(select(Source).order_by(Source.id)))


def test_a_wrong_recipe_is_refused_with_its_files_name(vigie: Vigie, tmp_path: Path) -> None:
    path = tmp_path / "avis.json"
    path.write_text('{"kind": 3}', encoding="utf-8")
    added = ("source", "add", "https://avis.example.fr/g", "--shop", "garage")
    for words in (added, ("recipe", "try", "http://127.0.0.1:9/")):
        answer = vigie(*words, "--recipe", str(path))
        assert (answer.status, answer.err.startswith(str(path))) == (1, True)
        assert "kind" in answer.err
    assert _sources() == []


@pytest.mark.parametrize(
    ("words", "kind", "cadence_s", "said"),
    [
        (["--every", "1,5"], "interval", 5_400, "Rythme : "),
        (["--cron", "0 6 * * 1-5"], "cron", None, "cron 0 6 * * 1-5"),
        (["--adaptive"], "adaptive", 86_400, "Rythme : "),
    ],
)
def test_a_source_is_added_with_the_cadence_that_is_asked_for(
    vigie: Vigie, words: list[str], kind: str, cadence_s: int | None, said: str
) -> None:
    url = "https://www.ebay.fr/usr/garage_du_port"
    answer = vigie("source", "add", url, "--shop", "garage", *words)
    assert (answer.status, answer.err) == (0, "")
    (source,) = _sources()
    assert source.cadence_kind == kind
    assert cadence_s is None or source.cadence_s == cadence_s
    out = answer.out.replace("\xa0", " ")
    assert said in out
    # The address tells the seller and the market; words to search for narrow it down, no more.
    assert "Il faut encore : Identifiant client OAuth, Secret client OAuth." in out


@pytest.mark.parametrize(
    "words", [["--cron", "tous les lundis"], ["--every", "6", "--adaptive"], ["--every", "0"]]
)
def test_a_cadence_that_is_none_adds_nothing(vigie: Vigie, words: list[str]) -> None:
    answer = vigie("source", "add", "https://avis.example/a", "--shop", "garage", *words)
    assert answer.status != 0
    assert "Traceback" not in answer.err
    assert _sources() == []


def test_the_help_teaches_by_examples(vigie: Vigie) -> None:
    out = vigie("source", "add", "--help").out
    assert "--adaptive" in out
    assert '--cron "0 6 * * 1-5"' in out
    assert "vigie source tune" in out.replace("\xa0", " ")
