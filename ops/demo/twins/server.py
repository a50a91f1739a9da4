"""The services' twins on loopback, at one address: no two of them have a path in common."""

from collections import Counter
from pathlib import Path
from threading import Thread

from flask import Flask, Response, request
from werkzeug.serving import WSGIRequestHandler, make_server

from ops.demo.sites import dress
from ops.demo.twins import TWINS
from ops.demo.twins.service import SERVICES, Service


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the demo's own progress is what people watch."""


class TwinServer:
    """Every twin, from ``with`` to its end, on a free port or on ``port``.

    ``asked`` counts the requests to each, tokens included.
    """

    def __init__(self, service: Service, port: int = 0) -> None:
        self.service = service
        self.asked: Counter[str] = Counter()
        self._server = make_server(
            "127.0.0.1", port, self._app(), threaded=True, request_handler=_Quiet
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "TwinServer":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _app(self) -> Flask:
        app = Flask(__name__, root_path=str(Path(__file__).parents[1]), static_folder=None)
        dress(app, SERVICES)
        for name, twin in TWINS.items():
            app.register_blueprint(twin(self.service), name=name)

        @app.before_request
        def count() -> Response | str | None:
            self.asked[request.blueprint or "none"] += 1
            for switch, value in self.service.switches():
                instead = switch.answer(value) if switch.answer else None
                if instead is not None:
                    return instead
            return None

        return app
