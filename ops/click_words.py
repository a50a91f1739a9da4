"""Click's own words in French: headings of its help, metavariables, what it refuses.

Click looks its messages up with gettext, through ``_`` and ``ngettext`` of its modules. Gettext
would want compiled catalogues and a language in the environment; here the same look-ups are
answered by the catalogue that every other text comes from.
"""

import re

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from vigie.french import t

MODULES = (core, decorators, exceptions, formatting, parser, termui, types)
TEXTS = {
    "Options": "click-options",
    "Commands": "click-commands",
    "Usage:": "click-usage",
    "Show this message and exit.": "click-help",
    "Show the version and exit.": "click-version",
    "default: {default}": "click-default",
    "required": "click-required",
    "Error: {message}": "click-error",
    "Error: The two entered values do not match.": "click-not-alike",
    "Error: invalid input": "click-invalid-input",
    "Repeat for confirmation": "click-repeat",
    "Missing command.": "click-missing-command",
    "Missing argument": "click-missing",
    "Missing option": "click-missing",
    "Choose from:\n\t{choices}": "click-choose",
    "Got unexpected extra argument ({args})": "click-extra",
    "Got unexpected extra arguments ({args})": "click-extra",
    "Invalid value: {message}": "click-invalid",
    "Invalid value for {param_hint}: {message}": "click-invalid-for",
    "No such option {name!r}.": "click-no-option",
    "No such command {name!r}.": "click-no-command",
    "Did you mean {possibility}?": "click-did-you-mean",
    "(Did you mean one of: {possibilities}?)": "click-did-you-mean-one",
    "Option {name!r} does not take a value.": "click-no-value",
    "Option {name!r} requires an argument.": "click-value",
    "Option {name!r} requires {nargs} arguments.": "click-value",
    "Argument {name!r} takes {nargs} values.": "click-values",
    "{value!r} is not {choice}.": "click-not-choice",
    "{value!r} is not one of {choices}.": "click-not-choices",
    "{value!r} does not match the format {format}.": "click-not-format",
    "{value!r} is not a valid {number_type}.": "click-not-number",
    "{value} is not in the range {range}.": "click-not-in-range",
    "{name} {filename!r} is a file.": "click-is-file",
    "{name} {filename!r} is a directory.": "click-is-folder",
}
METAVARS = {
    "text": "click-type-text",
    "integer": "click-type-number",
    "integer range": "click-type-number",
    "float": "click-type-number",
    "float range": "click-type-number",
    "directory": "click-type-folder",
}
# Click fills these fields in after it has looked the text up.
FIELD = re.compile(r"\{(\w+)(?:!r)?\}")


def in_french(message: str) -> str:
    """Return Click's message in French with its fields still open, or as it is if it is unknown."""
    text = TEXTS.get(message)
    if text is None:
        return message
    return t(text, **{name: "{" + name + "}" for name in FIELD.findall(message)})


def _one_or_more(one: str, more: str, count: int) -> str:
    return in_french(one if count == 1 else more)


def speak_french(command: click.Command) -> None:
    """Have Click speak French, and name what a command and all those below it want in French."""
    for module in MODULES:
        for name, look_up in (("_", in_french), ("ngettext", _one_or_more)):
            if hasattr(module, name):
                setattr(module, name, look_up)
    _name_wants(command)


def _name_wants(command: click.Command) -> None:
    for parameter in command.params:
        text = METAVARS.get(parameter.type.name)
        takes_value = isinstance(parameter, click.Option) and not parameter.is_flag
        if takes_value and parameter.metavar is None and text is not None:
            parameter.metavar = t(text)
    if isinstance(command, click.Group):
        command.subcommand_metavar = t("click-subcommand")
        for below in command.commands.values():
            _name_wants(below)


def refusal(error: click.UsageError) -> str:
    """Return what is wrong with a command, and which command tells what is right."""
    path = error.ctx.command_path if error.ctx is not None else "vigie"
    return t("click-refusal", message=error.format_message(), command=path)
