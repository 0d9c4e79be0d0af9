"""When nothing else fits. Distress comes before everything: numbers that answer, and nothing else.

What is not known is said in one sentence, with who knows, and the nearest thing that is known.
"""

from __future__ import annotations

from bot.dialogue.pages import leaves
from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Hears, Role, topic
from bot.phrase import _
from handlers.answers.talk import opens
from handlers.fallback.services import phone, service
from handlers.welcome.talk import show_ways

COMFORTED_IN = ("fr", "en", "es", "pt", "it", "de", "ar", "uk")
"""The languages in which someone in distress is answered, though Allié speaks two."""

UNSURE = 0.12
"""A topic less likely than this is not worth a button."""
FAR = 0.12
"""Nor is an answer less likely than this."""
SURELY_NOT_OURS = 0.5
NEAREST = 2


@topic("fallback", title=_("Something else"), role=Role.UNSURE, hears=Hears(wants=False))
async def fallback(talk: Talk) -> None:
    """Emergency numbers; a word to who grieves; or that it is not known, who knows, and what is nearest."""
    if talk.slots.get("crisis"):
        distress(talk)
    elif grief := talk.slots.get("grief"):
        condole(talk, str(grief))
    else:
        not_known(talk)


def distress(talk: Talk) -> None:
    """Warm, short, and only what helps now, in the person's language."""
    written = talk.meaning.language if talk.meaning is not None else talk.language
    for leaf in leaves("distress", written if written in COMFORTED_IN else talk.language, talk.today):
        talk.say(leaf)


def condole(talk: Talk, grief: str) -> None:
    """A word before anything else; for who is left behind by a suicide, somebody who listens."""
    talk.say(_("I am sorry for your loss."))
    if grief == "suicide":
        talk.say(
            _(
                "{phone} is also there for those who are left behind: free of charge, day and night, somebody listens.",
                phone=phone("suicide_prevention", talk.today),
            )
        )


def not_known(talk: Talk) -> None:
    """One sentence, who knows, the nearest topics and answers as buttons."""
    meaning = talk.meaning
    known = service(str(talk.slots.get("about", "")), talk.today)
    is_elsewhere = meaning is not None and meaning.topic == "fallback" and meaning.confidence >= SURELY_NOT_OURS
    near = nearest(talk)
    if known is not None:
        talk.say(known)
    elif is_elsewhere or not near:
        talk.say(
            _(
                "That I do not know, and I would rather say so. I know about helping in France: missions, gifts and "
                "their tax, days off, skills, associations."
            )
        )
    else:
        talk.say(_("I am not sure I understood."))
    if near:
        talk.say(_("The nearest that I know:"))
        for button in near:
            talk.offer(button)
        talk.offer(
            talk.start(_("Talk to somebody"), "contact"), talk.start(_("Something else"), "welcome", "menu", "few")
        )
    else:
        show_ways(talk)


def nearest(talk: Talk) -> list[Button]:
    """The topics that the message may be about, then the written answers that are least far."""
    meaning = talk.meaning
    if meaning is None:
        return []
    topics = talk.registry.topics
    likely = [
        name
        for name, confidence in [(meaning.topic, meaning.confidence), *meaning.also]
        if confidence >= UNSURE and name in topics and topics[name].role is None and topics[name].command
    ]
    buttons = [talk.start(topics[name].title, name) for name in likely[:NEAREST]]
    if talk.knowledge is not None and talk.words:
        found = talk.knowledge.candidates(talk.words, talk.language, meaning.vector(), talk.facts.speakers)
        answers = [
            answer
            for candidate in found.choice
            if candidate.probability >= FAR and (answer := talk.knowledge.answer(candidate.id, talk.language))
        ]
        buttons += [opens(talk, answer) for answer in answers[:NEAREST]]
    return buttons
