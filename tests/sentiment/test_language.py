import pytest

from sentiment.language import language_of
from tests.sentiment.test_languages import REVIEWS


@pytest.mark.parametrize(
    "text",
    [
        "Bof.",
        "Nickel.",
        "TRES REACTIF",
        "rdv facile, reparation ok, salle dattente glaciale",
        "Top top top 👍👍👍",
        "10/10",
        "👍👍",
        "!!!",
        "Super, merci à toute l'équipe",
    ],
)
def test_in_doubt_a_review_is_french(text: str) -> None:
    assert language_of(text) == "fr"


@pytest.mark.parametrize(
    ("language", "text"),
    [(code, text) for code, pair in REVIEWS.items() for texts in pair for text in texts],
)
def test_the_other_languages_that_are_read_are_told_apart(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Bardzo miła obsługa i szybka naprawa.",
        "Очень быстро и качественно",
        "خدمة ممتازة وسريعة",
        "Çok iyi hizmet, teşekkürler",
        "Väldigt dyrt och långsamt",
        "服务很好",
        "Nagyon kedves kiszolgálás, ajánlom",
    ],
)
def test_another_language_is_marked_and_not_guessed(text: str) -> None:
    assert language_of(text) == "und"


def test_a_book_is_judged_by_its_beginning() -> None:
    assert language_of("Très bon accueil. " * 100_000) == "fr"
