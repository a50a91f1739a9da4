"""Brief -> weekly message: told as text, composed as a mail, queued once a shop and week."""

from collections.abc import Sequence
from datetime import date, timedelta
from email.message import EmailMessage

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, sessionmaker

from alerts.compose import is_address, mail, plain_text, sender
from alerts.letter import letter
from alerts.outbox import Unsendable, queue_mail
from alerts.png import recompressed
from vigie.brief import Brief, weekly_brief
from vigie.brief.readings import day_start
from vigie.brief.told import weekly_key
from vigie.charts import png, rating_chart
from vigie.clock import now, today
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Member, Message, Rival, Shop
from vigie.store.message import WEEKLY

# As wide as a telephone, so that its words are not scaled down there.
CHART_WIDTH, CHART_HEIGHT = 300, 130


def brief_text(brief: Brief) -> str:
    """Return the brief as plain text."""
    return plain_text(letter(brief))


def weekly_mail(brief: Brief, settings: Settings, recipient: str) -> EmailMessage:
    """Return the weekly mail: an HTML part with its chart, and a text part that stands alone.

    Raises:
        VigieError: ``mail_from`` is not a sender.
    """
    url = dashboard_url(settings, brief.shop_slug)
    words = letter(brief, settings.contact, url)
    chart = _chart(brief) if words.chart_alt else None
    return mail(words, settings, recipient, url, chart)


def dashboard_url(settings: Settings, slug: str) -> str:
    """Return the address of a shop's dashboard."""
    return f"{settings.public_url}/commerces/{slug}"


def queue_weekly(
    factory: sessionmaker[Session], settings: Settings, week_end: date | None = None
) -> int:
    """Queue each shop's mail of the week that ends on ``week_end`` (today by default), once.

    A shop gets it if it has an address, is not merely somebody's rival, and was there by then.
    A shop whose mail cannot be made holds no other back; the first such error is raised at the end.

    Returns:
        How many messages are new.

    Raises:
        VigieError: ``mail_from`` is not a sender.
    """
    last_day = week_end or today()
    sender(settings)
    with factory() as session:
        shop_ids = _shops_to_tell(session, last_day)
    queued, failures = 0, []
    for shop_id in shop_ids:
        try:
            with factory.begin() as session:
                queued += _queue(session, settings, session.get_one(Shop, shop_id), last_day)
        except Exception as error:
            failures.append(error)
    if failures:
        raise failures[0]
    return queued


def _shops_to_tell(session: Session, week_end: date) -> Sequence[int]:
    is_rival = exists().where(Rival.rival_id == Shop.id)
    has_members = exists().where(Member.shop_id == Shop.id)
    has_rivals = exists().where(Rival.shop_id == Shop.id)
    candidates = session.scalars(
        select(Shop.id)
        .where(
            Shop.email.is_not(None),
            Shop.email != "",
            Shop.created_at < day_start(week_end + timedelta(days=1)),
            or_(~is_rival, has_members, has_rivals),
        )
        .order_by(Shop.id)
    ).all()
    keys = {weekly_key(shop_id, week_end): shop_id for shop_id in candidates}
    told = session.scalars(
        select(Message.dedupe_key).where(
            and_(Message.kind == WEEKLY, Message.dedupe_key.endswith(f":{week_end.isoformat()}"))
        )
    )
    for key in told:
        keys.pop(key, None)
    return list(keys.values())


def _queue(session: Session, settings: Settings, shop: Shop, week_end: date) -> bool:
    recipient = shop.email or ""
    brief = weekly_brief(session, shop, week_end, now())
    message: EmailMessage | Unsendable
    if is_address(recipient):
        message = weekly_mail(brief, settings, recipient)
    else:
        error = t("mail-error-recipient", email=recipient, shop=shop.name)
        message = Unsendable(letter(brief).subject, error)
    return queue_mail(session, WEEKLY, weekly_key(shop.id, week_end), recipient, message, shop.id)


def _chart(brief: Brief) -> bytes:
    first = brief.weeks[0].monday
    changes = [
        alert.changed_on
        for alert in brief.alerts
        if alert.kind == "rating-shift" and alert.changed_on >= first
    ]
    chart = rating_chart(brief.weeks, changes=changes, width=CHART_WIDTH, height=CHART_HEIGHT)
    return recompressed(png(chart))
