"""Changes of a source's health -> one mail to each operator: once a change, never once a crawl."""

from collections.abc import Sequence
from email.message import EmailMessage

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload, sessionmaker

from alerts.compose import envelope, is_address, one_line
from alerts.outbox import queue_mail
from vigie.clock import now
from vigie.evidence import evidence_sentence
from vigie.french import french_datetime, t
from vigie.settings import Settings
from vigie.store import HealthChange, Role, Source, User
from vigie.store.user import OPERATOR

KIND = "health"
# A site that is down may take hundreds of sources along: one mail names so many of them.
MOST_TOLD = 50


def queue_health(factory: sessionmaker[Session], settings: Settings) -> int:
    """Queue one mail an operator with the changes that were not told yet.

    Returns:
        How many messages are new.

    Raises:
        VigieError: ``mail_from`` is not a sender.
    """
    with factory.begin() as session:
        changes = _claim(session)
        if not changes:
            return 0
        return sum(_queue(session, settings, user, changes) for user in _operators(session))


def health_mail(
    changes: Sequence[HealthChange], settings: Settings, recipient: str
) -> EmailMessage:
    """Return the mail on these changes, in plain text.

    Raises:
        VigieError: ``mail_from`` is not a sender.
    """
    message = envelope(settings, recipient, _subject(changes))
    blocks = [_told(change, settings) for change in changes[:MOST_TOLD]]
    if len(changes) > MOST_TOLD:
        blocks.append(f"{settings.public_url}/sources")
    # The signature mark of RFC 3676: what follows is not the letter.
    text = "\n\n".join([*blocks, "-- \n" + t("health-mail-why")]) + "\n"
    message.set_content(text, cte="quoted-printable")
    return message


def _claim(session: Session) -> list[HealthChange]:
    """Take the changes that nobody told yet; of two processes, one gets each."""
    taken = session.scalars(
        update(HealthChange)
        .where(HealthChange.told_at.is_(None))
        .values(told_at=now())
        .returning(HealthChange.id)
        .execution_options(synchronize_session=False)
    ).all()
    rows = session.scalars(
        select(HealthChange)
        .where(HealthChange.id.in_(taken))
        .order_by(HealthChange.id)
        .options(joinedload(HealthChange.source).joinedload(Source.shop))
    ).all()
    # Several changes between two ticks are one: from what it was to what it is.
    last: dict[int, HealthChange] = {}
    first: dict[int, HealthChange] = {}
    for row in rows:
        first.setdefault(row.source_id, row)
        last[row.source_id] = row
    return [row for row in last.values() if first[row.source_id].before is not row.after]


def _operators(session: Session) -> Sequence[User]:
    is_operator = User.roles.any(Role.name == OPERATOR)
    return session.scalars(select(User).where(is_operator, User.active).order_by(User.id)).all()


def _queue(
    session: Session, settings: Settings, user: User, changes: Sequence[HealthChange]
) -> bool:
    if not is_address(user.email):
        return False
    message = health_mail(changes, settings, user.email)
    return queue_mail(session, KIND, f"{KIND}:{changes[-1].id}:{user.id}", user.email, message)


def _subject(changes: Sequence[HealthChange]) -> str:
    if len(changes) > 1:
        return t("health-mail-subject-many", count=len(changes))
    (change,) = changes
    return t("health-mail-subject-one", **_names(change))


def _told(change: HealthChange, settings: Settings) -> str:
    before = t(f"health-{change.before}")
    moment = french_datetime(change.changed_at)
    lines = [
        t("health-mail-change", before=before, moment=moment, **_names(change)),
        evidence_sentence(change.evidence),
        t("health-mail-page", url=f"{settings.public_url}/sources/{change.source_id}"),
    ]
    return "\n".join(one_line(line) for line in lines if line)


def _names(change: HealthChange) -> dict[str, str]:
    source = change.source
    return {
        "source": source.label,
        "shop": source.shop.name,
        "health": t(f"health-{change.after}"),
    }
