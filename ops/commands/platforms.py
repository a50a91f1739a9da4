"""``vigie platforms``, ``vigie recipe`` and ``vigie credentials``: what reads a source, and how."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ops.opened import opened
from ops.platform_words import doc_of, recipe_text, text_of
from ops.tables import show_table
from vigie.clock import now, today
from vigie.errors import VigieError
from vigie.french import t
from vigie.settings import load_settings
from vigie.store import Source
from vigie.store.audit import audit
from vigie.store.credential import credentials_of, keep_credential
from vigie.store.source import source_by_id
from vigie.vault import SECRET_LIMIT, Vault, masked, rotate

if TYPE_CHECKING:
    from crawlers.platforms.base import Need, Platform

SHOWN_ITEMS = 5


@click.command("platforms", help=t("cli-platforms-help"))
def platforms() -> None:
    """List the platforms."""
    from crawlers.platforms import PLATFORMS

    titles = [t(f"cli-column-{column}") for column in ("platform", "gives", "needs")]
    show_table(titles, map(_row, PLATFORMS.values()), whole=titles[:1], ruled=True)


def _row(platform: "Platform") -> tuple[str, str, str]:
    gives = ", ".join(t(f"platform-kind-{kind}") for kind in sorted(platform.kinds))
    needs = ", ".join(map(_words, platform.needs)) or "—"
    return (
        platform.name,
        f"{t(f'platform-name-{platform.name}')}\n{gives}",
        f"{needs}\ndocs/platforms/{doc_of(platform.name)}.md",
    )


def _words(need: "Need") -> str:
    label = t(f"platform-need-{need.name}")
    return t("platform-need-if-wanted", need=label) if need.optional else label


@click.group(help=t("cli-recipe-help"))
def recipe() -> None:
    """Hold the recipe commands."""


@recipe.command("try", help=t("cli-recipe-try-help"))
@click.argument("page", metavar=t("cli-metavar-page"))
@click.option(
    "--recipe", "path", required=True, type=click.Path(path_type=Path),
    metavar=t("cli-metavar-file"), help=t("cli-source-add-recipe"),
)  # fmt: skip
@click.pass_context
def try_recipe(context: click.Context, page: str, path: Path) -> None:
    """Show what a recipe reads on a page."""
    from crawlers.fetch import read_file_or_url
    from crawlers.platforms import PLATFORMS
    from crawlers.platforms.base import Account, AnswerError, Ask
    from crawlers.platforms.recipes import read_recipe
    from crawlers.trials import found_in

    text = recipe_text(path)
    platform = PLATFORMS["recipe" if read_recipe(text).state is None else "embedded"]
    document = read_file_or_url(load_settings(), page)
    url = document.url or "https://exemple.invalid/"
    account = Account(url, "", {}, {"recipe": text})
    try:
        answer = platform.read(document.body, Ask(url, charset=document.charset), account, today())
    except AnswerError as error:
        raise VigieError(error.message_id) from None
    items: list[Any] = [*answer.reviews, *answer.listings]
    for item in items[:SHOWN_ITEMS]:
        click.echo(json.dumps(_full(item.to_dict()), ensure_ascii=False))
    found = found_in(items, read_recipe(text).fields) if items else {}
    missing = [name for name, count in found.items() if not count]
    sentence = t(
        "cli-recipe-read",
        count=len(items),
        absent=len(missing),
        missing=", ".join(missing),
        more=int(answer.links.next is not None),
        next=answer.links.next or "",
    )
    click.echo(sentence)
    context.exit(0 if items else 1)


def _full(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], "")}


@click.group(help=t("cli-credentials-help"))
def credentials() -> None:
    """Hold the commands of credentials."""


@credentials.command("set", help=t("cli-credentials-set-help"))
@click.argument("number", type=int, metavar="N")
@click.option(
    "--from", "path", type=click.Path(path_type=Path, allow_dash=True),
    metavar=t("cli-metavar-file"), help=t("cli-credentials-set-from"),
)  # fmt: skip
@click.option("--site", "whole_site", is_flag=True, help=t("cli-credentials-set-site"))
def set_credentials(number: int, path: Path | None, whole_site: bool) -> None:
    """Keep what a source's service needs."""
    settings = load_settings()
    with opened(settings) as factory, factory.begin() as session:
        source = source_by_id(session, number)
        needs = _needs(source)
        given = _asked(needs) if path is None else _read(path, needs, source)
        if not given:
            raise VigieError("credential-error-nothing", source=str(number))
        vault = Vault(settings)
        for name, value in given.items():
            if len(value) > SECRET_LIMIT:
                raise VigieError("credential-error-long", name=name, limit=SECRET_LIMIT)
            if needs[name].secret:
                keep_credential(session, source, name, vault.seal(value), whole_site=whole_site)
            else:
                source.options = {**source.options, name: value}
        # A source that was refused is read again at once.
        source.next_run_at = now()
        audit(session, "credentials-set", source, names=sorted(given))
        click.echo(t("cli-credentials-kept", label=source.label, number=str(number)))


def _needs(source: Source) -> "dict[str, Need]":
    from crawlers.platforms import PLATFORMS

    platform = PLATFORMS.get(source.platform)
    needs = [] if platform is None or not platform.base_url else platform.needs
    if not needs:
        raise VigieError("credential-error-none-needed", source=str(source.id), label=source.label)
    return {need.name: need for need in needs}


def _asked(needs: "Mapping[str, Need]") -> dict[str, str]:
    given = {}
    for name, need in needs.items():
        label = t(f"platform-need-{name}")
        value = click.prompt(label, default="", show_default=False, hide_input=need.secret)
        if value.strip():
            given[name] = value.strip()
    return given


def _read(path: Path, needs: "Mapping[str, Need]", source: Source) -> dict[str, str]:
    text = (sys.stdin.read() if str(path) == "-" else text_of(path)).strip()
    given: Any = {}
    try:
        given = json.loads(text) if text.startswith("{") else dict(_lines(text))
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not all(isinstance(one, str) for one in given.values()):
        raise VigieError("credential-error-file", path=str(path))
    for name in given.keys() - needs.keys():
        raise VigieError(
            "credential-error-unknown",
            name=name[:60],
            platform=t(f"platform-name-{source.platform}"),
            needs=", ".join(needs),
        )
    return {name: value.strip() for name, value in given.items() if value.strip()}


def _lines(text: str) -> list[tuple[str, str]]:
    pairs = [line.partition("=") for line in text.splitlines() if line.strip()]
    if not all(sign for _, sign, _ in pairs):
        raise ValueError
    return [(name.strip(), value.strip()) for name, _, value in pairs]


@credentials.command("list", help=t("cli-credentials-list-help"))
@click.argument("number", type=int, metavar="N")
def list_credentials(number: int) -> None:
    """Show what is kept for a source, masked."""
    from crawlers.sources import told_by_address

    settings = load_settings()
    with opened(settings) as factory, factory() as session:
        source = source_by_id(session, number)
        vault, held = Vault(settings), credentials_of(session, source)
        told = told_by_address(source)
        for name, need in _needs(source).items():
            if need.secret:
                value = masked(vault.open(held[name].sealed)) if name in held else "—"
            else:
                value = str(source.options.get(name) or told.get(name, "—"))
            click.echo(t("cli-credentials-line", name=t(f"platform-need-{name}"), value=value))


@credentials.command("rotate", help=t("cli-credentials-rotate-help"))
def rotate_credentials() -> None:
    """Seal every secret with the newest key."""
    settings = load_settings()
    with opened(settings) as factory, factory() as session:
        click.echo(t("cli-credentials-rotated", count=rotate(session, settings)))
