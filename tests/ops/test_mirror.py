"""``vigie mirror``: the mirror on the command line."""

import sys

import pytest

from ops.cli import main
from tests.factories import make_review, make_shop, make_source
from vigie.settings import Settings
from vigie.store.session import open_engine, session_factory


def test_the_command_prints_the_mirror(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(sqlite_settings)
    with session_factory(engine).begin() as session:
        shop = make_shop(session, slug="garage", name="Garage du Pont")
        make_review(session, make_source(session, shop), rating=4.0)
    engine.dispose()
    monkeypatch.setenv("VIGIE_DATA_DIR", str(sqlite_settings.data_dir))
    for slug, status, words in (("garage", 0, "Indice\xa0: 4,0 sur 5"), ("inconnu", 1, "inconnu")):
        monkeypatch.setattr(sys, "argv", ["vigie", "mirror", slug])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert ended.value.code == status
        assert words in out + err
