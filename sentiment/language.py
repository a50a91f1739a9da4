"""Which language a review is in: py3langid's naive Bayes over byte n-grams, with French in doubt.

Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool", ACL 2012.
"""

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from vigie.languages import UNKNOWN_LANGUAGE

READ = ("fr", "en", "de", "es", "it", "nl", "pt")
"""The languages that the model's vocabulary was cut to."""

FRENCH_MARGIN = 13.0
"""Log-likelihood by which another language must beat French, which most reviews here are in.

Of 3,800 French texts, "Nickel." and "Bof." among them, 3 lie beyond; of 54 texts in 17 other
languages, the nearest is at 19.5.
"""

READ_MARGIN = 3.0
"""The same between a language that is not read and the likeliest that is."""

CHARACTERS = 2000
"""No more of a text is looked at."""


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of one of READ, or ``und`` for another language."""
    # Emoji and figures are the same in every language that is read.
    if not any(character.isalpha() for character in text[:CHARACTERS]):
        return "fr"
    likelihoods: dict[str, float] = dict(_identifier().rank(text[:CHARACTERS]))
    best = max(likelihoods.values())
    if best - likelihoods["fr"] <= FRENCH_MARGIN:
        return "fr"
    likeliest = max(READ, key=lambda code: likelihoods[code])
    return likeliest if best - likelihoods[likeliest] <= READ_MARGIN else UNKNOWN_LANGUAGE


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
