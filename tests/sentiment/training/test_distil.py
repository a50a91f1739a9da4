from pathlib import Path
from typing import Any

import torch

from sentiment.training.data import Example
from sentiment.training.distil import distil_loss, learn, student_of
from sentiment.training.network import MIDDLE_LAYER, encode, load
from tests.sentiment.tiny_model import write_tiny_model

TEXTS = ["très bon accueil", "mauvais travail à fuir", "garage cher"]


def test_a_student_of_some_layers_comes_nearer_to_its_teacher(tmp_path: Path) -> None:
    names = [f"{stars} stars" for stars in range(1, 6)]
    write_tiny_model(tmp_path, names, positions=128, layers=MIDDLE_LAYER)
    torch.manual_seed(3)
    teacher, tokenizer = load(tmp_path)
    student = student_of(tmp_path, [0, 3, 7])
    with torch.no_grad():
        teacher.classifier.classifier.bias.copy_(torch.tensor([2.0, 1.0, 0.0, -1.0, -2.0]))
    inputs = encode(tokenizer, TEXTS)
    taught_p = torch.softmax(teacher.eval()(**inputs)[0], dim=-1).detach()

    def apart() -> Any:
        student.eval()
        left = distil_loss(student(**inputs).logits, taught_p)
        return (left - distil_loss(taught_p.log(), taught_p)).item()

    before, words = apart(), student.bert.embeddings.word_embeddings.weight.clone()
    batch = [Example(text, frozenset(range(1, 6)), "neu", "x", "train") for text in TEXTS]
    learn(student, teacher, tokenizer, iter([batch] * 120), 120, bf16=False)
    assert apart() < 0.8 * before
    assert student.config.num_hidden_layers == len(student.bert.encoder.layer) == 3
    assert torch.equal(words, student.bert.embeddings.word_embeddings.weight)
