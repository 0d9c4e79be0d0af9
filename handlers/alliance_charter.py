"""The papers of an alliance, filled by the conversation: a charter, short or whole, or an agreement between partners.

Neither creates a legal person, a tax right or an exemption, and both say so. What is not known is a line to write on.
"""

from __future__ import annotations

from bot.conversation.kinds import Choice, Text
from bot.conversation.talk import Talk
from bot.conversation.topic import topic
from bot.documents.charter import Partner, alliance_charter
from bot.documents.paper import Paper
from bot.documents.partnership import partnership_agreement
from bot.phrase import Phrase, _
from handlers.alliance_journey import Told, journey
from handlers.alliance_pages import offer_ways
from handlers.papers import hand_over

PAPERS = Choice(
    1,
    short=_("Short charter: two partners"),
    whole=_("Whole charter: 21 points"),
    agreement=_("Partnership agreement"),
)


@topic("alliance_charter", title=_("Write a charter"))
async def charter(talk: Talk) -> None:
    """Which paper, the partners and what each brings; the rest comes from the journey, or is left to write."""
    kept = await journey(talk)
    which = await talk.ask(
        "which",
        PAPERS,
        _(
            "A charter is a moral and practical frame. An agreement is a contract: who does what, whose the results "
            "are. Which paper?"
        ),
    )
    partners = [await partner(talk, "first", _("Who is the first partner? You, perhaps."))]
    partners.append(await partner(talk, "second", _("And the second partner?")))
    if which != "short":
        partners.append(await partner(talk, "third", _("A third partner?")))
    named = tuple(one for one in partners if one.name)
    named += (Partner(),) * (2 - len(named))
    need = await shared_need(talk, kept.get("need", ""))
    project = await talk.ask(
        "project", Told(), _("And the common project, in one sentence? And what is it not?"), skip=True
    )
    if which == "agreement":
        test = kept.get("test", "")
        paper = partnership_agreement(named, need=need, project=project or "", test=test, on=talk.today)
        talk.say(_("<b>Here is your agreement.</b>"))
    else:
        paper = charter_of(talk, named, {**kept, "need": need, "project": project or ""}, is_short=which == "short")
        talk.say(_("<b>Here is your charter.</b>"))
    talk.say(
        _(
            "It creates no legal person, no tax right and no exemption from public procurement. What I did not know is "
            "a line to write on."
        )
    )
    if need:
        talk.say(_("The need in it: “{need}”.", need=need))
    await hand_over(talk, paper)
    talk.offer(talk.change(_("Change the need"), "need"), talk.change(_("Another paper"), "which"))
    talk.say(_("If money is given, or staff lent, that has its own agreement: I can write it too."))
    offer_ways(talk, "company_donation", "skills")
    offer_ways(talk, "steps", "support")


def charter_of(talk: Talk, partners: tuple[Partner, ...], told: dict[str, str], *, is_short: bool) -> Paper:
    """The charter with what was written in the conversation and in the journey."""
    points = {
        "need": told["need"],
        "project": told["project"],
        "expects": told.get("aims", ""),
        "timetable": told.get("test", ""),
        "roles": told.get("run", ""),
        "evaluation": told.get("evaluate", ""),
    }
    return alliance_charter(partners, points, on=talk.today, is_short=is_short)


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
