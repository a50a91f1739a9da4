"""What the command line says of platforms, and the options that it takes for them."""

from collections.abc import Sequence
from pathlib import Path

from vigie.errors import NotFoundError, VigieError, reason_of
from vigie.french import t
from vigie.store import Source

OPTION_LIMIT = 2_000


def options_of(given: Sequence[str], recipe: Path | None) -> dict[str, str]:
    """Return "name=value" options, and a recipe's file, by name.

    Raises:
        VigieError: one has another form, or the file cannot be read.
    """
    options = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name.strip() or len(value) > OPTION_LIMIT:
            raise VigieError("platform-error-form", option=one[:60])
        options[name.strip()] = value.strip()
    if recipe is not None:
        options["recipe"] = recipe_text(recipe)
    return options


def recipe_text(path: Path) -> str:
    """Return a recipe's file whose every part can be used.

    Raises:
        VigieError: it cannot be read, or used; the sentence names the file.
    """
    from crawlers.platforms.recipes import read_recipe

    text = text_of(path)
    try:
        read_recipe(text)
    except VigieError as error:
        raise VigieError("recipe-error-file", path=str(path), problem=str(error)) from None
    return text


def text_of(path: Path) -> str:
    """Return a small file's text.

    Raises:
        VigieError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFoundError("error-file-missing", path=str(path)) from None
    except (OSError, ValueError) as error:
        raise VigieError("error-file", path=str(path), reason=reason_of(error)) from None


def needs_sentence(source: Source) -> str:
    """Say which platform reads a source, and what it still needs."""
    from crawlers.sources import needs_of

    missing = needs_of(source)
    return t(
        "cli-source-platform",
        platform=t(f"platform-name-{source.platform}"),
        needs=", ".join(t(f"platform-need-{need.name}") for need in missing),
        count=len(missing),
        number=str(source.id),
        page=f"docs/platforms/{doc_of(source.platform)}.md",
    )


def doc_of(name: str) -> str:
    """Return the name of a platform's page of documentation."""
    return name.partition("_listings")[0]
