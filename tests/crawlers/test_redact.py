"""What identifies a person is masked, and what only looks like it stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.pseudonyms import label, pseudonym
from crawlers.redact import redact

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("secret", "masked"),
    [
        ("jean.dupont@exemple.fr", "[e-mail masqué]"),
        ("jean (at) exemple.fr", "[e-mail masqué]"),
        ("06 12 34 56 78", "[téléphone masqué]"),
        ("0612345678", "[téléphone masqué]"),
        ("06.12.34.56.78", "[téléphone masqué]"),
        ("+33 6 12 34 56 78", "[téléphone masqué]"),
        ("+33 (0)6 12 34 56 78", "[téléphone masqué]"),
        ("0033612345678", "[téléphone masqué]"),
        ("+32 475 12 34 56", "[téléphone masqué]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[IBAN masqué]"),
        ("FR7630006000011234567890189", "[IBAN masqué]"),
        ("1 84 12 76 451 089 46", "[numéro de sécurité sociale masqué]"),
        ("4111 1111 1111 1111", "[carte masquée]"),
        ("AB-123-CD", "[plaque masquée]"),
    ],
)
def test_what_identifies_a_person_is_masked(secret: str, masked: str) -> None:
    assert redact(f"Voici : {secret}, merci.") == f"Voici : {masked}, merci."


@pytest.mark.parametrize(
    "sentence",
    [
        "Ma commande n° 123456 n’est jamais arrivée.",
        "Commande AB-12345 reçue.",
        "Facture FA2024-001 fausse.",
        "Dossier numéro : 2024/0012.",
    ],
)
def test_order_numbers_are_masked_and_the_word_stays(sentence: str) -> None:
    masked = redact(sentence)
    assert "[numéro masqué]" in masked
    assert masked.split()[0] == sentence.split()[0]
    assert not re.search(r"\d{3}", masked)


@pytest.mark.parametrize(
    "sentence",
    [
        "J’ai payé 1 290,00 € le 12/03/2024 à 14h30.",
        "Commande passée en 2024, livrée en 3 jours.",
        "Devis 450 euros, facture 450 €.",
        "Ils sont 12 345 à le dire, note 4,5/5.",
        "PEUGEOT 308 DE 2019, 120 000 KM, 37000 TOURS",
        "Un client pressé, la commande était prête.",
    ],
)
def test_prices_dates_and_counts_stay(sentence: str) -> None:
    assert redact(sentence) == sentence


@given(st.text())
def test_redacting_never_fails_and_leaves_no_address(text: str) -> None:
    assert "x@exemple.fr" not in redact(f"{text} x@exemple.fr {text}")


@given(st.text(alphabet="0123456789 .-+()@aAbR\u00a0", max_size=5000))
def test_redacting_hostile_digits_is_quick_and_idempotent_in_length(text: str) -> None:
    assert len(redact(text)) <= 30 * (len(text) + 1)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Marie Dupont", "Marie D."),
        ("MARIE DUPONT", "Marie D."),
        ("Jean-Pierre de la Tour", "Jean-Pierre T."),
        ("Marie", "Marie"),
        ("garage37", "garage37"),
        ("marie@exemple.fr", None),
        ("Marie 06 12 34 56 78", None),
        ("  ", None),
        ("42", None),
    ],
)
def test_a_name_is_shortened_to_what_may_be_shown(name: str, shown: str | None) -> None:
    assert label(name) == shown


def test_one_person_has_one_pseudonym_whatever_the_spelling() -> None:
    assert pseudonym(KEY, "Marie  DUPONT ") == pseudonym(KEY, "marie dupont")
    assert pseudonym(KEY, "Marie Dupont") != pseudonym(KEY, "Marie Dupond")
    assert pseudonym(KEY, "Marie Dupont") != pseudonym(b"other" * 8, "Marie Dupont")


@given(st.text())
def test_a_pseudonym_never_holds_the_name(name: str) -> None:
    made = pseudonym(KEY, name)
    assert made is None or re.fullmatch(r"[0-9a-f]{64}", made)
    shown = label(name)
    assert shown is None or len(shown) <= 45
