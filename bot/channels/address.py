"""The address that a request comes from: the proxies' word where they are ours, the connection's own otherwise."""

from __future__ import annotations

import ipaddress

from aiohttp import web

__all__ = ["PROXIES", "Network", "address"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PROXIES: web.AppKey[tuple[Network, ...]] = web.AppKey("proxies")
"""The networks whose `X-Forwarded-For` is believed."""


def address(request: web.Request) -> str:
    """The address a request comes from, an IPv6 one by its /64.

    `X-Forwarded-For` is believed of the proxies that a setting names (`PROXIES`), and of nobody else: each of them
    wrote the entry of whom it was called by, and the first that is no such proxy is the visitor. A proxy may write its
    entry on a line of its own: all lines count, in their order.
    """
    peer = _ip(request.remote or "")
    proxies = request.config_dict.get(PROXIES, ())
    said = ",".join(request.headers.getall("X-Forwarded-For", ())).split(",") if proxies else []
    while said and peer is not None and any(peer in proxy for proxy in proxies):
        peer = _ip(said.pop()) or peer
    if isinstance(peer, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((peer, 64), strict=False).network_address)
    return str(peer)


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip
