"""What words of titles mean: synonyms, values that exclude each other, words that say nothing.

Everything is written folded (lower case, no accents) and compared as stems.
"""

import re
from collections.abc import Callable


def stem(word: str) -> str:
    """Return the word without the ending that gender and number change."""
    return re.sub(r"(?<=\w\w\w)[esx]+$", "", word)


# Several words that are one, or nothing; applied in order on folded text.
PHRASES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"garantie?s? \d+ (ans?|mois)|\d+ (ans?|mois) de garantie|garantie? constructeur", " "),
        (r"(tout|tous) operateurs?|debloquee?", " "),
        (r"(tres |parfait )?(bon|excellent) etat|etat (neuf|correct)|comme neuve?", " occasion "),
        (r"(premier|1er) cru", " premiercru "),
        (r"echange standard|remis a neuf|re-?manufacture", " reconditionne "),
        (r"\bgrade [abc]\b", " "),
        (r"pour pieces|en panne|\bhs\b(?! ?\d)|\w+ (casse|fissure)e?s?\b", " horservice "),
        (r"a reparer|defectueux|accidentee?|non roulante?|epave|incomplete?", " horservice "),
        (r"sans batteries?( ni chargeurs?)?|machine (seule|nue)|\bnue\b", " sansbatterie "),
        (r"(avec )?\b[1-9] batteries?\b", " "),
        (r"avec faisceau|faisceau (inclus|fourni)", " faisceau "),
        (r"sans gluten", " sansgluten "),
        (r"\bar\b", " arriere "),
        (r"\bav\b", " avant "),
        (r"\bst (?=[a-z]{4})", " saint "),
        (r"\blevi s\b", " levis "),
        (r"\bv\.? ?s\.? ?o\.? ?p\b", " vsop "),
        # Four figures that would pass for a year.
        (r"peugeot 2008\b", r" peugeot p2008 "),
        (r"\b(audi|a[346]) avant\b", r" \1 break "),
        (r"\bgrand (?=c[34]\b|scenic|picasso|espace|modus|kangoo)", " maxi "),
        (r"sans (sucre|lactose|sel)", r" sans\1 "),
        (r"avec meuble|avec support", " support "),
        (r"location (de )?(la )?batterie", " locationbatterie "),
        (r"achat integral|batterie (achetee|incluse)", " achatintegral "),
        (r"a? ?direction assistee", " directionassistee "),
        (r"boite (de )?vitesses?|\bbv\b", " boitevitesse "),
        (r"\becu\b", " calculateur moteur "),
        (r"(vanne )?\begr\b", " vanneegr "),
        (r"silencieux|pot (d )?echappement", " silencieux "),
        (r"bougies? d allumage", " bougie "),
        (r"attelage (de )?remorque|attache remorque", " attelage "),
        (r"avant catalyseur", " amont "),
        (r"apres catalyseur", " aval "),
        (r"vidange (du )?moteur", " vidange "),
        (r"velos? tout ?-?terrain", " vtt "),
        (r"\b(de|en) (remplacement|rechange)\b", " "),
        (r"\b(style|facon|genre|esprit|imitation|replique|inspire\w*) (?=[a-z]{4})", " imitation "),
        (r"\bgaz (?=r ?\d)", " "),
        (r"\bpour (\d{1,2})$", r" \1 personnes "),
        (r"\b(guide|hauteur|largeur|longueur|profondeur|haut|h|l) (de )?(?=\d+ ?(cm|mm|m)\b)", " "),
        (r"\bt ?(?=\d\d\b)", " "),
        (r"boite (manuelle|automatique|auto)|\b(dsg|edc|eat ?[68]|bva)\b|\bbvm\d?\b",
         lambda m: " manuelle " if re.search("man|bvm", m[0]) else " automatique "),
        (r"(ballon|cumulus) (eau chaude )?|chauffe-? ?eau( electrique)?", " chauffeeau "),
        (r"leve-? ?vitres?", " levevitre "),
        (r"pare-? ?chocs?", " parechoc "),
        (r"pare-? ?brises?", " parebrise "),
        (r"essuie-? ?glaces?", " essuieglace "),
        (r"lave-? ?linge|machine a laver", " lavelinge "),
        (r"porte-? ?(velos?|bagages?)", r" porte\1 "),
        (r"anti-? ?brouillard", " antibrouillard "),
        (r"velo (a assistance )?electrique|velo .{0,20}electrique|\bvae\b", " velo electrique "),
        (r"disque ([\d ]+mm)", r" \1 "),
        (r"lait cru", " laitcru "),
        (r"amande frangipane|frangipane amande|frangipane", " amande "),
        (r"plaquettes? de freins?", " plaquette "),
        (r"disques? de freins?", " disque "),
        (r"kit (d )?embrayage", " embrayage "),
        (r"feux? arrieres?", " feu arriere "),
        (r"gants? de (boxe|moto)", r" gant \1 "),
        (r"micro-? ?ondes?", " microonde "),
        (r"main d oeuvre (comprise|incluse)?", " "),
        (r"toutes? marques?|a retirer en boutique|sur commande|en boutique|faite? maison", " "),
        (r"(avec |et )?depose (de )?(l )?(ancien\w*)?|et reprise|avec certificat", " "),
        (r"contr?ole technique (ok|vierge)?|\bct (ok|vierge)\b|premiere main|1ere main", " "),
        (r"prix au m ?2|\bau m ?2|\ble m ?2|\bm2\b", " "),
        (r"col de cygne", " colcygne "),
        (r"memoire (de )?forme", " memoireforme "),
        (r"4 ?saisons|toutes saisons|all season", " quatresaisons "),
        (r"e-? ?bike", " velo electrique "),
        (r"quatre roues motrices|\b4 ?x ?4\b|\b4wd\b|\bawd\b", " quatremotrices "),
        (r"\b4 ?x ?2\b|\b2wd\b", " deuxmotrices "),
        (r"\bmontees? sur jantes?|\broues (completes )?(?=.*jante)", " jante pneu "),
        (r"\bannees (\d)0\b", r" 19\g<1>0 "),
        (r"(avec |et )?boite d origine|double sim|(premiere )?pression a froid", " "),
        (r"premiere pression|parfums? (?=assorti)", " "),
        (r"boite de (?=\d)", " lot de "),
        (r"kits? complets?", " "),
        (r"double emploi|\bbatterie a? ?\d+ ?%?(?!\w)(?! ?ah)|\bse (?=(deplace|vend))", " "),
        (r"\b[45]g\b|\bs ?s(?= |$)|\bstart (et )?stop\b", " "),
        (r"\bbosch pro(fessional)?\b", " bosch "),
        (r"^(deux|duo) ", "2 "),
        (r"^trois ", "3 "),
        (r"^quatre ", "4 "),
        (r"shampo+ing (compris|inclus)|(livraison|deplacement) (compris|inclus)e?", " "),
        (r"\bsans (?!fil)(?=[a-z]{4})", " sans"),
        (r"\b(rft|rof|ssr|zp)\b", " runflat "),
    )
)  # fmt: skip

