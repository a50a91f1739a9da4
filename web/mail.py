"""The mail of a sign-in link: a row of the outbox, which the sender picks up."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from flask import Flask, current_app
from sqlalchemy.orm import Session

from vigie.clock import now
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Message, User
from vigie.store.message import SIGN_IN
from web.links import SETTINGS, mailed_link


def queue_sign_in_mail(session: Session, user: User) -> None:
    """Queue a mail with a link that signs this person in once."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's own door.
    settings: Settings = app.extensions[SETTINGS]
    link, number = mailed_link(app, user)
    subject = t("web-link-mail-subject")
    mail = EmailMessage()
    mail["From"] = settings.mail_from
    mail["To"] = user.email
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = make_msgid(domain="vigie.local")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(t("web-link-mail-text", link=link))
    session.add(
        Message(
            dedupe_key=f"{SIGN_IN}:{number}",
            channel="email",
            kind=SIGN_IN,
            recipient=user.email,
            subject=subject,
            mime=mail.as_bytes(),
            created_at=now(),
            next_attempt_at=now(),
        )
    )
