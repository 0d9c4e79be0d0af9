"""A volunteer's expenses: vehicles, years, what is not known, and the note."""

from __future__ import annotations

from bot.dialogue.events import Command


async def drive(person, km: str, power: str, **details):
    me = person(language="fr", **details)
    await me.send(Command("frais"))
    await me.say(km)
    await me.say(power)
    return me
