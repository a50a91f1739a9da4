"""What the second head is trained on: marks of a text, and of its words where they are known.

A text's logit for a mark is its greatest token's (multiple instance learning, Dietterich et al.
1997): a sentence that is only known to speak of the price has some token that does. Where the
words are known, their tokens are asked for too.
"""

from collections.abc import Sequence

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from sentiment.clauses import fold
from sentiment.marks import (
    ASPECT_MARKS,
    ASPECT_PART,
    ASPECTS,
    POLARITY_MARKS,
    URGENCIES,
    URGENCY_MARKS,
)
from sentiment.scorer import LABELS, Label
from sentiment.training.data import Example

Offsets = Sequence[tuple[int, int]]

TOKEN_SHARE = 0.5
"""Weight of the words' own loss beside the texts'."""

POSITIVE_WEIGHT = 2.0
"""Weight of a mark that is there beside one that is not, which is far more frequent."""


def marks_loss(
    logits: torch.Tensor, examples: Sequence[Example], offsets: Sequence[Offsets]
) -> torch.Tensor:
    """Return the mean loss over the examples that carry marks; 0 where none does.

    Args:
        logits: (texts, tokens, marks).
        examples: (texts,).
        offsets: each text's tokens' (start, end); (0, 0) for markers. Padding is left out.
    """
    losses = [
        _text_loss(logits[place, : len(pairs)].float(), example, pairs)
        for place, (example, pairs) in enumerate(zip(examples, offsets, strict=True))
        if example.marks is not None
    ]
    return torch.stack(losses).mean() if losses else logits.sum() * 0.0


def urgency_loss(logits: torch.Tensor, example: Example, offsets: Offsets) -> torch.Tensor:
    """Return the loss of one text's (tokens, urgencies) logits; its urgencies must be known."""
    known = (example.marks.urgencies if example.marks else None) or ()
    urgent = [(URGENCIES.index(kind), words) for kind, words in known]
    return _detection_loss(logits, urgent, fold(example.text), offsets)


def aspects_loss(logits: torch.Tensor, example: Example, offsets: Offsets) -> torch.Tensor:
    """Return the loss of one text's (tokens, aspects and polarities) logits; both must be known."""
    known = (example.marks.aspects if example.marks else None) or ()
    text = fold(example.text)
    aspects = [(ASPECTS.index(name), words) for name, _, words in known]
    loss = _detection_loss(logits[:, ASPECT_MARKS], aspects, text, offsets)
    for name, polarity, words in known:
        within = _tokens_of(words, text, offsets)
        loss = loss + _polarity_loss(logits, ASPECTS.index(name), polarity, within)
    return loss


def _text_loss(logits: torch.Tensor, example: Example, offsets: Offsets) -> torch.Tensor:
    inner = torch.tensor([end > start for start, end in offsets])
    logits = logits[inner]
    spans = [pair for pair in offsets if pair[1] > pair[0]]
    loss = logits.sum() * 0.0
    if spans and example.marks and example.marks.aspects is not None:
        loss = loss + aspects_loss(logits[:, ASPECT_PART], example, spans)
    if spans and example.marks and example.marks.urgencies is not None:
        loss = loss + urgency_loss(logits[:, URGENCY_MARKS], example, spans)
    return loss


def _detection_loss(
    logits: torch.Tensor, marks: Sequence[tuple[int, str]], text: str, spans: Offsets
) -> torch.Tensor:
    """Return the loss of (tokens, marks) logits for the (mark, words) that are there."""
    target = torch.zeros(logits.shape[1])
    tokens = torch.zeros_like(logits)
    known = all(words for _, words in marks)
    for mark, words in marks:
        target[mark] = 1.0
        within = _tokens_of(words, text, spans)
        known = known and within is not None
        if within is not None:
            tokens[within, mark] = 1.0
    weight = torch.full_like(target, POSITIVE_WEIGHT)
    loss = binary_cross_entropy_with_logits(
        logits.max(dim=0).values, target, pos_weight=weight, reduction="sum"
    )
    if known:
        each = binary_cross_entropy_with_logits(logits, tokens, reduction="none")
        loss = loss + TOKEN_SHARE * each.mean(dim=0).sum() * 3
    return loss


def _polarity_loss(
    logits: torch.Tensor, aspect: int, polarity: Label, within: torch.Tensor | None
) -> torch.Tensor:
    """Return the loss of the polarity read where the aspect is, or is believed to be."""
    scores = logits[:, aspect].detach()
    if within is not None:
        scores = scores.masked_fill(~within, -1e4)
    share = torch.softmax(scores, dim=0)
    pooled = (share[:, None] * logits[:, POLARITY_MARKS]).sum(dim=0, keepdim=True)
    loss: torch.Tensor = cross_entropy(pooled, torch.tensor([LABELS.index(polarity)]))
    return loss


def _tokens_of(words: str, text: str, spans: Offsets) -> torch.Tensor | None:
    """Return (tokens,): which are within the words; None where these are not known or found.

    They are looked for in the folded text, since it may have lost its accents or capitals; where
    it was changed further, only the whole text's marks count.
    """
    start = text.find(fold(words)) if words else -1
    if start < 0:
        return None
    end = start + len(words)
    within = torch.tensor([first < end and last > start for first, last in spans])
    return within if bool(within.any()) else None
