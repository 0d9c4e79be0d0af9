"""Rest days given to a colleague: in which situations the law knows it, under which rules, and whom to ask."""

from __future__ import annotations

from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.rules.parameters import parameter
from bot.rules.rest_days_colleagues import ColleagueGift, Sector, Situation, colleague_gift
from handlers.shared.result_card import result_card

WHY = Choice(
    1,
    "about",
    child_ill=_("A child is seriously ill"),
    child_died=_("A child has died"),
    carer=_("They care for someone close"),
    reservist=_("They are in the reserve"),
    firefighter=_("They are a volunteer firefighter"),
    civil_protection=_("They serve in civil protection"),
    volunteer=_("They volunteer elsewhere"),
)
SITUATIONS: dict[str, Situation] = {
    "child_ill": "child_ill",
    "child_died": "child_died",
    "carer": "carer",
    "reservist": "reservist",
    "firefighter": "firefighter",
    "civil_protection": "civil_protection",
    "volunteer": "volunteer",
}
SECTORS: dict[str, Sector] = {"private": "private", "public": "public"}


async def colleague(talk: Talk) -> None:
    """The situation, in the private sector unless said otherwise; then what the law of today gives."""
    situation = SITUATIONS[await talk.ask("situation", WHY, _("Why does your colleague need days?"))]
    sector: Sector = "private"
    if talk.wants("sector"):
        sectors = Choice(2, private=_("Private sector"), public=_("Public service"))
        sector = SECTORS[await talk.ask("sector", sectors, _("Where do you work?"))]
    result = colleague_gift(situation, sector, on=talk.today)
    talk.show(result_card(headline(result), result, to_do=to_do(result)))
    if result.available:
        talk.say(_("A message to send to your employer:"))
        talk.say(message(talk, result))
    other = _("In the public service") if sector == "private" else _("In the private sector")
    talk.offer(talk.change(_("Another situation"), "situation"), talk.change(other, "sector"))
    if not result.available:
        talk.offer(talk.start(_("Give days to an association"), "rest_days", "role", "employee"))


def headline(result: ColleagueGift) -> Phrase:
    if result.available:
        return _("Yes, you can give days to this colleague")
    if result.available is None:
        return _("I cannot be sure: it has to be confirmed")
    return _("No, the law does not provide for it")


def to_do(result: ColleagueGift) -> list[Phrase]:
    if not result.available:
        return [_("Ask your staff representatives, or payroll, whether an agreement of your company says more.")]
    return [
        _("Write to your employer: how many days, which ones. Nobody but them needs to know that it is you."),
        _("Wait for the written agreement; then the days leave your counter."),
    ]


def message(talk: Talk, result: ColleagueGift) -> Phrase:
    """The request, ready to copy, on the text that holds for the situation."""
    row = parameter(f"rest_days.colleague.{result.situation}.{result.sector}").at(talk.today)
    return _(
        "<blockquote>Hello, I wish to give up … untaken rest days (RTT or leave above what must be kept), anonymously "
        "and without anything in return, for a colleague ({reference}). Do you agree? Please answer me in writing."
        "</blockquote>",
        reference=row.source.reference.partition(" ; ")[0],
    )
