"""For those who moderate: what was hidden after reports is put back or taken down; each need that waits is read, put
into better words if need be, published or turned down.

Who moderates is a setting of the installation; to anybody else this topic says so and nothing more. The association is
told by the topic `needs`, which looks what was decided: a moderator never learns whose conversation it was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.catalogue import needs as kept_needs
from bot.catalogue.causes import CAUSES, cause_name
from bot.catalogue.cleaning import clean_text
from bot.catalogue.known import gazetteer
from bot.catalogue.mission import Mission
from bot.catalogue.writer import MissionWriter
from bot.dialogue.replies import File
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.documents.needs_chart import NeedsChart, Row
from bot.phrase import Phrase, _, n_
from bot.questions.choice import Choice
from bot.questions.kind import Option
from bot.questions.text import Text
from handlers.introductions.reports import show_reported
from handlers.needs.ownership import NOT_SAID, show_need
from handlers.offers.board import hidden
from handlers.shared.public import ASKED_APART, Public
from handlers.volunteer.mission_card import NEED


class Reason(Text):
    """Why a need is turned down: one of the usual reasons, or the moderator's own words."""

    greedy = True

    def __init__(self) -> None:
        super().__init__(longest=300)

    def options(self) -> list[list[Option]]:
        return [[Option(label, name)] for name, label in SHORT_REASONS.items()]

    def shown(self, value: str) -> Phrase | str:
        return SHORT_REASONS.get(value, value)


SHORT_REASONS = {
    "unclear": _("Not clear enough"),
    "unknown": _("Who asks is not certain"),
    "not_volunteering": _("Not volunteering"),
    "not_open": _("Not open to all"),
    "twice": _("Published already"),
}

CAUSE = Choice(2, None, **CAUSES)


@topic(
    "review",
    title=_("Needs to read"),
    command="relecture",
    private=True,
    due=("need_waiting",),
    links=("record",),
)
async def review(talk: Talk) -> None:
    """What a button asks for, or the needs that wait, the oldest first."""
    if not talk.is_moderator:
        talk.say(_("Only those who moderate Allié here can do this."))
        return
    if talk.due is not None:
        await announce(talk, str(talk.due.get("key", "")))
        return
    asked = next((name for name in ACTS if name in talk.slots), None)
    if asked is None:
        await show_next(talk)
    else:
        talk.quote(NEED, str(talk.slots[asked]))
        await ACTS[asked](talk, str(talk.slots[asked]))


async def announce(talk: Talk, key: str) -> None:
    """A need that has just come in, unless somebody was quicker."""
    need = await talk.catalogue.need(key)
    if need is not None and need.state == "pending":
        talk.say(_("An association asks for help. Shall we publish it?"))
        show_card(talk, need)


async def show_next(talk: Talk) -> None:
    """What was hidden after reports, then the oldest need that waits, and how many there are."""
    for key in reversed(await hidden(talk)):
        if await show_reported(talk, key):
            return
    waiting = await talk.catalogue.needs_waiting()
    if not waiting:
        talk.say(_("No need waits to be read."))
    else:
        talk.say(n_("{count} need waits to be read.", "{count} needs wait to be read. The oldest:", len(waiting)))
        show_card(talk, waiting[0])
    talk.offer(talk.start(_("The record of needs"), "review", "record", "1"))


def show_card(talk: Talk, need: kept_needs.Need) -> None:
    """The need as everybody will read it, and what can be decided."""
    key = need.mission.id
    show_need(talk, need.mission)
    talk.say(
        _(
            "Asked on {day:date} · {causes:list}",
            day=need.asked_on,
            causes=[cause_name(cause) for cause in need.mission.causes],
        )
    )
    talk.offer(talk.start(_("Publish"), "review", "approve", key), talk.start(_("Turn down"), "review", "refuse", key))
    talk.offer(talk.start(_("Put it into better words"), "review", "edit", key))


async def approve(talk: Talk, key: str) -> None:
    await decide(talk, key, lambda writer: kept_needs.approve(writer, key, now=talk.now))


