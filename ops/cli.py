"""The ``vigie`` command: one group, a module for each family of commands."""

import sys

import click

from ops.click_words import refusal, speak_french
from ops.commands.accounts import user
from ops.commands.cadence import cadence
from ops.commands.collect import crawl, import_group, source
from ops.commands.companies import find
from ops.commands.demo import demo
from ops.commands.evaluating import evaluate
from ops.commands.mails import mail
from ops.commands.mirror import mirror
from ops.commands.platforms import credentials, platforms, recipe
from ops.commands.reading import extract, score
from ops.commands.removing import shop_remove, source_remove
from ops.commands.rivals import rival, rivals
from ops.commands.serving import init, run
from ops.commands.shops import shop
from ops.commands.sites import site
from ops.commands.telling import brief, detect, send
from ops.commands.tenders import tenders
from ops.commands.tune import changes, tune, undo
from vigie.errors import VigieError
from vigie.french import t

INTERRUPTED = 130


@click.group(help=t("cli-help"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vigie", message="vigie %(version)s", help=t("click-version"))
def cli() -> None:
    """Hold the commands."""


for command in (
    init,
    demo,
    run,
    shop,
    source,
    site,
    cadence,
    platforms,
    recipe,
    credentials,
    user,
    crawl,
    import_group,
    score,
    evaluate,
    detect,
    brief,
    mirror,
    send,
    mail,
    extract,
):
    cli.add_command(command)
for command in (tune, undo, changes, source_remove):
    source.add_command(command)
for command in (find, tenders, rival, rivals, shop_remove):
    shop.add_command(command)
speak_french(cli)


def main() -> None:
    """Run the command line: an error for people is one sentence and a non-zero exit status."""
    try:
        # A command that ends by Context.exit() hands its status back here.
        status = cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(t("cli-aborted"), err=True)
        sys.exit(INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.UsageError as error:
        click.echo(refusal(error), err=True)
        sys.exit(error.exit_code)
    except VigieError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; nothing is left to say to it.
        sys.stderr.close()
        sys.exit(0)
    else:
        sys.exit(status or 0)
