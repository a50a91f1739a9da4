"""The mail on a review that cannot wait, in plain text, to the address of the weekly brief."""

from email.message import EmailMessage

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.compose import envelope, is_address, one_line
from alerts.outbox import Unsendable, queue_mail
from vigie.alert_text import alert_headline, alert_sentence, alert_todo
from vigie.errors import VigieError
from vigie.french import t
from vigie.reputation_text import URGENT_REVIEW
from vigie.settings import Settings
from vigie.store import Alert
from vigie.store.message import URGENT, urgent_key


def queue_urgent(session: Session, settings: Settings, shop_id: int, review_id: int) -> bool:
    """Queue the mail on a review that was just told, once whatever happens to its alert later.

    A mail that cannot be made is kept with the reason: it holds no alert back.
    """
    key = f"{shop_id}:{URGENT_REVIEW}:review {review_id}"
    alert = session.scalars(select(Alert).where(Alert.key == key)).one()
    recipient = alert.shop.email
    if not recipient:
        return False
    dedupe_key = urgent_key(review_id)
    subject = t("urgent-mail-subject", headline=alert_headline(alert), shop=alert.shop.name)
    message: EmailMessage | Unsendable
    if not is_address(recipient):
        error = t("mail-error-recipient", email=recipient, shop=alert.shop.name)
        message = Unsendable(subject, error)
    else:
        try:
            message = _mail(alert, settings, recipient, subject)
        except VigieError as wrong_sender:
            message = Unsendable(subject, str(wrong_sender))
    return queue_mail(session, URGENT, dedupe_key, recipient, message, shop_id)


def _mail(alert: Alert, settings: Settings, recipient: str, subject: str) -> EmailMessage:
    message = envelope(settings, recipient, subject)
    lines = [
        alert_sentence(alert),
        alert_todo(alert),
        t("urgent-mail-page", url=f"{settings.public_url}/alertes/{alert.id}"),
    ]
    # The signature mark of RFC 3676: what follows is not the letter.
    blocks = [*(one_line(line) for line in lines), "-- \n" + t("urgent-mail-why")]
    message.set_content("\n\n".join(blocks) + "\n", cte="quoted-printable")
    return message
