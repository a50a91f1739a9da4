"""The columns that an import knows, and the names under which people write them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from vigie.french import t


@dataclass(frozen=True)
class Columns:
    """Known columns: our name -> the names accepted; a file needs one of ``required``."""

    names: dict[str, tuple[str, ...]]
    required: tuple[str, ...]

    def find(self, header: Iterable[str]) -> dict[int, str]:
        """Return our name for each position of a header that is known, the first of a name."""
        known = {alias: name for name, aliases in self.names.items() for alias in aliases}
        found: dict[int, str] = {}
        for position, title in enumerate(header):
            name = known.get(plain(title))
            if name is not None and name not in found.values():
                found[position] = name
        return found

    def required_text(self) -> str:
        """Return the required columns as a person reads them: "« texte » ou « note »"."""
        quoted = [f"«\u00a0{self.names[name][0]}\u00a0»" for name in self.required]
        text = quoted[0]
        for other in quoted[1:]:
            text = t("import-or", first=text, second=other)
        return text


def plain(title: str) -> str:
    """Return a title without case, accents and separators: "Note max." is "note_max"."""
    letters = unicodedata.normalize("NFKD", title[:200].casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if letter.isascii())
    return "_".join(kept.split())


# Our name, then the French and English titles.
REVIEW_COLUMNS = Columns(
    {
        "text": ("texte", "text", "avis", "commentaire", "contenu", "review", "body"),
        "rating": ("note", "rating", "stars", "etoiles"),
        "rating_best": ("note_max", "rating_best", "note_maximale"),
        "rating_worst": ("note_min", "rating_worst", "note_minimale"),
        "title": ("titre", "title"),
        "author": ("auteur", "author", "nom", "client"),
        "published": ("date", "published", "date_publication", "publie_le", "date_published"),
        "experienced": ("date_experience", "experienced", "date_visite"),
        "edited": ("date_modification", "edited", "modifie_le"),
        "reply_text": ("reponse", "reply", "reply_text"),
        "reply_date": ("date_reponse", "reply_date"),
        "external_id": ("id", "external_id", "identifiant", "reference"),
        "url": ("url", "lien", "adresse", "link"),
        "item_name": ("produit", "item_name", "objet", "product"),
        "language": ("langue", "language"),
    },
    required=("text", "rating"),
)
LISTING_COLUMNS = Columns(
    {
        "title": ("titre", "title", "nom", "name"),
        "price": ("prix", "price"),
        "currency": ("devise", "currency"),
        "external_id": ("id", "external_id", "identifiant", "reference"),
        "url": ("url", "lien", "adresse", "link"),
        "description": ("description", "texte", "text"),
        "category": ("categorie", "category"),
        "brand": ("marque", "brand"),
        "sku": ("sku",),
        "gtin": ("gtin", "ean", "gtin13"),
        "condition": ("etat", "condition"),
        "availability": ("disponibilite", "availability"),
        "place": ("lieu", "place", "ville", "city"),
        "seller": ("vendeur", "seller"),
        "published": ("date", "published", "date_publication", "publie_le"),
    },
    required=("title",),
)
