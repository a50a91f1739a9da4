"""Aspects and urgencies: the shipped head, a lexicon and a zero-shot reading, on labelled texts.

    uv pip install -e '.[train]'
    python -m benchmarks.aspects --clauses ../shared/training/aspects.jsonl.gz \
        --encoder ../shared/encoder

Two tests that training never saw: ``trades`` (sentiment/training/data/test_aspects.jsonl, labelled
by hand) and ``M-ABSA`` (validation sentences about meals, hotels and electronics). Micro-averaged
over (text, aspect) pairs; polarity is compared where an aspect was found and its label is positive
or negative. The zero-shot reading compares the base encoder's embedding of a text with that of a
sentence a person would say of each aspect (Yin et al., EMNLP 2019, with embeddings), at the
threshold that is best on the test itself, which flatters it.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.lexicon import find_by_lexicon
from sentiment.marks import ASPECTS, URGENCIES
from sentiment.reader import Reader
from sentiment.scorer import embedded_scorer
from sentiment.training.absa import read_labelled
from sentiment.training.marks import Marks, read_marks

WRITTEN = Path(__file__).parents[1] / "sentiment" / "training" / "data"

HYPOTHESES = {
    "accueil": "L'accueil et l'amabilité du personnel.",
    "prix": "Le prix, le tarif, le devis, la facture.",
    "delai": "Le délai, l'attente, la ponctualité, le rendez-vous.",
    "qualite": "La qualité du travail, de la réparation, de la coupe.",
    "honnetete": "L'honnêteté, la clarté, la transparence, l'arnaque.",
    "conseil": "Les conseils, les explications, la compétence.",
    "proprete": "La propreté, le lieu, les locaux, le parking.",
    "produit": "Le produit, le choix, la fraîcheur, le goût.",
    "livraison": "La livraison, le colis, l'emballage, le transporteur.",
    "sav": "Le service après-vente, le remboursement, la garantie.",
}

Case = tuple[str, Marks]
Found = Sequence[Mapping[str, set[str]]]


def polarities(marks: Marks) -> dict[str, set[str]]:
    """Return the polarities given to each aspect of a text."""
    given: dict[str, set[str]] = {}
    for name, polarity, _ in marks.aspects or ():
        given.setdefault(name, set()).add(polarity)
    return given


def print_aspects(title: str, cases: Sequence[Case], found: Found) -> None:
    """Print precision, recall and F1 by aspect and in all, and how often the polarity is right."""
    hits, claimed, given = Counter[str](), Counter[str](), Counter[str]()
    decided = right = 0
    for (_, marks), claims in zip(cases, found, strict=True):
        truth = polarities(marks)
        claimed.update(claims.keys())
        given.update(truth.keys())
        for name in claims.keys() & truth.keys():
            hits[name] += 1
            if truth[name] in ({"neg"}, {"pos"}) and claims[name]:
                decided += 1
                right += claims[name] == truth[name]
    print(f"\n{title}: {len(cases)} texts")
    for name in ASPECTS:
        print(f"  {name:12s} {_figures(hits[name], claimed[name], given[name])}")
    print(f"  {'all':12s} {_figures(hits.total(), claimed.total(), given.total())}")
    if decided:
        print(f"  polarity right in {right / decided:.3f} of {decided}", flush=True)


def by_reader(reader: Reader, cases: Sequence[Case]) -> Found:
    """Return what the shipped model finds."""
    found = []
    for reading in reader.read([text for text, _ in cases]):
        claims: dict[str, set[str]] = {}
        for aspect in reading.aspects:
            claims.setdefault(aspect.name, set()).add(aspect.polarity)
        found.append(claims)
    return found


def by_zero_shot(encoder: Path, cases: Sequence[Case]) -> Found:
    """Return what the base encoder finds by likeness alone; it reads no polarity."""
    embed = _embedder(encoder)
    names = list(HYPOTHESES)
    likeness = embed([text for text, _ in cases]) @ embed([HYPOTHESES[n] for n in names]).T
    truth = np.array([[name in polarities(marks) for name in names] for _, marks in cases])

    def f1(threshold: float) -> float:
        said = likeness >= threshold
        return 2 * float((said & truth).sum()) / max(1.0, float(said.sum() + truth.sum()))

    threshold = max(np.quantile(likeness, np.linspace(0.5, 0.995, 200)), key=f1)
    return [
        {name: set() for name, like in zip(names, row, strict=True) if like >= threshold}
        for row in likeness
    ]


def print_urgencies(reader: Reader, cases: Sequence[Case]) -> None:
    """Print precision and recall of "is urgent", of each kind, and on traps that complain."""
    readings = reader.read([text for text, _ in cases])
    hits, claimed, given = Counter[str](), Counter[str](), Counter[str]()
    traps = alarms = 0
    for (_, marks), reading in zip(cases, readings, strict=True):
        truth = {kind for kind, _ in marks.urgencies or ()}
        claims = {urgency.kind for urgency in reading.urgencies}
        for tally, kinds in ((hits, truth & claims), (claimed, claims), (given, truth)):
            tally.update(kinds)
        hits["urgent"] += bool(truth and claims)
        claimed["urgent"] += bool(claims)
        given["urgent"] += bool(truth)
        traps += not truth
        alarms += bool(claims and not truth)
    print(f"\nUrgency: {len(cases)} texts, {traps} of them traps, {alarms} false alarms")
    for name in (*URGENCIES, "urgent"):
        print(f"  {name:14s} {_figures(hits[name], claimed[name], given[name])}")


def _figures(hits: int, claimed: int, given: int) -> str:
    precision, recall = hits / max(1, claimed), hits / max(1, given)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"given {given:4d}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def _embedder(folder: Path) -> Callable[[Sequence[str]], np.ndarray]:
    import torch
    from transformers import AutoModel, AutoTokenizer

    model, tokenizer = (
        AutoModel.from_pretrained(folder).float(),
        AutoTokenizer.from_pretrained(folder),
    )

    def embed(texts: Sequence[str]) -> np.ndarray:
        rows = []
        for start in range(0, len(texts), 64):
            # The prefix with which this encoder was trained.
            batch = [f"query: {text}" for text in texts[start : start + 64]]
            inputs = tokenizer(batch, padding=True, truncation=True, return_tensors="pt")
            with torch.inference_mode():
                states = model(**inputs).last_hidden_state
            mask = inputs["attention_mask"][..., None]
            mean = (states * mask).sum(1) / mask.sum(1)
            rows.append(torch.nn.functional.normalize(mean, dim=-1).numpy())
        return np.concatenate(rows)

    return embed


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description="Aspects and urgencies, beside plain ways.")
    parser.add_argument("--clauses", type=Path, help="M-ABSA sentences, .jsonl.gz")
    parser.add_argument("--encoder", type=Path, help="the base encoder, for the zero-shot reading")
    args = parser.parse_args()
    scorer = embedded_scorer()
    reader = Reader(scorer)
    tests = {"trades": [(t, m) for t, _, m in read_marks(WRITTEN / "test_aspects.jsonl")]}
    if args.clauses:
        tests["M-ABSA"] = [(r.text, r.marks) for r in read_labelled(args.clauses, "validation")]
    for name, cases in tests.items():
        print_aspects(f"{scorer.version} on {name}", cases, by_reader(reader, cases))
        lexicon = find_by_lexicon([text for text, _ in cases], scorer)
        print_aspects(f"lexicon with the model's polarity on {name}", cases, lexicon)
        if args.encoder:
            zero_shot = by_zero_shot(args.encoder, cases)
            print_aspects(f"zero-shot on {name}", cases, zero_shot)
    print_urgencies(reader, [(t, m) for t, _, m in read_marks(WRITTEN / "test_urgency.jsonl")])


if __name__ == "__main__":
    main()
