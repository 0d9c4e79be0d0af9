"""The estimates over HTTP: `POST /api/estimate/NAME`, with the same JSON as `allie estimate`, and their description.

Nothing is kept of a question. Anybody may ask from anywhere, so there is no cookie and no origin to check; the rate of
one address is limited.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from aiohttp import web

from bot.channels.address import address
from bot.channels.request_body import read_body
from bot.estimate import LONGEST, answer_text, names, openapi
from bot.i18n import best_language
from bot.inbound_rate_limiter import InboundRateLimiter

__all__ = ["add_estimate_routes"]

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*"}
MAY_BE_ASKED = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
}


def add_estimate_routes(app: web.Application, limiter: InboundRateLimiter | None = None) -> None:
    """Serve the estimates and `/api/openapi.json`. `limiter` is for one address: 60 at once, then 2 a second."""
    limit = InboundRateLimiter(burst=60, every=0.5) if limiter is None else limiter
    description = json.dumps(openapi(), ensure_ascii=False).encode()

    async def describe(request: web.Request) -> web.Response:
        return web.Response(body=description, content_type="application/json", headers=HEADERS)

    async def allow(request: web.Request) -> web.Response:
        """What a browser asks before it sends JSON from a page of another site."""
        return web.Response(status=HTTPStatus.NO_CONTENT, headers={**HEADERS, **MAY_BE_ASKED})

    async def estimate(request: web.Request) -> web.Response:
        if wait := limit.take(address(request)):
            headers = {**HEADERS, "Retry-After": str(max(1, round(wait.seconds)))}
            return _refused(
                HTTPStatus.TOO_MANY_REQUESTS, "", "Too many questions at once: come back in a moment.", headers
            )
        if request.match_info["name"] not in names():
            return _refused(HTTPStatus.NOT_FOUND, "name", f"There are: {', '.join(names())}.")
        if request.content_type != "application/json":
            return _refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "Send JSON, as application/json.")
        body = await read_body(request, LONGEST)
        if body is None:
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "", f"A question has at most {LONGEST} bytes.")
        language = best_language(request.headers.get("Accept-Language"))
        text = answer_text(request.match_info["name"], body, language)
        status = HTTPStatus.BAD_REQUEST if text.startswith('{"error"') else HTTPStatus.OK
        return web.Response(text=text, status=status, content_type="application/json", headers=HEADERS)

    app.add_routes(
        [
            web.get("/api/openapi.json", describe),
            web.post("/api/estimate/{name}", estimate),
            web.options("/api/estimate/{name}", allow),
        ]
    )


def _refused(status: int, field: str, message: str, headers: dict[str, str] | None = None) -> web.Response:
    text = json.dumps({"error": {"field": field, "message": message}})
    return web.Response(text=text, status=status, content_type="application/json", headers=headers or HEADERS)
