from vigie.mirror.facts import Rank
from vigie.mirror.words import rank_sentence


def test_a_rank_says_what_doubt_allows() -> None:
    assert rank_sentence(Rank(1, 8, 1, 1)) == "1er sur 8 commerces"
    doubtful = rank_sentence(Rank(2, 8, 1, 4))
    assert doubtful == "2e sur 8 commerces (entre la place 1 et la place 4, vu le nombre d’avis)"


def test_shops_that_cannot_be_told_apart_are_not_ranked() -> None:
    sentence = rank_sentence(Rank(1, 3, 1, 3))
    assert sentence.startswith("Trop proches pour être classés")
    assert "1er" not in sentence
