"""The pages behind waitress, a production WSGI server."""

import waitress
from web.app import create_app

from vigie.errors import VigieError
from vigie.settings import Settings

THREADS = 8


class Pages:
    """The pages on their port, which is taken when this is made.

    Raises:
        VigieError: the port is in use, or the address is not this machine's.
    """

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        try:
            self._server = waitress.create_server(
                self.app, host=settings.host, port=settings.port, threads=THREADS, ident=None
            )
        except (OSError, ValueError) as error:
            raise VigieError(
                "error-port",
                host=settings.host,
                port=str(settings.port),
                reason=getattr(error, "strerror", None) or str(error),
            ) from None
        self.port = int(self._server.effective_port)
        self.url = f"http://{settings.host}:{self.port}"

    def serve(self) -> None:
        """Answer requests until interrupted (Ctrl-C)."""
        self._server.run()

    def close(self) -> None:
        """Give the port back."""
        self._server.close()
