from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from sentiment.scorer import EmbeddedScorer, SentimentScore, to_score
from sentiment.scoring import count_unscored, score_unscored
from tests.factories import SOME_MOMENT, make_review, make_source
from vigie import clock
from vigie.store import AspectMention, Review, ReviewVersion, Score

Factory = sessionmaker[Session]


class FakeScorer:
    """Reads "nul" as one star and all else as five, and remembers what it read."""

    def __init__(self, version: str = "essai-1") -> None:
        self.version = version
        self.read: list[str] = []

    def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
        self.read += texts
        return [
            to_score([1, 0, 0, 0, 0] if "nul" in text.lower() else [0, 0, 0, 0, 1])
            for text in texts
        ]


@pytest.fixture
def add(factory: Factory) -> Callable[..., list[int]]:
    def add_reviews(*texts: str) -> list[int]:
        with factory.begin() as session:
            source = make_source(session)
            return [make_review(session, source, text=text).id for text in texts]

    return add_reviews


def stars_by_text(factory: Factory, version: str) -> dict[str, float]:
    with factory() as session:
        return {
            score.review.text: score.stars
            for score in session.scalars(select(Score).where(Score.model == version))
        }


def test_every_review_gets_its_score_and_its_aspects(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    text = "Accueil parfait, mais des prix nuls."
    (review_id,) = add(text)
    assert score_unscored(factory, FakeScorer()) == 1
    with factory() as session:
        (score,) = session.scalars(select(Score))
        assert (score.review_id, score.model, score.label) == (review_id, "essai-1", "neg")
        found = {
            mention.aspect: (mention.polarity, text[mention.start : mention.end])
            for mention in session.scalars(select(AspectMention))
        }
    assert found == {
        "accueil": ("pos", "Accueil parfait"),
        "prix": ("neg", "mais des prix nuls."),
    }


def test_scoring_twice_reads_nothing_again(factory: Factory, add: Callable[..., list[int]]) -> None:
    add("Bien.", "Nul.")
    score_unscored(factory, FakeScorer())
    again = FakeScorer()
    assert count_unscored(factory, again.version) == 0
    assert score_unscored(factory, again) == 0
    assert again.read == []


def test_the_same_text_is_read_once_and_scored_everywhere(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    add("Très bon accueil", "Très bon accueil")
    first = FakeScorer()
    assert score_unscored(factory, first) == 2
    assert first.read == ["Très bon accueil"]
    add("Très bon accueil")
    later = FakeScorer()
    assert score_unscored(factory, later) == 1
    assert later.read == []
    with factory() as session:
        assert len(session.scalars(select(Score)).all()) == 3
        assert len(session.scalars(select(AspectMention)).all()) == 3


def test_a_killed_scoring_goes_on_where_it_was(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    add(*(f"Avis {number}" for number in range(10)))

    def kill(_scored: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score_unscored(factory, FakeScorer(), kill, batch=4)
    assert count_unscored(factory, "essai-1") == 6
    rest = FakeScorer()
    steps: list[int] = []
    assert score_unscored(factory, rest, steps.append, batch=4) == 6
    assert steps == [4, 2]
    assert sorted(rest.read) == [f"Avis {number}" for number in range(4, 10)]


def test_an_edited_review_is_read_again(factory: Factory, add: Callable[..., list[int]]) -> None:
    (review_id,) = add("Accueil nul")
    clock.set_clock(lambda: SOME_MOMENT)
    score_unscored(factory, FakeScorer())
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
    assert score_unscored(factory, FakeScorer()) == 1
    assert count_unscored(factory, "essai-1") == 0
    assert stars_by_text(factory, "essai-1") == {"Finalement, le prix est juste": 5.0}
    with factory() as session:
        assert [mention.aspect for mention in session.scalars(select(AspectMention))] == ["prix"]


def test_a_review_without_words_awaits_nothing(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    add("", "  \n ", "Bien")
    assert count_unscored(factory, "essai-1") == 1
    scorer = FakeScorer()
    assert score_unscored(factory, scorer) == 1
    assert scorer.read == ["Bien"]


def test_another_model_scores_beside_the_first(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    add("Accueil parfait")
    score_unscored(factory, FakeScorer("essai-1"))
    assert score_unscored(factory, FakeScorer("essai-2")) == 1
    with factory() as session:
        models = session.scalars(select(Score.model).order_by(Score.model)).all()
        mentions = session.scalars(select(AspectMention.model)).all()
    assert models == ["essai-1", "essai-2"]
    assert sorted(mentions) == models


def test_a_review_deleted_while_it_was_read_is_left_out(
    factory: Factory, add: Callable[..., list[int]]
) -> None:
    (gone, _) = add("Disparu", "Reste")

    class Deleting(FakeScorer):
        def score(self, texts: Sequence[str], batch_size: int = 32) -> list[SentimentScore]:
            with factory.begin() as session:
                review = session.get(Review, gone)
                if review:
                    session.delete(review)
            return super().score(texts, batch_size)

    score_unscored(factory, Deleting())
    assert set(stars_by_text(factory, "essai-1")) == {"Reste"}


def test_the_shipped_model_scores_stored_reviews(
    factory: Factory, add: Callable[..., list[int]], shipped: EmbeddedScorer
) -> None:
    add("Travail soigné, prix honnêtes, je recommande.", "Une honte, à fuir absolument !")
    assert count_unscored(factory) == 2
    score_unscored(factory, shipped)
    assert count_unscored(factory) == 0
    praise, complaint = sorted(stars_by_text(factory, shipped.version).values(), reverse=True)
    assert praise > 4 > 2 > complaint
