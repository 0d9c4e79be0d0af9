"""Texts to leaf through on a phone: one idea a screen, its source and day below, and something to do under each.

A booklet is a page of `locale/<language>/pages`; its leaves are turned on the same screen in the topic `learning`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from bot.dialogue.pages import leaves
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.kind import Kind, Said
from handlers.alliance.picture import partnerships

__all__ = ["BOOKLETS", "WAYS", "Booklet", "leaf", "offer_ways", "open_booklet", "ways"]


@dataclass(frozen=True, slots=True)
class Way:
    """Something to do: a topic to begin, perhaps with something said, or a page to open."""

    label: Phrase
    topic: str = ""
    slot: str = ""
    value: str = ""
    url: str = ""


WAYS = {
    "alliance": Way(_("Begin with a need"), "alliance"),
    "steps": Way(_("Go step by step"), "alliance_steps"),
    "charter": Way(_("Write a charter"), "alliance_charter"),
    "actors": Way(_("Who already acts"), "alliance_actors"),
    "brings": Way(_("What we can bring"), "offers", "side", "brings"),
    "seeks": Way(_("What firms offer"), "offers", "side", "seeks"),
    "types": Way(_("The four types"), "learning", "about", "types"),
    "stops": Way(_("When to stop"), "learning", "about", "stops"),
    "support": Way(_("Who can help me"), "alliance_support"),
    "near": Way(_("Near me"), "alliance_support"),
    "papers": Way(_("Which paper"), "learning", "about", "papers"),
    "levers": Way(_("The seven levers"), "learning", "about", "levers"),
    "quiz": Way(_("Five questions"), "learning", "about", "quiz"),
    "learning": Way(_("Learn something else"), "learning"),
    "donation": Way(_("Estimate a gift"), "donation"),
    "company_donation": Way(_("A gift by a firm"), "company_donation"),
    "skills": Way(_("Lend skills"), "skills"),
    "rest_days": Way(_("Give days off"), "rest_days"),
    "volunteer": Way(_("Find a mission"), "volunteer"),
    "organisation": Way(_("Find an association"), "organisation"),
    "needs": Way(_("Publish a need"), "needs"),
    "rights": Way(_("My rights as a volunteer"), "rights"),
    "expenses": Way(_("Count my expenses"), "expenses"),
    "orientation": Way(_("Find how to help"), "orientation"),
    "guid_asso": Way(_("Support for associations"), url="https://associations.gouv.fr"),
    "france_benevolat": Way(_("France Bénévolat"), url="https://www.francebenevolat.org"),
    "path": Way(_("The ODD 17 path"), url="https://cooperer-efficacement.odd17.org/parcours-experientiel/"),
}


@dataclass(frozen=True, slots=True)
class Booklet:
    """A page, and what to do after each of its leaves; the last row holds for the leaves that follow."""

    page: str
    ways: tuple[tuple[str, ...], ...]


BOOKLETS = {
    "method": Booklet("alliance-method", (("alliance", "steps"),)),
    "types": Booklet(
        "alliance-types",
        (
            ("company_donation", "skills"),
            ("organisation", "papers"),
            ("papers", "support"),
            ("charter", "steps"),
        ),
    ),
    "charter": Booklet("alliance-charter", (("charter", "papers"),)),
    "papers": Booklet("alliance-papers", (("charter", "company_donation"), ("support", "charter"))),
    "stops": Booklet("alliance-stops", (("steps", "support"),)),
    "support": Booklet("alliance-support", (("near", "guid_asso", "france_benevolat"),)),
    "law": Booklet("alliance-law", (("levers", "charter"),)),
    "levers": Booklet(
        "alliance-levers",
        (
            ("charter",),
            ("steps",),
            ("support", "needs"),
            ("papers",),
            ("path", "quiz"),
            ("skills",),
            ("rest_days",),
            ("donation",),
            ("papers",),
            ("rights", "expenses"),
        ),
    ),
    "measures": Booklet("alliance-measures", (("levers",), ("alliance",), ("steps",), ("charter", "quiz"))),
    "sites": Booklet("alliance-sites", (("actors", "seeks"), ("support",), ("quiz",), ("charter",))),
    "figures": Booklet("alliance-figures", (("types",), ("alliance",), ("support",), ("alliance",), ("steps",))),
    "examples": Booklet("alliance-examples", (("alliance", "support"),)),
    "together": Booklet("capsule-together", (("alliance", "actors"),)),
    "rates": Booklet("capsule-rates", (("donation", "organisation"),)),
    "days": Booklet("capsule-days", (("rest_days", "donation"),)),
    "ten": Booklet("capsule-ten", (("skills",),)),
}


class Leaf(Kind[int]):
    """Which leaf of a booklet is open, from 0."""

    def __init__(self, count: int) -> None:
        self.count = count

    def load(self, stored: Any) -> int:
        number = int(stored)
        if not 0 <= number < self.count:
            raise ValueError("no such leaf")
        return number

    def read(self, said: Said) -> None:
        return None


async def open_booklet(talk: Talk, name: str, *, here: bool = False) -> None:
    """The first leaf of a booklet, or with `here`, in the topic where leaves are turned, the one that is open."""
    booklet = BOOKLETS[name]
    pages = leaves(booklet.page, talk.language, talk.today)
    number = talk.setting(name, Leaf(len(pages)), 0) if here else 0
    has_picture = name == "figures" and number == 0
    if has_picture and (picture := await talk.draw(partial(partnerships, talk.language, talk.today))) is not None:
        talk.picture(picture)
    talk.say(pages[number])
    if len(pages) > 1:
        talk.offer(*(turn(talk, name, number, len(pages)) if here else [more(talk, name)]))
    offer_ways(talk, *booklet.ways[min(number, len(booklet.ways) - 1)])


def turn(talk: Talk, name: str, number: int, count: int) -> list[Button]:
    """To the leaf before and to the next."""
    row = []
    if number > 0:
        row.append(talk.set(_("‹ {number}/{count}", number=str(number), count=str(count)), name, str(number - 1)))
    if number < count - 1:
        label = _("{number}/{count} ›", number=str(number + 2), count=str(count))
        row.append(talk.set(label, name, str(number + 1)))
    return row


def more(talk: Talk, name: str) -> Button:
    return talk.start(_("Read on ›"), "learning", "about", name)


def leaf(talk: Talk, page: str, number: int, values: Mapping[str, Any] | None = None) -> Markup:
    """One leaf of a page, with the figures of the law and `values`."""
    return leaves(page, talk.language, talk.today, **(values or {}))[number]


def ways(talk: Talk, *names: str) -> list[Button]:
    """Buttons to what one can do, of what there is."""
    found = [WAYS[name] for name in names]
    return [
        talk.link(way.label, way.url) if way.url else talk.start(way.label, way.topic, way.slot, way.value)
        for way in found
        if way.url or way.topic in talk.registry.topics
    ]


def offer_ways(talk: Talk, *names: str) -> None:
    """A row of them."""
    talk.offer(*ways(talk, *names))
