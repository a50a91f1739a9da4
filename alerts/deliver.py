"""Sending what is queued: claim by compare-and-set, send, record.

A message is sent once, but for one point: a process that dies after an SMTP server took a message
and before that is recorded leaves a claim that runs out, and the message is sent again with the
same Message-ID. SMTP has no way to ask whether it arrived. A file of the outbox is overwritten
with the same bytes.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from alerts.channels import Channel, DeliveryError, Parcel
from alerts.channels.email import email_channel
from vigie.clock import now
from vigie.french import t
from vigie.settings import Settings
from vigie.store import Message, MessageState

# Longer than any one message takes to send.
CLAIM = timedelta(minutes=10)
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(hours=4)
MOST_DOUBLINGS = 10
# RFC 5321, 4.5.4.1: a sender gives up after four to five days.
GIVE_UP_DAYS = 5

CHANNELS: Mapping[str, Callable[[Settings], Channel]] = MappingProxyType({"email": email_channel})


@dataclass(frozen=True)
class DeliveryCounts:
    """What became of the messages that were due."""

    sent: int = 0
    retried: int = 0
    failed: int = 0


@dataclass(frozen=True)
class _Claimed:
    message_id: int
    channel: str
    parcel: Parcel
    attempts: int
    created_at: datetime


def deliver_due(factory: sessionmaker[Session], settings: Settings) -> DeliveryCounts:
    """Send each message that is due and that no other process holds."""
    with factory() as session:
        due = session.scalars(
            select(Message.id).where(_due(now())).order_by(Message.next_attempt_at, Message.id)
        ).all()
    outcomes = dict.fromkeys(MessageState, 0)
    with ExitStack() as stack:
        post = _Post(settings, stack)
        for message_id in due:
            claimed = _claim(factory, message_id)
            if claimed is not None:
                outcomes[_deliver(factory, post, claimed)] += 1
    return DeliveryCounts(
        sent=outcomes[MessageState.SENT],
        retried=outcomes[MessageState.QUEUED],
        failed=outcomes[MessageState.FAILED],
    )


def retry_delay(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubled each time, up to a bound."""
    doublings = min(attempts - 1, MOST_DOUBLINGS)
    return min(LONGEST_DELAY, FIRST_DELAY * int(2**doublings))


class _Post:
    """The channels of one pass: opened once, and not tried again once found closed."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        self._settings = settings
        self._stack = stack
        self._open: dict[str, Channel] = {}
        self._closed: dict[str, DeliveryError] = {}

    def send(self, channel: str, parcel: Parcel) -> None:
        if channel in self._closed:
            raise self._closed[channel]
        if channel not in CHANNELS:
            raise DeliveryError(t("mail-error-channel", channel=channel), permanent=True)
        if channel not in self._open:
            self._open[channel] = self._stack.enter_context(CHANNELS[channel](self._settings))
        try:
            self._open[channel].send(parcel)
        except DeliveryError as error:
            if error.closed:
                self._closed[channel] = error
            raise


def _due(moment: datetime) -> ColumnElement[bool]:
    """Queued and due, or held by a process that did not come back."""
    queued = and_(Message.state == MessageState.QUEUED, Message.next_attempt_at <= moment)
    abandoned = and_(Message.state == MessageState.SENDING, Message.claimed_until < moment)
    return or_(queued, abandoned)


def _claim(factory: sessionmaker[Session], message_id: int) -> _Claimed | None:
    moment = now()
    with factory.begin() as session:
        taken = session.execute(
            update(Message)
            .where(Message.id == message_id, _due(moment))
            .values(
                state=MessageState.SENDING,
                claimed_until=moment + CLAIM,
                attempts=Message.attempts + 1,
            )
            .execution_options(synchronize_session=False)
        )
        # The row count decides between two processes.
        if not isinstance(taken, CursorResult) or taken.rowcount != 1:
            return None
        row = session.get_one(Message, message_id)
        parcel = Parcel(row.dedupe_key, row.recipient, row.mime)
        return _Claimed(row.id, row.channel, parcel, row.attempts, row.created_at)


def _deliver(factory: sessionmaker[Session], post: _Post, claimed: _Claimed) -> MessageState:
    try:
        post.send(claimed.channel, claimed.parcel)
    except DeliveryError as error:
        return _postpone(factory, claimed, error)
    _record(factory, claimed, state=MessageState.SENT, sent_at=now(), last_error=None)
    return MessageState.SENT


def _postpone(
    factory: sessionmaker[Session], claimed: _Claimed, error: DeliveryError
) -> MessageState:
    moment = now()
    too_old = moment - claimed.created_at > timedelta(days=GIVE_UP_DAYS)
    if not error.permanent and not too_old:
        later = moment + retry_delay(claimed.attempts)
        state = MessageState.QUEUED
        _record(factory, claimed, state=state, next_attempt_at=later, last_error=str(error))
        return state
    sentence = str(error)
    if not error.permanent:
        sentence = t("mail-error-too-old", reason=sentence, days=GIVE_UP_DAYS)
    _record(factory, claimed, state=MessageState.FAILED, last_error=sentence)
    return MessageState.FAILED


def _record(factory: sessionmaker[Session], claimed: _Claimed, **values: object) -> None:
    with factory.begin() as session:
        session.execute(
            update(Message)
            # Whoever took the message over after our claim ran out counts a further attempt.
            .where(Message.id == claimed.message_id, Message.attempts == claimed.attempts)
            .values(claimed_until=None, **values)
            .execution_options(synchronize_session=False)
        )
