import pytest

from sentiment.marks import ASPECTS, URGENCIES
from sentiment.reader import Reader
from sentiment.scorer import EmbeddedScorer, SentimentScore, to_score
from vigie.french import has_text


@pytest.fixture(scope="module")
def reader(shipped: EmbeddedScorer) -> Reader:
    return Reader(shipped)


def test_each_aspect_has_its_own_tone_and_words(reader: Reader) -> None:
    texts = ["Le personnel est adorable et souriant.", "Les prix sont du vol, une honte."]
    kind, dear = reader.read(texts)
    (welcome,) = kind.aspects
    assert (welcome.name, welcome.polarity) == ("accueil", "pos")
    assert "personnel" in texts[0][welcome.start : welcome.end]
    assert ("prix", "neg") in {(aspect.name, aspect.polarity) for aspect in dear.aspects}


def test_a_threat_is_urgent_with_its_words_and_a_danger_repaired_is_not(reader: Reader) -> None:
    threat = "Je saisis la DGCCRF et mon avocat, vous aurez de mes nouvelles."
    thanks = "Ils m'ont sauvé la vie, les freins étaient morts"
    urgent, calm = reader.read([threat, thanks])
    assert "juridique" in {urgency.kind for urgency in urgent.urgencies}
    assert calm.urgencies == ()


def test_an_unknown_language_is_marked_and_not_scored(reader: Reader) -> None:
    (reading,) = reader.read(["Bardzo miła obsługa i szybka naprawa, polecam."])
    assert (reading.language, reading.label, reading.score) == ("und", "und", None)
    assert reading.aspects == ()


def test_readings_come_in_the_order_of_the_texts(reader: Reader) -> None:
    texts = ["Accueil très agréable, livraison rapide", "Great service, honest mechanic.", "À fuir"]
    assert [reading.language for reading in reader.read(texts)] == ["fr", "en", "fr"]


def test_another_model_says_how_satisfied_and_the_embedded_one_the_rest(
    shipped: EmbeddedScorer,
) -> None:
    class Gloomy:
        version = "sombre-1"

        def score(self, texts: list[str], batch_size: int = 32) -> list[SentimentScore]:
            return [to_score([1, 0, 0, 0, 0]) for _ in texts]

    reader = Reader(shipped, Gloomy())  # type: ignore[arg-type]  # A list is asked for, and given.
    (reading,) = reader.read(["Le personnel est adorable et souriant."])
    assert reader.version == "sombre-1"
    assert reading.label == "neg"
    assert {aspect.name for aspect in reading.aspects} == {"accueil"}


def test_a_long_review_keeps_the_places_of_its_words(reader: Reader) -> None:
    text = "Nous sommes venus un mardi. " * 120 + "Le livreur a cassé le colis."
    (reading,) = reader.read([text])
    words = [text[a.start : a.end] for a in reading.aspects if a.name == "livraison"]
    assert any("colis" in found for found in words)


def test_every_aspect_and_urgency_has_a_french_name() -> None:
    assert all(has_text(f"aspect-{name}") for name in ASPECTS)
    assert all(has_text(f"polarity-{polarity}") for polarity in ("neg", "neu", "pos"))
    assert all(has_text(f"urgency-{kind}") for kind in URGENCIES)
