"""The page people talk on, its files, and what its browser may do.

Everything is read once and served from memory. Nothing comes from elsewhere: the policy lets the page run its own
script and style, show pictures that it made itself and call its own server, and nothing more.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiohttp import web
from markupsafe import Markup

from bot.channels.guarding import HEADERS
from bot.dialogue.buttons import Control, ControlPress
from bot.dialogue.replies import plain
from bot.i18n import LANGUAGES, best_language, render
from bot.phrase import Phrase, _

__all__ = ["Asset", "MenuItem", "Page", "not_found", "template"]

HERE = Path(__file__).parent

LONGEST_TEXT = 20_000
"""Characters the page sends at once; beyond that it asks to be briefer and keeps what was typed."""

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

SAID_BY_THE_PAGE = {
    "title": _("Allié: you would like to help? Let us talk."),
    "description": _(
        "Give time, money, skills or rest days: tell Allié what you have in mind, and leave with something done."
    ),
    "tagline": _("You would like to help? Let us talk."),
    "conversation": _("Conversation with Allié"),
    "talk": _("Talk with Allié"),
    "your_message": _("Your message"),
    "example": _("Write as you would to a friend"),
    "keys": _("Enter sends, Shift + Enter starts a new line."),
    "send": _("Send"),
    "menu": _("Menu"),
    "kept": _("Kept without your name."),
    "see_or_erase": _("See or erase"),
    "my_data": _("See or erase my data"),
    "no_script": _(
        "This conversation needs JavaScript, which is turned off in your browser. Turn it on for this page, or ask the "
        "association that told you of Allié for another way to reach us."
    ),
    "no_script_telegram": _("Allié also answers on Telegram, with the same conversation."),
    "emergency": _("In an emergency, call 112."),
}
"""Phrases that the page shows from the start."""

SAID_BY_THE_SCRIPT = {
    "you": _("You:"),
    "allie": _("Allié:"),
    "choices": _("Suggested answers"),
    "retrying": _("The connection is down. What you wrote is kept; trying again…"),
    "back": _("The connection is back."),
    "refused": _("This message could not be sent. Could you write it another way?"),
    "too_long": _(
        "That is a little long for me. Could you say it in fewer than {limit:number} characters?", limit=LONGEST_TEXT
    ),
    "send_position": _("Send my position"),
    "my_position": _("My position"),
    "no_position": _("Your browser did not give your position. You can write a town or a postcode instead."),
    "copied": _("The link is copied: paste it wherever you like."),
    "copy": _("Copy this link and send it:"),
    "map": _("See on a map"),
    "more": _("Why, how and sources"),
    "download": _("Download {name}", name="{name}"),
    "gone": _("This file is no longer kept on this page. Ask me for it again whenever you like."),
    "no_cookies": _("Your browser refuses cookies, so I cannot remember your answers from one message to the next."),
}
"""Phrases that the script shows when they are needed."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the header's menu: its words, and what a press of it sends."""

    title: Phrase
    press: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page, as it is and compressed, with a tag that changes when it does."""

    body: bytes
    zipped: bytes
    tag: str
    media_type: str

    @classmethod
    def read(cls, path: Path) -> Asset:
        body = path.read_bytes()
        return cls.of(body, MEDIA_TYPES[path.suffix])

    @classmethod
    def of(cls, body: bytes, media_type: str) -> Asset:
        zipped = gzip.compress(body, mtime=0)
        return cls(body, zipped, hashlib.sha256(body).hexdigest()[:16], media_type)

    def answer(self, request: web.Request) -> web.Response:
        """The file, or 304 where the browser has this very one. It asks each time, so an upgrade shows at once."""
        headers = {**HEADERS, "Cache-Control": "no-cache", "ETag": f'W/"{self.tag}"', "Vary": "Accept-Encoding"}
        if any(known.value in (self.tag, "*") for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = self.media_type
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            return web.Response(body=self.zipped, headers={**headers, "Content-Encoding": "gzip"})
        return web.Response(body=self.body, headers=headers)


class Page:
    """The page in every language, and its files."""

    def __init__(self, telegram: str = "", menu: Sequence[MenuItem] = ()) -> None:
        self._assets = {path.name: Asset.read(path) for path in sorted((HERE / "static").iterdir())}
        self._pages = {
            language: Asset.of(_page(language, telegram, menu).encode(), "text/html; charset=utf-8")
            for language in LANGUAGES
        }

    async def show(self, request: web.Request) -> web.Response:
        """`GET /`, in the language of `?lang=`, else the first one of the browser that Allié speaks, else French."""
        response = self._pages[_language(request)].answer(request)
        response.headers["Vary"] = "Accept-Encoding, Accept-Language"
        return response

    async def asset(self, request: web.Request) -> web.Response:
        """`GET /static/{name}`."""
        asset = self._assets.get(request.match_info["name"])
        return asset.answer(request) if asset else not_found(request)

    async def icon(self, request: web.Request) -> web.Response:
        """`GET /favicon.ico`, for the browsers that ask for it unprompted."""
        return self._assets["allie.svg"].answer(request)

    async def robots(self, _request: web.Request) -> web.Response:
        """`GET /robots.txt`: the page may be found, its calls are of no use to anybody else."""
        return web.Response(text="User-agent: *\nDisallow: /api/\n", headers={"Cache-Control": "max-age=86400"})


def not_found(request: web.Request) -> web.Response:
    """A kind page for an address that leads nowhere."""
    language = _language(request)
    body = _lost_page(language).encode()
    return web.Response(body=body, status=404, headers={**HEADERS, "Content-Type": "text/html; charset=utf-8"})


def _language(request: web.Request) -> str:
    asked = request.query.get("lang", "")
    return asked if asked in LANGUAGES else best_language(request.headers.get("Accept-Language"))


def _said(phrase: Phrase, language: str) -> str:
    return plain(render(phrase, language))


def _page(language: str, telegram: str, menu: Sequence[MenuItem]) -> str:
    languages = [
        Markup('<a class="language" href="/?lang={code}" hreflang="{code}" lang="{code}"{hidden}>{name}</a>').format(
            code=code, name=name, hidden=Markup(" hidden" if code == language else "")
        )
        for code, name in LANGUAGES.items()
    ]
    everything = MenuItem(_("All that I can do"), str(ControlPress(Control.MENU)))
    at_hand = [
        Markup(
            '<li><button class="item" type="button" data-press="{press}" data-word="{press}">{words}</button></li>'
        ).format(press=item.press, words=_said(item.title, language))
        for item in (everything, *menu)
    ]
    elsewhere = Markup()
    if telegram:
        elsewhere = Markup('<p><a href="{address}" rel="noopener noreferrer">{words}</a></p>').format(
            address=telegram, words=_said(SAID_BY_THE_PAGE["no_script_telegram"], language)
        )
    values = {name: _said(phrase, language) for name, phrase in SAID_BY_THE_PAGE.items()}
    return template("page.html").format(
        language=language,
        languages=Markup("\n").join(languages),
        at_hand=Markup("\n").join(at_hand),
        elsewhere=elsewhere,
        privacy=ControlPress(Control.KEPT),
        words=json.dumps({code: _words(code, (everything, *menu)) for code in LANGUAGES}, ensure_ascii=False),
        **values,
    )


def _words(language: str, menu: Sequence[MenuItem]) -> dict[str, str | int]:
    """All that the page says, by name, and its menu by what each line sends: the talk may change its language."""
    said = {**SAID_BY_THE_PAGE, **SAID_BY_THE_SCRIPT, **{item.press: item.title for item in menu}}
    return {**{name: _said(phrase, language) for name, phrase in said.items()}, "limit": LONGEST_TEXT}


def _lost_page(language: str) -> str:
    return template("lost.html").format(
        language=language,
        title=_said(_("This page does not exist"), language),
        explanation=_said(_("The address may have changed, or a letter may be missing."), language),
        back=_said(SAID_BY_THE_PAGE["talk"], language),
    )


@cache
def template(name: str) -> Markup:
    """A page of ours; what is filled in is escaped."""
    return Markup((HERE / name).read_text(encoding="utf-8"))
