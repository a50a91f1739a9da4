from pathlib import Path

import torch

from sentiment.training.half import HalfCopy, PooledDropout
from sentiment.training.network import MIDDLE_LAYER, encode, load, star_loss
from tests.sentiment.tiny_model import write_tiny_model

TEXTS = ["très bon accueil", "mauvais travail à fuir", "garage cher"]


def test_weights_learn_in_fp32_what_their_copy_computes_in_bfloat16(tmp_path: Path) -> None:
    names = [f"{stars} stars" for stars in range(1, 6)]
    write_tiny_model(tmp_path, names, positions=128, layers=MIDDLE_LAYER)
    torch.manual_seed(2)
    master, tokenizer = load(tmp_path)
    words = master.classifier.bert.embeddings.word_embeddings.weight
    words.requires_grad_(False)
    half, before = HalfCopy(master), words.clone()
    optimizer = torch.optim.AdamW([p for p in master.parameters() if p.requires_grad], lr=3e-3)
    inputs, allowed = encode(tokenizer, TEXTS), torch.eye(5)[[4, 0, 1]]
    losses = []
    for _ in range(60):
        loss = star_loss(half.network(**inputs)[0], allowed)
        loss.backward()
        half.hand_over()
        optimizer.step()
        half.refresh()
        losses.append(loss.item())
    assert star_loss(master.eval()(**inputs)[0], allowed).item() < 0.8 * losses[0]
    assert torch.equal(words, before)
    for weight, rounded in zip(master.parameters(), half.network.parameters(), strict=True):
        assert weight.dtype == torch.float32
        assert torch.equal(weight.to(torch.bfloat16), rounded)


def test_pooled_dropout_leaves_out_its_share_and_keeps_the_mean() -> None:
    torch.manual_seed(5)
    dropout, values = PooledDropout(0.1), torch.ones(400, 300, dtype=torch.bfloat16)
    drawn = dropout(values).float()
    assert abs((drawn == 0).float().mean().item() - 0.1) < 0.01
    assert abs(drawn.mean().item() - 1) < 0.01
    assert not torch.equal(drawn, dropout(values).float())
    assert torch.equal(dropout.eval()(values), values)
