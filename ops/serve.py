"""The pages behind waitress, a production WSGI server."""

import socket

import waitress
from flask import Flask

from vigie.errors import VigieError, reason_of
from vigie.settings import Settings

THREADS = 8


def listen(settings: Settings) -> tuple[socket.socket, Settings]:
    """Take the pages' port; return it with settings that name it, where a free one was asked for.

    Raises:
        VigieError: the port is in use, or the address is not this machine's.
    """
    try:
        listener = socket.create_server((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        raise VigieError(
            "error-port",
            host=settings.host,
            port=str(settings.port),
            reason=reason_of(error),
        ) from None
    if settings.port:
        return listener, settings
    port = listener.getsockname()[1]
    named = {"port": port, "public_url": f"http://{settings.host}:{port}"}
    return listener, settings.model_copy(update=named)


def serve(app: Flask, listener: socket.socket) -> None:
    """Answer requests until interrupted (Ctrl-C)."""
    waitress.serve(app, sockets=[listener], threads=THREADS, ident=None, _quiet=True)
