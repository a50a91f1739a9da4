"""What the shops of the sandbox town sell on its marketplace."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goods:
    """A listing of the marketplace; ``prices`` are (days before the demo's day, euros)."""

    reference: str
    seller: str
    title: str
    category: str
    prices: tuple[tuple[int, float], ...]
    condition: str = "UsedCondition"
    # Days before the demo's day; None: still for sale.
    sold_days_ago: int | None = None


GOODS = (
    Goods(
        "pv-101",
        "garage-du-pont-vieux",
        "Alternateur Renault Clio III 1.5 dCi, échange standard, garanti 1 an",
        "Pièces détachées",
        ((90, 129.0), (18, 119.0)),
        "RefurbishedCondition",
    ),
    Goods(
        "pv-102",
        "garage-du-pont-vieux",
        "4 pneus hiver 195/65 R15 91T montés sur jantes tôle",
        "Pneus et jantes",
        ((60, 260.0), (20, 240.0), (6, 219.0)),
    ),
    Goods(
        "pv-103",
        "garage-du-pont-vieux",
        "Peugeot 208 1.2 PureTech 82 Active, 2017, 78 400 km, révisée",
        "Voitures",
        ((45, 8490.0), (13, 8290.0)),
    ),
    Goods(
        "pv-104",
        "garage-du-pont-vieux",
        "Forfait vidange et filtre à huile 5W30",
        "Services",
        ((90, 89.0),),
        "NewCondition",
    ),
    Goods(
        "pv-105",
        "garage-du-pont-vieux",
        "Démarreur Citroën C3 1.4 HDi, testé au banc",
        "Pièces détachées",
        ((40, 75.0),),
        sold_days_ago=9,
    ),
    Goods(
        "ti-201",
        "garage-des-tilleuls",
        "Alternateur Clio 3 1.5 dCi reconditionné",
        "Pièces détachées",
        ((70, 125.0), (25, 109.0), (11, 99.0)),
        "RefurbishedCondition",
    ),
    Goods(
        "ti-202",
        "garage-des-tilleuls",
        "Peugeot 208 1.2 PureTech 82 Style 2017, 81 000 km",
        "Voitures",
        ((30, 8390.0), (8, 7990.0)),
    ),
    Goods(
        "ti-203",
        "garage-des-tilleuls",
        "Vidange + filtre à huile 5W30, toutes marques",
        "Services",
        ((80, 79.0), (11, 75.0)),
        "NewCondition",
    ),
    Goods(
        "be-303",
        "auto-service-beaulieu",
        "Vidange et filtre à huile 5W30",
        "Services",
        ((70, 79.0), (9, 69.0)),
        "NewCondition",
    ),
    Goods(
        "va-601",
        "garage-de-la-varenne",
        "Vidange avec filtre à huile 5W30",
        "Services",
        ((64, 72.0),),
        "NewCondition",
    ),
    Goods(
        "ml-701",
        "meca-loire",
        "Vidange huile 5W30 + filtre",
        "Services",
        ((50, 74.0),),
        "NewCondition",
    ),
    Goods(
        "bo-801",
        "atelier-du-bourg",
        "Forfait vidange, filtre et huile 5W30",
        "Services",
        ((48, 76.0),),
        "NewCondition",
    ),
    Goods(
        "be-301",
        "auto-service-beaulieu",
        "Lot de 4 jantes alu 16 pouces Peugeot 308",
        "Pneus et jantes",
        ((50, 320.0), (22, 290.0)),
    ),
    Goods(
        "be-302",
        "auto-service-beaulieu",
        "Renault Clio IV 1.5 dCi 90 Zen, 2016, 96 200 km",
        "Voitures",
        ((35, 8990.0), (12, 8790.0)),
    ),
    Goods(
        "ep-401",
        "aux-trois-epis",
        "Galette aux amandes 6 parts, à retirer en boutique",
        "Pâtisserie",
        ((30, 21.0), (10, 22.5)),
        "NewCondition",
    ),
    Goods(
        "ep-402",
        "aux-trois-epis",
        "Plateau de 30 mignardises sucrées",
        "Traiteur",
        ((60, 39.0),),
        "NewCondition",
    ),
    Goods(
        "ep-403",
        "aux-trois-epis",
        "Pain de mariage gravé, sur commande",
        "Boulangerie",
        ((75, 48.0), (16, 52.0)),
        "NewCondition",
    ),
    Goods(
        "pl-501",
        "plomberie-du-val",
        "Remplacement d’un chauffe-eau 200 L, pose et reprise comprises",
        "Services",
        ((85, 1190.0), (19, 1150.0)),
        "NewCondition",
    ),
    Goods(
        "pl-502",
        "plomberie-du-val",
        "Mitigeur de douche thermostatique, neuf, fin de chantier",
        "Matériel",
        ((28, 95.0), (7, 80.0)),
        "NewCondition",
    ),
)