_SYNONYMS = """
optique phare projecteur
retroviseur retro
clignotant clignoteur
reparation remplacement changement
pose installation
aluminium alu
soudure souder
blanc blanche white
noir black
bleu blue
gris grey gray anthracite
rouge red
vert green verte
enfilade buffet
fourgon utilitaire fourgonnette
assorti assortiment
embouteillage bouteille
debouchage debouche
nettoyage lavage
depannage reparateur
vw volkswagen
thermostatique thermostat
smartphone telephone portable
ordinateur pc
ecran lcd vitre
teck teak
sec seche
clim climatisation climatiseur
tractee autotractee
parallelisme geometrie
brebis brebi
disc disque
horservice hs
canape sofa
bibliotheque etagere
penderie armoire
baskets sneakers tennis
manteau pardessus
tshirt teeshirt
"""
SYNONYMS = {
    stem(word): stem(line.split()[0])
    for line in _SYNONYMS.strip().splitlines()
    for word in line.split()
}

# Two titles that state values of one row, none in common, offer two things.
_EXCLUSIVE = """
side: gauche droit conducteur=gauche passager=droit
end: avant arriere
condition: neuf neuve=neuf occasion reconditionne
season: ete hiver quatresaisons
fuel: dci=diesel hdi=diesel bluehdi=diesel tdi=diesel cdti=diesel jtd=diesel tdci=diesel crdi=diesel diesel puretech=essence tce=essence tsi=essence vti=essence vvt=essence ecoboost=essence essence hybride electrique
drive: deuxmotrices quatremotrices quattro=quatremotrices xdrive=quatremotrices
gearbox: manuelle automatique
body: break sw=break estate=break touring=break tourer=break combi=break berline coupe=coupe cabriolet
colour: noir blanc gris bleu rouge vert rose violet jaune orange beige marron cyan magenta
sex: homme femme enfant fille=enfant garcon=enfant bebe
taste: sucre sale
milk: laitcru pasteurise
animal: chevre brebis vache bufflonne
age: frais affine
wood: chene merisier pin noyer hetre acajou teck
rim: aluminium tole
wine: blanc rouge rose
probe: amont aval
battery: locationbatterie achatintegral
sweetness: brut sec demisec doux
"""  # noqa: E501 - a row is a line.


def _exclusive() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in _EXCLUSIVE.strip().splitlines():
        kind, words = line.split(": ")
        for item in words.split():
            word, _, value = item.partition("=")
            key = SYNONYMS.get(stem(word), stem(word))
            found[key] = (*found.get(key, ()), (kind, value or word))
    return found


