"""A web server on loopback whose pages a test writes, and which remembers what was asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from socket import AF_INET6
from threading import Thread
from time import monotonic
from typing import Any

PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>
{head}
<script type="application/ld+json">{data}</script></head>
<body><h1>{title}</h1>{body}</body></html>"""


@dataclass
class Answer:
    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


Handler = Callable[[str], Answer]


class _IPv6Server(ThreadingHTTPServer):
    address_family = AF_INET6


class Site:
    """Pages by path, query included; a page may be a function of the whole path."""

    def __init__(
        self, pages: Mapping[str, Answer | Handler] | None = None, at: str = "127.0.0.1"
    ) -> None:
        self.pages: dict[str, Answer | Handler] = dict(pages or {})
        self.asked: list[tuple[str, str]] = []
        # When each request came, in seconds on the monotonic clock, and its headers.
        self.heard: list[tuple[float, Mapping[str, str]]] = []
        site = self

        class Requests(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        kind = _IPv6Server if ":" in at else ThreadingHTTPServer
        self._server = kind((at, 0), Requests)
        self._server.daemon_threads = True

    def __enter__(self) -> "Site":
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self._server.server_address[1]}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.path, request.headers.get("User-Agent", "")))
        self.heard.append((monotonic(), dict(request.headers.items())))
        page = self.pages.get(request.path) or self.pages.get(request.path.partition("?")[0])
        answer = page(request.path) if callable(page) else page or Answer("absent", 404)
        if _is_known(answer, dict(request.headers.items())):
            answer = Answer(status=304, headers=answer.headers)
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        try:
            request.send_response(answer.status)
            request.send_header("Content-Type", answer.kind)
            request.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(body)
        except OSError:
            # The reader hung up: it is allowed to.
            request.close_connection = True


def _is_known(answer: Answer, asked: Mapping[str, str]) -> bool:
    """Say whether the reader has this very answer (RFC 9110, 13.2.2)."""
    etag = answer.headers.get("ETag")
    if asked.get("If-None-Match") is not None:
        return asked.get("If-None-Match") == etag
    since = asked.get("If-Modified-Since")
    return since is not None and since == answer.headers.get("Last-Modified")


def review(number: int | str, text: str | None = None, **fields: Any) -> dict[str, Any]:
    """A schema.org review; without an identifier when ``id`` is None."""
    identifier = fields.pop("id", f"#avis-{number}-7f3a")
    plain = {
        "@type": "Review",
        "@id": identifier,
        "author": {"@type": "Person", "name": f"Client {number}"},
        "datePublished": "2026-03-01",
        "reviewBody": text or f"Avis numéro {number} : du bon travail, rien à redire.",
        "reviewRating": {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 1},
    }
    return {name: value for name, value in {**plain, **fields}.items() if value is not None}


def page(
    reviews: list[dict[str, Any]],
    *,
    stated: int | None = None,
    head: str = "",
    body: str = "",
    listings: list[dict[str, Any]] | None = None,
) -> Answer:
    """A page of JSON-LD reviews of one garage, with the count that it states."""
    garage: dict[str, Any] = {"@type": "AutoRepair", "name": "Garage du Pont", "review": reviews}
    if stated is not None:
        garage["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": 4,
            "reviewCount": stated,
        }
    data = dumps({"@context": "https://schema.org", "@graph": [garage, *(listings or [])]})
    title = "Avis sur le Garage du Pont"
    return Answer(PAGE.format(title=title, head=head, body=body, data=data))


def listing(number: int, price: float) -> dict[str, Any]:
    return {
        "@type": "Product",
        "name": f"Alternateur {number}",
        "sku": f"alt-{number}",
        "offers": {
            "@type": "Offer",
            "price": str(price),
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStock",
        },
    }
