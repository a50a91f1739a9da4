"""What the command line says by itself, its headings and its refusals, is French too."""

import inspect

import pytest

from ops.click_words import MODULES, TEXTS
from tests.ops.conftest import Vigie


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("shop", "ad"), "La commande « ad » n’existe pas. Peut-être 'add' ?"),
        (("run", "--prt", "3"), "L’option --prt n’existe pas. Peut-être '--port' ?"),
        (("crawl", "--source", "abc"), "'--source' : « abc » n’est pas un nombre"),
        (("run", "--port", "99999"), "99999 n’est pas dans les bornes 0<=x<=65535"),
        (("user", "add", "x", "--role", "chef"), "« chef » ne convient pas"),
        (("brief", "x", "--until", "31/12/2026"), "« 31/12/2026 » n’est pas une date"),
        (("source", "add", "x"), "Il manque '--shop'"),
        (("brief",), "Il manque 'COMMERCE'"),
        (("shop", "list", "x"), "De trop : x."),
        (("detect", "--shop"), "L’option --shop attend une valeur."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_refusal_is_one_french_sentence_and_where_to_look(
    vigie: Vigie, words: tuple[str, ...], said: str
) -> None:
    answer = vigie(*words)
    assert answer.status == 2
    assert said in answer.err.replace("\u00a0", " ")
    assert "--help" in answer.err
    assert answer.err.strip().count("\n") == 0


def test_the_headings_of_help_are_french(vigie: Vigie) -> None:
    help_of_all, help_of_one = vigie("--help").out, vigie("demo", "town", "--help").out
    assert "Usage\u00a0:" in help_of_all
    assert "Commandes\u00a0:" in help_of_all
    assert "--port NOMBRE" in help_of_one
    assert "par défaut\u00a0: 8137" in help_of_one
    assert "Affiche cette aide." in help_of_one


def test_each_message_that_is_translated_is_one_of_click() -> None:
    source = "\n".join(inspect.getsource(module) for module in MODULES)
    assert [text for text in TEXTS if repr(text)[1:-1] not in source] == []
