"""Tourists and buyers abroad: the languages that the encoder knows, never fine-tuned on."""

from pathlib import Path

import pytest

from sentiment.labelled_file import read_labelled_file
from sentiment.scorer import EmbeddedScorer

REVIEWS = {
    "en": (
        [
            "Great service, honest mechanic, fair price.",
            "The bread is delicious and the staff are lovely.",
            "They fixed the leak within an hour, highly recommended!",
            "Couldn't be happier with the work.",
        ],
        [
            "Rude staff and overpriced, never again.",
            "The car broke down again two days later, what a waste of money.",
            "My parcel never arrived and nobody answers my emails.",
            "Dirty, slow and unprofessional.",
        ],
    ),
    "de": (
        [
            "Sehr freundlicher Empfang und saubere Arbeit, gerne wieder.",
            "Das Brot ist ausgezeichnet!",
            "Schnelle Reparatur zu einem fairen Preis.",
        ],
        [
            "Unfreundliches Personal und viel zu teuer.",
            "Das Paket ist nie angekommen, Finger weg!",
            "Schlechte Arbeit, die Heizung ist wieder kaputt.",
        ],
    ),
    "es": (
        [
            "Muy amables y rápidos, los recomiendo.",
            "El mejor pan del barrio, riquísimo.",
            "Trabajo impecable y precio justo.",
        ],
        [
            "Pésimo servicio, no volveré nunca más.",
            "Trabajo muy mal hecho y carísimo.",
            "El pedido no llegó y nadie contesta.",
        ],
    ),
    "it": (
        [
            "Personale gentilissimo e lavoro perfetto.",
            "Il pane è buonissimo, torneremo sicuramente.",
            "Veloci, onesti e professionali.",
        ],
        [
            "Servizio pessimo e prezzi assurdi, da evitare.",
            "Maleducati e incompetenti.",
            "Il pacco non è mai arrivato, una vergogna.",
        ],
    ),
    "nl": (
        [
            "Vriendelijke ontvangst en vakkundig geholpen, een aanrader.",
            "Heerlijk brood en aardig personeel.",
            "Snel gerepareerd voor een eerlijke prijs.",
        ],
        [
            "Onvriendelijk personeel en veel te duur.",
            "Nooit mijn pakket ontvangen, slechte service.",
            "Wat een teleurstelling, nooit meer.",
        ],
    ),
    "pt": (
        [
            "Atendimento excelente e preço justo, recomendo.",
            "O pão é delicioso.",
            "Trabalho muito bem feito e rápido.",
        ],
        [
            "Péssimo atendimento, não volto mais.",
            "A encomenda nunca chegou e ninguém responde.",
            "Caro e mal feito.",
        ],
    ),
}


@pytest.mark.parametrize("language", REVIEWS)
def test_a_neighbouring_language_reads_sensibly(language: str, shipped: EmbeddedScorer) -> None:
    praise, complaints = REVIEWS[language]
    assert [score.label for score in shipped.score(praise)] == ["pos"] * len(praise)
    assert [score.label for score in shipped.score(complaints)] == ["neg"] * len(complaints)


@pytest.mark.parametrize(("language", "binary", "three"), [("en", 0.875, 0.78), ("nl", 0.8, 0.68)])
def test_long_or_subtle_reviews_are_read_no_worse_than_by_the_teacher(
    language: str, binary: float, three: float, shipped: EmbeddedScorer
) -> None:
    """The teacher's figures on the same texts: ``python -m benchmarks.sentiment_languages``."""
    rows = read_labelled_file(Path(__file__).parent / "languages" / f"{language}.csv")
    scores = shipped.score([row.text for row in rows])
    right = [score.label == row.polarity for score, row in zip(scores, rows, strict=True)]
    sides = [
        (score.p_pos > score.p_neg) == (row.polarity == "pos")
        for score, row in zip(scores, rows, strict=True)
        if row.polarity != "neu"
    ]
    assert sum(right) / len(right) >= three
    assert sum(sides) / len(sides) >= binary
