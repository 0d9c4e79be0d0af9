"""The charter of an alliance, filled by the conversation: short for two small partners, whole for more.

It creates no legal person, no tax right and no exemption, and says so. What is not known is a line to write on.
"""

from __future__ import annotations

from bot.conversation.kinds import Choice, Text
from bot.conversation.talk import Talk
from bot.conversation.topic import topic
from bot.documents.charter import Partner, alliance_charter
from bot.phrase import Phrase, _
from handlers.alliance_journey import Told, journey
from handlers.alliance_pages import offer_ways
from handlers.papers import hand_over

SIZES = Choice(1, short=_("Short: two small partners"), whole=_("Whole: 21 points"))


@topic("alliance_charter", title=_("Write a charter"))
async def charter(talk: Talk) -> None:
    """The size, the partners and what each brings; the rest comes from the journey, or is left to write."""
    kept = await journey(talk)
    size = await talk.ask(
        "size",
        SIZES,
        _("A charter is a moral and practical frame, not a contract about money or staff. Which size?"),
    )
    partners = [await partner(talk, "first", _("Who is the first partner? You, perhaps."))]
    partners.append(await partner(talk, "second", _("And the second partner?")))
    if size == "whole":
        partners.append(await partner(talk, "third", _("A third partner?")))
    need = await shared_need(talk, kept.get("need", ""))
    project = await talk.ask(
        "project", Told(), _("And the common project, in one sentence? And what is it not?"), skip=True
    )
    points = {
        "need": need,
        "project": project or "",
        "expects": kept.get("aims", ""),
        "timetable": kept.get("test", ""),
        "roles": kept.get("run", ""),
        "evaluation": kept.get("evaluate", ""),
    }
    named = tuple(one for one in partners if one.name or one.brings)
    paper = alliance_charter(named or (Partner(), Partner()), points, on=talk.today, is_short=size == "short")
    talk.say(
        _(
            "<b>Here is your charter.</b> It creates no legal person, no tax right and no exemption from public "
            "procurement. What I did not know is a line to write on."
        )
    )
    if need:
        talk.say(_("The need in it: “{need}”.", need=need))
    await hand_over(talk, paper)
    talk.offer(talk.change(_("Change the need"), "need"), talk.change(_("Change the size"), "size"))
    talk.say(_("If money is given, or staff lent, that has its own agreement: I can write it too."))
    offer_ways(talk, "company_donation", "skills")
    offer_ways(talk, "steps", "support")


async def shared_need(talk: Talk, written: str) -> str:
    """The need of the journey, unless the person wants to write it anew."""
    if written and not talk.wants("need"):
        return written
    told = await talk.ask("need", Told(), _("Which need do you share? One sentence."), skip=True)
    return told or ""


async def partner(talk: Talk, place: str, question: Phrase) -> Partner:
    """A partner by its name, and what it brings; both may be passed."""
    name = await talk.ask(place, Text(longest=120), question, skip=True)
    if not name:
        return Partner()
    brings = await talk.ask(
        f"{place}_brings",
        Text(longest=300),
        _("What does {name} bring? Money, time, days, skills, goods, premises, data …", name=name),
        skip=True,
    )
    return Partner(name=name, brings=brings or "")
