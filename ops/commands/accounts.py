"""``vigie user``: who may sign in, and to what."""

import click

from ops.opened import opened
from vigie.errors import NotFoundError
from vigie.french import t
from vigie.settings import load_settings
from vigie.store import MemberRole
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
        account = create_user(session, email, operator=operator)
        for slug in shops:
            add_member(session, account, shop_by_slug(session, slug), MemberRole(role))
        click.echo(t("cli-user-added", email=account.email))


@user.command("link", help=t("cli-user-link-help"))
@click.argument("email", metavar=t("cli-metavar-email"))
def link(email: str) -> None:
    """Print a sign-in link."""
    from web.accounts import account_by_email, normal_email
    from web.app import create_app
    from web.links import sign_in_link

    settings = load_settings()
    with opened(settings) as factory, factory() as session:
        account = account_by_email(session, normal_email(email))
        if account is None:
            raise NotFoundError("error-user-unknown", email=email)
        click.echo(sign_in_link(create_app(settings), account))
