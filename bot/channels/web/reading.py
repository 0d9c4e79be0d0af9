"""The written answers as pages to read, for who prefers reading and for search engines; and as JSON for programs.

`/savoir` and `/en/know` list them by group, `/savoir/<id>` and `/en/know/<id>` show one. Whether search engines may
keep them is the operator's choice. Nothing is kept of a question, and there is no cookie.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from html import unescape
from http import HTTPStatus
from itertools import groupby
from typing import Any, Final

from aiohttp import web
from markupsafe import Markup

from bot.channels.address import address
from bot.channels.web.page import Asset, not_found, template
from bot.dialogue.replies import plain
from bot.i18n import LANGUAGES, best_language, text_of
from bot.inbound_rate_limiter import InboundRateLimiter
from bot.knowledge import GROUPS, Answer, Certainty, Knowledge, Rendered, source_line
from bot.knowledge.markdown import typeset
from bot.phrase import _

__all__ = ["LONGEST_QUESTION", "add_reading_routes"]

LONGEST_QUESTION: Final = 500
"""Characters of `q`."""
LONGEST_DESCRIPTION: Final = 160
MOST_CANDIDATES: Final = 5
HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*"}
HTML: Final = "text/html; charset=utf-8"

ROOTS: Final = {"fr": "/savoir", "en": "/en/know"}
"""Where the pages of each language begin."""
GROUP_NAMES: Final = {
    "donors": _("Giving money"),
    "volunteers": _("Volunteering"),
    "firms": _("Companies and their staff"),
    "associations": _("Associations"),
    "alliances": _("Alliances"),
    "allie": _("About Allié"),
    "words": _("Words of the field"),
}
OURS: Final = _("From those who run this Allié")
ALL: Final = _("All answers")
DESCRIPTION: Final = _("Answers on giving, volunteering, sponsorship and associations in France, each with its source.")
TALK: Final = _("Talk with Allié")
SEE_ALSO: Final = _("See also")


def add_reading_routes(
    app: web.Application,
    knowledge: Knowledge,
    *,
    public_url: str = "",
    indexable: bool = False,
    limiter: InboundRateLimiter | None = None,
    today: Callable[[], date] = lambda: datetime.now(UTC).date(),
) -> None:
    """Serve the pages and `/api/answers`. `limiter` is for one address asking: 30 at once, then 1 a second."""
    limit = InboundRateLimiter(burst=30, every=1.0) if limiter is None else limiter
    reading = Reading(knowledge, public_url, indexable, limit, today)
    for root in ROOTS.values():
        app.router.add_get(root, reading.list)
        app.router.add_get(f"{root}/{{group}}/{{name}}", reading.show)
    app.router.add_get("/sitemap.xml", reading.sitemap)
    app.router.add_get("/api/answers", reading.ask)


class Reading:
    """The pages. An answer that changed is another page at the next look."""

    def __init__(
        self,
        knowledge: Knowledge,
        public_url: str,
        indexable: bool,
        limiter: InboundRateLimiter,
        today: Callable[[], date],
    ) -> None:
        self._knowledge = knowledge
        self._public_url = public_url.rstrip("/")
        self._indexable = indexable
        self._limiter = limiter
        self._today = today

    async def list(self, request: web.Request) -> web.StreamResponse:
        """`GET /savoir`: every answer, by group."""
        language = _language(request)
        self._knowledge.refresh()
        answers = [answer for id in self._knowledge.library.ids() if (answer := self._written(id, language))]
        order = {group: number for number, group in enumerate(GROUPS)}
        answers.sort(key=lambda answer: (order.get(answer.group, -1), answer.group, answer.title.casefold()))
        body = Markup("\n").join(
            Markup("<h2>{}</h2>\n<ul>{}</ul>").format(
                text_of(GROUP_NAMES.get(group, OURS), language),
                Markup().join(_item(_path(answer.id, language), typeset(answer.title, language)) for answer in members),
            )
            for group, members in groupby(answers, key=lambda answer: answer.group)
        )
        return self._page(request, language, "", text_of(ALL, language), text_of(DESCRIPTION, language), body)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """`GET /savoir/<group>/<id>`: one answer."""
        language = _language(request)
        id = f"{request.match_info['group']}/{request.match_info['name']}"
        self._knowledge.refresh()
        answer = self._written(id, language)
        if answer is None:
            return not_found(request)
        shown = self._knowledge.render(answer, language, self._today())
        body = self._body(answer, shown, language)
        description = _shortened(plain(shown.head), LONGEST_DESCRIPTION)
        return self._page(request, language, id, shown.title, description, body, _as_data(shown, language))

    async def sitemap(self, request: web.Request) -> web.StreamResponse:
        """`GET /sitemap.xml`: every page, where search engines may have them and the address is known."""
        if not (self._indexable and self._public_url):
            return not_found(request)
        ids = self._knowledge.library.ids()
        paths = [
            _path(id, language) for id in ("", *ids) for language in LANGUAGES if not id or self._written(id, language)
        ]
        urls = Markup("\n").join(Markup("<url><loc>{}</loc></url>").format(self._public_url + path) for path in paths)
        text = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return web.Response(text=f"{text}{urls}\n</urlset>\n", content_type="application/xml")

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """`GET /api/answers?q=…&language=fr`: the likeliest answers and, where it is near enough, the first of them."""
        if wait := self._limiter.take(address(request)):
            headers = {**HEADERS, "Retry-After": str(max(1, round(wait.seconds)))}
            return _refused(HTTPStatus.TOO_MANY_REQUESTS, "", "Too many questions at once.", headers)
        question = request.query.get("q", "").strip()
        if not 0 < len(question) <= LONGEST_QUESTION:
            return _refused(HTTPStatus.BAD_REQUEST, "q", f"A question has 1 to {LONGEST_QUESTION} characters.")
        asked = request.query.get("language", "")
        if asked and asked not in LANGUAGES:
            return _refused(HTTPStatus.BAD_REQUEST, "language", f"There are: {', '.join(LANGUAGES)}.")
        language = asked or best_language(request.headers.get("Accept-Language"))
        found = self._knowledge.candidates(question, language)
        answers = [(one, answer) for one in found if (answer := self._knowledge.answer(one.id, language)) is not None]
        given = found.certainty in (Certainty.SURE, Certainty.NEAR) and answers
        content = {
            "certainty": found.certainty.value,
            "candidates": [
                {
                    "id": candidate.id,
                    "title": answer.title,
                    "probability": round(candidate.probability, 3),
                    "url": self._public_url + _path(answer.id, answer.language),
                }
                for candidate, answer in answers[:MOST_CANDIDATES]
            ],
            "answer": self._as_json(answers[0][1], language) if given else None,
        }
        return web.json_response(content, headers=HEADERS, dumps=_dumps)

    def _written(self, id: str, language: str) -> Answer | None:
        return self._knowledge.library.in_language(id, language)

    def _body(self, answer: Answer, shown: Rendered, language: str) -> Markup:
        parts = [shown.head_page]
        if shown.more:
            parts.append(Markup('<div class="more">{}</div>').format(shown.more_page))
        if shown.warning:
            parts.append(Markup('<p class="warning">{}</p>').format(shown.warning))
        if line := source_line(shown, language):
            parts.append(Markup('<p class="sources">{}</p>').format(line))
        beside = [
            _item(_path(step.to, language), typeset(label, language))
            for step, label in self._knowledge.neighbours(answer, language)
            if step.is_answer and self._written(step.to, language)
        ]
        if beside:
            parts.append(Markup("<h2>{}</h2>\n<ul>{}</ul>").format(text_of(SEE_ALSO, language), Markup().join(beside)))
        return Markup("\n").join(parts)

    def _page(
        self,
        request: web.Request,
        language: str,
        id: str,
        title: str,
        description: str,
        body: Markup,
        data: Markup | None = None,
    ) -> web.Response:
        written = [code for code in LANGUAGES if not id or self._written(id, code)]
        name = GROUP_NAMES.get(id.partition("/")[0], OURS) if id else DESCRIPTION
        page = template("reading.html").format(
            language=language,
            title=title,
            description=description,
            robots=Markup() if self._indexable else Markup('<meta name="robots" content="noindex">'),
            links=self._links(id, language, written),
            data=data or Markup(),
            home=ROOTS[language],
            where=text_of(name, language),
            languages=Markup("\n").join(_other(_path(id, code), code) for code in written if code != language),
            body=body,
            talk=text_of(TALK, language),
        )
        response = Asset.of(page.encode(), HTML).answer(request)
        if not self._indexable:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _links(self, id: str, language: str, written: Iterable[str]) -> Markup:
        links = [Markup('<link rel="canonical" href="{}">').format(self._public_url + _path(id, language))]
        links += [
            Markup('<link rel="alternate" hreflang="{}" href="{}">').format(code, self._public_url + _path(id, code))
            for code in written
        ]
        return Markup("\n").join(links)

    def _as_json(self, answer: Answer, language: str) -> Mapping[str, Any]:
        shown = self._knowledge.render(answer, language, self._today())
        return {
            "id": answer.id,
            "language": shown.language,
            "title": shown.title,
            "text": plain(shown.head),
            "more": plain(shown.more),
            "sources": [{"name": one.name, "url": one.url} for one in shown.sources],
            "checked": shown.checked.isoformat() if shown.checked else None,
            "warning": plain(shown.warning),
        }


def _language(request: web.Request) -> str:
    return "en" if request.path.startswith(ROOTS["en"]) else "fr"


def _path(id: str, language: str) -> str:
    return f"{ROOTS[language]}/{id}" if id else ROOTS[language]


def _item(path: str, title: str) -> Markup:
    return Markup('<li><a href="{}">{}</a></li>').format(path, title)


def _other(path: str, code: str) -> Markup:
    return Markup('<a class="language" href="{}" hreflang="{}" lang="{}">{}</a>').format(
        path, code, code, LANGUAGES[code]
    )


def _shortened(text: str, longest: int) -> str:
    """The beginning of a text, on one line, to the end of a word."""
    line = " ".join(unescape(text).split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"


def _as_data(shown: Rendered, language: str) -> Markup:
    """The answer for search engines, as structured data: no script that a browser would run."""
    content = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": language,
        "mainEntity": [
            {
                "@type": "Question",
                "name": shown.title,
                "acceptedAnswer": {"@type": "Answer", "text": f"{shown.head_page}{shown.more_page}"},
            }
        ],
    }
    # Nothing in it can end the element it stands in.
    text = _dumps(content).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))


def _dumps(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def _refused(status: HTTPStatus, field: str, message: str, headers: Mapping[str, str] = HEADERS) -> web.Response:
    return web.json_response({"error": {"field": field, "message": message}}, status=status, headers=headers)
