"""Mails leave by SMTP, or as files."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from alerts.channels import DeliveryError, Parcel
from alerts.channels.email import OutboxFolder, SmtpServer, email_channel, file_name
from tests.alerts.mailbox import PASSWORD, USER, Mailbox, free_port, mail_server
from vigie.settings import Settings

PARCEL = Parcel("weekly:1:2026-03-01", "garage@example.org", b"Subject: Essai\r\n\r\nBonjour\r\n")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


def _send(settings: Settings, *parcels: Parcel) -> None:
    with email_channel(settings) as channel:
        for parcel in parcels or (PARCEL,):
            channel.send(parcel)


def _error(settings: Settings) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        _send(settings)
    return caught.value


def test_without_a_server_mails_go_to_the_outbox_folder(sqlite_settings: Settings) -> None:
    assert isinstance(email_channel(sqlite_settings), OutboxFolder)
    assert isinstance(
        email_channel(sqlite_settings.model_copy(update={"smtp_host": "smtp.example"})), SmtpServer
    )


def test_sending_again_overwrites_the_same_file(sqlite_settings: Settings) -> None:
    _send(sqlite_settings, PARCEL, PARCEL)
    (path,) = sqlite_settings.outbox_dir.iterdir()
    assert path.suffix == ".eml"
    assert path.read_bytes() == PARCEL.mime


def test_two_keys_never_share_a_file_and_none_leaves_the_folder() -> None:
    keys = ["weekly:1:2026-03-01", "weekly-1:2026-03-01", "../../etc/passwd", "é:è", "x" * 255]
    names = {file_name(key) for key in keys}
    assert len(names) == len(keys)
    assert all(Path(name).name == name and len(name) < 120 for name in names)


def test_a_folder_that_cannot_be_written_is_named_and_holds_nothing_half_done(
    sqlite_settings: Settings,
) -> None:
    sqlite_settings.outbox_dir.write_text("a file in the folder's place")
    error = _error(sqlite_settings)
    assert (error.permanent, error.closed) == (False, True)
    assert str(sqlite_settings.outbox_dir) in str(error)


def test_a_server_receives_the_same_bytes_over_one_connection(
    mailbox: Mailbox, sqlite_settings: Settings
) -> None:
    other = Parcel("weekly:2:2026-03-01", "boulangerie@example.org", PARCEL.mime)
    _send(mailbox.settings(sqlite_settings), PARCEL, other)
    assert [address for address, _ in mailbox.received] == [PARCEL.recipient, other.recipient]
    assert mailbox.received[0][1] == PARCEL.mime


def test_lines_end_as_servers_want_them(mailbox: Mailbox, sqlite_settings: Settings) -> None:
    mail = Parcel("sign-in:1", "garage@example.org", "Subject: Lien\n\nÀ bientôt\r\n".encode())
    _send(mailbox.settings(sqlite_settings), mail)
    assert mailbox.received[0][1] == "Subject: Lien\r\n\r\nÀ bientôt\r\n".encode()


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("550 no such user", True), ("450 mailbox busy", False)],
)
def test_a_refused_recipient_is_permanent_by_its_code(
    mailbox: Mailbox, sqlite_settings: Settings, answer: str, permanent: bool
) -> None:
    mailbox.rcpt_answer = answer
    error = _error(mailbox.settings(sqlite_settings))
    assert (error.permanent, error.closed) == (permanent, False)
    assert answer in str(error)


@pytest.mark.parametrize(
    ("answer", "permanent", "closed"),
    [
        ("554 looks like spam", True, False),
        ("451 try later", False, False),
        ("421 closing", False, True),
    ],
)
def test_a_refused_message_is_permanent_by_its_code(
    mailbox: Mailbox, sqlite_settings: Settings, answer: str, permanent: bool, closed: bool
) -> None:
    mailbox.data_answer = answer
    error = _error(mailbox.settings(sqlite_settings))
    assert (error.permanent, error.closed) == (permanent, closed)


def test_one_refused_message_does_not_hold_the_next_back(
    mailbox: Mailbox, sqlite_settings: Settings
) -> None:
    with email_channel(mailbox.settings(sqlite_settings)) as channel:
        mailbox.rcpt_answer = "550 no such user"
        with pytest.raises(DeliveryError):
            channel.send(PARCEL)
        mailbox.rcpt_answer = "250 OK"
        channel.send(PARCEL)
    assert len(mailbox.received) == 1


def test_a_server_that_is_not_there_is_named_with_its_settings(sqlite_settings: Settings) -> None:
    port = free_port()
    error = _error(Mailbox(port=port).settings(sqlite_settings))
    assert (error.permanent, error.closed) == (False, True)
    assert f"127.0.0.1:{port}" in str(error)
    assert "VIGIE_SMTP_HOST" in str(error)


def test_a_server_without_the_protection_asked_for_gets_nothing(
    mailbox: Mailbox, sqlite_settings: Settings
) -> None:
    error = _error(mailbox.settings(sqlite_settings, smtp_security="starttls"))
    assert (error.permanent, error.closed) == (False, True)
    assert mailbox.received == []


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The context of a server whose certificate this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day = timedelta(days=1)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + built.public_bytes(serialization.Encoding.PEM)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_an_account_signs_in(sqlite_settings: Settings, certificate: ssl.SSLContext) -> None:
    with mail_server(starttls=certificate, login=True) as mailbox:
        _send(_account(mailbox, sqlite_settings, PASSWORD))
        assert len(mailbox.received) == 1


def test_a_wrong_password_can_be_put_right_and_is_not_shown(
    sqlite_settings: Settings, certificate: ssl.SSLContext
) -> None:
    with mail_server(starttls=certificate, login=True) as mailbox:
        error = _error(_account(mailbox, sqlite_settings, "mauvais-secret"))
    assert (error.permanent, error.closed) == (False, True)
    assert "VIGIE_SMTP_PASSWORD" in str(error)
    assert "mauvais-secret" not in str(error)


def _account(mailbox: Mailbox, settings: Settings, password: str) -> Settings:
    return mailbox.settings(
        settings,
        smtp_security="starttls",
        smtp_user=USER,
        smtp_password=SecretStr(password),
    )


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_protected_connection_is_made(
    sqlite_settings: Settings, certificate: ssl.SSLContext, security: str
) -> None:
    tls, starttls = (certificate, None) if security == "tls" else (None, certificate)
    with mail_server(tls=tls, starttls=starttls) as mailbox:
        _send(mailbox.settings(sqlite_settings, smtp_security=security))
        assert len(mailbox.received) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(
    sqlite_settings: Settings, certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(starttls=certificate) as mailbox:
        error = _error(mailbox.settings(sqlite_settings, smtp_security="starttls"))
        assert mailbox.received == []
    assert error.closed
