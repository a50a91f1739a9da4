"""Who lives in the sandbox town: shops and their rivals."""

from dataclasses import dataclass

CITY, POSTCODE = "Saint-Aubin-sur-Loire", "37990"


@dataclass(frozen=True)
class TownShop:
    """A shop of the town.

    ``pool`` names its texts in ``texts/<trade>.jsonl``; ``share`` says which part of the pool is
    its own (first, second half...); ``per_week`` is its mean number of reviews a week.
    """

    slug: str
    name: str
    trade: str
    pool: str
    share: tuple[int, int] = (0, 1)
    rival_of: str | None = None
    # Reviews stand on one site, or are spread over two.
    sites: tuple[str, ...] = ("avis",)
    street: str = "place du Marché"
    telephone: str = "02 47 00 00 00"


SHOPS = (
    TownShop(
        "garage-du-pont-vieux",
        "Garage du Pont Vieux",
        "garage",
        "avant",
        sites=("avis", "artisans"),
        street="4 quai du Pont-Vieux",
        telephone="02 47 00 00 11",
    ),
    TownShop(
        "garage-des-tilleuls",
        "Garage des Tilleuls",
        "garage",
        "rival",
        (0, 2),
        "garage-du-pont-vieux",
        street="27 avenue des Tilleuls",
    ),
    TownShop(
        "auto-service-beaulieu",
        "Auto Service Beaulieu",
        "garage",
        "rival",
        (1, 2),
        "garage-du-pont-vieux",
        street="ZA de Beaulieu",
    ),
    TownShop(
        "aux-trois-epis",
        "Boulangerie Aux Trois Épis",
        "boulangerie",
        "maison",
        sites=("avis", "artisans"),
        street="12 rue de l’Église",
        telephone="02 47 00 00 12",
    ),
    TownShop(
        "fournil-de-la-gare",
        "Le Fournil de la Gare",
        "boulangerie",
        "rival",
        (0, 2),
        "aux-trois-epis",
        street="1 place de la Gare",
    ),
    TownShop(
        "maison-du-levain",
        "La Maison du Levain",
        "boulangerie",
        "rival",
        (1, 2),
        "aux-trois-epis",
        street="8 rue Nationale",
    ),
    TownShop(
        "plomberie-du-val",
        "Plomberie du Val",
        "plombier",
        "maison",
        sites=("avis", "artisans"),
        street="3 impasse des Lavandières",
        telephone="02 47 00 00 13",
    ),
    TownShop(
        "eau-et-flamme",
        "Eau & Flamme",
        "plombier",
        "rival",
        (0, 2),
        "plomberie-du-val",
        street="40 route de Tours",
    ),
    TownShop(
        "depannage-ligerien",
        "Dépannage Ligérien",
        "plombier",
        "rival",
        (1, 2),
        "plomberie-du-val",
        street="15 rue du Port",
    ),
)

# They sell on the marketplace, and nobody reviews them: the market that the garage is in.
TRADERS = tuple(
    TownShop(slug, name, "garage", "rival", rival_of="garage-du-pont-vieux", sites=())
    for slug, name in (
        ("garage-de-la-varenne", "Garage de la Varenne"),
        ("meca-loire", "Méca Loire"),
        ("atelier-du-bourg", "L’Atelier du Bourg"),
    )
)

# The garage's two pools meet here: its welcome gets worse eight weeks before the demo's day.
SHIFT_SHOP, SHIFT_POOL, SHIFT_DAYS_AGO = "garage-du-pont-vieux", "apres", 56

INITIALS = "ABCDEFGHJLMNPRSTV"
