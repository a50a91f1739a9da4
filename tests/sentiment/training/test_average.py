from pathlib import Path

import pytest
import torch

from sentiment.training.average import average
from sentiment.training.network import MIDDLE_LAYER, Network, load
from tests.sentiment.tiny_model import write_tiny_model


def written(folder: Path, seed: int) -> Path:
    names = [f"{stars} stars" for stars in range(1, 6)]
    write_tiny_model(folder, names, positions=128, layers=MIDDLE_LAYER)
    torch.manual_seed(seed)
    network = Network(folder)
    with torch.no_grad():
        for weight in network.parameters():
            weight.normal_()
    network.save(folder)
    return folder


def test_both_heads_and_the_encoder_are_mixed_by_the_share(tmp_path: Path) -> None:
    former = load(written(tmp_path / "former", 1))[0].state_dict()
    latter = load(written(tmp_path / "latter", 2))[0].state_dict()
    average(tmp_path / "former", tmp_path / "latter", 0.75, tmp_path / "mixed")
    mixed = load(tmp_path / "mixed")[0].state_dict()
    assert mixed.keys() == former.keys()
    assert any(name.startswith("marks") for name in mixed)
    for name, weight in mixed.items():
        if weight.is_floating_point():
            wanted = 0.25 * former[name] + 0.75 * latter[name]
            assert torch.allclose(weight, wanted, atol=1e-5), name


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_whole_of_one_is_that_one(tmp_path: Path, share: float) -> None:
    kept = tmp_path / ("latter" if share else "former")
    written(tmp_path / "former", 1)
    written(tmp_path / "latter", 2)
    average(tmp_path / "former", tmp_path / "latter", share, tmp_path / "mixed")
    wanted, mixed = load(kept)[0].state_dict(), load(tmp_path / "mixed")[0].state_dict()
    assert all(torch.allclose(mixed[name], wanted[name], atol=1e-6) for name in wanted)
