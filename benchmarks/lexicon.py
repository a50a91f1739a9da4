"""The lexicon that the second head replaced, kept as the baseline to measure it against.

The words by which French customers speak of each aspect, as patterns over folded text.

Folded text is lower case, without accents, apostrophes straight, each character in its place (so
offsets agree with the text). A word that also means something else stands with what settles it.
"""

import re
from collections.abc import Sequence

from sentiment.clauses import fold, split_clauses
from sentiment.scorer import Scorer, is_readable, to_score

_WORDS: dict[str, tuple[str, ...]] = {
    "accueil": (
        r"accueil\w*",
        r"accuel\w*",
        r"sour(?:ire|iant)\w*",
        r"(?:des)?amabilite|aimable\w*",
        r"(?:anti|sym)pathi\w+|sympas?",
        r"gentil\w*",
        r"(?:im|mal)?poli(?:e|s|es|tesse|ment)?",
        r"(?:dis)?courtois\w*",
        r"chaleureu\w+",
        r"(?:pas|ni|sans|aucun|meme pas)(?: de| un| dire| meme| le)* bonjour|bonjour ni",
        r"personnels?(?! et confidentiel)",
        r"serveu(?:r|se)s?|vendeuses?|caissiere?s?|receptionnistes?|secretaires?",
        r"equipes?",
        r"patron(?:ne)?s?|gerante?s?",
        r"(?<!rendu )(?<!au )service(?! (?:apres|clients?|clientele|public|de livraison|minimum))",
        r"hautaine?s?|mepris\w*|arrogan\w+|agressi\w+|odieu\w+|grossi(?:er|ere)s?",
        r"(?:ete|etre|est|tres) (?:tres |si |toujours )?(?:bien|mal) recue?s?|mal recue?s?",
        r"serviable\w*|attentionne\w*|prevenant\w*|bienveillan\w+",
        r"injoignable\w*|standard telephonique|decroche\w*|raccroche\w*",
        r"ne (?:me |nous |vous )?(?:repond|rappell)\w*",
    ),
    "prix": (
        r"prix",
        r"tarif\w*|tarifaire\w*",
        r"(?<!mon )(?<!mes )(?<!tres )chere?s?|tres chere?s?",
        r"couteu\w+|(?:ca |me |nous |m'a |la |tout )?coute(?:r|nt|ra)?",
        r"couts?",
        r"factur\w+|surfactur\w+",
        r"devis",
        r"\d+ ?(?:euros?|eur|€|balles)|€|euros?",
        r"abordable\w*|onereu\w+|exorbitan\w+|economiqu\w+|economies?|gratuitement",
        r"bon marche|hors de prix|note salee",
        r"remises?|promo(?:s|tion|tions)?|rabais|ristournes?",
        r"surcouts?|supplements?",
    ),
    "delai": (
        r"delais?",
        r"(?<!aux )(?<!nos )(?<!mes )(?<!les )(?<!vos )attentes?",
        r"(?<!m')(?<!s')(?<!t')(?<!vous )attend(?:re|u|us|ons|ent|ez|s)?(?! de )",
        r"patient(?:e|er|ons|ez)|poireaut\w+",
        r"retards?|retarde\w*",
        r"rapid\w+",
        r"vites?",
        r"lents?|lentes?|lenteurs?|lentement",
        r"ponctu\w+",
        r"a l'heure|dans les temps|le jour meme|dans la journee|en temps et en heure",
        # Neither "depuis" (a customer for ten years) nor "apres" (broken after a month) is a wait.
        r"(?:pendant|en|au bout de|fallu|sous|pris|prend|attends depuis|attend depuis) "
        r"(?:plus d'|plus de |presque |pres de |environ |moins de |moins d')?"
        r"(?:une?|deux|trois|quatre|cinq|six|dix|quinze|\d+) ?"
        r"(?:min(?:ute)?s?|h|heures?|jours?|semaines?|mois)",
        r"prompt\w*|reacti(?:f|fs|ve|ves|vite)",
        r"trop tard|plus tard que|tard(?:e|er|ent|if|ive|ifs|ives)",
        r"toujours (?:pas|rien) (?:recu|pret|fini|livre|de nouvelles)",
        r"rappels?|relances?|relancer?",
        r"(?<!au )(?:rendez-vous|rdv)(?= (?:annule|reporte|decale|non|manque|rate|pas))",
    ),
    "qualite": (
        r"qualites?(?! ?[/-]? ?prix)(?! prix)",
        r"travail|travaux|boulot|ouvrage",
        r"bacl\w+|soigne\w*|malfacons?|finitions?|nickel",
        r"repar\w+|depann\w+|interventions?|prestations?|entretien",
        r"professionn\w+|pro(?=s? |[.,;!?]|$)s?",
        r"(?:in)?competen\w+|savoir[- ]faire",
        r"serieu\w+|rigoureu\w+|rigueur|consciencieu\w+|minutieu\w+|meticuleu\w+",
        r"(?:in)?efficac\w+",
        r"(?:bien|mal|tres bien) (?:fait|faite|faits|pose|posee|monte|montee|realise|realisee)s?",
        r"pannes?|fuites?|fuit",
        r"defaut\w*|defectueu\w+",
        r"amateur\w*|bricol\w+",
        r"solid\w+|fragil\w+|robuste\w*",
        r"resultats?",
        r"coupes?(?= (?:de cheveux|ratee|reussie|parfaite|impeccable|au top))|coloration|brushing",
    ),
    "honnetete": (
        r"(?:mal)?honnete\w*",
        r"arnaqu\w+|escro\w+|voleu\w+|filou\w*|charlatan\w*",
        r"transparen\w+|opaque\w*",
        r"confiance",
        r"mensong\w+|menteu\w+|menti|mentent|mentir",
        r"trompe(?:r|rie|ries|urs?|use)?|tromper(?:ie|ies)",
        r"fiab\w+",
        r"promess\w+|promis\w*|parole",
        r"surfactur\w+",
        r"frais caches|mauvaises? surprises?|sans surprises?",
        r"integrite|integre|franchise|loyal\w*",
        r"(?:reparations?|travaux|pieces?|depenses?) inutiles?",
        r"(?:devis|explications?|informations?|tarifs?|c'est|tout est|tres|bien) "
        r"clair(?:e|s|es|ement)?",
        r"vole(?= |[.,;!?]|$)(?<!s'envole)",
    ),
    "conseil": (
        r"conseils?|conseillere?s?",
        r"(?:m'a|m'ont|nous a|nous ont|ai ete|a ete|avons ete|bien|mal|sait|savent|pour) "
        r"(?:tres |bien |mal |si |parfaitement )*conseill\w+",
        r"expli(?:que|quer|quent|quait|cation|cations|qua|quees?|ques)",
        r"renseign\w+",
        r"pedagog\w+|a l'ecoute|ecoute",
        r"guidee?s?|orientee?s?|aiguill\w+|accompagn(?:e|ee|es|ement)",
    ),
    "proprete": (
        r"(?<!mon )(?<!ton )(?<!son )(?<!leur )(?<!notre )(?<!votre )(?<!sa )(?<!ma )"
        r"(?<!ses )(?<!mes )(?<!leurs )propre(?:s|te|ment)?",
        r"(?:mal)?propretes?",
        r"sales?|salete\w*|crass\w+|degueu\w*",
        r"hygien\w+|insalubr\w+|nettoy\w+|menage",
        r"poussier\w+|odeurs?|cafards?",
        r"decors?|decoration|cadre|locaux|ambiances?|terrasse|atmosphere",
        r"lieux?(?! de)(?<!au lieu)|salle(?! de bains?)|bruyant\w*|bruit",
        r"parking|stationne\w*",
        r"confort\w*|spacieu\w+|chambres?",
    ),
    "produit": (
        r"produits?|articles?|marchandises?",
        r"plats?|repas|cuisines?|nourriture|menus?",
        r"pains?|baguettes?|croissants?|viennoiseries?|brioches?|gateaux?|patisseries?|tartes?",
        r"viandes?|poissons?|pizzas?|desserts?|entrees?|burgers?|frites|salades?|fromages?",
        r"vins?|boissons?|cafe|the vert|bieres?|cocktails?|chocolats?",
        r"delicieu\w+|saveurs?|gouts?|gustati\w+|savoureu\w+|succulent\w*",
        r"degust\w+|un regal|regale\w*",
        r"fraich\w+|ultra[- ]frais|produits frais|goute\w*|fade\w*|cuisson|cuite?s?",
        r"choix(?! de)|pieces? (?:detachees?|d'origine)|modeles?",
        r"ordinateurs?|appareils?|ecrans?|batterie|autonomie|matelas|canapes?",
        r"chaussures?|robes?|vetements?|bouquets?|fleurs?|bijoux?",
        r"(?:im)?mangeable\w*|(?:im)?buvable\w*",
    ),
    "livraison": (
        r"livraisons?|livreu\w+|livrer|livree?s|livrent",
        r"(?:ete|est|sont|a|ont|suis|etait|ete bien|ete mal|jamais|bien|mal|pas|rien|etre|non) "
        r"livree?s?(?! avec)",
        r"livree?s? (?:en|dans|le|la|a temps|tres|vite|rapidement|chez|a domicile)",
        r"(?:colis|commande|article|tout) (?:bien |mal )?(?:arrivee?|recue?)s?",
        r"colis|expedi\w+|transporteurs?|coursiers?|acheminement",
        r"emball\w+",
        r"frais de port|point relais|chronopost|colissimo|mondial relay|la poste|dpd",
        r"envois?|commande (?:jamais |bien |mal |enfin )?(?:recue|arrivee|perdue)",
    ),
    "sav": (
        r"s\.a\.v|sav|apres[- ]vente",
        r"services? (?:clients?|clientele|consommateurs?)",
        r"garanties?",
        r"rembours\w+",
        r"reclamations?|litiges?|retractation",
        r"retours? (?:produits?|articles?|gratuits?|du colis|colis|impossible)",
        r"retourner (?:le|la|l')",
        r"(?:demande d'|un |l')?echange (?:de|du|d'un|gratuit)|support technique|assistance",
        r"hotline|support(?= )",
    ),
}

PATTERNS: dict[str, re.Pattern[str]] = {
    name: re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)") for name, words in _WORDS.items()
}

REVIEW_SHARE = 0.25
"""Weight of the whole review beside its clause: a bare "le prix" is read in its light."""


def find_by_lexicon(texts: Sequence[str], scorer: Scorer) -> list[dict[str, set[str]]]:
    """Return the aspects whose words stand in each text, with what is read in the clause."""
    found: list[dict[str, set[str]]] = []
    for text, whole in zip(texts, scorer.score(texts), strict=True):
        claims: dict[str, set[str]] = {}
        clauses = [text[start:end] for start, end in split_clauses(text)]
        clauses = [clause for clause in clauses if is_readable(clause)]
        for clause, own in zip(clauses, scorer.score(clauses), strict=True):
            pairs = zip(own.stars_p, whole.stars_p, strict=True)
            label = to_score([(1 - REVIEW_SHARE) * a + REVIEW_SHARE * b for a, b in pairs]).label
            for name, pattern in PATTERNS.items():
                if pattern.search(fold(clause)):
                    claims.setdefault(name, set()).add(label)
        found.append(claims)
    return found
