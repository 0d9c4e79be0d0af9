"""The eleven steps of an alliance as a conversation that one leaves and takes up again, over weeks.

Each step is one question; what is answered is kept at once. A step can be passed and written later, or written again.
"""

from __future__ import annotations

from markupsafe import Markup

from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.i18n import render
from bot.phrase import _
from handlers.alliance.journey import STEPS, first_open, journey, keep, shown
from handlers.alliance.pages import offer_ways

BESIDE = {
    "actors": ("actors", "support"),
    "together": ("donation", "stops"),
    "type": ("types",),
    "paper": ("charter", "papers"),
    "rules": ("support", "stops"),
    "aims": ("stops",),
}
"""What may help with a step."""


@topic("alliance_steps", title=_("My alliance, step by step"), links=("show",))
async def alliance_steps(talk: Talk) -> None:
    """Go on where the journey was left; `redo` names a step to write again, `show` asks for the eleven."""
    told = await journey(talk)
    if talk.slots.get("show"):
        overview(talk, told)
        return
    try:
        await walk(talk, told, str(talk.slots.get("redo", "")))
    finally:  # a question ends the run; what was answered before it is kept all the same
        await keep(talk, told)
    overview(talk, told)


async def walk(talk: Talk, told: dict[str, str], redo: str) -> None:
    """Ask for `redo`, then for each step that nothing is written for yet, and gather the answers in `told`."""
    if not told:
        talk.say(
            _(
                "Eleven short steps. Stop when you like: what you write is kept. Come back with /alliance, even weeks "
                "later."
            )
        )
    numbered = sorted(enumerate(STEPS, 1), key=lambda one: one[1].name != redo)
    for number, step in numbered:
        if step.name in told and step.name != redo and not talk.wants(step.name):
            continue
        talk.offer(talk.start(_("All the steps"), "alliance_steps", "show", "all"))
        offer_ways(talk, *BESIDE.get(step.name, ()))
        asked = _(
            "<b>Step {number} of 11. {title}</b>\n{question}",
            number=str(number),
            title=step.title,
            question=step.question,
        )
        answer = await talk.ask(step.name, step.kind, asked, skip=True)
        talk.screen.rows.clear()
        if answer is not None:
            told[step.name] = str(answer)


def overview(talk: Talk, told: dict[str, str]) -> None:
    """Where the journey stands, what comes next, and a way back to each step."""
    talk.say(_("<b>Your alliance: {done} of 11 steps</b>", done=str(len(told))))
    talk.say(Markup("\n").join(render(line, talk.language) for line in shown(told)))
    place = first_open(told)
    if place is not None:
        talk.say(_("Next: step {number}.", number=str(place + 1)))
        talk.offer(talk.start(_("Go on"), "alliance_steps"))
    else:
        talk.say(_("All eleven are done. Tell the story, thank people, and share what you learned."))
    if told:
        talk.say(_("To write a step again, press its number."))
        written = [(number, step) for number, step in enumerate(STEPS, 1) if step.name in told]
        for first in range(0, len(written), 6):
            talk.offer(
                *(
                    talk.start(_("{number}.", number=str(number)), "alliance_steps", "redo", step.name)
                    for number, step in written[first : first + 6]
                )
            )
    offer_ways(talk, "charter", "support")
