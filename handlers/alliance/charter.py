"""The papers of an alliance, filled by the conversation: a charter, short or whole, or an agreement between partners.

Neither creates a legal person, a tax right or an exemption, and both say so. What is not known is a line to write on.
"""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.dialogue.topic import topic
from bot.documents.charter import POINTS, SHORT, Partner, alliance_charter
from bot.documents.partnership import partnership_agreement
from bot.phrase import Phrase, _
from bot.questions.choice import Choice, YesNo
from bot.questions.text import Text
from handlers.alliance.journey import Told, journey
from handlers.alliance.pages import offer_ways
from handlers.shared.papers import hand_over

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
    told: dict[str, str] = {}
    if which == "agreement":
        test = kept.get("test", "")
        paper = partnership_agreement(named, need=need, project=project or "", test=test, on=talk.today)
        talk.say(_("<b>Here is your agreement.</b>"))
    else:
        told = {**told_before(kept), "need": need, "project": project or ""}
        told |= await points(talk, which, told)
        paper = alliance_charter(named, told, on=talk.today, is_short=which == "short")
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
    if which != "agreement" and open_points(which, told) and not talk.setting("fill", YesNo(), False):
        talk.offer(talk.set(_("Fill the other points"), "fill", "yes"))
    talk.offer(talk.change(_("Change the need"), "need"), talk.change(_("Another paper"), "which"))
    talk.say(_("If money is given, or staff lent, that has its own agreement: I can write it too."))
    offer_ways(talk, "company_donation", "skills")
    offer_ways(talk, "steps", "support")


def told_before(kept: dict[str, str]) -> dict[str, str]:
    """What the journey has for the points of a charter."""
    return {
        "expects": kept.get("aims", ""),
        "timetable": kept.get("test", ""),
        "roles": kept.get("run", ""),
        "evaluation": kept.get("evaluate", ""),
    }


def open_points(which: str, told: dict[str, str]) -> list[str]:
    """The points of the charter that nothing is written for yet; the partners and what they bring have their own."""
    names = SHORT if which == "short" else tuple(POINTS)
    return [name for name in names if name not in ("parties", "brings") and not told.get(name)]


async def points(talk: Talk, which: str, told: dict[str, str]) -> dict[str, str]:
    """What the person writes for the open points, one by one, once they wish to; each may be passed, and all of them
    may wait for a pen."""
    written = {}
    is_filling = talk.setting("fill", YesNo(), False)
    left = open_points(which, told)
    for number, name in enumerate(left, 1):
        if not is_filling and not talk.wants(name):
            continue
        title, guide = POINTS[name]
        talk.offer(talk.set(_("That will do: the paper"), "fill", "no"))
        asked = _(
            "<b>{number}/{count} {title}</b>\n{guide}",
            number=str(number),
            count=str(len(left)),
            title=title,
            guide=guide,
        )
        written[name] = await talk.ask(name, Told(), asked, skip=True) or ""
        talk.screen.rows.clear()
    return written


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
