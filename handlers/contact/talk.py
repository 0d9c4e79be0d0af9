"""Somebody to talk to: those who run this Allié, where they said how; and the services where people answer."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _
from handlers.answers.talk import show

PEOPLE, NEAR = "allie/talk-to-person", "volunteers/parler-a-un-humain"
"""The written answers that name the services, and who sees people near them."""


@topic(
    "contact",
    title=_("Talk to somebody"),
    command="contact",
    hint=_("Reach a person"),
    passing=True,
    does={PEOPLE: "people", NEAR: "near"},
)
async def contact(talk: Talk) -> None:
    """A person to reach."""
    reach(talk, NEAR if talk.slots.get("about") == "near" else PEOPLE)


def reach(talk: Talk, written: str = PEOPLE) -> None:
    """How to reach the people behind this Allié; without any, who answers elsewhere."""
    answer = talk.knowledge.answer(written, talk.language) if talk.knowledge is not None else None
    if talk.contact:
        talk.say(
            _(
                "Yes: <b>{contact}</b>. Those who run this Allié answer there. Nothing you told me here is passed on: "
                "tell them what you wish.",
                contact=talk.contact,
            )
        )
        if answer is not None and talk.knowledge is not None:
            talk.fold(talk.knowledge.render(answer, talk.language, talk.today).head)
    elif answer is not None and talk.knowledge is not None:
        show(talk, talk.knowledge, answer)
    else:
        talk.say(
            _(
                "Nobody reads along behind me. People answer you, free of charge, at your town hall, at France "
                "Bénévolat and, about tax, at your tax office."
            )
        )
    talk.offer(talk.start(_("Who can help near me"), "alliance_support"))
