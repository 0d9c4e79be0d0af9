"""What a person has written of an alliance, kept so that it can be left and taken up again weeks later.

One journey a person, under its eleven steps, after the method of Le RAMEAU. It is kept until the person begins another
one or has everything erased. What is kept was written by them; nothing is drawn from it for anybody else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from bot.dialogue.effects import Effects
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.questions.kind import Kind, Reading, Said
from bot.questions.text import Text

__all__ = ["STEPS", "TYPES", "Step", "Told", "first_open", "journey", "keep", "shown"]

KIND, KEY = "alliance", "journey"

ASKING = (
    "c'est quoi",
    "qu'est",
    "que devient",
    "où en est",
    "quelle loi",
    "what is",
    "what's",
    "what are",
    "what became",
)
"""How a question begins that is not an answer in somebody's own words."""


class Told(Text):
    """What people write of their alliance, at some length; a plain question to Allié is no part of it."""

    def __init__(self) -> None:
        super().__init__(longest=600)

    def read(self, said: Said) -> Reading[str]:
        text = said.text.strip().casefold().replace("’", "'")
        return None if text.endswith("?") and text.startswith(ASKING) else super().read(said)


TYPES = {
    "mecenat": _("Patronage (mécénat)"),
    "practices": _("Responsible practices"),
    "economic": _("Economic cooperation"),
    "innovation": _("Social innovation"),
}
"""The four types of partnership, in the order of the page that describes them."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the eleven: what it is called, and the question that takes it further."""

    name: str
    title: Phrase
    question: Phrase
    kind: Kind[Any]


STEPS = (
    Step(
        "need",
        _("Name the need"),
        _("Write it in one sentence, in the words of those who live it. Then check it with a figure, if there is one."),
        Told(),
    ),
    Step(
        "actors",
        _("Who already acts?"),
        _("Name two or three: an association, a firm, a public body. The town hall can tell you."),
        Told(),
    ),
    Step(
        "together",
        _("Why together?"),
        _("What can none of you do alone? If the answer is “nothing”, a simple gift is enough."),
        Told(),
    ),
    Step("type", _("Choose the type"), _("Which one is it mostly? Several may live side by side."), Choice(1, **TYPES)),
    Step(
        "aims",
        _("What each one seeks"),
        _("Write the aims of each, the private ones too. And what would be a failure."),
        Told(),
    ),
    Step(
        "test",
        _("A small test"),
        _("Three to six months, few means, one person in charge on each side. Who, and what?"),
        Told(),
    ),
    Step(
        "paper",
        _("Put it on paper"),
        _("First a charter; then the agreements that money or staff require. Is the charter written?"),
        Choice(2, written=_("It is written"), none_needed=_("We do without")),
    ),
    Step(
        "rules",
        _("Check the rules"),
        _(
            "Five things: the tax category of the association, labour law, public procurement, personal data, "
            "insurance. Whom have you asked, and what did they say?"
        ),
        Told(),
    ),
    Step(
        "run",
        _("Go ahead"),
        _("A short regular meeting, and one shared sheet: actions, time, money. Which day, and who keeps the sheet?"),
        Told(),
    ),
    Step(
        "evaluate",
        _("Evaluate"),
        _(
            "Four things: the answer to the need, the aims of each, the quality of your relation, what the territory "
            "has learned. What do you see?"
        ),
        Told(),
    ),
    Step(
        "decide",
        _("Decide"),
        _("What do you decide together?"),
        Choice(2, stop=_("Stop"), go_on=_("Go on"), widen=_("Widen"), hand_over=_("Hand over")),
    ),
)


async def journey(talk: Talk) -> dict[str, str]:
    """What was kept when this talk began, by step; the talk goes on from there."""
    kept = await talk.once("kept", lambda effects: effects.records(KIND).get(KEY, {}))
    return {step.name: str(kept[step.name]) for step in STEPS if kept.get(step.name)}


async def keep(talk: Talk, told: Mapping[str, str]) -> None:
    """Keep the journey as it is told now. Called last: it looks at what is kept. Committed with the turn."""
    body = {step.name: told[step.name] for step in STEPS if told.get(step.name)}
    if talk.records(KIND).get(KEY, {}) == body:
        return

    def write(effects: Effects) -> None:
        effects.put(KIND, KEY, body)

    mark = crc32(json.dumps(body, sort_keys=True).encode())
    await talk.once(f"keep {talk.now.isoformat()} {mark:08x}", write)


def first_open(told: Mapping[str, str]) -> int | None:
    """The place of the first step that nothing is written for, None when all eleven are done."""
    return next((number for number, step in enumerate(STEPS) if step.name not in told), None)


def shown(told: Mapping[str, str]) -> list[Phrase]:
    """The eleven steps, a line each, with what was written."""
    lines = []
    for number, step in enumerate(STEPS, 1):
        written = told.get(step.name)
        if written is None:
            lines.append(_("◦ {number}. {title}", number=str(number), title=step.title))
            continue
        answer = step.kind.shown(written)
        if isinstance(answer, str) and len(answer) > 120:
            answer = answer[:119].rstrip() + "…"
        lines.append(_("✓ {number}. {title} · <i>{answer}</i>", number=str(number), title=step.title, answer=answer))
    return lines
