"""Each queued message leaves once, whatever breaks on the way."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from alerts import deliver
from alerts.channels import DeliveryError, Parcel
from alerts.channels.email import OutboxFolder
from alerts.deliver import CLAIM, GIVE_UP_DAYS, DeliveryCounts, deliver_due, retry_delay
from tests.alerts.mailbox import Mailbox, free_port, mail_server
from vigie import clock
from vigie.settings import Settings
from vigie.store import Message, MessageState
from vigie.store.session import open_engine, session_factory

MOMENT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture(autouse=True)
def _frozen() -> None:
    _at(MOMENT)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


def _at(moment: datetime) -> None:
    clock.set_clock(lambda: moment)


def _queue(factory: sessionmaker[Session], **traits: object) -> int:
    number = next(_numbers)
    values = {
        "dedupe_key": f"weekly:{number}:2026-03-01",
        "channel": "email",
        "kind": "weekly",
        "recipient": f"commerce-{number}@example.org",
        "subject": "Semaine calme",
        "mime": f"Subject: Essai {number}\r\n\r\nBonjour\r\n".encode(),
        "created_at": MOMENT,
        "next_attempt_at": MOMENT,
    }
    with factory.begin() as session:
        message = Message(**{**values, **traits})
        session.add(message)
        session.flush()
        return message.id


def _message(factory: sessionmaker[Session], message_id: int) -> Message:
    with factory() as session:
        return session.get_one(Message, message_id)


def test_a_due_message_is_sent_and_that_is_recorded(
    factory: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    sent = _queue(factory)
    later = _queue(factory, next_attempt_at=MOMENT + timedelta(minutes=1))
    assert deliver_due(factory, mailbox.settings(settings)) == DeliveryCounts(sent=1)
    message = _message(factory, sent)
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, MOMENT, 1)
    assert message.last_error is None
    assert _message(factory, later).state is MessageState.QUEUED
    assert len(mailbox.received) == 1


def test_delivering_twice_sends_once(
    factory: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    _queue(factory)
    here = mailbox.settings(settings)
    deliver_due(factory, here)
    _at(MOMENT + timedelta(days=1))
    assert deliver_due(factory, here) == DeliveryCounts()
    assert len(mailbox.received) == 1


def test_concurrent_deliverers_send_each_message_once(
    factory: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    ids = [_queue(factory) for _ in range(12)]
    start, counts = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        counts.append(deliver_due(factory, mailbox.settings(settings)))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(count.sent for count in counts) == len(ids)
    assert len(mailbox.received) == len({address for address, _ in mailbox.received}) == len(ids)


def test_an_unreachable_server_keeps_every_message_and_says_why(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    ids = [_queue(factory), _queue(factory)]
    nowhere = Mailbox(port=free_port()).settings(settings)
    assert deliver_due(factory, nowhere) == DeliveryCounts(retried=2)
    for message_id in ids:
        message = _message(factory, message_id)
        assert message.state is MessageState.QUEUED
        assert message.next_attempt_at == MOMENT + retry_delay(1)
        assert "127.0.0.1" in str(message.last_error)
    assert deliver_due(factory, nowhere) == DeliveryCounts()


def test_a_server_that_comes_back_gets_what_waited(
    factory: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    message_id = _queue(factory)
    deliver_due(factory, Mailbox(port=free_port()).settings(settings))
    _at(MOMENT + retry_delay(1))
    assert deliver_due(factory, mailbox.settings(settings)) == DeliveryCounts(sent=1)
    message = _message(factory, message_id)
    assert (message.attempts, message.last_error) == (2, None)


def test_a_closed_way_is_tried_once_a_pass(
    factory: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    class Closed(OutboxFolder):
        def send(self, parcel: Parcel) -> None:
            tried.append(parcel.key)
            raise DeliveryError("la route est coupée", closed=True)

    monkeypatch.setattr(
        deliver, "CHANNELS", {"email": lambda settings: Closed(settings.outbox_dir)}
    )
    for _ in range(5):
        _queue(factory)
    assert deliver_due(factory, settings) == DeliveryCounts(retried=5)
    assert len(tried) == 1


def test_a_permanent_refusal_fails_at_once_and_stays_visible(
    factory: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    message_id = _queue(factory, recipient="parti@example.org")
    mailbox.rcpt_answer = "550 5.1.1 no such user"
    assert deliver_due(factory, mailbox.settings(settings)) == DeliveryCounts(failed=1)
    message = _message(factory, message_id)
    assert message.state is MessageState.FAILED
    assert "parti@example.org" in str(message.last_error)
    assert "550" in str(message.last_error)


def test_retries_end_after_some_days(factory: sessionmaker[Session], settings: Settings) -> None:
    message_id = _queue(factory)
    nowhere = Mailbox(port=free_port()).settings(settings)
    _at(MOMENT + timedelta(days=GIVE_UP_DAYS, minutes=1))
    assert deliver_due(factory, nowhere) == DeliveryCounts(failed=1)
    message = _message(factory, message_id)
    assert message.state is MessageState.FAILED
    assert f"{GIVE_UP_DAYS} jours" in str(message.last_error)


def test_the_wait_doubles_up_to_a_bound() -> None:
    delays = [retry_delay(attempts) for attempts in range(1, 2000)]
    assert delays[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert delays == sorted(delays)
    assert delays[-1] == timedelta(hours=4)


class _KilledError(BaseException):
    """Stands for kill -9: no handler of the code sees it as an error."""


def test_a_message_is_not_lost_when_its_sender_dies_before_sending(
    factory: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    message_id = _queue(factory)
    with monkeypatch.context() as patch:
        patch.setattr(OutboxFolder, "send", _die)
        with pytest.raises(_KilledError):
            deliver_due(factory, settings)
    assert _message(factory, message_id).state is MessageState.SENDING
    assert deliver_due(factory, settings) == DeliveryCounts()
    _at(MOMENT + CLAIM + timedelta(seconds=1))
    assert deliver_due(factory, settings) == DeliveryCounts(sent=1)
    assert len(list(settings.outbox_dir.iterdir())) == 1


def test_a_file_is_written_once_when_its_sender_dies_before_recording(
    factory: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _queue(factory)
    with monkeypatch.context() as patch:
        patch.setattr(deliver, "_record", _die)
        with pytest.raises(_KilledError):
            deliver_due(factory, settings)
    (written,) = settings.outbox_dir.iterdir()
    first = written.read_bytes()
    _at(MOMENT + CLAIM + timedelta(seconds=1))
    assert deliver_due(factory, settings) == DeliveryCounts(sent=1)
    assert [path.read_bytes() for path in settings.outbox_dir.iterdir()] == [first]


def _die(*_: object, **__: object) -> None:
    raise _KilledError


def test_a_late_answer_does_not_undo_what_a_second_sender_recorded(
    factory: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    message_id = _queue(factory)
    real_send = OutboxFolder.send

    def overtaken(self: OutboxFolder, parcel: Parcel) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(OutboxFolder, "send", real_send)
            _at(MOMENT + CLAIM + timedelta(seconds=1))
            assert deliver_due(factory, settings) == DeliveryCounts(sent=1)
        raise DeliveryError("trop tard")

    with monkeypatch.context() as patch:
        patch.setattr(OutboxFolder, "send", overtaken)
        deliver_due(factory, settings)
    assert _message(factory, message_id).state is MessageState.SENT


def test_an_unknown_channel_is_a_visible_failure(
    factory: sessionmaker[Session], settings: Settings
) -> None:
    message_id = _queue(factory, channel="pigeon")
    assert deliver_due(factory, settings) == DeliveryCounts(failed=1)
    assert "pigeon" in str(_message(factory, message_id).last_error)


def test_every_queued_message_is_accounted_for(
    factory: sessionmaker[Session], settings: Settings, mailbox: Mailbox
) -> None:
    for _ in range(3):
        _queue(factory)
    _queue(factory, channel="pigeon")
    assert deliver_due(factory, mailbox.settings(settings)) == DeliveryCounts(sent=3, failed=1)
    with factory() as session:
        states = session.scalars(select(Message.state)).all()
    assert sorted(states) == [MessageState.FAILED, *[MessageState.SENT] * 3]


def test_nothing_is_lost_or_doubled_when_a_sender_is_killed(sqlite_settings: Settings) -> None:
    engine = open_engine(sqlite_settings)
    factory = session_factory(engine)
    clock.set_clock(None)
    message_id = _queue(factory, created_at=clock.now(), next_attempt_at=clock.now())
    with mail_server() as mailbox:
        mailbox.hangs = True
        here = mailbox.settings(sqlite_settings)
        sender = subprocess.Popen(
            [sys.executable, "-c", SENDER, str(here.smtp_port), str(here.data_dir)]
        )
        assert mailbox.reached.wait(timeout=60)
        sender.kill()
        sender.wait()
        assert _message(factory, message_id).state is MessageState.SENDING
        mailbox.hangs = False
        later = clock.now() + CLAIM
        _at(later)
        assert deliver_due(factory, here) == DeliveryCounts(sent=1)
        assert len(mailbox.received) == 1
    engine.dispose()


SENDER = """
import sys
from pathlib import Path
from alerts.deliver import deliver_due
from vigie.settings import load_settings
from vigie.store.session import open_engine, session_factory
settings = load_settings(
    smtp_host="127.0.0.1", smtp_port=int(sys.argv[1]), smtp_security="none",
    data_dir=Path(sys.argv[2]),
)
deliver_due(session_factory(open_engine(settings)), settings)
"""
