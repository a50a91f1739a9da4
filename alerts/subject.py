"""The subject of the weekly mail: the one piece of news that is worth opening it for."""

from vigie.alert_text import SHIFT
from vigie.brief import Brief
from vigie.french import decimal, t

SUBJECT_SHOP_LENGTH = 60


def subject(brief: Brief) -> str:
    """Return the subject: the shop's own news, then what is to answer, then its listings."""
    shop = brief.shop_name
    if len(shop) > SUBJECT_SHOP_LENGTH:
        shop = shop[: SUBJECT_SHOP_LENGTH - 1].rstrip() + "…"
    fresh = [alert for alert in brief.alerts if alert.is_new]
    of_shop = [alert for alert in fresh if not alert.listing]
    level = brief.trend.recent or brief.level
    if of_shop:
        return t("mail-subject-alert", headline=of_shop[0].headline, shop=shop)
    # What customers say comes before what there is to gain on a listing.
    if brief.to_answer:
        return t("mail-subject-answer", count=len(brief.to_answer), shop=shop)
    standing = [alert for alert in brief.alerts if alert.kind == SHIFT and alert.severity != "info"]
    if fresh and standing:
        return t("mail-subject-standing", headline=standing[0].headline, shop=shop)
    if fresh:
        return t("mail-subject-alert", headline=fresh[0].headline, shop=shop)
    if brief.new_count and level:
        return t("mail-subject-news", count=brief.new_count, level=decimal(level.mean), shop=shop)
    if brief.new_count:
        return t("mail-subject-news-unrated", count=brief.new_count, shop=shop)
    if brief.troubles:
        return t("mail-subject-trouble", source=brief.troubles[0].label, shop=shop)
    return t("mail-subject-quiet" if brief.level else "mail-subject-empty", shop=shop)
