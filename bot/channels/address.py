"""The address that a request comes from: the proxies' word where they are ours, the connection's own otherwise."""

from __future__ import annotations

import ipaddress

from aiohttp import web

__all__ = ["PROXIES", "VISITORS", "Network", "Visitors", "address"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
PROXIES: web.AppKey[tuple[Network, ...]] = web.AppKey("proxies")
"""The networks whose `X-Forwarded-For` is believed."""
ENOUGH = 20
"""Requests from which what they have in common says something of the proxies."""


class Visitors:
    """What the requests since the start say of the proxies before us: counts, and the last address that each concerns.

    Nothing of it is written down.
    """

    def __init__(self) -> None:
        self.requests = 0
        self._not_named = 0
        """Came with a proxy's header from where no proxy of ours is."""
        self._nobody = 0
        """Came from a proxy of ours that named nobody."""
        self._at = self._from = ""
        self._are_one = True
        """All that came through a proxy of ours, which others came before, had one address."""

    def saw(self, peer: str, found: str, *, forwarded: bool, by_ours: bool, left: bool) -> None:
        """A request of `peer` was taken for one of `found`. `forwarded`: a header names who came; `by_ours`: a proxy of
        ours passed it on; `left`: the header names others before `found`."""
        self.requests += 1
        if forwarded and not by_ours:
            self._not_named += 1
            self._at = peer
        elif by_ours and found == peer:
            self._nobody += 1
            self._at = peer
        self._from = self._from or found
        self._are_one = self._are_one and by_ours and left and found == self._from

    def warning(self) -> str | None:
        """Why many visitors count as one, in a sentence for the operator; None while nothing says so."""
        if self.requests < ENOUGH:
            return None
        if self._not_named * 2 > self.requests:
            return f"they come through a proxy at {self._at} that ALLIE_TRUSTED_PROXIES does not name: all count as one"
        if self._nobody * 2 > self.requests:
            return f"the proxy at {self._at} sends no X-Forwarded-For: all count as one"
        if self._are_one:
            return f"all come from {self._from}, which passes others on: name that proxy in ALLIE_TRUSTED_PROXIES too"
        return None


VISITORS: web.AppKey[Visitors] = web.AppKey("visitors")


def address(request: web.Request) -> str:
    """The address a request comes from, an IPv6 one by its /64.

    `X-Forwarded-For` is believed of the proxies that a setting names (`PROXIES`), and of nobody else: each of them
    wrote the entry of whom it was called by, and the first that is no such proxy is the visitor. A proxy may write its
    entry on a line of its own: all lines count, in their order. What stands before an entry that is no address is
    anybody's word.
    """
    first = peer = _ip(request.remote or "")
    proxies = request.config_dict.get(PROXIES, ())
    said = [entry for line in request.headers.getall("X-Forwarded-For", ()) for entry in line.split(",")]
    forwarded = bool(said)
    while said and peer is not None and any(peer in proxy for proxy in proxies):
        named = _ip(said.pop())
        if named is None:
            said = []
        else:
            peer = named
    found = _shown(peer)
    if (visitors := request.config_dict.get(VISITORS)) is not None:
        by_ours = first is not None and any(first in proxy for proxy in proxies)
        visitors.saw(_shown(first), found, forwarded=forwarded, by_ours=by_ours, left=bool(said))
    return found


def _shown(ip: Ip | None) -> str:
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((ip, 64), strict=False).network_address)
    return str(ip)


def _ip(text: str) -> Ip | None:
    """The address that is written there, some proxies write a port behind it; None where none is."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip
