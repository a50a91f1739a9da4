"""Numbers on the command line, with a point or, as French people write them, with a comma."""

import math
from typing import Any

import click

from vigie.french import t


class Number(click.FloatRange):
    """A number within bounds, if there are any: 1.5 or 1,5."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number.

        Raises:
            click.BadParameter: it is none, or it is out of bounds.
        """
        plain: Any = value.replace(",", ".") if isinstance(value, str) else value
        number = float(super().convert(plain, param, ctx))
        if not math.isfinite(number):
            # What is no number is within all bounds: it compares with nothing.
            self.fail(t("click-not-number", value=str(value)), param, ctx)
        return number
