"""The pages that machines look at: `/healthz`, `/readyz`, `/metrics`.

The first two are for whoever asks: they say “ok” or a sentence of ours. What is measured is for this machine only, or
for whoever holds `ALLIE_METRICS_TOKEN`. A proxy on this machine makes strangers look like neighbours, so a request that
came through one (it bears a header of proxies, or asks for another host) is a stranger's.
"""

from __future__ import annotations

import asyncio
import hmac
from importlib import import_module
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

from bot.operations.status import Status

__all__ = ["add_pages", "may_see_metrics"]

OF_PROXIES = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


def add_pages(app: web.Application, status: Status) -> None:
    """Serve the three pages from `app`."""
    health, token = status.health, status.settings.metrics_token

    async def healthz(request: web.Request) -> web.Response:
        failing = ", ".join(failure.what for failure in health.failures)
        return _said(health.problem(), f"ok, but this fails: {failing}" if failing else "ok")

    async def readyz(request: web.Request) -> web.Response:
        return _said(await health.unready())

    async def metrics(request: web.Request) -> web.Response:
        if not may_see_metrics(request, token):
            raise web.HTTPNotFound  # a stranger is not even told that there is something
        # What it needs is loaded at the first look, out of the way of turns: not at the start.
        prometheus = await asyncio.to_thread(import_module, "bot.operations.prometheus")
        headers = {"Content-Type": prometheus.CONTENT_TYPE, "Cache-Control": "no-store"}
        return web.Response(body=await prometheus.page(status), headers=headers)

    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])


def _said(problem: str | None, well: str = "ok") -> web.Response:
    headers = {"Cache-Control": "no-store"}
    if problem is None:
        return web.Response(text=f"{well}\n", headers=headers)
    return web.Response(status=503, text=f"{problem}\n", headers=headers)


def may_see_metrics(request: web.Request, token: str | None) -> bool:
    """Whether this request may read what is measured: it bears the token or, where there is none, it is from here."""
    if token is not None:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), f"Bearer {token}".encode())
    if any(name in request.headers for name in OF_PROXIES):
        return False
    return _is_here(request.remote or "") and _is_here(urlsplit(f"//{request.host}").hostname or "")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
