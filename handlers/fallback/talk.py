"""When nothing else fits. Distress comes before everything: numbers that answer, and nothing else."""

from __future__ import annotations

from bot.dialogue.pages import leaves
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Role, topic
from bot.phrase import Phrase, _
from handlers.welcome.talk import show_ways

COMFORTED_IN = ("fr", "en", "es", "pt", "it", "de", "ar", "uk")
"""The languages in which someone in distress is answered, though Allié speaks two."""

UNSURE = 0.12
"""A topic less likely than this is not worth a button."""


@topic("fallback", title=_("Something else"), role=Role.UNSURE)
async def fallback(talk: Talk) -> None:
    """Emergency numbers; or the two likeliest topics; or a kind no, with the menu."""
    if talk.slots.get("crisis"):
        distress(talk)
        return
    likely = likely_topics(talk)
    if likely:
        talk.say(_("I am not sure I understood. Is it one of these?"))
        talk.offer(*(talk.start(title, name) for name, title in likely))
        talk.offer(talk.start(_("Something else"), "welcome", "menu", "1"))
        return
    talk.say(_("I cannot help with that, and I would rather say so. Here is what I can do with you."))
    show_ways(talk)


def distress(talk: Talk) -> None:
    """Warm, short, and only what helps now, in the person's language."""
    written = talk.meaning.language if talk.meaning is not None else talk.language
    for leaf in leaves("distress", written if written in COMFORTED_IN else talk.language, talk.today):
        talk.say(leaf)


def likely_topics(talk: Talk) -> list[tuple[str, Phrase]]:
    """The two topics that the message may be about, when it was not clear."""
    meaning = talk.meaning
    if meaning is None:
        return []
    candidates = [(meaning.topic, meaning.confidence), *meaning.also]
    topics = talk.registry.topics
    return [
        (name, topics[name].title)
        for name, confidence in candidates
        if confidence >= UNSURE and name in topics and topics[name].role is None and topics[name].command
    ][:2]
