"""From one model to the next: readers are shown one or the other, whatever is killed when."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from sentiment.scoring import count_unscored, score_unscored
from sentiment.succession import BATCH_ROWS, drop_retired, recall, refuse_retired, take_over
from tests.factories import make_review, make_source
from tests.sentiment.fakes import FakeReader
from vigie.errors import VigieError
from vigie.store import AspectMention, Score, UrgencyMention
from vigie.store.score import current_model

Factory = sessionmaker[Session]


@pytest.fixture
def add(factory: Factory) -> Callable[[int], None]:
    def add_reviews(count: int) -> None:
        with factory.begin() as session:
            source = make_source(session)
            for number in range(count):
                make_review(session, source, text=f"prix et freins nuls, {number}")

    return add_reviews


def shown(factory: Factory) -> str | None:
    with factory() as session:
        return current_model(session)


def rows(factory: Factory) -> dict[str, tuple[int, ...]]:
    """How many scores, aspects and urgencies each model has."""
    with factory() as session:
        counts = {
            model: tuple(
                session.scalar(select(func.count()).select_from(table).where(table.model == model))
                or 0
                for table in (Score, AspectMention, UrgencyMention)
            )
            for model in session.scalars(select(Score.model).distinct())
        }
    return counts


def test_the_first_model_is_shown_from_its_first_reading_on(
    factory: Factory, add: Callable[[int], None]
) -> None:
    add(5)
    assert shown(factory) is None
    seen: list[str | None] = []
    score_unscored(factory, FakeReader("m1"), lambda _: seen.append(shown(factory)), batch=2)
    assert seen == ["m1"] * 3


def test_a_new_model_is_shown_only_once_it_has_read_everything(
    factory: Factory, add: Callable[[int], None]
) -> None:
    add(5)
    score_unscored(factory, FakeReader("m1"))
    seen: list[tuple[str | None, bool]] = []

    def look(_: int) -> None:
        seen.append((shown(factory), count_unscored(factory, "m2") == 0))

    score_unscored(factory, FakeReader("m2"), look, batch=2)
    assert seen == [("m1", False), ("m1", False), ("m1", True)]
    assert take_over(factory, "m2")
    assert shown(factory) == "m2"
    assert rows(factory) == {"m1": (5, 5, 5), "m2": (5, 5, 5)}
    assert drop_retired(factory) == 5
    assert rows(factory) == {"m2": (5, 5, 5)}


def test_a_review_that_came_meanwhile_keeps_the_old_model_shown(
    factory: Factory, add: Callable[[int], None]
) -> None:
    add(2)
    score_unscored(factory, FakeReader("m1"))
    score_unscored(factory, FakeReader("m2"))
    add(1)
    assert not take_over(factory, "m2")
    assert drop_retired(factory) == 0
    assert shown(factory) == "m1"
    late = FakeReader("m2")
    assert score_unscored(factory, late) == 1
    assert take_over(factory, "m2")


def test_a_killed_rescore_goes_on_where_it_was_and_shows_one_model_throughout(
    factory: Factory, add: Callable[[int], None]
) -> None:
    add(6)
    score_unscored(factory, FakeReader("m1"))

    def kill(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_unscored(factory, FakeReader("m2"), kill, batch=4)
    assert (shown(factory), count_unscored(factory, "m2")) == ("m1", 2)
    assert not take_over(factory, "m2")
    rest = FakeReader("m2")
    assert score_unscored(factory, rest) == 2
    assert len(rest.texts) == 2
    # Killed after the last commit: the next run, which has nothing to read, still takes over.
    assert take_over(factory, "m2")


def test_a_killed_deletion_goes_on_where_it_was(
    factory: Factory, add: Callable[[int], None]
) -> None:
    add(BATCH_ROWS + 3)
    for model in ("m1", "m2"):
        score_unscored(factory, FakeReader(model))
    take_over(factory, "m2")

    def kill(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drop_retired(factory, kill)
    assert rows(factory)["m1"] == (3, 3, 3)
    assert drop_retired(factory) == 3
    assert set(rows(factory)) == {"m2"}


def test_a_process_that_still_runs_the_old_model_does_not_lead_back(
    factory: Factory, add: Callable[[int], None]
) -> None:
    add(1)
    for model in ("m1", "m2"):
        score_unscored(factory, FakeReader(model))
    take_over(factory, "m2")
    with pytest.raises(VigieError, match="m1 a été remplacé par m2"):
        refuse_retired(factory, "m1")
    # Even one that was past that door when the other took over.
    score_unscored(factory, FakeReader("m1"))
    assert not take_over(factory, "m1")
    assert drop_retired(factory) == 1
    assert (shown(factory), set(rows(factory))) == ("m2", {"m2"})


def test_a_person_may_come_back_to_a_model_that_was_left(
    factory: Factory, add: Callable[[int], None]
) -> None:
    add(2)
    for model in ("m1", "m2"):
        score_unscored(factory, FakeReader(model))
    take_over(factory, "m2")
    drop_retired(factory)
    recall(factory, "m1")
    refuse_retired(factory, "m1")
    assert shown(factory) == "m2"
    again = FakeReader("m1")
    assert score_unscored(factory, again) == 2
    assert take_over(factory, "m1")
    assert drop_retired(factory) == 2
    assert (shown(factory), set(rows(factory))) == ("m1", {"m1"})
