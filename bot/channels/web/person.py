"""Who is speaking, without a name: an anonymous id in a signed cookie.

The id is derived from the first post's own id and a secret, so a first post repeated after a dropped connection, still
without a cookie, comes from the same person and is answered once. A cookie that was altered, is too old or was signed
with another secret counts as none. Nothing about anybody is kept here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import urlsplit

from aiohttp import web
from itsdangerous import BadSignature, TimestampSigner

from bot.channels.guarding import is_https

__all__ = ["People", "is_same_origin"]

KEPT_FOR = 180 * 24 * 3600
"""Seconds a browser keeps the cookie after the last message: as long as an idle conversation is kept."""


class People:
    """Knows people by their cookie. `public_url` is where the page is served, if not where this process listens."""

    def __init__(self, secret: bytes, public_url: str = "") -> None:
        self._secret = secret
        self._public_url = public_url
        self._signer = TimestampSigner(secret, salt="allie.web.person", digest_method=hashlib.sha256)

    def known(self, request: web.Request) -> str | None:
        """The person whose cookie came with the request, if it is ours."""
        cookie = request.cookies.get(self._name(request))
        if cookie is None:
            return None
        try:
            return self._signer.unsign(cookie, max_age=KEPT_FOR).decode("ascii")
        except (BadSignature, UnicodeDecodeError):
            return None

    def newcomer(self, post: str) -> str:
        """The person whose first post has this id: the same one however often it is repeated."""
        return self._derived("newcomer", post)

    def event(self, person: str, post: str) -> str:
        """The event's id: nobody gets another's answer by repeating a post's id, and it says nothing of the person."""
        return "web:" + self._derived("event", f"{person}:{post}")

    def _derived(self, purpose: str, value: str) -> str:
        digest = hmac.digest(self._secret, f"allie.web.{purpose}:{value}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest[:18]).decode("ascii")

    def remember(self, request: web.Request, response: web.Response, person: str) -> None:
        """Have the browser bring this person's id back, for another `KEPT_FOR` seconds."""
        response.set_cookie(
            self._name(request),
            self._signer.sign(person).decode("ascii"),
            max_age=KEPT_FOR,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self._is_https(request),
        )

    def forget(self, request: web.Request, response: web.Response) -> None:
        """Have the browser drop the cookie: the next post comes from somebody new."""
        response.del_cookie(
            self._name(request), path="/", httponly=True, samesite="Lax", secure=self._is_https(request)
        )

    def _name(self, request: web.Request) -> str:
        # with this prefix a browser takes it from no other host and only over https
        return "__Host-allie" if self._is_https(request) else "allie"

    def _is_https(self, request: web.Request) -> bool:
        return is_https(request, self._public_url)


def is_same_origin(request: web.Request, public_url: str = "") -> bool:
    """Whether our own page sent this. The browser says so itself; a request that says nothing is not from our page."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and origin.netloc in (request.host, urlsplit(public_url).netloc)
