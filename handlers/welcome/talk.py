"""Greets: who speaks, one question and a few ways to help. For whoever comes without a clear wish.

The whole greeting comes once, two lines afterwards; all that there is to do is listed for who asks for it (`/menu`).
Who speaks for a firm, an association or a town has a way in of their own, and finds it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.dialogue.facts import Speaker
from bot.dialogue.talk import Talk
from bot.dialogue.topic import Hears, Role, topic
from bot.phrase import Phrase, _

COLUMNS = 2
ALL = "all"


class Way(NamedTuple):
    """Something to do: a topic to begin, perhaps with something said."""

    label: Phrase
    topic: str
    slot: str = ""
    value: str = ""


WAYS = (
    Way(_("Time"), "volunteer"),
    Way(_("Money"), "donation"),
    Way(_("Days off"), "rest_days"),
    Way(_("I don’t know yet"), "orientation"),
)
BODIES: dict[Speaker, Phrase] = {
    "firm": _("A firm, self-employed"),
    "hr": _("Human resources"),
    "association": _("An association"),
    "authority": _("A town, an authority"),
}
WHO_SPEAKS: dict[Speaker, Phrase] = {
    **BODIES,
    "employee": _("An employee"),
    "public_agent": _("A public agent"),
    "volunteer": _("A volunteer"),
}
WAYS_OF: dict[Speaker, Sequence[Way]] = {
    "firm": (
        Way(_("A gift by the firm"), "company_donation"),
        Way(_("Lend skills"), "skills", "role", "employer"),
        Way(_("What we can bring"), "offers", "side", "brings"),
        Way(_("Act with others"), "alliance"),
    ),
    "hr": (
        Way(_("Days off of employees"), "rest_days", "role", "employer"),
        Way(_("Lend skills"), "skills", "role", "employer"),
        Way(_("A gift by the firm"), "company_donation"),
        Way(_("Act with others"), "alliance"),
    ),
    "association": (
        Way(_("Find volunteers"), "needs"),
        Way(_("What firms offer"), "offers", "side", "seeks"),
        Way(_("Act with others"), "alliance"),
        Way(_("Who can help me"), "alliance_support"),
    ),
    "authority": (
        Way(_("Act with others"), "alliance"),
        Way(_("Who already acts"), "alliance_actors"),
        Way(_("Publish a need"), "needs"),
        Way(_("Who can help me"), "alliance_support"),
    ),
    "employee": (
        Way(_("Give days off"), "rest_days", "role", "employee"),
        Way(_("Find a mission"), "volunteer"),
        Way(_("My rights as a volunteer"), "rights"),
        Way(_("Lend skills"), "skills", "role", "employee"),
    ),
    "public_agent": (
        Way(_("Find a mission"), "volunteer"),
        Way(_("Give days off"), "rest_days"),
        Way(_("My rights as a volunteer"), "rights"),
        Way(_("Estimate a gift"), "donation"),
    ),
    "volunteer": (
        Way(_("My rights as a volunteer"), "rights"),
        Way(_("Count my expenses"), "expenses"),
        Way(_("Find a mission"), "volunteer"),
        Way(_("Estimate a gift"), "donation"),
    ),
}
TRY = {
    "firm": _("Or write: “we make 800,000 a year, how much can we give?”"),
    "hr": _("Or write: “an employee asks for leave for her association”"),
    "association": _("Or write: “who signs the tax receipt?”, “we look for an accountant”"),
    "authority": _("Or write: “how does a town begin an alliance?”"),
    "employee": _("Or write: “can my employer refuse a gift of days off?”"),
    "public_agent": _("Or write: “do I need leave to volunteer?”"),
    "volunteer": _("Or write: “who pays if I am hurt?”, “who refunds my petrol?”"),
}


@topic(
    "welcome",
    title=_("Menu"),
    command="start",
    hint=_("Begin, or see what we can do"),
    role=Role.WELCOME,
    links=("for",),
    hears=Hears(wants=False),
)
async def welcome(talk: Talk) -> None:
    """The greeting at the first visit, two lines afterwards; all there is, where it was asked for."""
    said = talk.slots
    if "by_link" in said:
        talk.say(WHO)
    elif said.get("for"):
        for_body(talk, str(said["for"]))
    elif said.get("menu") == ALL:
        talk.say(_("All that I can do with you. Choose, or write it in your own words."))
        show_all(talk)
    elif "menu" in said:
        talk.say(_("How would you like to help?"))
        show_ways(talk)
    else:
        greet(talk)


WHO = _(
    "I am <b>Allié</b>: a free program, without an account, that gives its sources. I am neither a person nor the "
    "State."
)


def greet(talk: Talk) -> None:
    """Who speaks, the question, the ways, two things to type; when it was said before, the question and the ways."""
    if talk.serial > 1:
        talk.say(_("Hello again!"))
        talk.say(_("How would you like to help? Choose, or write it in your own words."))
    else:
        talk.say(_("Hello, {who}", who=WHO))
        talk.say(_("<b>How would you like to help?</b>"))
        talk.say(
            _(
                "Or write it: “volunteer on Saturday in Lyon”, “if I give €300 to Restos du Cœur, how much do I get "
                "back?”"
            )
        )
    show_ways(talk)


def show_ways(talk: Talk) -> None:
    """The four ways to help, and the way in for those who speak for others; theirs, where that is known."""
    speaker = next((speaker for speaker in WAYS_OF if speaker in talk.facts.speakers), None)
    ways = WAYS_OF[speaker] if speaker else WAYS
    in_rows(talk, ways)
    if speaker:
        talk.offer(talk.start(_("For myself"), "welcome", "for", "myself"))
    else:
        talk.offer(talk.start(_("Firm, HR, association, town"), "welcome", "for", "others"))


def for_body(talk: Talk, body: str) -> None:
    """What there is for a firm, HR, an association or an authority; first of all, which of them it is."""
    speaker = next((speaker for speaker in WHO_SPEAKS if speaker == body), None)
    if speaker is not None:
        talk.speaks_as(speaker, WHO_SPEAKS[speaker])
        talk.say(_("<b>{who}</b>: this is what I can do for you.", who=WHO_SPEAKS[speaker]))
        talk.say(TRY[speaker])
        in_rows(talk, WAYS_OF[speaker])
    elif body == "others":
        talk.say(
            _(
                "I can work out a gift by a firm, write the papers to lend somebody’s time, set up a gift of days off, "
                "find volunteers for an association, or bring firms, associations and towns together. Who are you?"
            )
        )
        buttons = [talk.start(label, "welcome", "for", name) for name, label in BODIES.items()]
        for first in range(0, len(buttons), COLUMNS):
            talk.offer(*buttons[first : first + COLUMNS])
    else:
        talk.say(_("How would you like to help?"))
        in_rows(talk, WAYS)


def in_rows(talk: Talk, ways: Sequence[Way]) -> None:
    """The ways whose topics there are, two in a row."""
    buttons = [
        talk.start(way.label, way.topic, way.slot, way.value) for way in ways if way.topic in talk.registry.topics
    ]
    for first in range(0, len(buttons), COLUMNS):
        talk.offer(*buttons[first : first + COLUMNS])


def show_all(talk: Talk) -> None:
    """The topics of the menu as buttons."""
    buttons = [talk.start(topic.title, topic.name) for topic in talk.registry.menu]
    for first in range(0, len(buttons), COLUMNS):
        talk.offer(*buttons[first : first + COLUMNS])
