"""A Hugging Face hub of one model on loopback: what its client asks for, answered from a folder."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

SHA = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def serve_hub(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> Iterator[list[str]]:
    """Serve a folder's files as a model, and point the hub's client and its cache at it.

    Yields:
        The paths that were asked for.
    """
    from huggingface_hub import constants

    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def _answer(self, body: bool) -> None:
            asked.append(self.path)
            path = self.path.partition("?")[0]
            info = {
                "id": name,
                "sha": SHA,
                "siblings": [{"rfilename": file.name} for file in folder.iterdir()],
            }
            file = folder / path.rpartition("/")[2]
            if path.startswith(f"/api/models/{name}/tree/"):
                tree = [
                    {"type": "file", "path": one.name, "size": one.stat().st_size, "oid": SHA}
                    for one in folder.iterdir()
                ]
                self._send(200, json.dumps(tree).encode(), body)
            elif path.startswith(f"/api/models/{name}"):
                self._send(200, json.dumps(info).encode(), body)
            elif path.startswith(f"/{name}/resolve/") and file.is_file():
                self._send(200, file.read_bytes(), body)
            else:
                self._send(404, b"", body, {"X-Error-Code": "RepoNotFound"})

        def _send(
            self, status: int, content: bytes, body: bool, headers: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            given = {"X-Repo-Commit": SHA, "ETag": f'"{hash(content):x}"', **(headers or {})}
            for key, value in given.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        host = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setattr(constants, "ENDPOINT", host)
        template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace("https://huggingface.co", host)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
        try:
            yield asked
        finally:
            server.shutdown()
            thread.join()
