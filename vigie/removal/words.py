"""What is said before a removal: the same words on the page and by the command."""

from collections.abc import Sequence

from babel.lists import format_list

from vigie.french import LOCALE, t
from vigie.removal.losses import NOTHING, Losses
from vigie.removal.shop import ShopLosses
from vigie.store import Shop, Source


def source_sentences(source: Source, losses: Losses) -> list[str]:
    """Return what goes with a source, what follows, and what would keep it."""
    what = losses.words()
    told = [_name_of(source)]
    if what == NOTHING:
        return [*told, t("removal-source-goes-nothing")]
    told.append(t("removal-source-goes", what=what))
    if losses.alerts:
        told.append(t("removal-source-alerts"))
    if source.site_id is not None:
        told.append(t("removal-source-instead"))
    return told


def shop_sentences(shop: Shop, told: ShopLosses, *, with_rivals: bool | None) -> list[str]:
    """Return what goes with a shop, and what is left of those around it.

    Args:
        with_rivals: whether the rivals watched for it alone go too; None where that is asked.
    """
    what = told.losses.words()
    goes = "removal-shop-goes-nothing" if what == NOTHING else "removal-shop-goes"
    sentences = [
        t("removal-shop-what", name=shop.name, slug=shop.slug),
        t(goes, what=what),
    ]
    if told.beside:
        sentences.append(t("removal-shop-beside", names=names(told.beside)))
    if told.without_shop:
        people = str(format_list(told.without_shop, locale=LOCALE))
        sentences.append(t("removal-shop-without", people=people))
    if told.lone_rivals and with_rivals is not None:
        sentences.append(t("removal-shop-rivals", names=names(told.lone_rivals)))
        what_then = "too" if with_rivals else "stay"
        sentences.append(t(f"removal-shop-rivals-{what_then}"))
    if told.losses.reviews or told.losses.listings:
        sentences.append(t("removal-shop-instead", slug=shop.slug))
    return sentences


def names(shops: Sequence[Shop]) -> str:
    """Return the shops' names as a list in words."""
    return str(format_list([shop.name for shop in shops], locale=LOCALE))


def _name_of(source: Source) -> str:
    return t(
        "removal-source-what",
        source=source.label,
        shop=source.shop.name,
        number=str(source.id),
        url=source.url,
    )
