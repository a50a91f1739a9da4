"""The columns that an import knows, and the names under which people write them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vigie.french import t


@dataclass(frozen=True)
class Columns:
    """Known columns: our name -> the names accepted; a file needs one of ``required``."""

    names: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    # Whose export it is, and the titles of which any group tells so.
    name: str = ""
    marks: tuple[frozenset[str], ...] = ()
    variants: tuple["Columns", ...] = ()

    def of(self, header: Iterable[str]) -> "Columns":
        """Return the columns of whose export a header is, these where it is nobody's."""
        titles = {plain(title) for title in header}
        return next((one for one in self.variants if one.is_marked(titles)), self)

    def is_marked(self, titles: set[str]) -> bool:
        """Say whether titles are those of this export."""
        return any(mark <= titles for mark in self.marks)

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


# Dates that Trustpilot writes without a zone are in UTC. Its e-mails and order numbers stay out.
TRUSTPILOT = Columns(
    {
        "text": ("review_content", "review_text", "content", "text"),
        "rating": ("review_stars", "review_rating", "stars", "rating"),
        "title": ("review_title", "title"),
        "author": ("review_username", "review_user_name", "reviewer_name", "consumer_name",
                   "username"),
        "published_utc": ("review_created_utc", "review_created", "created_at_utc", "created_at",
                          "review_date"),
        "edited_utc": ("review_updated_utc", "review_updated", "updated_at_utc", "updated_at"),
        "experienced": ("date_of_experience", "experience_date"),
        "reply_text": ("company_reply", "company_reply_text", "company_reply_content",
                       "company_response", "business_reply", "business_reply_text"),
        "reply_date_utc": ("company_reply_date_utc", "company_reply_date",
                           "business_reply_date_utc", "business_reply_date"),
        "external_id": ("review_id", "id"),
        "item_name": ("product_name",),
        "url": ("review_url", "review_link", "url"),
        "language": ("review_language", "language"),
    },
    required=("text", "rating"),
    name="trustpilot",
    # The second is that of a shop's products.
    marks=(
        frozenset(("review_stars",)),
        frozenset(("review_id", "stars", "consumer_name")),
        frozenset(("review_content",)),
    ),
)  # fmt: skip
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
    variants=(TRUSTPILOT,),
)
_LISTING = Columns(
    {
        "title": ("titre", "title", "nom", "name", "titre_de_l_annonce", "titre_annonce",
                  "subject"),
        "price": ("prix", "price", "prix_ttc", "prix_de_vente", "prix_eur"),
        "currency": ("devise", "currency"),
        "external_id": ("id", "external_id", "identifiant", "id_annonce", "list_id",
                        "numero_annonce", "reference", "reference_annonce", "ref"),
        "url": ("url", "lien", "adresse", "link", "url_annonce", "lien_annonce"),
        "description": ("description", "texte", "text", "corps", "body", "descriptif",
                        "texte_de_l_annonce"),
        "category": ("categorie", "category"),
        "brand": ("marque", "brand"),
        "sku": ("sku",),
        "gtin": ("gtin", "ean", "gtin13"),
        "condition": ("etat", "condition"),
        "availability": ("disponibilite", "availability", "statut", "status"),
        "place": ("lieu", "place", "ville", "city", "localisation", "commune"),
        "seller": ("vendeur", "seller"),
        "published": ("date", "published", "date_publication", "publie_le", "date_de_publication",
                      "first_publication_date", "mise_en_ligne", "date_de_mise_en_ligne"),
        "model": ("modele", "model"),
        "version": ("version", "finition"),
        "year": ("annee", "year", "annee_modele", "millesime"),
        "mileage_km": ("kilometrage", "km", "mileage"),
        "fuel": ("energie", "carburant", "fuel"),
        "transmission": ("boite", "boite_de_vitesse", "boite_de_vitesses", "gearbox"),
        "mpn": ("reference_constructeur", "reference_oem", "oem", "mpn"),
        "photos": ("photos", "nombre_de_photos", "nb_photos"),
    },
    required=("title", "model"),
)  # fmt: skip
_LEBONCOIN = (
    frozenset(("list_id",)),
    frozenset(("titre_de_l_annonce",)),
    frozenset(("titre", "corps")),
    frozenset(("subject", "body")),
)
_LA_CENTRALE = (frozenset(("marque", "modele", "kilometrage")),)
LISTING_COLUMNS = replace(
    _LISTING,
    variants=(
        replace(_LISTING, name="leboncoin", marks=_LEBONCOIN),
        replace(_LISTING, name="lacentrale", marks=_LA_CENTRALE),
    ),
)
