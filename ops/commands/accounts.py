"""``vigie user``: who may sign in, and to what."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.confirming import confirmed
from ops.opened import opened
from ops.tables import show_table
from vigie.errors import NotFoundError, VigieError
from vigie.french import french_date, t
from vigie.settings import load_settings
from vigie.store import Member, MemberRole, Shop, User
from vigie.store.audit import audit
from vigie.store.shop import shop_by_slug

ROLES = click.Choice([role.value for role in MemberRole])
ROLE = click.option(
    "--role",
    type=ROLES,
    default=MemberRole.OWNER.value,
    show_default=True,
    help=t("cli-user-add-role"),
)


@click.group(help=t("cli-user-help"))
def user() -> None:
    """Hold the user commands."""


@user.command("add", help=t("cli-user-add-help"))
@click.argument("email", metavar=t("cli-metavar-email"))
@click.option("--operator", is_flag=True, help=t("cli-user-add-operator"))
@click.option("--shop", "shops", multiple=True, help=t("cli-user-add-shop"))
@ROLE
def add(email: str, operator: bool, shops: tuple[str, ...], role: str) -> None:
    """Make an account."""
    from web.accounts import add_member, create_user

    with opened(load_settings()) as factory, factory.begin() as session:
        account = create_user(session, email, operator=operator)
        for slug in shops:
            add_member(session, account, shop_by_slug(session, slug), MemberRole(role))
        audit(session, "user-add", account, operator=operator, shops=list(shops), role=role)
        click.echo(t("cli-user-added", email=account.email))


@user.command("list", help=t("cli-user-list-help"))
def list_users() -> None:
    """List the accounts."""
    with opened(load_settings()) as factory, factory() as session:
        people = session.scalars(select(User).where(User.active).order_by(User.email)).all()
        rows = [
            (one.email, "\n".join(_accesses(session, one)), french_date(one.created_at))
            for one in people
        ]
    if not rows:
        click.echo(t("cli-user-none"))
        return
    titles = [t(f"cli-column-{column}") for column in ("email", "access", "since")]
    show_table(titles, rows, whole=titles[:1])


@user.command("set", help=t("cli-user-set-help"))
@click.argument("email", metavar=t("cli-metavar-email"))
@click.option("--shop", "shops", multiple=True, help=t("cli-user-set-shop"))
@ROLE
@click.option("--no-shop", "left", multiple=True, help=t("cli-user-set-no-shop"))
@click.option("--operator/--no-operator", default=None, help=t("cli-user-set-operator"))
def change(
    email: str, shops: tuple[str, ...], role: str, left: tuple[str, ...], operator: bool | None
) -> None:
    """Give an account access to shops, or take it away."""
    from web.accounts import add_member, remove_member, set_operator

    if not shops and not left and operator is None:
        raise VigieError("cli-user-set-nothing")
    with opened(load_settings()) as factory, factory.begin() as session:
        account = _account(session, email)
        for slug in shops:
            add_member(session, account, shop_by_slug(session, slug), MemberRole(role))
        for slug in left:
            remove_member(session, account, shop_by_slug(session, slug))
        if operator is not None:
            set_operator(session, account, operator)
        audit(
            session,
            "user-set",
            account,
            operator=account.is_operator,
            shops=list(shops),
            role=role,
            left=list(left),
        )
        session.flush()
        access = ", ".join(_accesses(session, account))
        click.echo(t("cli-user-set-done", email=account.email, access=access))


@user.command("remove", help=t("cli-user-remove-help"))
@click.argument("email", metavar=t("cli-metavar-email"))
@click.option("--yes", is_flag=True, help=t("removal-yes"))
def remove(email: str, yes: bool) -> None:
    """Close an account."""
    from web.accounts import close_account, keep_an_operator

    with opened(load_settings()) as factory:
        with factory() as session:
            account = _account(session, email)
            keep_an_operator(session, account)
            address = account.email
            access = ", ".join(_accesses(session, account))
        click.echo(t("cli-user-remove-goes", email=address, access=access))
        if not confirmed(yes):
            return
        with factory.begin() as session:
            account = _account(session, address)
            name = close_account(session, account)
            audit(session, "user-remove", account)
    click.echo(t("cli-user-removed", email=address, name=name))


@user.command("link", help=t("cli-user-link-help"))
@click.argument("email", metavar=t("cli-metavar-email"))
def link(email: str) -> None:
    """Print a sign-in link."""
    from web.app import create_app
    from web.links import sign_in_link

    settings = load_settings()
    with opened(settings) as factory, factory() as session:
        click.echo(sign_in_link(create_app(settings), _account(session, email)))
    # The link alone goes to stdout, for whatever opens it.
    click.echo(t("cli-user-link-where", url=settings.public_url), err=True)


def _account(session: Session, email: str) -> User:
    from web.accounts import account_by_email, normal_email

    account = account_by_email(session, normal_email(email))
    if account is None:
        raise NotFoundError("error-user-unknown", email=email)
    return account


def _accesses(session: Session, account: User) -> list[str]:
    """Return what an account gives access to, in words."""
    if account.is_operator:
        return [t("cli-user-operator")]
    rows = session.execute(
        select(Member.role, Shop.slug)
        .join(Shop, Shop.id == Member.shop_id)
        .where(Member.user_id == account.id)
        .order_by(Shop.slug)
    ).all()
    return [t("cli-user-access", role=str(role), shop=slug) for role, slug in rows] or [
        t("cli-user-no-access")
    ]
