from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker

from sentiment.reader import open_reader, reader_version
from sentiment.reading import Reading
from sentiment.scoring import awaiting, count_unscored, score_unscored
from tests.factories import SOME_MOMENT, make_review, make_source
from tests.sentiment.fakes import FakeReader
from vigie import clock
from vigie.settings import Settings
from vigie.store import AspectMention, Review, ReviewVersion, Score, UrgencyMention
from vigie.store.session import open_engine

Factory = sessionmaker[Session]


@pytest.fixture
def add(factory: Factory) -> Callable[..., list[int]]:
    def add_reviews(*texts: str) -> list[int]:
        with factory.begin() as session:
            source = make_source(session)
            return [make_review(session, source, text=text).id for text in texts]

    return add_reviews


def stars_by_text(factory: Factory, version: str) -> dict[str, float | None]:
    with factory() as session:
        return {
            score.review.text: score.stars
            for score in session.scalars(select(Score).where(Score.model == version))
        }


def test_every_review_gets_its_whole_reading(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    text = "Accueil parfait mais prix nuls, et les freins ont lâché."
    (review_id,) = add(text)
    assert score_unscored(factory, FakeReader()) == 1
    with factory() as session:
        (score,) = session.scalars(select(Score))
        (aspect,) = session.scalars(select(AspectMention))
        (urgency,) = session.scalars(select(UrgencyMention))
    assert (score.review_id, score.model, score.language) == (review_id, "essai-1", "fr")
    # A mixed text takes no side, whatever its likeliest class.
    assert (score.label, score.stars, score.disagrees) == ("neu", 1.0, False)
    assert text[score.mixed_praise_start : score.mixed_praise_end] == "Accueil parfait "
    assert text[score.mixed_complaint_start : score.mixed_complaint_end].startswith("mais prix")
    assert (aspect.aspect, aspect.polarity, text[aspect.start : aspect.end]) == (
        "prix",
        "neg",
        "prix",
    )
    assert (urgency.kind, text[urgency.start : urgency.end]) == ("securite", "freins")


def test_a_text_in_an_unknown_language_is_marked_and_not_read_again(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    add("? Mycket bra", "? Mycket bra")
    first = FakeReader()
    assert score_unscored(factory, first) == 2
    assert first.texts == ["? Mycket bra"]
    with factory() as session:
        rows = session.scalars(select(Score)).all()
        assert {(row.language, row.label, row.stars, row.p1) for row in rows} == {
            ("und", "und", None, None)
        }
    add("? Mycket bra")
    later = FakeReader()
    assert score_unscored(factory, later) == 1
    assert later.texts == []


def test_a_text_that_contradicts_its_stars_is_marked_for_each_review_alone(
    factory: Factory,
) -> None:
    with factory.begin() as session:
        source = make_source(session)
        for rating in (1.0, 3.0, 5.0, None):
            make_review(session, source, text="C'est nul", rating=rating)
    score_unscored(factory, FakeReader())
    with factory() as session:
        scores = session.scalars(select(Score).order_by(Score.review_id))
        assert [score.disagrees for score in scores] == [False, False, True, False]


def test_scoring_twice_reads_nothing_again(factory: Factory, add: Callable[..., list[int]]) -> None:
    add("Bien.", "Nul.")
    score_unscored(factory, FakeReader())
    again = FakeReader()
    assert count_unscored(factory, again.version) == 0
    assert score_unscored(factory, again) == 0
    assert again.texts == []


def test_the_same_text_is_read_once_and_scored_everywhere(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    text = "Bons freins mais prix nuls"
    add(text, text)
    first = FakeReader()
    assert score_unscored(factory, first) == 2
    assert first.texts == [text]
    add(text)
    later = FakeReader()
    assert score_unscored(factory, later) == 1
    assert later.texts == []
    with factory() as session:
        scores = session.scalars(select(Score)).all()
        assert len(scores) == 3
        columns = ("stars", "label", "language", "text_hash", "p1", "mixed_complaint_end")
        assert len({tuple(getattr(score, name) for name in columns) for score in scores}) == 1
        assert len(session.scalars(select(AspectMention)).all()) == 3
        assert len(session.scalars(select(UrgencyMention)).all()) == 3


def test_a_killed_scoring_goes_on_where_it_was(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    add(*(f"Avis {number}" for number in range(10)))

    def kill(_scored: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_unscored(factory, FakeReader(), kill, batch=4)
    assert count_unscored(factory, "essai-1") == 6
    rest = FakeReader()
    steps: list[int] = []
    assert score_unscored(factory, rest, steps.append, batch=4) == 6
    assert steps == [4, 2]
    assert sorted(rest.texts) == [f"Avis {number}" for number in range(4, 10)]


def test_an_edited_review_is_read_again(factory: Factory, add: Callable[..., list[int]]) -> None:
    (review_id,) = add("Accueil nul")
    clock.set_clock(lambda: SOME_MOMENT)
    score_unscored(factory, FakeReader())
    with factory.begin() as session:
        review = session.get_one(Review, review_id)
        session.add(
            ReviewVersion(
                review_id=review_id,
                text=review.text,
                replaced_at=SOME_MOMENT + timedelta(hours=1),
            )
        )
        review.text = "Finalement, le prix est juste"
    clock.set_clock(lambda: SOME_MOMENT + timedelta(hours=2))
    assert count_unscored(factory, "essai-1") == 1
    assert score_unscored(factory, FakeReader()) == 1
    assert count_unscored(factory, "essai-1") == 0
    assert stars_by_text(factory, "essai-1") == {"Finalement, le prix est juste": 5.0}
    with factory() as session:
        assert [mention.aspect for mention in session.scalars(select(AspectMention))] == ["prix"]


def test_a_review_without_words_awaits_nothing(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    add("", "  \n ", "Bien", "\u00a0\u3000")
    reader = FakeReader()
    # The database takes rare blanks for words: they are marked once, and await no more.
    assert score_unscored(factory, reader) == 2
    assert reader.texts == ["Bien"]
    assert count_unscored(factory, "essai-1") == 0


def test_a_review_deleted_while_it_was_read_is_left_out(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    (gone, _) = add("Disparu", "Reste")

    class Deleting(FakeReader):
        def read(self, texts: Sequence[str], batch_size: int = 32) -> list[Reading]:
            with factory.begin() as session:
                review = session.get(Review, gone)
                if review:
                    session.delete(review)
            return super().read(texts, batch_size)

    score_unscored(factory, Deleting())
    assert set(stars_by_text(factory, "essai-1")) == {"Reste"}


def test_the_shipped_model_reads_stored_reviews(
    factory: Factory, add: Callable[..., list[int]], settings: Settings
) -> None:
    add("Travail soigné, prix honnêtes, je recommande.", "Une honte, à fuir absolument !")
    version = reader_version(settings)
    assert count_unscored(factory, version) == 2
    score_unscored(factory, open_reader(settings))
    assert count_unscored(factory, version) == 0
    praise, complaint = sorted(
        (stars or 0 for stars in stars_by_text(factory, version).values()), reverse=True
    )
    assert praise > 4 > 2 > complaint


def test_a_later_batch_costs_no_more_than_the_first(sqlite_settings: Settings) -> None:
    engine = open_engine(sqlite_settings)
    query = awaiting("essai-1", 500).order_by(Review.id).limit(256)
    words = str(query.compile(engine, compile_kwargs={"literal_binds": True}))
    with engine.connect() as connection:
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {words}"))]
    engine.dispose()
    # It goes on from the last review, in the table's own order, and looks each up by its key.
    assert any("SEARCH review USING INTEGER PRIMARY KEY (rowid>?)" in step for step in plan), plan
    assert any("score_review_id_model" in step or "autoindex_score" in step for step in plan), plan
    assert not [step for step in plan if "SCAN" in step or "TEMP B-TREE" in step], plan
