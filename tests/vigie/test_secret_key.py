from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from vigie.secret_key import FILE_NAME, secret_key
from vigie.settings import Settings, load_settings

TOGETHER = 8


def keys_of_a_joint_start(settings: Settings) -> set[str]:
    start = Barrier(TOGETHER)

    def ask(_: int) -> str:
        start.wait()
        return secret_key(settings)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return set(pool.map(ask, range(TOGETHER)))


def test_all_that_start_together_get_the_same_whole_key(tmp_path: Path) -> None:
    for attempt in range(40):
        keys = keys_of_a_joint_start(load_settings(data_dir=tmp_path / str(attempt)))
        assert len(keys) == 1
        assert len(keys.pop()) >= 32


def test_nothing_is_left_beside_the_key(tmp_path: Path) -> None:
    secret_key(load_settings(data_dir=tmp_path / "data"))
    assert [file.name for file in (tmp_path / "data").iterdir()] == [FILE_NAME]
