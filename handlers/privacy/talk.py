"""What Allié keeps of a person: says it, hands it over as a file, erases it for real. GDPR, articles 15, 17 and 20."""

from __future__ import annotations

import json

from bot.dialogue.facts import Facts
from bot.dialogue.replies import File
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Hears, topic
from bot.phrase import _
from bot.questions.choice import Choice, Confirm
from handlers.needs.ownership import owner_of, withdrawn
from handlers.volunteer.mission_card import NEED

MOST_TOLD = 8
"""Messages shown back; each may have told several things."""
ACTIONS = Choice(
    1,
    "about",
    kept=_("What do you keep of me?"),
    told=_("What I told you"),
    export=_("Give me my data"),
    erase=_("Erase everything"),
)


@topic(
    "privacy",
    title=_("My data"),
    command="donnees",
    commands={"en": "data"},
    hint=_("See, receive or erase my data"),
    menu=80,
    at_hand=True,
    private=True,
    passing=True,
    erases=True,
    does={"allie/my-data": "kept", "allie/erase": "erase"},
    links=("about",),
    hears=Hears(wants=False),
)
async def privacy(talk: Talk) -> None:
    """What is kept, unless something else was asked for."""
    match talk.setting("action", ACTIONS, "kept"):
        case "told":
            await told(talk)
            offer_acts(talk, "kept")
        case "kept":
            await kept(talk)
            offer_acts(talk)
        case "export":
            await export(talk)
            offer_acts(talk)
        case "erase":
            await erase(talk)


def offer_acts(talk: Talk, *others: str) -> None:
    """What one may do about it: each by a button that means it again a month later."""
    talk.offer(*(talk.start(ACTIONS.labels[name], "privacy", "about", name) for name in (*others, "export", "erase")))


async def told(talk: Talk) -> bool:
    """What was told here and in groups and is used; False where it is nothing."""
    words = words_of(talk.facts)
    in_groups = [line for session in await talk.elsewhere() for line in words_of(Facts.from_json(session.get("facts")))]
    if not words and not in_groups:
        talk.say(_("You have told me nothing about yourself in this conversation that I keep in mind."))
        return False
    if words:
        talk.say(_("What you told me in this conversation, and I use:"))
    for line in words[-MOST_TOLD:]:
        talk.say(_("• “{words}”", words=line))
    if in_groups:
        talk.say(_("What you told me in groups:"))
    for line in in_groups[-MOST_TOLD:]:
        talk.say(_("• “{words}”", words=line))
    return True


def words_of(facts: Facts) -> list[str]:
    """The messages that told them, each once."""
    return list(dict.fromkeys(fact.words for name in facts if (fact := facts.get(name)) and fact.words))


async def kept(talk: Talk) -> None:
    """What was told in this conversation; where the rest is, how long, in plain words."""
    await told(talk)
    talk.say(
        _(
            "This and my thread of the talk stay on the server of those who run me, under a number and not your name. "
            "All of it goes six months after your last word, a year if alerts are on. Nothing is sold or passed on."
        )
    )
    talk.fold(
        _(
            "I keep: a number that stands for your conversation, your language, your answers to my questions, what you "
            "told about yourself with its words (120 signs at most), what is on your screen, and the reminders you "
            "asked for. If you published a need or an offer, or asked to be put in touch: its words, and the way to "
            "reach you. Your other messages are not kept."
        )
    )
    talk.fold(
        _(
            "My last replies are kept three days, so that a repeated delivery gets the same answer. A message that "
            "made me fail is kept thirty days, so that it can be answered."
        )
    )
    if talk.keeps_misunderstood:
        talk.fold(
            _(
                "Of a message that I do not understand, the everyday words are kept, so that I learn: without names, "
                "numbers, places or addresses, and without anything that leads to you."
            )
        )
    if talk.contact:
        talk.fold(_("Those who run me: {contact}.", contact=talk.contact))


async def export(talk: Talk) -> None:
    """Everything kept, as one JSON file."""
    data = await talk.export()
    if owner := owner_of(talk):
        data = {**data, "needs": [need.mission.as_json() for need in await talk.catalogue.needs_of(owner)]}
    content = json.dumps(data, ensure_ascii=False, indent=2).encode()
    talk.say(_("Here is everything I keep of you, in one file."))
    talk.attach(File("allie-mes-donnees.json", "application/json", content))


async def erase(talk: Talk) -> None:
    """Erase, once the person has confirmed it on this very question."""
    sure = await talk.ask(
        "sure",
        Confirm(),
        _("All of it will be erased for good: your answers, your reminders, your choices. Shall I?"),
    )
    if not sure:
        talk.say(_("Nothing was erased."))
        return
    quoted: list[str] = []
    if owner := owner_of(talk):
        quoted = [f"{NEED}:{need.mission.id}" for need in await talk.catalogue.needs_of(owner)]
        await talk.once("needs", lambda _effects: withdrawn(talk.catalogue, owner, talk.now))
    await talk.once("erase", lambda effects: effects.forget(quoted))
    talk.say(
        _(
            "It is done: nothing of you is left in my files. What the screen still shows is on your device: you can "
            "delete the conversation there. If you write again, we begin anew."
        )
    )
