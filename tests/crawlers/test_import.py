"""Importing files: good rows are kept, bad ones explained, twice is once."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.import_columns import LISTING_COLUMNS, REVIEW_COLUMNS, Columns, plain
from crawlers.import_files import records
from crawlers.import_rows import RowError, listing_of, review_of
from crawlers.importing import ImportCounts, import_listings, import_reviews
from tests.factories import make_shop
from vigie.clock import today
from vigie.errors import VigieError
from vigie.settings import Settings
from vigie.store import Listing, PricePoint, Review, Source
from vigie.store.session import open_engine, session_factory


class Importing:
    """A shop, a file, and what was reported."""

    def __init__(self, session: Session, settings: Settings, folder: Path) -> None:
        self.session, self.settings, self.folder = session, settings, folder
        self.shop = make_shop(session)
        self.reported: list[tuple[int, str]] = []

    def reviews(self, content: str | bytes, name: str = "avis.csv") -> ImportCounts:
        return self._run(import_reviews, content, name)

    def listings(self, content: str | bytes, name: str = "annonces.csv") -> ImportCounts:
        return self._run(import_listings, content, name)

    def _run(
        self, run: Callable[..., ImportCounts], content: str | bytes, name: str
    ) -> ImportCounts:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.run_on(run, path)

    def run_on(self, run: Callable[..., ImportCounts], path: Path) -> ImportCounts:
        def report(line: int, sentence: str) -> None:
            self.reported.append((line, sentence))

        return run(self.session, self.settings, self.shop, path, report)

    def stored(self) -> list[Review]:
        return list(self.session.scalars(select(Review).order_by(Review.id)))


@pytest.fixture
def importing(sqlite_settings: Settings, tmp_path: Path) -> Iterator[Importing]:
    engine = open_engine(sqlite_settings)
    with session_factory(engine)() as session:
        yield Importing(session, sqlite_settings, tmp_path)
    engine.dispose()


CSV = "texte;note;date;auteur\nTrès bien;5;12/03/2024;Marie Dupont\nBof;2,5;2024-04-01;Paul\n"


def test_importing_twice_changes_nothing(
    session: Session, settings: Settings, tmp_path: Path
) -> None:
    importing = Importing(session, settings, tmp_path)
    assert importing.reviews(CSV) == ImportCounts(new=2, changed=0, unchanged=0, bad=0)
    assert importing.reviews(CSV) == ImportCounts(new=0, changed=0, unchanged=2, bad=0)
    assert len(importing.stored()) == 2


def test_rows_become_reviews_of_the_shops_import_source(importing: Importing) -> None:
    importing.reviews(CSV)
    review = importing.stored()[0]
    assert (review.text, review.rating, review.rating_normalised) == ("Très bien", 5.0, 1.0)
    assert (review.author_label, review.published_precision) == ("Marie D.", "day")
    source = importing.session.scalars(select(Source)).one()
    assert (source.platform, source.next_run_at, source.shop_id) == (
        "import",
        None,
        importing.shop.id,
    )


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode("cp1252"),
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.replace("2,5", "2.5").replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("texte;note;date;auteur", "Text ; RATING;Published;Author").encode(),
    ],
    ids=["windows-1252", "utf-8 mark", "commas", "tabs", "crlf", "english titles"],
)
def test_each_way_of_writing_a_csv_gives_the_same_reviews(
    importing: Importing, content: bytes
) -> None:
    assert importing.reviews(content).new == 2
    assert [review.text for review in importing.stored()] == ["Très bien", "Bof"]


def test_json_lines_are_read_by_their_name_or_their_look(importing: Importing) -> None:
    line = '{"id": 7, "text": "Très bien", "rating": 4.5, "published": "2024-03-12", "x": [1]}\n'
    assert importing.reviews(line, "avis.jsonl").new == 1
    assert importing.reviews(line, "avis.txt").unchanged == 1
    assert importing.stored()[0].external_id == "7"


def test_a_row_with_an_identifier_is_changed_by_a_later_file(importing: Importing) -> None:
    importing.reviews("id;texte;note\n1;Bien;4\n")
    assert importing.reviews("id;texte;note\n1;Bien, puis non;1\n").changed == 1
    assert importing.stored()[0].text == "Bien, puis non"


def test_two_reviews_of_one_author_and_day_are_two(importing: Importing) -> None:
    importing.reviews("texte;date;auteur\nBien;2024-01-01;Paul\n")
    assert importing.reviews("texte;date;auteur\nMoins bien;2024-01-01;Paul\n").new == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (";;2024-01-01;Paul", "ni texte ni note"),
        ("Nul;11/10;;", "11/10"),
        ("Nul;beaucoup;;", "beaucoup"),
        ("Nul;-3;;", "-3"),
        ("Bien;5;2099-01-01;", "avenir"),
        ("Bien;5;demain peut-être;", "illisible"),
        ("Bien;5;31/02/2024;", "illisible"),
        ("Bi\x00en;5;;", "NUL"),
    ],
)
def test_a_bad_row_is_explained_and_the_good_ones_are_kept(
    importing: Importing, row: str, words: str
) -> None:
    content = f'texte;note;date;auteur\n"Deux\nlignes";4;;\n{row}\nParfait;5;;\n'
    assert importing.reviews(content) == ImportCounts(new=2, changed=0, unchanged=0, bad=1)
    ((line, sentence),) = importing.reported
    assert line == 4
    assert words in sentence


def test_bad_json_lines_are_explained_one_by_one(importing: Importing) -> None:
    lines = ["[1]", '{"text": {"a": 1}}', "{oups", '{"text": "Bien"}', "[" * 100_000, ""]
    counts = importing.reviews("{}\n" + "\n".join(lines), "avis.jsonl")
    assert (counts.new, counts.bad) == (1, 5)
    assert [line for line, _ in importing.reported] == [1, 2, 3, 4, 6]


def test_formulas_stay_text(importing: Importing) -> None:
    importing.reviews("texte;note\n=1+1;4\n@SUM(A1);3\n")
    assert [review.text for review in importing.stored()] == ["=1+1", "@SUM(A1)"]


def test_a_review_of_200_kb_is_cut_not_refused(importing: Importing) -> None:
    assert importing.reviews("texte;note\n" + "a" * 200_000 + ";4\n").new == 1
    assert len(importing.stored()[0].text) == 20_000


def test_listings_keep_their_prices(importing: Importing) -> None:
    first = "titre;prix;devise;sku;état\nAlternateur;1 290,00 €;;alt-1;occasion\n"
    assert importing.listings(first).new == 1
    assert importing.listings(first).unchanged == 1
    assert importing.listings(first.replace("1 290,00 €", "1190")).changed == 1
    listing = importing.session.scalars(select(Listing)).one()
    assert (listing.price_cents, listing.currency, listing.condition) == (
        119_000,
        "EUR",
        "UsedCondition",
    )
    assert len(importing.session.scalars(select(PricePoint)).all()) >= 1


@pytest.mark.parametrize(
    ("row", "words"),
    [(";12", "titre"), ("Pneu;douze", "douze"), ("Pneu;12 abc 3", "illisible")],
)
def test_a_bad_listing_is_explained(importing: Importing, row: str, words: str) -> None:
    assert importing.listings(f"titre;prix\n{row}\nJante;sur devis\n").bad == 1
    assert words in importing.reported[0][1]
    assert importing.session.scalars(select(Listing)).one().price_cents is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf \n", "vide"),
        (b"PK\x03\x04" + b"\x00" * 100, "CSV"),
        (b"%PDF-1.7", "CSV"),
        (b"<!doctype html><table>", "CSV"),
        (bytes(range(32)) * 40, "CSV"),
        (CSV.encode("utf-16"), "CSV"),
        (b"nom;prenom\nDupont;Marie\n", "texte"),
        (b'texte;note\n"' + b"a" * 1_200_000, "guillemet"),
        (b'[{"text": "Bien"}]', "tableau JSON"),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence(
    importing: Importing, content: bytes, words: str
) -> None:
    with pytest.raises(VigieError, match=words) as refused:
        importing.reviews(content)
    assert "avis.csv" in str(refused.value)
    assert importing.stored() == []


@pytest.mark.parametrize("name", ["absent.csv", "a\x00b.csv", "."])
def test_a_file_that_cannot_be_opened_gets_one_sentence(importing: Importing, name: str) -> None:
    path = importing.folder / name
    with pytest.raises(VigieError, match=r"n’existe pas|illisible|aucun fichier"):
        import_reviews(importing.session, importing.settings, importing.shop, path, print)


@given(
    st.one_of(st.binary(), st.text().map(str.encode)),
    st.sampled_from([b"", b"texte;note;date\n", b"titre,prix\n", b"{"]),
    st.sampled_from([".csv", ".jsonl"]),
    st.sampled_from([REVIEW_COLUMNS, LISTING_COLUMNS]),
)
def test_no_bytes_raise_anything_but_a_sentence(
    content: bytes, start: bytes, suffix: str, columns: Columns
) -> None:
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(start + content)
        file.flush()
        try:
            found = list(records(Path(file.name), columns))
        except VigieError:
            return
    read = review_of if columns is REVIEW_COLUMNS else listing_of
    for record in found:
        with suppress(RowError):
            read(record.values, today())


def test_the_documented_columns_are_those_that_are_read() -> None:
    documentation = (Path("docs") / "import.md").read_text(encoding="utf-8")
    for columns in (REVIEW_COLUMNS, LISTING_COLUMNS):
        for aliases in columns.names.values():
            for alias in aliases:
                assert plain(alias) == alias
                assert f"`{alias}`" in documentation, alias