EXCLUSIVE = _exclusive()


def _stems(text: str) -> frozenset[str]:
    return frozenset(SYNONYMS.get(stem(word), stem(word)) for word in text.split())


# Told by one title only, these make another thing of it.
MARKERS = _stems(
    """pro max plus mini fe ultra lite se disc disque restyle horservice sansbatterie faisceau
    sansgluten sanssucre sanslactose sanssel meringue petit fourniture magnum carton caisse
    electrique hybride convertible support gti rs amg premiercru rose double triple
    automatique bio surgele sterilise vide express urgence location stage bain stepway runflat
    tardive cellular pompe imitation compatible adaptable maxi picasso gpl autotractee cc"""
)
# A part, an accessory or a service round a thing is not that thing.
PARTS = _stems(
    """ecran coque batterie chargeur housse etui cable vitre connecteur culasse turbo
    alternateur demarreur injecteur capot aile hayon coffre retroviseur optique feu parechoc
    parebrise compteur calculateur siege volant jante levevitre plaquette disque amortisseur
    cardan embrayage boitevitesse radiateur attelage catalyseur echappement pompe filtre bougie
    courroie reparation remplacement pose ramonage vidange selle roue guidon cadre pedalier frein
    silencieux fourche antivol panier chaise coussin matelas sommier lame disque foret chaine manuel
    notice boite entretien revision nettoyage telecommande accessoire sac"""
)
# Behind the thing's own name, these say how it is packed or kept.
WRAPPING = _stems("boite sac notice manuel entretien revision")
BRANDS = _stems(
    """bosch makita dewalt festool stihl husqvarna honda gys michelin continental goodyear
    bridgestone hankook pirelli dunlop kleber grohe hansgrohe jacob atlantic thermor ariston varta
    valeo delphi garrett luk sachs apple samsung xiaomi huawei google sony nike adidas puma levi
    lacoste moustache rockrider triban btwin brompton yuba giant trek specialized ikea papillon
    president metabo milwaukee ryobi hilti karcher electrolux whirlpool nintendo hp dell lenovo
    asus acer lg philips seb moulinex dyson miele canon nikon wusthof opinel laguiole"""
)
# Makers of cars stand beside the maker of a part: a row of their own.
CAR_BRANDS = _stems(
    """renault peugeot citroen dacia volkswagen toyota ford fiat opel bmw mercedes audi seat skoda
    nissan hyundai kia mini volvo mazda suzuki alfa lancia smart tesla"""
)
_MODELS = """
renault: clio megane scenic twingo kangoo captur trafic zoe laguna kadjar espace modus master
peugeot: partner boxer expert bipper rifter
citroen: berlingo jumpy jumper saxo xsara cactus
dacia: sandero duster logan lodgy dokker
volkswagen: golf polo passat tiguan touran caddy transporter
toyota: yaris corolla auris aygo
ford: fiesta focus kuga transit mondeo
opel: corsa astra zafira vivaro
fiat: panda punto ducato tipo
apple: iphone ipad macbook airpods
samsung: galaxy
xiaomi: redmi
"""
MODELS = {
    stem(model): brand
    for line in _MODELS.strip().splitlines()
    for brand, _, models in [line.partition(": ")]
    for model in models.split()
}

# Words that say nothing about what the thing is.
NOISE = _stems(
    """a au aux avec d de des du en et la le les l pour par sur un une ou dans ref reference
    oem origine piece detachee auto voiture vehicule jeu kit lot coffret plateau boite paquet
    neuf neuve occasion reconditionne garanti revise entretenu livraison possible rapide
    professionnel
    professional pneu bouteille smartphone tablette forfait prix modele type taille pointure
    teste banc urgent vends vend vente annee an reglage electriquement superbe magnifique
    joli beau belle vintage ancien artisanal traditionnel traditionnelle francais francaise 5g 4g
    zen intens active style allure lounge dynamic prestige business confort life ambiance feline
    tendance feel shine access premium edition tres peu servi marque angle couleur vertical mural
    beurre pur phase tour main debut fin chantier excellent etat parfait tissu
    produit article dispo disponible stock envoi expert fiable propre personne place eau chaude
    annuel annuelle cheveux pot tranche ancienne affinage gateau patissier provence savoie recolte
    trois deux quatre devis gratuit gratuite offert offerte butee normal rapidement immediat
    immediate soigne emballage bocal barquette sachet fabrication producteur graphite rechange
    conforme verifie fonctionnel nickel impeccable recent recente negociable
    prix destockage promo promotion solde soldes jamais utilise utilisee facture carnet visible
    regulateur mecanisme thermique maison mur
    unique proprietaire fumeur montes visseuse burineur vtt kilo
    aop aoc igp charente chateau chat h xl voir photo photos garantie paire serie clim gps"""
)
