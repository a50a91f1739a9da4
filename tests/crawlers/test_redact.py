"""What identifies a person is masked, and what only looks like it stays."""

import re
from datetime import date, time

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
        ("ab-123-cd", "[plaque masquée]"),
        ("AB 123 CD", "[plaque masquée]"),
        ("AB123CD", "[plaque masquée]"),
        ("123 ABC 75", "[plaque masquée]"),
        ("1234 AB 2A", "[plaque masquée]"),
        ("457-QRS-971", "[plaque masquée]"),
        ("véhicule HP 302 XL", "véhicule [plaque masquée]"),
        ("jean.dupont[at]exemple[point]fr", "[e-mail masqué]"),
        ("06/12/34/56/78", "[téléphone masqué]"),
        ("06 - 12 - 34 - 56 - 78", "[téléphone masqué]"),
        ("0612 345 678", "[téléphone masqué]"),
        ("02 47 12 34 56", "[téléphone masqué]"),
        ("0032 475 12 34 56", "[téléphone masqué]"),
        ("fr76 3000 6000 0112 3456 7890 189", "[IBAN masqué]"),
        ("BE68 5390 0754 7034 MERCI", "[IBAN masqué] MERCI"),
        ("2 69 05 2A 588 157 17", "[numéro de sécurité sociale masqué]"),
        ("184127645108946", "[numéro de sécurité sociale masqué]"),
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
        "Venu le 01/02/2024 10:30, puis le 06.07.2023 à 12 h et le 02-03-2024 11h.",
        "Du 01 02 2024 au 06 07 2024.",
        "J’ai gagné +10 000 000 € et 1 234 567 890 points.",
        "Cartouche HP 302 XL, imprimante HP 123XL, écran LG 320 HD.",
        "Ma 307 HDI 90 et sa 205 GTI 16 ; une Renault 19, une BMW 320 D.",
        "Il demande 450 EUR 50, puis 33 CL 12, 120 KM 30, 20 MIN 45.",
        "SIRET 732 829 320 00074, SIREN 732 829 320, TVA FR40303265045.",
        "N° SIRET : 06 12 34 56 78 0001",
        "Code barre 3017620422003, numéro de série 1234567890123456.",
        "Sécu fausse : 1 84 12 76 451 089 47, IBAN faux : FR76 3000 6000 0112 3456 7890 188.",
        "Ouvert de 08 h 30 à 12 h 00, 02 pièces à 15,50 € en 2024.",
        "Rue du 8 mai 1945, 37000 Tours ; lot 12 RUE 75.",
    ],
)
def test_prices_dates_and_counts_stay(sentence: str) -> None:
    assert redact(sentence) == sentence


SIV_LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"
words = st.sampled_from(["Bonjour,", "Voici :", "Appelez le", "merci", "(urgent)", "Prix 12 €."])


@st.composite
def phones(draw: st.DrawFn) -> str:
    digits = draw(st.from_regex(r"[1-9][0-9]{8}", fullmatch=True))
    gap = draw(st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f"]))
    pairs = gap.join(digits[start : start + 2] for start in range(1, 9, 2))
    start = draw(st.sampled_from(["0", "+33", "+33 ", "0033", "0033 ", "+33 (0)"]))
    return f"{start}{digits[0]}{gap}{pairs}"


@st.composite
def plates(draw: st.DrawFn) -> str:
    letters = st.text(SIV_LETTERS, min_size=2, max_size=2)
    number = draw(st.from_regex(r"[0-9]{3}", fullmatch=True))
    return f"{draw(letters)}-{number}-{draw(letters)}"


@st.composite
def ibans(draw: st.DrawFn) -> str:
    account = draw(st.from_regex(r"[0-9]{10}[0-9A-Z]{11}[0-9]{2}", fullmatch=True))
    as_digits = "".join(str(int(letter, 36)) for letter in f"{account}FR00")
    compact = f"FR{98 - int(as_digits) % 97:02d}{account}"
    step = draw(st.sampled_from([4, 40]))
    return " ".join(compact[start : start + step] for start in range(0, 27, step))


@st.composite
def social_security_numbers(draw: st.DrawFn) -> str:
    place = draw(st.sampled_from(["75", "37", "2A", "2B", "99"]))
    number = draw(
        st.builds(
            "{}{:02d}{:02d}{}{:03d}{:03d}".format,
            st.sampled_from("12"),
            st.integers(0, 99),
            st.integers(1, 12),
            st.just(place),
            st.integers(1, 990),
            st.integers(1, 999),
        )
    )
    plain = number.replace("2A", "19").replace("2B", "18") if place in ("2A", "2B") else number
    key = f"{97 - int(plain) % 97:02d}"
    if not draw(st.booleans()):
        return number + key
    cuts = [number[:1], number[1:3], number[3:5], number[5:7], number[7:10], number[10:], key]
    return " ".join(cuts)


@given(
    words,
    st.one_of(phones(), plates(), ibans(), social_security_numbers(), st.just("m.d@ex.fr")),
    words,
)
def test_a_personal_number_is_masked_in_any_form(before: str, secret: str, after: str) -> None:
    masked = redact(f"{before} {secret} {after}")
    assert masked.startswith(before)
    assert masked.endswith(after)
    kept = masked[len(before) : -len(after)].strip()
    assert re.fullmatch(r"\[[^\]0-9]+\]", kept), kept


@given(st.integers(0, 999_999), st.sampled_from(["€", "euros", "km", "%", "kg"]))
def test_no_amount_is_taken_for_a_person(amount: int, unit: str) -> None:
    sentence = f"Pour {amount:,} {unit}".replace(",", " ") + f", soit {amount / 100:.2f} {unit}."
    assert redact(sentence) == sentence


ORDINARY = st.one_of(
    st.builds("{} €".format, st.integers(1, 9999)),
    st.builds("{} euros".format, st.integers(1, 99_999)),
    st.builds("{},90 €".format, st.integers(1, 9999)),
    st.builds("{}€".format, st.integers(1, 99_999)),
    st.integers(1900, 2099).map(str),
    st.builds("{} km".format, st.integers(1, 999_999)),
    st.builds("{} jours".format, st.integers(1, 365)),
    st.builds("{}-{}".format, st.integers(1, 99), st.integers(1, 99)),
)
CALLED = st.sampled_from(
    [
        "commande",
        "Devis",
        "facture de",
        "client depuis",
        "dossier :",
        "Réservation",
        "ticket",
        "réf.",
    ]
)


@given(CALLED, ORDINARY, st.sampled_from([".", ", merci.", " ! Parfait.", " (deux fois)."]))
def test_no_price_year_or_count_beside_an_order_is_taken_for_its_number(
    called: str, ordinary: str, after: str
) -> None:
    sentence = f"Ma {called} {ordinary}{after}"
    assert redact(sentence) == sentence


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.times(),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"]),
)
def test_no_date_is_taken_for_a_person(day: date, hour: time, form: str) -> None:
    sentence = f"Venu le {day.strftime(form)} {hour:%H:%M}, revenu le {day.strftime(form)}."
    assert redact(sentence) == sentence


@given(st.emails(domains=st.just("exemple.fr")))
def test_no_address_is_left(address: str) -> None:
    assert "@exemple.fr" not in redact(f"Écrivez à {address} ou à <{address}>, merci.")


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
