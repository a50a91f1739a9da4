"""``vigie user``: who may sign in, and to what."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.opened import opened
from vigie.errors import NotFoundError, VigieError
from vigie.french import t
from vigie.settings import load_settings
from vigie.store import MemberRole, User
from vigie.store.shop import shop_by_slug


@click.group(help=t("cli-user-help"))
def user() -> None:
    """Hold the user commands."""


@user.command("add", help=t("cli-user-add-help"))
@click.argument("email", metavar=t("cli-metavar-email"))
@click.option("--operator", is_flag=True, help=t("cli-user-add-operator"))
@click.option("--shop", "shops", multiple=True, help=t("cli-user-add-shop"))
@click.option(
    "--role",
    type=click.Choice([role.value for role in MemberRole]),
    default=MemberRole.OWNER.value,
    show_default=True,
    help=t("cli-user-add-role"),
)
def add(email: str, operator: bool, shops: tuple[str, ...], role: str) -> None:
    """Make an account."""
    from web.accounts import add_member, create_user

    with opened(load_settings()) as factory, factory.begin() as session:
        if _by_email(session, email) is not None:
            raise VigieError("error-user-exists", email=email)
        account = create_user(session, email, operator=operator)
        for slug in shops:
            add_member(session, account, shop_by_slug(session, slug), MemberRole(role))
        click.echo(t("cli-user-added", email=account.email))


@user.command("link", help=t("cli-user-link-help"))
@click.argument("email", metavar=t("cli-metavar-email"))
def link(email: str) -> None:
    """Print a sign-in link."""
    from web.app import create_app
    from web.links import sign_in_link

    settings = load_settings()
    with opened(settings) as factory, factory() as session:
        account = _by_email(session, email)
        if account is None:
            raise NotFoundError("error-user-unknown", email=email)
        click.echo(sign_in_link(create_app(settings), account))


def _by_email(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.strip().lower()))
