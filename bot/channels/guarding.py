"""What holds for every request of every address of the server: headers, bodies, slow clients, mistakes of ours.

A channel says what it takes; here is what none has to think of. No answer of ours redirects anywhere.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web

from bot.logs import told

__all__ = ["HEADERS", "IDLE", "ONLY_HTTPS", "guard", "is_https", "runner"]

log = logging.getLogger(__name__)

IDLE = 75.0
"""Seconds that a connection may take for the headers of a request, and stay open without one."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What the browser may do with any answer: run our own script and style, call our own server, and nothing more."""

ONLY_HTTPS = "max-age=31536000"
"""Told to whoever came by https: for a year, come by nothing else."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_https(request: web.Request, public_url: str = "") -> bool:
    """Whether the visitor came by https: to us, to a proxy that says so, or to the public address."""
    if request.secure or request.headers.get("X-Forwarded-Proto") == "https":
        return True
    public = urlsplit(public_url)
    return public.scheme == "https" and request.host == public.netloc


def guard(
    app: web.Application, *, lost: Callable[[web.Request], web.Response] | None = None, public_url: str = ""
) -> None:
    """Hold all of `app` to it. `lost` makes the page for an address that leads nowhere."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        # Nobody needs to send us anything compressed; a few bytes may unfold to gigabytes.
        if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            return web.Response(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        try:
            return await handler(request)
        except web.HTTPNotFound:
            if lost is None or "html" not in request.headers.get("Accept", ""):
                raise
            return lost(request)
        except web.HTTPException:
            raise
        except (web.RequestPayloadError, ConnectionError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)  # the body broke off, or was no body
        except Exception as error:
            log.error("a request failed: %s", told(error))  # nor the address: it may hold what a person wrote
            return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)

    async def dressed(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_https(request, public_url):
            response.headers["Strict-Transport-Security"] = ONLY_HTTPS
        response.headers["Server"] = "Allie"

    app.middlewares.append(guarded)
    app.on_response_prepare.append(dressed)


def runner(app: web.Application, *, shutdown_timeout: float, idle: float = IDLE) -> web.AppRunner:
    """What serves `app`: nothing is unpacked, and nobody holds a connection by saying little."""
    return web.AppRunner(
        app, access_log=None, shutdown_timeout=shutdown_timeout, keepalive_timeout=idle, auto_decompress=False
    )
