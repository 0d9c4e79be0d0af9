"""Short answers about company gifts, to questions in passing: ceiling, years to come, return, receipt, forms."""

from __future__ import annotations

from datetime import date

import handlers.company_donation.talk  # noqa: F401 - the side questions join its topic
from bot.dialogue.talk import Talk
from bot.dialogue.topic import side_question
from bot.phrase import _
from bot.rules.parameters import Row, parameter
from handlers.shared.result_card import sourced


def figure(talk: Talk, name: str) -> Row:
    """The figure for a financial year that closes with this calendar year."""
    return parameter(f"patronage.{name}").at(date(talk.today.year, 12, 31))


@side_question("company_donation", "paper")
async def paper(talk: Talk) -> None:
    """Which papers there are, and who writes them."""
    talk.say(
        _(
            "The receipt comes from the association: it alone can issue it. The agreement between the two, I write it "
            "once the amount is known."
        )
    )


@side_question("company_donation", "ceiling")
async def ceiling(talk: Talk) -> None:
    """The rate, the ceiling, and the lower rate of very large gifts."""
    rate, limit, slices = figure(talk, "rate"), figure(talk, "ceiling"), figure(talk, "slice")
    talk.say(
        _(
            "A company gets back <b>{rate:percent}</b> of its gifts, up to the higher of <b>{floor:money}</b> and "
            "<b>{ratio:percent}</b> of its turnover before VAT. Above {threshold:money} of gifts, {lower:percent}, "
            "except for help to people in difficulty.",
            rate=rate.value,
            floor=limit["floor"],
            ratio=limit["ratio"],
            threshold=slices["threshold"],
            lower=slices["rate"],
        )
    )
    sourced(talk, rate, limit, slices)


@side_question("company_donation", "carry")
async def carry(talk: Talk) -> None:
    """What is above the ceiling, or above the tax."""
    base, reduction = figure(talk, "carry.base"), figure(talk, "carry.reduction")
    talk.say(
        _(
            "Gifts above the ceiling are not lost: they count in the {years:number} following years, within the "
            "ceiling of each. A reduction larger than the tax waits too, {more:number} years; it is never paid out.",
            years=base.value,
            more=reduction.value,
        )
    )
    sourced(talk, base, reduction)


@side_question("company_donation", "counterparts")
async def counterparts(talk: Talk) -> None:
    """What may come back to the company."""
    row = figure(talk, "counterpart")
    talk.say(
        _(
            "The association may name the company, show its logo, thank it. What it gives in return must stay far "
            "below the gift: in practice up to <b>{share:percent}</b> of it is accepted. The law gives no figure: keep "
            "a note of how you valued it.",
            share=row.value,
        )
    )
    sourced(talk, row)


@side_question("company_donation", "sponsoring")
async def sponsoring(talk: Talk) -> None:
    """Patronage or sponsoring: who gets what."""
    row = figure(talk, "counterpart")
    talk.say(
        _(
            "A gift asks for nothing of the same value: it gives a tax reduction. With advertising or an equal return "
            "it is sponsoring (“parrainage”): an invoice with VAT, a deductible expense, and no reduction."
        )
    )
    sourced(talk, row)


@side_question("company_donation", "receipt")
async def receipt(talk: Talk) -> None:
    """What proves the gift."""
    row = figure(talk, "receipt")
    talk.say(
        _(
            "The association gives you a tax receipt: model {form}, or a paper with the same items. You keep it and "
            "do not send it: without it, no reduction. For goods or staff time, you state the value first.",
            form=row.text,
        )
    )
    sourced(talk, row)


@side_question("company_donation", "forms")
async def forms(talk: Talk) -> None:
    """Where the gift is declared."""
    added, form, report = figure(talk, "not_deductible"), figure(talk, "forms.declaration"), figure(talk, "report")
    talk.say(
        _(
            "Add the gift back to the taxable profit: it is not deductible. Declare the reduction on form "
            "<b>{form}</b>, with the result return. Above {threshold:money} of gifts in the year, list them there one "
            "by one.",
            form=form.text,
            threshold=report.value,
        )
    )
    sourced(talk, added, form, report)


@side_question("company_donation", "loss")
async def loss(talk: Talk) -> None:
    """A company that pays no tax this year."""
    row = figure(talk, "carry.reduction")
    talk.say(
        _(
            "No tax this year? The reduction is not lost at once: it can be used on the tax of the {years:number} "
            "following years. It is never paid out.",
            years=row.value,
        )
    )
    sourced(talk, row)


@side_question("company_donation", "goods")
async def goods(talk: Talk) -> None:
    """What goods and services are worth."""
    row = figure(talk, "in_kind")
    talk.say(
        _(
            "Goods and services count at what they cost the company, never at their selling price; the company states "
            "that value itself. A vehicle or a machine counts at the disposal value used when it leaves the balance "
            "sheet: your accountant has it."
        )
    )
    sourced(talk, row, figure(talk, "fixed_assets"))
