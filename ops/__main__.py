"""``python -m ops``: the ``vigie`` command where its script is not on the path."""

from ops.cli import main

main()
