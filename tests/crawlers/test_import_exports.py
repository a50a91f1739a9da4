"""The owner's own exports: Google Takeout, Trustpilot, ads; recognised, bounded, once."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from crawlers import import_takeout
from crawlers.importing import ImportCounts, import_reviews
from tests.crawlers.test_import import Importing
from tests.factories import make_review, make_source
from vigie.errors import VigieError
from vigie.settings import Settings
from vigie.store import Listing, Review, Source
from vigie.store.session import open_engine, session_factory

FOLDER = "Takeout/Google Business Profile/account-1/location-2"
PLACE = "accounts/1/locations/2"


@pytest.fixture
def importing(sqlite_settings: Settings, tmp_path: Path) -> Iterator[Importing]:
    engine = open_engine(sqlite_settings)
    with session_factory(engine)() as session:
        yield Importing(session, sqlite_settings, tmp_path)
    engine.dispose()


def _review(number: int, place: str = PLACE, **more: Any) -> dict[str, Any]:
    return {
        "reviewer": {"displayName": "Marie Durand"},
        "starRating": "FOUR",
        "comment": f"Réparation soignée, visite {number}.",
        "createTime": "2026-03-02T09:00:00.123456Z",
        "updateTime": "2026-03-05T09:00:00Z",
        "reviewReply": {"comment": "Merci !", "updateTime": "2026-03-06T09:00:00Z"},
        "name": f"{place}/reviews/AbC{number}",
        **more,
    }


def _archive(path: Path, files: dict[str, Any]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            archive.writestr(f"{FOLDER}/{name}", text)
    return path


def test_a_takeout_is_imported_as_archive_folder_or_file_once(importing: Importing) -> None:
    first, second = {"reviews": [_review(1), _review(2)]}, {"reviews": [_review(3), "?", {}]}
    files = {"reviews.json": first, "reviews-2.json": second, "reviews-3.json": "{", "data.json": 1}
    path = _archive(importing.folder / "takeout.zip", files)
    got = importing.reviews(path.read_bytes(), "t.zip")
    assert got == ImportCounts(new=3, changed=0, unchanged=0, bad=3, export="google")
    assert [line for line, _ in importing.reported] == [2, 3, 4]
    assert any("reviews-3.json" in sentence for _, sentence in importing.reported)
    folder = importing.folder / "Takeout"
    with zipfile.ZipFile(path) as archive:
        archive.extractall(importing.folder)
    again = importing.run_on(import_reviews, folder)
    assert importing.reviews(json.dumps(first), "avis.json").unchanged == 2
    assert (again.new, again.unchanged, again.bad) == (0, 3, 3)
    review = next(one for one in importing.stored() if one.external_id == "AbC1")
    assert (review.rating, review.reply_text) == (4.0, "Merci !")
    assert review.edited_at is not None
    assert len(importing.stored()) == 3


def test_one_listing_of_two_accounts_is_one_and_the_owners_own_reviews_are_none(
    importing: Importing,
) -> None:
    other = {"reviews": [_review(1, "accounts/77/locations/2"), _review(2)]}
    own = {"type": "FeatureCollection", "features": [{"properties": {"five_star_rating": 5}}]}
    files = {"reviews.json": {"reviews": [_review(1)]}, "reviews_001.json": other}
    path = _archive(importing.folder / "a.zip", {**files, "../Maps/Reviews.json": own})
    got = importing.reviews(path.read_bytes(), "t.zip")
    assert (got.new, got.unchanged, got.bad) == (2, 1, 0)


def test_a_takeout_and_the_interface_are_one_source_and_the_newer_word_counts(
    importing: Importing,
) -> None:
    options = {"location": PLACE}
    source = make_source(importing.session, importing.shop, platform="google", options=options)
    known = make_review(importing.session, source, external_id="AbC1", text="Corrigé depuis.")
    other = _review(9, "accounts/1/locations/7")
    got = importing.reviews(json.dumps({"reviews": [_review(1), _review(2), other]}), "avis.json")
    assert (got.new, got.changed, got.unchanged, got.bad) == (1, 0, 1, 1)
    assert {one.source_id for one in importing.stored()} == {source.id}
    assert known.text == "Corrigé depuis."


def test_an_archive_that_is_a_trap_or_no_takeout_is_refused(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_takeout, "_LIMIT", 100_000)
    bomb = {"reviews.json": " " * 60_000, "reviews-2.json": " " * 60_000}
    places = {"reviews.json": {"reviews": [_review(1), _review(2, "accounts/1/locations/7")]}}
    for files, words in ((bomb, "décompressé"), ({"x.csv": ""}, "reviews.json"), (places, "plusi")):
        path = _archive(importing.folder / "a.zip", files)
        with pytest.raises(VigieError, match=words):
            importing.reviews(path.read_bytes(), "b.zip")
    whole = _archive(importing.folder / "a.zip", {"reviews.json": {"reviews": [_review(1)]}})
    broken = whole.read_bytes().replace(b"PK\x01\x02", b"PK\x09\x09")
    with pytest.raises(VigieError, match="illisible"):
        importing.reviews(broken, "c.zip")
    assert importing.stored() == []


def test_a_trustpilot_export_is_read_in_its_own_words(importing: Importing) -> None:
    header = "Review Id;Review Created (UTC);Review Username;Review User Email;Review Title;"
    header += "Review Content;Review Stars;Review Language;Company Reply Date (UTC)\n"
    good = 'r1;2026-03-02 23:30:00;Zoé Martin;zoe@mail.example;Très bien;"Reçu\nvite";5;fr;\n'
    got = importing.reviews((header + good + "r2;un jour;A;;;Bof;2;fr;\n").encode("cp1252"))
    assert (got.new, got.bad, got.export) == (1, 1, "trustpilot")
    (review,) = importing.stored()
    assert (review.external_id, review.text, review.author_label) == ("r1", "Reçu\nvite", "Zoé M.")
    assert review.published_at.isoformat() == "2026-03-02T23:30:00+00:00"
    source = importing.session.get_one(Source, review.source_id)
    assert source.label == "Trustpilot (export)"


def test_a_trustpilot_export_of_products_is_recognised_too(importing: Importing) -> None:
    text = "review_id,stars,product_name,product_sku,content,consumer_name,created_at\n"
    text += "p1,4,Lampe,L-1,Belle lumière,Paul Roy,2026-03-02T23:30:00Z\n"
    got = importing.reviews(text)
    assert (got.new, got.bad, got.export) == (1, 0, "trustpilot")
    (review,) = importing.stored()
    assert (review.text, review.rating, review.author_label) == ("Belle lumière", 4.0, "Paul R.")


def test_own_ads_are_read_from_the_marketplaces_files(importing: Importing) -> None:
    cars = "\ufeffRéférence;Marque;Modèle;Version;Année;Kilométrage;Énergie;Prix;Immatriculation\n"
    cars += "LC1;Renault;Clio IV;1.5 dCi 90;2016;85000;Diesel;8 990 €;AB-123-CD\nLC2;;;;;;;1;\n"
    parts = "list_id,subject,body,price,status\n77,Alternateur Clio,Révisé,89,Expirée\n"
    got = [importing.listings(cars), importing.listings(cars), importing.listings(parts)]
    assert [(one.new, one.unchanged, one.bad, one.export) for one in got] == [
        (1, 0, 1, "lacentrale"),
        (0, 1, 1, "lacentrale"),
        (1, 0, 0, "leboncoin"),
    ]
    car, part = importing.session.scalars(select(Listing).order_by(Listing.id))
    assert (car.title, car.price_cents) == ("Renault Clio IV 1.5 dCi 90", 899_000)
    assert (car.year, car.mileage_km, car.fuel, car.model) == (2016, 85_000, "Diesel", "Clio IV")
    assert (part.external_id, part.availability) == ("77", "OutOfStock")
    assert importing.session.scalar(select(Review.id)) is None
