"""What is pointed at, or changed, in staff time on show: paid or not, how long, why, the double, by the month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.dialogue.change import Change
from bot.dialogue.table import Pointed
from bot.dialogue.talk import Talk
from bot.dialogue.topic import changes, points
from bot.phrase import Phrase, _
from bot.questions.choice import Flag
from bot.questions.working_time import Months, Rhythm
from bot.rules.parameters import parameter
from bot.rules.result import Step, sources_of
from bot.rules.skills import SkillsGift
from bot.rules.skills_law import may_lend
from handlers.shared.papers import asked_for
from handlers.shared.result_card import sources
from handlers.skills.card import cap_step, loan_headline, rate_told, terms, year_end
from handlers.skills.loan import PAY, Lending, lending, working_time, worth
from handlers.skills.talk import SHAPES

LEARNT = 0.5
"""An act that is likelier than this is taken for what is meant."""
SLOTS = (
    "salary", "rhythm", "months", "lent", "hours", "hourly", "shape", "starts", "turnover", "named", "company",
    "person", "post", "siren", "rna", "signatory", "company_address", "tasks", "timetable", "work_place", "paper",
)  # fmt: skip
"""What a message may add to this talk, or say otherwise."""


@changes("skills")
async def changed(talk: Talk, change: Change) -> bool:
    """Bring what was told into the talk; False where nothing of it is about this staff time."""
    told = {slot: change.slots[slot] for slot in SLOTS if slot in change.slots}
    if change.slots.get("shape") == "loan" and talk.answered("shape", SHAPES) is None:
        told.pop("shape", None)
    before = talk.answered("salary", PAY)
    if "salary" in told and "kind" in told["salary"]:
        talk.unsay("basis")
    elif "salary" in told and before is not None and before.basis:
        told["salary"] = {**told["salary"], "kind": before.basis}  # « et à 5 000 ? » is counted as before
    talk.hear(told)
    return bool(told)


@points("skills")
async def pointed(talk: Talk, about: Pointed) -> bool:
    """What is asked about the staff time on show."""
    shows = "" if talk.table is None else talk.table.shows
    if about.act == "paper" and about.chance >= asked_for(about) and shows in ("loan", "agreement", "receiver"):
        talk.put("paper", Flag("paper"), True)
        return talk.rerun()
    if shows in ("loan", "agreement"):
        told = lending(talk)
        if about.scale is not None:
            multiply(talk, told, about.scale)
            return talk.rerun()
        lines = told_of_loan(about.act, told, worth(told)) if about.chance >= LEARNT else ()
    elif about.scale is not None:
        return False
    else:
        lines = ()
    if not lines and about.chance >= LEARNT:
        lines = told_of_any(talk, about.act, employee=shows == "employee")
    for line in lines:
        talk.say(line)
    return bool(lines)


def multiply(talk: Talk, told: Lending, scale: Decimal) -> None:
    """The double of the time, or of the months where there is no more time in a week."""
    share = told.loan.share * scale
    if share <= 1:
        talk.put("rhythm", working_time(talk), Rhythm(share, told.loan.months))
    else:
        talk.put("months", Months(), max(1, int(told.loan.months * scale)))


def told_of_loan(act: str, told: Lending, result: SkillsGift) -> Sequence[Phrase]:
    """What there is to say of the loan for an act, nothing where it says nothing."""
    headline = _("<b>{headline}</b>", headline=loan_headline(told, result))
    match act:
        case "why" | "detail":
            return [step.phrase for step in result.steps]
        case "source":
            return [sourced(result.steps)]
        case "monthly":
            value = result.valuation / told.loan.months
            back = None if result.reduction is None else result.reduction / told.loan.months
            if back is None:
                return []
            return [_("By the month: {value:money} of time, {back:money} off the tax.", value=value, back=back)]
        case "summary" | "changed":
            return [headline, terms(told)]
        case "repeat" | "shorter":
            return [headline]
        case "real_cost":
            if result.reduction is None:
                return []
            return [_("Real cost: <b>{cost:money}</b>", cost=result.valuation - result.reduction)]
    return []


def told_of_any(talk: Talk, act: str, *, employee: bool) -> Sequence[Phrase]:
    """What holds for every loan of staff."""
    loan = parameter("skills.loan.general_interest").at(talk.today)
    steps = (*may_lend("general_interest", on=talk.today, months=1).steps, cap_step(talk))
    consent = _("<i>{sources}</i>", sources=sources([parameter("skills.loan.consent").at(talk.today).source]))
    match act:
        case "paid":
            if employee:
                return [_("Yes: your employer goes on paying you, with the same rights; the association pays nothing.")]
            return [_("The company goes on paying the employee; the association pays nothing.")]
        case "cost":
            return [_("For the association it is free; the company bears the pay, and what it gets back comes later.")]
        case "how_long" | "until" | "deadline":
            return [
                _(
                    "{years:number} years at most ({months:number} months); no least time: a day a month is possible.",
                    months=loan["months"],
                    years=loan["months"] / 12,
                )
            ]
        case "why" | "detail":
            return [step.phrase for step in steps]
        case "source":
            return [sourced(steps)]
        case "sure":
            return [
                _("Yes for who may lend, for how long and at which rate: it stands in the law."),
                _("Less so for part time under the cap: your accountant confirms the value."),
                sourced(steps),
            ]
        case "money_back":
            carry = parameter("patronage.carry.base").at(year_end(talk))
            return [
                _(
                    "With the tax of the financial year in which the time was given. What exceeds the tax is used over "
                    "the {years:number} following years, and never paid out.",
                    years=carry.value,
                )
            ]
        case "limit":
            return [cap_step(talk).phrase, rate_told(talk), sourced([cap_step(talk)])]
        case "refused":
            return [
                _(
                    "<b>The employee may refuse</b>, and cannot be punished for it: nothing begins without their "
                    "written agreement. Someone else may go, or the company may give a service instead. The contract "
                    "goes on, with the same job at the end."
                ),
                consent,
            ]
        case "signed":
            return [
                _(
                    "<b>Yes, two papers</b>: an agreement between the company and the association (who, what, how "
                    "long, pay and expenses), and the employee’s own written agreement. An amendment to the contract "
                    "is the usual proof. For a service, a letter that describes the job."
                ),
                consent,
            ]
        case "box":
            form = parameter("patronage.forms.declaration").at(year_end(talk))
            return [_("On form {form}, and the gift is added back to the profit.", form=form.text)]
        case "real_cost" | "monthly":
            return [rate_told(talk)]
        case "keep":
            return [_("Keep the agreement, the written consent, the time sheets, the value stated and the receipt.")]
    return []


def sourced(steps: Sequence[Step]) -> Phrase:
    return _("<i>{sources}</i>", sources=sources(sources_of(steps)))
