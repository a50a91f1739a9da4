"""How pages say things in sight: the words, class names and signs beside reviews and prices."""

import re

STRUCK = re.compile(
    r"old|barr[eé]|strik|regular|before|crossed|initial|original|was-|ancien|reference", re.I
)
DATE_MARK = re.compile(r"date|time|publi|posted|when|jour", re.I)
AUTHOR_MARK = re.compile(
    r"author|auteur|pseudo|reviewer|user-?name|customer-?name|client-?name", re.I
)
TEXT_MARK = re.compile(
    r"(?:review|avis|comment)\w*[-_]{0,2}(?:body|text|texte|content|desc|message)|verbatim", re.I
)
TITLE_MARK = re.compile(r"title|titre|heading|headline", re.I)
BRAND_MARK = re.compile(r"brand|(?<!re)marque", re.I)
# Beside a brand: its label, and the link to more of it.
NOT_BRAND = re.compile(
    r":$|^(?:marque|brand|voir|view|see|tou(?:s|tes)|plus|mehr|more|shop|découvr\w+|autres)\b", re.I
)
DATE_LEAD = re.compile(
    r"^(?:avis|publi|post|dépos|le\b|commenté|il y a|hier|avant|aujourd|du\b|rédigé|écrit|soumis"
    r"|date|évalué|noté|visit|séjour|modifi|expérience|written|reviewed|on\b)",
    re.I,
)
# Since when somebody is a customer says nothing of when the review was written.
STANDING = re.compile(
    r"\b(?:depuis|since|inscrite?|membre|member|abonnée?|joined|(?:premi|derni)er(?:e|s)? achat)\b",
    re.I,
)
EXPERIENCE = re.compile(
    r"(?:à la )?suite (?:à|d['’]) ?une? (?:expérience|achat|commande|visite|séjour|intervention)"
    r"|date de (?:l['’]expérience|la visite|visite|séjour|la commande|l['’]achat)"
    r"|date of (?:experience|stay|visit)|expérience (?:du|le|en)|visit[ée]{1,3} (?:en|le)"
    r"|a séjourné|séjour(?:né)? (?:en|du|le)|achat du|commande du|intervention du",
    re.I,
)
EDITED = re.compile(r"modifié|mis à jour|édité|actualisé|updated|edited", re.I)
VERIFIED = re.compile(
    r"^\W{0,3}(?:achat|avis|client|cliente|commande|expérience|séjour|visite|acheteur|commentaire)"
    r"\s(?:vérifiée?|certifiée?|contrôlée?|authentifiée?|confirmée?)"
    r"|^\W{0,3}verified\s(?:purchase|buyer|review|owner|customer)",
    re.I,
)
REPLY_LABEL = re.compile(
    r"^\W{0,3}(?:réponses? (?:de|du|des|d['’]|apportée|officielle|par|:)|réponse\b"
    r"|le (?:propriétaire|professionnel|vendeur|gérant) (?:a répondu|répond)"
    r"|response from|owner['’]?s? (?:reply|response)|reply from"
    r"|[^.!?]{1,60}\s(?:a répondu|répond|replied)\s?:)",
    re.I,
)
# A label alone ("Marque", "Réf. :"), or with its value after a colon.
BRAND_LABEL = re.compile(r"(?:la\s)?(?:marque|brand|fabricant)\s?(?::\s*|$)", re.I)
REFERENCE_LABEL = re.compile(
    r"(?:réf(?:érence)?s?|ref|sku|code (?:article|produit))\.?"
    r"(?:\s(?:produit|article|du produit))?\s?(?:[:#]\s*|$)",
    re.I,
)
OTHER_PRICE = re.compile(
    r"\bHT\b|hors taxe|/\s?(?:kg|l|litre|m²|m2|100\s?g|mois|pièce|unité)\b|\b\d\s?x\b|sans frais"
    r"|par mois|le (?:kilo|litre|kg)\b|éco-?part|livraison|frais de port|économi[sez]",
    re.I,
)
IN_STOCK = re.compile(r"^(?:.{0,20}[-–—:|,•✓✔]\s?)?(?:en stock|in stock)\b", re.I)
AVAILABILITY = {
    "en stock": "InStock",
    "in stock": "InStock",
    "disponible": "InStock",
    "disponible immédiatement": "InStock",
    "rupture de stock": "OutOfStock",
    "en rupture de stock": "OutOfStock",
    "en rupture": "OutOfStock",
    "épuisé": "OutOfStock",
    "indisponible": "OutOfStock",
    "out of stock": "OutOfStock",
    "victime de son succès": "OutOfStock",
    "sur commande": "BackOrder",
    "en précommande": "PreOrder",
    "vendu": "SoldOut",
}
# What a page adds to a text that it shows in part.
MORE = re.compile(
    r"\s?(?:(?:\.{3}|…)\s?[\[(]?(?i:lire|voir|afficher|en lire|en voir|en savoir|read|show)"
    r"|[\[(]?(?:Lire|Voir|Afficher|En lire|En voir|En savoir|Read|Show))"
    r"\s(?i:la suite|plus|moins|more|less|l['’]avis (?:complet|entier)|l['’]intégralité"
    r"|tout(?: l['’]avis)?|(?:full|whole) review)[\])]?[\s….>»]{0,5}$"
)
# How widgets end a text: with its author's answer to another question.
RECOMMENDED = re.compile(
    r"\s*[✔✓✘✗]?\s*(?:Oui|Non|Yes|No),?\s+(?:Je (?:ne )?recommande (?:pas )?ce produit"
    r"|I (?:do not )?recommend this product)\s?\.?$"
)
ELLIPSIS = re.compile(r"\s?(?:…|\.{3})\s?")
BYLINE = re.compile(r"^(?:par|by)\s{0,2}:?\s+(?=\S)|\s*(?:a écrit|a dit|dit)?\s*:?$", re.I)
COUNTED = re.compile(
    r"(\d{1,3}(?:[ .,\u00a0\u202f]?\d{3}){0,3})\s{0,2}"
    r"(avis|commentaires?|témoignages?|reviews?|notes?|évaluations?|votes?|ratings?)\b",
    re.I,
)
