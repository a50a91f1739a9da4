"""Security headers: nothing from elsewhere, no inline script or style, no framing."""

from flask import Flask, Response

from vigie.settings import Settings

# Bootstrap's sheet draws its marks with data: images.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TWO_YEARS_S = 63_072_000


def init_app(app: Flask, settings: Settings) -> None:
    """Put the headers on every response."""
    secure = settings.public_url.startswith("https://")

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS_S}")
        if response.mimetype == "text/html":
            # What a person saw must not stay in a shared computer's cache after sign-out.
            response.headers["Cache-Control"] = "no-store"
        return response
