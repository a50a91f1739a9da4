"""What a page without items says of itself: that there is nothing yet, or that it is a wall."""

import re

from crawlers.troubles import Trouble

_SEARCHED_BYTES = 200_000
# Not articles and products: an empty basket speaks of them on every page of a shop.
_COUNTED = r"(?:avis|reviews?|commentaires?|évaluations?|annonces?|résultats?)"
_ZERO = re.compile(
    rf"(?<![\d.,])0\s{_COUNTED}\b"
    rf"|\b(?:aucune?|pas (?:encore )?d[e’']|pas d’|no)\s?{_COUNTED}\b"
    r"|\bsoyez le premier à (?:donner|laisser|écrire|rédiger|publier)",
    re.IGNORECASE,
)
_SOME = re.compile(rf"(?<![\d.,])[1-9][\d\s.,\u00a0\u202f]{{0,8}}\s?{_COUNTED}\b", re.IGNORECASE)
_ZERO_ITEMS = re.compile(
    rb'"numberOfItems"\s{0,9}:\s{0,9}"?0\b|itemprop="numberOfItems"[^>]{0,50}content="0"'
)
_CHALLENGE = re.compile(
    rb"captcha-delivery\.com|/cdn-cgi/challenge-platform|cf-chl-|px-captcha|_Incapsula_Resource"
    rb"|geo\.captcha|awsWafCookie|/_sec/cp_challenge",
    re.IGNORECASE,
)
_CHALLENGE_WORDS = re.compile(
    r"captcha|just a moment|un instant…|(?:pas|es) un robot|are you (?:a )?(?:human|robot)"
    r"|not a robot|vous êtes humain|unusual traffic|trafic inhabituel|activité inhabituelle"
    r"|access denied|accès refusé|pardon our interruption|attention required",
    re.IGNORECASE,
)
_PASSWORD = re.compile(rb"<input[^>]{0,200}type\s?=\s?[\"']?password", re.IGNORECASE)
_LOGIN_WORDS = re.compile(
    r"connexion|connectez-vous|se connecter|identifi|log ?in|sign ?in", re.IGNORECASE
)


def states_zero(title: str | None, text: str, body: bytes) -> bool:
    """Say whether a page itself states that it holds no reviews or listings.

    Not where it also counts some: "0 avis" may then be one line of a histogram of stars.
    """
    words = f"{title or ''}\n{text}"
    if _SOME.search(words):
        return False
    return bool(_ZERO.search(words) or _ZERO_ITEMS.search(body[:_SEARCHED_BYTES]))


def wall(title: str | None, text: str, body: bytes) -> Trouble | None:
    """Say whether a page without items is a CAPTCHA or a login instead of what was asked for."""
    head = body[:_SEARCHED_BYTES]
    # A challenge is a short page; an article that speaks of robots is not.
    words = f"{title or ''}\n{text[:1000] if len(text) < 3000 else ''}"
    if _CHALLENGE.search(head) or _CHALLENGE_WORDS.search(words):
        return Trouble.CAPTCHA
    if _PASSWORD.search(head) and _LOGIN_WORDS.search(words):
        return Trouble.LOGIN
    return None
