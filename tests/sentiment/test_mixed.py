from sentiment.mixed import find_mixed
from sentiment.reading import Aspect, Mixed
from sentiment.scorer import to_score

PRAISE = Aspect("accueil", "pos", 0, 16)
COMPLAINT = Aspect("prix", "neg", 23, 37)
TORN = to_score([0.2, 0.25, 0.2, 0.25, 0.1])


def test_praise_and_complaint_in_doubt_are_mixed_and_quoted() -> None:
    assert find_mixed(TORN, [PRAISE, COMPLAINT]) == Mixed((0, 16), (23, 37))


def test_a_sure_score_is_not_overruled_by_a_word_in_passing() -> None:
    assert find_mixed(to_score([0.7, 0.2, 0.05, 0.03, 0.02]), [PRAISE, COMPLAINT]) is None


def test_doubt_without_both_sides_is_not_mixed() -> None:
    assert find_mixed(TORN, [COMPLAINT]) is None
    assert find_mixed(TORN, []) is None


def test_the_same_words_are_not_both_praise_and_complaint() -> None:
    both = [PRAISE, Aspect("prix", "neg", 0, 16)]
    assert find_mixed(TORN, both) is None
