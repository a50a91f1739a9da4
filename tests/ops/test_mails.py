"""The outbox on the command line: what failed, why, and sending it again."""

import pytest
from sqlalchemy import select

from tests.ops.conftest import Vigie
from vigie.settings import load_settings
from vigie.store import Message, MessageState
from vigie.store.session import open_engine, session_factory


def test_a_mail_that_failed_is_listed_with_its_reason_and_sent_again(
    installed: Vigie, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Aucun courrier" in installed("mail", "list").out
    installed("shop", "add", "Garage", "--trade", "garage", "--email", "garage@example.org")
    monkeypatch.setenv("VIGIE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("VIGIE_SMTP_PORT", "9")
    assert installed("send", "--queue-week").status == 1
    waiting = installed("mail", "list").out
    assert "en attente" in waiting
    assert "127.0.0.1" in waiting
    assert installed("mail", "retry", "1").status == 1
    with session_factory(open_engine(load_settings())).begin() as session:
        session.scalars(select(Message)).one().state = MessageState.FAILED
    assert "garage@example.org" in installed("mail", "list", "--failed").out
    assert "vigie send" in installed("mail", "retry", "1").out
    monkeypatch.delenv("VIGIE_SMTP_HOST")
    assert installed("send").status == 0
    assert "Aucun courrier n’attend" in installed("send").out
    sent = installed("mail", "list").out
    assert "envoyé" in sent
    # What went wrong before it left is of no use any more.
    assert "127.0.0.1" not in sent
    assert "Aucun courrier n’est dans cet état" in installed("mail", "list", "--failed").out
