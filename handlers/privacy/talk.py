"""What Allié keeps of a person: says it, hands it over as a file, erases it for real. GDPR, articles 15, 17 and 20."""

from __future__ import annotations

import json

from bot.catalogue.shared import catalogue
from bot.dialogue.replies import File
from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.phrase import _
from bot.questions.choice import Choice, Confirm
from handlers.needs.ownership import owner_of, withdrawn

MOST_TOLD = 8
"""Messages shown back; each may have told several things."""
ACTIONS = Choice(
    1,
    "about",
    kept=_("What do you keep of me?"),
    export=_("Give me my data"),
    erase=_("Erase everything"),
)


@topic(
    "privacy",
    title=_("My data"),
    command="donnees",
    hint=_("See, receive or erase my data"),
    menu=80,
    private=True,
    passing=True,
    erases=True,
)
async def privacy(talk: Talk) -> None:
    """Ask which of the three, unless it was said, and do it."""
    match await talk.ask("action", ACTIONS, _("Your data is yours. What would you like?")):
        case "kept":
            kept(talk)
        case "export":
            await export(talk)
        case "erase":
            await erase(talk)


def kept(talk: Talk) -> None:
    """What was told in this conversation, then the whole list, in plain words."""
    told = list(dict.fromkeys(fact.words for name in talk.facts if (fact := talk.facts.get(name)) and fact.words))
    if told:
        talk.say(_("What you told me in this conversation, and I use:"))
        for words in told[-MOST_TOLD:]:
            talk.say(_("• “{words}”", words=words))
    else:
        talk.say(_("You have told me nothing about yourself in this conversation that I keep in mind."))
    talk.say(
        _(
            "I keep, on the server of the association that runs me: a number that stands for your conversation, your "
            "language, your answers to my questions, and the reminders you asked for. If you published a need or an "
            "offer, or asked to be put in touch: its words, and the way to reach you. Nothing else: not your messages "
            "themselves."
        )
    )
    talk.say(
        _(
            "My last replies are kept three days, so that a repeated delivery gets the same answer. Everything goes "
            "after six months without a word from you, a year if alerts are on. Nothing is sold or shared."
        )
    )
    if talk.keeps_misunderstood:
        talk.say(
            _(
                "Of a message that I do not understand, the everyday words are kept, so that I learn: without names, "
                "numbers, places or addresses, and without anything that leads to you."
            )
        )
    talk.offer(talk.change(_("Give me my data, or erase it"), "action"))


async def export(talk: Talk) -> None:
    """Everything kept, as one JSON file."""
    data = await talk.once("export", lambda effects: effects.export())
    if owner := owner_of(talk):
        data = {**data, "needs": [need.mission.as_json() for need in await catalogue().needs_of(owner)]}
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
    if owner := owner_of(talk):
        await talk.once("needs", lambda _effects: withdrawn(owner, talk.now))
    await talk.once("erase", lambda effects: effects.forget())
    talk.say(
        _(
            "It is done: nothing of you is left in my files. What the screen still shows is on your device: you can "
            "delete the conversation there. If you write again, we begin anew."
        )
    )