async def refuse(talk: Talk, key: str) -> None:
    """Why, then it is turned down; the association reads the reason."""
    if not await waits(talk, key):
        return
    why = _("Why? The association reads it: choose, or write it.")
    reason = await talk.ask("reason", Reason(), why, skip=True, slot=NOT_SAID)
    await decide(
        talk,
        key,
        lambda writer: kept_needs.refuse(writer, key, now=talk.now, reason=clean_text(reason or "", 300)),
    )


async def decide(talk: Talk, key: str, work: Callable[[MissionWriter], kept_needs.Need | None]) -> None:
    """Decide once, whoever presses how often; then the next one."""

    async def effect(_effects: Any) -> bool:
        return await talk.catalogue.write(lambda writer: work(writer) is not None)

    if await talk.once("decide", effect):
        need = await talk.catalogue.need(key)
        if need is not None and need.state == "active":
            talk.say(_("“{title}” is published. The association is told soon.", title=need.mission.title))
        elif need is not None:
            talk.say(_("“{title}” is turned down. The association is told soon.", title=need.mission.title))
    elif await waits(talk, key):
        return
    if await talk.catalogue.needs_waiting():
        await show_next(talk)


async def waits(talk: Talk, key: str) -> bool:
    """Whether it can still be decided; otherwise what became of it is said."""
    need = await talk.catalogue.need(key)
    if need is None:
        talk.say(_("This need is not there any more."))
    elif need.state == "refused":
        talk.say(_("Somebody has turned “{title}” down already.", title=need.mission.title))
    elif need.state != "pending":
        talk.say(_("Somebody has published “{title}” already.", title=need.mission.title))
    return need is not None and need.state == "pending"


async def edit(talk: Talk, key: str) -> None:
    """Title, text and cause, each to be kept or written anew; then the need is shown again, to be decided."""
    need = await talk.catalogue.need(key)
    if need is None or not await waits(talk, key):
        return
    before = need.mission
    now = _("The title, as it should read. Now: “{title}”", title=before.title)
    title = await talk.ask("title", Public(longest=90, why=ASKED_APART), now, skip=True, slot=NOT_SAID)
    now = _("The text, as it should read. Now: “{text}”", text=before.text or "…")
    text = await talk.ask("text", Public(longest=600, why=ASKED_APART, paragraphs=True), now, skip=True, slot=NOT_SAID)
    asked = _("The cause under which it is counted. Now: {cause}", cause=cause_name((before.causes or ("other",))[0]))
    cause = await talk.ask("cause", CAUSE, asked, skip=True, slot=NOT_SAID)

    def better(mission: Mission) -> Mission:
        others = tuple(one for one in mission.causes if one not in (cause, "other"))
        return replace(
            mission,
            title=clean_text(title, 90) or mission.title,
            text=clean_text(text, 800) or mission.text,
            causes=(cause, *others) if cause else mission.causes,
        )

    async def effect(_effects: Any) -> bool:
        return await talk.catalogue.write(
            lambda writer: kept_needs.edit(writer, key, now=talk.now, edited=better) is not None
        )

    await talk.once("edit", effect)
    edited = await talk.catalogue.need(key)
    if edited is not None and await waits(talk, key):
        show_card(talk, edited)


async def record(talk: Talk, _key: str) -> None:
    """The record of needs by territory and cause, as a picture."""
    counts = await talk.catalogue.needs_counted(talk.today)
    if not counts:
        talk.say(_("No association has published a need yet."))
        return
    rows = [Row(territory(count.departement), cause_name(count.cause), count.needs, count.open_now) for count in counts]
    chart = NeedsChart(rows, on=talk.today, language=talk.language)
    if (drawn := await talk.draw(chart.png)) is not None:
        talk.picture(File("allie-besoins.png", "image/png", drawn, chart.alt))
    talk.say(_("The needs that associations have told, by cause and département. For your partners as well."))


def territory(departement: str) -> str:
    """The département by its name, empty for what is done from home."""
    place = gazetteer().by_code(departement, "departement") if departement else None
    return place.name if place else departement


ACTS: dict[str, Callable[[Talk, str], Awaitable[None]]] = {
    "approve": approve,
    "refuse": refuse,
    "edit": edit,
    "record": record,
}
"""What the buttons do, by the slot they carry."""
