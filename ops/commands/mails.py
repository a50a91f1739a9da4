"""``vigie mail``: what was queued, where it is on its way, and sending again what failed."""

import click

from ops.opened import opened
from ops.tables import show_table
from vigie.french import french_datetime, t
from vigie.settings import load_settings
from vigie.store import Message, MessageState
from vigie.store.message import newest_messages, send_again

LAST_SHOWN = 20


@click.group(help=t("cli-mail-help"))
def mail() -> None:
    """Hold the mail commands."""


@mail.command("list", help=t("cli-mail-list-help"))
@click.option("--failed", is_flag=True, help=t("cli-mail-list-failed"))
@click.option(
    "--count",
    type=click.IntRange(min=1),
    default=LAST_SHOWN,
    show_default=True,
    help=t("cli-mail-list-count"),
)
def list_mails(failed: bool, count: int) -> None:
    """List the last mails."""
    query = newest_messages(MessageState.FAILED if failed else None).limit(count)
    with opened(load_settings()) as factory, factory() as session:
        rows = session.scalars(query).all()
    if not rows:
        click.echo(t("mails-no-match" if failed else "mails-none"))
        return
    columns = ("number", "when", "recipient", "subject", "mail-state")
    titles = [t(f"cli-column-{column}") for column in columns]
    show_table(
        titles,
        (
            (
                str(row.id),
                french_datetime(row.created_at, "dd/MM HH:mm"),
                row.recipient,
                row.subject,
                _state(row),
            )
            for row in rows
        ),
        whole=titles[:2],
    )


@mail.command("retry", help=t("cli-mail-retry-help"))
@click.argument("number", type=int, metavar="N")
def retry(number: int) -> None:
    """Queue a mail that failed once more."""
    with opened(load_settings()) as factory, factory.begin() as session:
        row = send_again(session, number)
        click.echo(t("cli-mail-retried", number=str(row.id), recipient=row.recipient))


def _state(row: Message) -> str:
    state = t(f"mails-state-{row.state}")
    return (
        state
        if row.state is MessageState.SENT
        else "\n".join(filter(None, (state, row.last_error)))
    )
