"""``vigie score`` on stored reviews: what it says, and that it ends with one model."""

import pytest
from sqlalchemy import select

from tests.factories import make_review, make_score, make_source
from tests.ops.conftest import Vigie
from tests.sentiment.fakes import FakeReader
from vigie.settings import Settings, load_settings
from vigie.store import Score
from vigie.store.score import current_model
from vigie.store.session import open_engine, session_factory


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> str:
    """A reader without weights in the shipped one's place, by its name."""
    reader = FakeReader("neuf-2")

    def fake_version(_settings: Settings) -> str:
        return reader.version

    def fake_reader(_settings: Settings) -> FakeReader:
        return reader

    monkeypatch.setattr("sentiment.reader.reader_version", fake_version)
    monkeypatch.setattr("sentiment.reader.open_reader", fake_reader)
    return reader.version


def _fill(reviews: int, *models: str) -> None:
    engine = open_engine(load_settings())
    with session_factory(engine).begin() as session:
        source = make_source(session)
        for _ in range(reviews):
            review = make_review(session, source)
            for model in models:
                make_score(session, review, model=model)
    engine.dispose()


def _models() -> tuple[str | None, set[str]]:
    engine = open_engine(load_settings())
    with session_factory(engine)() as session:
        found = current_model(session), set(session.scalars(select(Score.model)))
    engine.dispose()
    return found


def test_rescoring_moves_to_the_model_in_force_and_says_what_was_deleted(
    installed: Vigie, model: str
) -> None:
    _fill(3, "vieux-1")
    answer = installed("score", "--rescore")
    assert answer.status == 0, answer.err
    assert answer.out.splitlines() == [
        "3 avis notés.",
        "Pages et courriers montrent ce que lit neuf-2.",
        "3 scores du modèle précédent effacés.",
    ]
    assert _models() == (model, {model})
    again = installed("score", "--rescore")
    assert again.out.splitlines() == [
        "Tous les avis sont déjà notés.",
        "Pages et courriers montrent ce que lit neuf-2.",
    ]


def test_ordinary_scoring_after_an_upgrade_moves_to_the_new_model_too(
    installed: Vigie, model: str
) -> None:
    _fill(1, "vieux-1")
    answer = installed("score", "--stored")
    assert answer.out.splitlines() == ["1 avis noté.", "1 score du modèle précédent effacé."]
    assert _models() == (model, {model})


def test_a_model_that_was_left_is_only_come_back_to_on_demand(installed: Vigie, model: str) -> None:
    _fill(1, model, "plus-neuf-3")
    refused = installed("score", "--stored")
    assert refused.status == 1
    assert "plus-neuf-3" in refused.err
    assert "--rescore" in refused.err
    assert _models() == ("plus-neuf-3", {model, "plus-neuf-3"})
    assert installed("score", "--rescore").status == 0
    assert _models() == (model, {model})
