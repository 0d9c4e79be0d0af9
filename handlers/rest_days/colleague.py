"""Rest days given to a colleague: in which situations the law knows it, under which rules, and whom to ask."""

from __future__ import annotations

from bot.dialogue.replies import Button
from bot.dialogue.talk import Talk
from bot.phrase import Phrase, _
from bot.questions.choice import Choice
from bot.rules.parameters import parameter
from bot.rules.rest_days_colleagues import ColleagueGift, Sector, Situation, colleague_gift
from bot.rules.result import Step
from handlers.rest_days.gift import DAYS_ASKED, SECTORS
from handlers.shared.answers import answer_buttons
from handlers.shared.result_card import result_card, steps_card
from handlers.shared.shown import changed_since

WHY = Choice(
    1,
    "situation",
    child_ill=_("A child is seriously ill"),
    child_died=_("A child has died"),
    carer=_("They care for someone close"),
    reservist=_("They are in the reserve"),
    firefighter=_("They are a volunteer firefighter"),
    civil_protection=_("They serve in civil protection"),
    volunteer=_("They volunteer elsewhere"),
    other=_("Another reason"),
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


async def colleague(talk: Talk) -> None:
    """What the law gives in the situation told; without one, the situations it knows, each a button."""
    why = talk.refine("situation", WHY, _("Why does your colleague need days?"))
    chosen = talk.refine("sector", SECTORS, _("Where do you work?"))
    is_public = chosen == "public" or (chosen is None and "public_agent" in talk.facts.speakers)
    sector: Sector = "public" if is_public else "private"
    if why not in SITUATIONS:
        which(talk, sector, why)
        return
    result = colleague_gift(SITUATIONS[why], sector, on=talk.today)
    changed_since(talk, "colleague", {"situation": why, "sector": sector})
    talk.show(
        result_card(headline(result), result, figures=figures(result), reasons=result.steps[1:], to_do=to_do(result))
    )
    if result.available:
        if talk.pressed("message"):
            talk.say(message(talk, result))
        else:
            talk.suggest(talk.press(_("The message to send"), "message"))
    elif why == "volunteer":
        talk.suggest(talk.set(_("Give days to the association"), "side", "employee"))
        talk.offer(*answer_buttons(talk, "firms/leave-association-leader"))
    talk.offer(talk.change(_("Another situation"), "situation"), other_sector(talk, sector))


def which(talk: Talk, sector: Sector, why: str | None) -> None:
    """Nobody said why, or for a reason that no text knows: the rule in one sentence, and the situations it knows."""
    ill = parameter(f"rest_days.colleague.child_ill.{sector}").at(talk.today)
    kept = parameter("rest_days.leave_kept" if sector == "private" else "rest_days.colleague.leave_kept_public").at(
        talk.today
    )
    leave = Step(
        _("Annual leave: only what is above {kept:number} working days can be given.", kept=kept.value),
        None,
        kept.source,
    )
    changed_since(talk, "colleague", {"situation": why, "sector": sector})
    talk.show(
        steps_card(
            _("To a colleague of the same employer: yes, in some situations, with the employer’s agreement")
            if why is None
            else _("Not for that reason: the law names the situations, an agreement of your company may add some"),
            [Step(_("The gift is anonymous and without anything in return."), None, ill.source), leave],
            figures=[_("Why does your colleague need days?")] if why is None else [],
        )
    )
    for name in SITUATIONS:
        talk.offer(talk.set(WHY.labels[name], "situation", name))
    talk.offer(other_sector(talk, sector))


def other_sector(talk: Talk, sector: Sector) -> Button:
    if sector == "private":
        return talk.set(_("In the public service"), "sector", "public")
    return talk.set(_("In the private sector"), "sector", "private")


def headline(result: ColleagueGift) -> Phrase:
    if result.available:
        return _("Yes, you can give days to this colleague, if your employer agrees")
    if result.available is None:
        return _("I cannot be sure: it has to be confirmed")
    return _("No, the law does not provide for it")


def figures(result: ColleagueGift) -> list[Phrase]:
    """What the law says of this very situation, and what is possible where it says no."""
    lines = [step.phrase for step in result.steps[:1]]
    if result.situation == "volunteer":
        lines.append(
            _(
                "Possible: for a volunteer firefighter or a reservist; by an agreement of your company; or days given "
                "to the association itself."
            )
        )
    return lines


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
    days = talk.refine("days", DAYS_ASKED, _("How many days would you give?"))
    return _(
        "<blockquote>Hello, I wish to give up {days} untaken rest days (RTT or leave above what must be kept), "
        "anonymously and without anything in return, for a colleague ({reference}). Do you agree? Please answer me in "
        "writing.</blockquote>",
        days="…" if days is None else _("{days:number}", days=days),
        reference=row.source.reference.partition(" ; ")[0],
    )
