"""What a page without items says of itself: that there is nothing yet, or that it is a wall."""

import re
from html import unescape

from crawlers.troubles import Trouble

_SEARCHED_BYTES = 200_000
# Not articles and products: an empty basket speaks of them on every page of a shop.
_COUNTED = r"(?:avis|reviews?|commentaires?|évaluations?|annonces?|résultats?)"
_ZERO = re.compile(
    rf"(?<![\d.,])0\s{_COUNTED}\b"
    rf"|\b(?:aucune?|pas (?:encore )?d[e’']|pas d’)\s?{_COUNTED}\b"
    r"|\bno\s(?:reviews|results|review\s(?:yet|found|so far))\b|\bbe the first to (?:review|write)"
    rf"|\bpas (?:encore )?reçu d[e’']\s?{_COUNTED}\b"
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
    r"just a moment|un instant…|(?:pas|es) un robot|are you (?:a )?(?:human|robot)"
    r"|not a robot|vous êtes humain|(?:verify(?:ing)?|confirm) (?:that )?you are (?:a )?human"
    r"|enable js and disable any ad blocker|access to this page has been denied"
    r"|unusual traffic|trafic inhabituel|activité inhabituelle"
    r"|access denied|accès refusé|pardon our interruption|attention required",
    re.IGNORECASE,
)
_CAPTCHA = re.compile("captcha", re.IGNORECASE)
# A challenge shows little else; a page of contents has its scripts, and a form its CAPTCHA, too.
_CHALLENGE_LETTERS = 1500
_FORM_LETTERS = 800
# A wall, not a banner: nothing but the question stands on the page.
_CONSENT_WORDS = re.compile(
    r"(?=.*\bcookies?\b)(?=.*\b(?:tout accepter|accepter (?:et|&) (?:continuer|fermer)"
    r"|continuer sans accepter|accept all|agree and close)\b)"
    r"(?=.*\b(?:consentement|vie privée|partenaires|consent|privacy)\b)",
    re.IGNORECASE | re.DOTALL,
)
_PASSWORD = re.compile(rb"<input[^>]{0,200}type\s?=\s?[\"']?password", re.IGNORECASE)
_LOGIN_WORDS = re.compile(
    r"connexion|connectez-vous|se connecter|identifi|log ?in|sign ?in", re.IGNORECASE
)


# Words of a title, which no title of a page of reviews has: "Page introuvable", "404 Not Found".
_ABSENT_TITLE = re.compile(
    r"\b(?:erreur|error|page|http)\s?:?\s?404\b|^\W*404\s*(?:$|[-–—|:.,!]|not found|error|erreur)"
    r"|\b(?:page|url|adresse)\s(?:web\s)?(?:demandée\s)?(?:est\s)?"
    r"(?:introuvable|inexistante|non trouvée|not found|manquante|supprimée|(?:non |in)disponible)"
    r"|\bpage\b[^.!?\n]{0,40}(?:n['’](?:existe|a pas été trouvée|est plus disponible)"
    r"|est introuvable|no longer exists|can(?:not|['’]t) be found|doesn['’]t exist"
    r"|does not exist)|^\W*not found\b",
    re.IGNORECASE,
)
# Words of a page that holds nothing.
_ABSENT = re.compile(
    _ABSENT_TITLE.pattern
    + r"|\b(?:annonce|fiche|profil|établissement|entreprise|commerce|garage|contenu|produit)s?\b"
    r"[^.!?\n]{0,60}(?:n['’]existe (?:plus|pas)|introuvable|expirée?\b"
    r"|(?:a été|est) (?:supprimée?|retirée?|désactivée?)"
    r"|n['’]est plus (?:en ligne|disponible|référencée?|accessible))",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_ARTICLE = re.compile(
    rb'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"(?:News|Blog|Tech|Scholarly)?(?:Article|Posting)"'
    rb"|itemtype=[\"']?https?://schema\.org/(?:NewsArticle|BlogPosting|Article)\b"
)
_OG_ARTICLE = re.compile(
    rb"<meta[^>]{0,100}og:type[\"'][^>]{0,100}content=[\"']article[\"']"
    rb"|<meta[^>]{0,100}content=[\"']article[\"'][^>]{0,100}og:type",
    re.IGNORECASE,
)


def says_absent(body: bytes, text: str | None) -> bool:
    """Say whether a page says in words that it is none, whatever its status.

    Args:
        text: what the page shows, where it holds neither reviews nor listings; None where it
            does: only its title is believed then.
    """
    found = _TITLE.search(body[:_SEARCHED_BYTES])
    title = unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
    if text is None:
        return _ABSENT_TITLE.search(title) is not None
    # A long page may tell of another one that is gone.
    head = text.strip()[:1500] if len(text) < 5000 else ""
    return _ABSENT.search(f"{title}\n{head}") is not None


def is_article(body: bytes, surely: bool = False) -> bool:
    """Say whether a page's markup calls it an article.

    Args:
        surely: by schema.org; by Open Graph, many a page of any kind is an "article".
    """
    head = body[:_SEARCHED_BYTES]
    # Most pages have none of these words; looking for them costs less than the patterns do.
    if (b"Article" in head or b"Posting" in head) and _ARTICLE.search(head):
        return True
    return not surely and b"og:type" in head and _OG_ARTICLE.search(head) is not None


def states_zero(title: str | None, text: str, body: bytes) -> bool:
    """Say whether a page itself states that it holds no reviews or listings.

    Not where it also counts some: "0 avis" may then be one line of a histogram of stars.
    """
    words = f"{title or ''}\n{text}"
    if _SOME.search(words):
        return False
    return bool(_ZERO.search(words) or _ZERO_ITEMS.search(body[:_SEARCHED_BYTES]))


def wall(title: str | None, text: str, body: bytes) -> Trouble | None:
    """Say whether a page without items is a CAPTCHA, a login or a question of consent instead."""
    head = body[:_SEARCHED_BYTES]
    text = "\n".join(filter(None, map(str.strip, text.splitlines())))
    title = title or ""
    if _is_challenge(title, text, head):
        return Trouble.CAPTCHA
    words = f"{title}\n{text if len(text) < _FORM_LETTERS else ''}"
    if _PASSWORD.search(head) and _LOGIN_WORDS.search(words):
        return Trouble.LOGIN
    if len(text) < 3000 and _CONSENT_WORDS.match(text):
        return Trouble.CONSENT
    return None


def _is_challenge(title: str, text: str, head: bytes) -> bool:
    if len(text) < _CHALLENGE_LETTERS and (
        _CHALLENGE.search(head) or _CHALLENGE_WORDS.search(f"{title}\n{text}")
    ):
        return True
    # An article that speaks of robots is not a challenge.
    if len(text) < 2 * _CHALLENGE_LETTERS and _CHALLENGE_WORDS.search(title):
        return True
    return _CAPTCHA.search(title) is not None or (
        len(text) < _FORM_LETTERS and _CAPTCHA.search(text) is not None
    )
