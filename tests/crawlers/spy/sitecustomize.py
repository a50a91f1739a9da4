"""Python runs this first in a child process whose PYTHONPATH has this folder: it watches sockets.

Each connection that Python asks the system for is written down as it is asked (an audit event, so
no library goes round it), and names are looked up in a table: nothing asks the real DNS.
"""

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

LOG = Path(os.environ["SPY_LOG"])
NAMES: dict[str, list[str]] = json.loads(os.environ["SPY_NAMES"])
_real = socket.getaddrinfo


def _note(event: str, args: tuple[Any, ...]) -> None:
    if event != "socket.connect" or not isinstance(args[1], tuple):
        return
    with LOG.open("a", encoding="utf-8") as log:
        log.write(json.dumps([str(args[1][0]), args[1][1]]) + "\n")


def _look_up(
    host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
) -> list[Any]:
    name = host.decode() if isinstance(host, bytes) else str(host)
    # Addresses in any spelling are read as the system reads them; names are not asked for.
    addresses = NAMES.get(name.rstrip(".").lower(), [name])
    return [
        entry
        for address in addresses
        for entry in _real(address, port, family, type, proto, flags | socket.AI_NUMERICHOST)
    ]


sys.addaudithook(_note)
socket.getaddrinfo = _look_up
