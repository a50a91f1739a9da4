import csv
import gzip
from itertools import islice
from pathlib import Path

import pytest

from sentiment.labelled_file import polarity_of
from sentiment.training.data import (
    TRADES,
    Example,
    bucket,
    read_reviews,
    read_trades,
    stars_allowed,
)
from sentiment.training.marks import Marks
from sentiment.training.sampler import Sampler

WRITTEN = Path(__file__).parents[3] / "sentiment" / "training" / "data"


@pytest.mark.parametrize(
    ("stars", "polarity", "allowed"),
    [
        (1, "neg", {1}),
        (3, "neu", {3}),
        (0.5, "neg", {1}),
        (0, "neg", {1}),
        (1.5, "neg", {1, 2}),
        (2.5, "neu", {3}),
        (3.5, "neu", {3}),
        (4.5, "pos", {4, 5}),
        (None, "neg", {1, 2}),
        (None, "pos", {4, 5}),
    ],
)
def test_the_right_stars_follow_the_rating_and_the_polarity(
    stars: float | None, polarity: str, allowed: set[int]
) -> None:
    assert stars_allowed(stars, polarity) == allowed  # type: ignore[arg-type]  # Literals above.


def test_polarity_follows_the_collected_data() -> None:
    assert [polarity_of(stars) for stars in (1, 2, 2.5, 3.5, 4, 5)] == [
        "neg", "neg", "neu", "neu", "pos", "pos",
    ]  # fmt: skip


def test_reviews_are_read_and_parted(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "stars", "polarity", "source", "domain", "split"])
        writer.writerow(["Bien, très bien", "4.0", "pos", "ici", "garage", "validation"])
        for number in range(400):
            writer.writerow([f"Avis {number}", "", "neg", "là", "garage", "train"])
    first, *rest = read_reviews(path)
    assert first == Example(
        "Bien, très bien", frozenset({4}), "pos", "ici", "test", Marks(None, ())
    )
    assert {example.part for example in rest} == {"train", "choose"}
    assert 0 < sum(example.part == "choose" for example in rest) < 40


def test_a_polarity_of_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    path.write_text("text,stars,polarity,source,domain,split\nBien,,good,ici,garage,train\n")
    with pytest.raises(ValueError, match="good"):
        read_reviews(path)


def test_the_part_of_a_text_depends_on_its_words_alone() -> None:
    assert bucket("Très  bien\n") == bucket("très bien")
    assert {bucket(f"avis {number}", 5) for number in range(200)} == {0, 1, 2, 3, 4}


def test_a_fifth_of_the_written_sentences_is_never_trained_on() -> None:
    examples = read_trades(WRITTEN)
    assert len(examples) > 700
    held = [example for example in examples if example.part == "test"]
    assert 0.15 < len(held) / len(examples) < 0.25
    drawn = {
        example.text.casefold()
        for batch in islice(Sampler(examples, 32, seed=1).batches(0), 300)
        for example in batch
    }
    assert not drawn & {example.text.casefold() for example in held}


def test_no_written_sentences_is_no_error() -> None:
    assert read_trades(None) == []


@pytest.fixture
def examples() -> list[Example]:
    stars = {"neg": frozenset({1}), "neu": frozenset({3}), "pos": frozenset({5})}
    sizes = {
        ("grand", "neg"): 900,
        ("grand", "pos"): 9000,
        ("petit", "neg"): 100,
        ("petit", "neu"): 50,
        (TRADES, "neg"): 40,
        (TRADES, "neu"): 40,
        (TRADES, "pos"): 40,
    }
    return [
        Example(f"{source} {polarity} {number}", stars[polarity], polarity, source, "train")  # type: ignore[arg-type]
        for (source, polarity), size in sizes.items()
        for number in range(size)
    ]


def test_draws_are_balanced_by_class_source_and_written_share(examples: list[Example]) -> None:
    drawn = [
        e
        for batch in islice(Sampler(examples, 32, seed=3, shares={TRADES: 0.09}).batches(0), 320)
        for e in batch
    ]
    share = {p: sum(e.polarity == p for e in drawn) / len(drawn) for p in ("neg", "neu", "pos")}
    assert share == pytest.approx({"neg": 0.42, "neu": 0.20, "pos": 0.38}, abs=0.03)
    assert sum(e.source == TRADES for e in drawn) / len(drawn) == pytest.approx(0.09, abs=0.02)
    negative = [e for e in drawn if e.polarity == "neg" and e.source != TRADES]
    # Three times the root: 900 texts weigh 30, 100 weigh 10.
    assert sum(e.source == "grand" for e in negative) / len(negative) == pytest.approx(
        0.75, abs=0.03
    )


def test_a_resumed_run_draws_what_an_unbroken_one_would(examples: list[Example]) -> None:
    unbroken = list(islice(Sampler(examples, 8, seed=5).batches(0), 80))
    resumed = list(islice(Sampler(examples, 8, seed=5).batches(45), 35))
    assert resumed == unbroken[45:]
    assert list(islice(Sampler(examples, 8, seed=6).batches(0), 80)) != unbroken


def test_batches_hold_texts_of_like_length() -> None:
    long_and_short = [
        Example("a" * length, frozenset({1}), "neg", "ici", "train") for length in range(1, 1000)
    ]
    for batch in islice(Sampler(long_and_short, 32, seed=1).batches(0), 32):
        lengths = [len(example.text) for example in batch]
        assert max(lengths) - min(lengths) < 150
