"""Asking before something is destroyed, in French; a script says ``--yes``."""

import click

from vigie.errors import VigieError
from vigie.french import t

YES = {"oui", "o"}


def confirmed(yes: bool) -> bool:
    """Say whether the person wants it; where nobody answers, only ``yes`` will do.

    Raises:
        VigieError: there is nobody to ask.
    """
    if yes:
        return True
    try:
        answer = click.prompt(
            t("removal-confirm"), default="", show_default=False, prompt_suffix=t("removal-suffix")
        )
    except click.Abort as stopped:
        if isinstance(stopped.__context__, EOFError):
            raise VigieError("removal-no-terminal") from None
        raise
    if answer.strip().lower() in YES:
        return True
    click.echo(t("removal-kept"))
    return False
