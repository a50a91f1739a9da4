"""``vigie detect --replay``: what would have been told on a file of dated ratings."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.ops.conftest import Vigie

START = date(2023, 1, 2)


def _file(path: Path, header: str, rows: list[str]) -> str:
    path.write_text("\n".join([header, *rows]) + "\n")
    return str(path)


def _ratings(count: int, fallen: int, best: int = 5) -> list[str]:
    """Two days apart: good, then poor; newest first, as exports are."""
    random = Random(4)
    stars = random.choices((5, 4, 3), (70, 25, 5), k=count)
    stars += random.choices((3, 2, 1), (30, 30, 40), k=fallen)
    days = [START + timedelta(days=2 * number) for number in range(len(stars))]
    rows = [f"{day},{star * best / 5:g},{best}" for day, star in zip(days, stars, strict=True)]
    return rows[::-1]


@pytest.mark.parametrize("best", [5, 10, 100])
def test_a_fall_is_told_with_its_days_and_its_levels_on_any_scale(
    vigie: Vigie, tmp_path: Path, best: int
) -> None:
    path = _file(tmp_path / "avis.csv", "date,rating,scale", _ratings(150, 40, best))
    answer = vigie("detect", "--replay", path, "--arl0", "500")
    assert (answer.status, answer.err) == (0, "")
    told, summary, promise = answer.out.replace("\xa0", " ").splitlines()
    assert "la note baisse depuis le" in told
    assert "29 octobre 2023" in told
    assert summary == "Un changement sur 190 avis, du 2 janvier 2023 au 15 janvier 2024."
    assert "tous les 500 avis" in promise
    assert not (tmp_path / "data").exists()


def test_a_short_history_is_too_early_to_tell_and_bad_lines_are_named(
    vigie: Vigie, tmp_path: Path
) -> None:
    rows = ["2023-01-02;5", "2023-13-45;5", "2023-01-03;", ";4", "2023-01-04;12/10"]
    answer = vigie("detect", "--replay", _file(tmp_path / "avis.csv", "Date;Note", rows))
    assert answer.status == 0
    assert "Aucun changement sur un avis" in answer.out
    assert "Trop tôt pour le dire" in answer.out.replace("\xa0", " ")
    lines = answer.err.splitlines()
    assert [line.split()[1] for line in lines] == ["3", "4", "5", "6"]
    for line, words in zip(lines, ("2023-13-45", "pas de note", "pas de date", "12"), strict=True):
        assert words in line


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--replay", "/nulle/part.csv"), "/nulle/part.csv"),
        (("--replay", "{sans}"), "« note » ou « date »"),
        (("--replay", "{vide}"), "date et une note"),
        (("--replay", "{bon}", "--arl0", "3"), "--arl0 vaut 3"),
        (("--replay", "{bon}", "--arl0", "nan"), "--arl0 vaut nan"),
        (("--replay", "{bon}", "--shop", "garage"), "--shop"),
        (("--arl0", "500"), "--replay"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_wrong_is_named_with_its_remedy(
    vigie: Vigie, tmp_path: Path, words: tuple[str, ...], named: str
) -> None:
    files = {
        "sans": _file(tmp_path / "sans.csv", "a,b", ["1,2"]),
        "vide": _file(tmp_path / "vide.csv", "date,note", [",5"]),
        "bon": _file(tmp_path / "bon.csv", "date,note", ["2023-01-02,5"]),
    }
    answer = vigie("detect", *(word.format(**files) for word in words))
    assert answer.status != 0
    assert named in answer.err.replace("\xa0", " ")
    assert "Traceback" not in answer.err
