"""Tables on a terminal: nothing is cut short, and what was typed or crawled is never markup."""

from collections.abc import Collection, Iterable, Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

# Wider than any table: what it would take if nothing were folded.
UNBOUND = 10_000


def show_table(
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    whole: Collection[str] = (),
    ruled: bool = False,
) -> None:
    """Print a table; the columns titled in ``whole`` are not folded, ``ruled`` parts the rows.

    What goes to a file or another program is not folded at all: one line a row is what they read.
    """
    table = Table(show_lines=ruled)
    for title in titles:
        table.add_column(title, overflow="fold", no_wrap=title in whole)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        unbound = console.options.update(width=UNBOUND, max_width=UNBOUND)
        console.width = max(console.width, Measurement.get(console, unbound, table).maximum)
    console.print(table)
