"""Writing a text the way people type it on a phone: no accents, capitals, slips, SMS spelling.

Pure functions of a text and a random generator; the meaning, hence the stars, is kept.
"""

import random
import re
import unicodedata
from collections.abc import Callable

SMS = {
    "c'est": ("c", "cest", "c est"),
    "j'ai": ("jai", "g"),
    "rendez-vous": ("rdv",),
    "beaucoup": ("bcp",),
    "toujours": ("tjs", "tjrs"),
    "tout": ("tt",),
    "pour": ("pr",),
    "quand": ("qd",),
    "qu'on": ("kon", "quon"),
    "que": ("ke", "q"),
    "quoi": ("koi",),
    "très": ("tres", "tré", "trop"),
    "pas": ("pa",),
    "problème": ("pb", "probleme"),
    "n'est": ("nest",),
    "je ne": ("je",),
    "jamais": ("jms", "jamai"),
    "quelque chose": ("qqch",),
    "temps": ("tps",),
    "même": ("mm", "meme"),
    "s'il vous plaît": ("svp",),
    "restaurant": ("resto",),
    "sympathique": ("sympa",),
}
"""Spellings seen in text messages, for the plain words on the left."""

_SMS_WORD = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in SMS), re.IGNORECASE)


def without_accents(text: str) -> str:
    """Return the text with each accented letter replaced by its plain one."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def without_punctuation(text: str, rng: random.Random) -> str:
    """Return the text without its commas and stops, or with a few of them lost."""
    share = rng.choice((0.5, 1.0))
    return re.sub(r"[.,;:!?…]+", lambda mark: "" if rng.random() < share else mark[0], text)


def repeated_letters(text: str, rng: random.Random) -> str:
    """Stretch a vowel or the end mark of one word: "trooop", "nul !!!!"."""
    places = [match.start() for match in re.finditer(r"[aeiouéè!](?=\b|\W|$|[lrpt])", text)]
    if not places:
        return text
    place = rng.choice(places)
    return text[:place] + text[place] * rng.randint(3, 5) + text[place + 1 :]


def slips(text: str, rng: random.Random) -> str:
    """Swap, drop or double a letter in about one word of twelve."""
    return " ".join(
        _slip(word, rng) if len(word) > 4 and rng.random() < 0.08 else word
        for word in text.split(" ")
    )


def sms_spelling(text: str, rng: random.Random) -> str:
    """Replace plain words by what a text message would have, each half of the time."""

    def shorten(match: re.Match[str]) -> str:
        return rng.choice(SMS[match[0].lower()]) if rng.random() < 0.5 else match[0]

    return _SMS_WORD.sub(shorten, text.replace("’", "'"))


def as_people_type(text: str, rng: random.Random, share: float = 0.45) -> str:
    """Return the text as it is, or (for ``share`` of the texts) changed in one to three ways."""
    if rng.random() >= share:
        return text
    ways: list[Callable[[str], str]] = [
        without_accents,
        str.lower,
        str.upper if rng.random() < 0.5 else str.lower,
        lambda given: without_punctuation(given, rng),
        lambda given: repeated_letters(given, rng),
        lambda given: slips(given, rng),
        lambda given: sms_spelling(given, rng),
        lambda given: given.replace("’", "'"),
    ]
    for way in rng.sample(ways, rng.choice((1, 1, 2, 3))):
        text = way(text)
    return text


def _slip(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place] + word[place:]
