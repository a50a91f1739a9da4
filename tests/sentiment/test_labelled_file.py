import gzip
from pathlib import Path

import pytest

from sentiment.labelled_file import Labelled, polarity_of, read_labelled_file
from vigie.errors import NotFoundError, VigieError


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "avis.csv"


@pytest.mark.parametrize(
    "content",
    [
        'text,stars,source\n"Bon, très bon",4.5,google\nNul,1,\n',
        "text;stars;source\r\nBon, très bon;4,5;google\r\nNul;1/5;\r\n",
        "stars\tText\tdate\tsource\n4.5\tBon, très bon\thier\tgoogle\n\n1\tNul\t\t\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("zipped", [False, True])
def test_a_file_is_read_however_it_was_saved(
    written: Path, content: str, encoding: str, zipped: bool
) -> None:
    data = content.encode(encoding)
    written.write_bytes(gzip.compress(data) if zipped else data)
    assert read_labelled_file(written) == [
        Labelled("Bon, très bon", "pos", 4.5, "google"),
        Labelled("Nul", "neg", 1, ""),
    ]


def test_a_polarity_stands_before_what_the_stars_would_say(written: Path) -> None:
    written.write_text("text,stars,polarity\nBof,4,neu\nBien,,Positif\nNul,0,\nVide,5,NEGATIVE\n")
    assert read_labelled_file(written) == [
        Labelled("Bof", "neu", 4, ""),
        Labelled("Bien", "pos", None, ""),
        Labelled("Nul", "neg", 1, ""),
        Labelled("Vide", "neg", 5, ""),
    ]


def test_stars_say_a_polarity() -> None:
    said = [polarity_of(stars) for stars in (1, 2, 2.5, 3.5, 4, 5)]
    assert said == ["neg", "neg", "neu", "neu", "pos", "pos"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "ne commence pas par des titres"),
        ("\n", "ne commence pas par des titres"),
        (";;\n", "ne commence pas par des titres"),
        ("avis,note\nBon,5\n", "lues : avis, note"),
        ("text,source\nBon,google\n", "colonnes attendues"),
        ("text,stars\n", "que sa ligne de titres"),
        ('text,stars\nBon,5\n"deux\nlignes",5\nBon,sept\n', "Ligne 5 : « sept »"),
        ("text,stars\nBon,6\n", "Ligne 2 : « 6 »"),
        ("text,stars\nBon,-1\n", "Ligne 2 : « -1 »"),
        ("text,stars\nBon,nan\n", "Ligne 2 : « nan »"),
        ("text,polarity\nBon,bien\n", "Ligne 2 : « bien »"),
        ("text,stars\nBon,5\n ,4\n", "Ligne 3 : le texte est vide"),
        ("text,stars\n\0,4\n", "Ligne 2 : le texte est vide"),
        ("text,stars\nBon\n", "Ligne 2 : ni étoiles ni polarité"),
        ("text,stars\nBon, très bon,5\n", "Ligne 2 : plus de valeurs"),
        ("text,stars\n" + "x" * 200_000 + ",5\n", "Ligne 2 : le CSV"),
    ],
)
def test_a_bad_line_is_named_with_its_remedy(written: Path, content: str, sentence: str) -> None:
    written.write_text(content, "utf-8")
    with pytest.raises(VigieError, match=sentence) as caught:
        read_labelled_file(written)
    assert len(str(caught.value)) < 400


def test_a_file_that_cannot_be_read_is_named(written: Path) -> None:
    with pytest.raises(NotFoundError, match=r"avis\.csv n’existe pas"):
        read_labelled_file(written)
    with pytest.raises(VigieError, match="ne se lit pas"):
        read_labelled_file(written.parent)
    written.write_bytes("text,stars\nTrès bon,5\n".encode("cp1252"))
    with pytest.raises(VigieError, match="CSV UTF-8"):
        read_labelled_file(written)
    written.write_bytes(gzip.compress(b"text,stars\n" + b"Bon,5\n" * 99)[:-4])
    with pytest.raises(VigieError, match="ne se lit pas"):
        read_labelled_file(written)
