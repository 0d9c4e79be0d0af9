"""A gift set against the wealth tax (IFI): who may receive it, the figure, and what is different. CGI, article 978."""

from __future__ import annotations

from bot.dialogue.card import Card
from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.choice import Choice
from bot.questions.money import Money
from bot.rules.result import sources_of
from bot.rules.wealth import Body, wealth_tax_reduction

BODIES = Choice(
    1,
    foundation=_("A foundation of recognised public utility"),
    research_education=_("Research, higher or art education"),
    integration=_("Work for people in difficulty (insertion)"),
    association=_("An association"),
    endowment_fund=_("An endowment fund"),
)


async def wealth(talk: Talk) -> None:
    """Amount and body, then the estimate; the tax itself only for who wants to refine it."""
    amount = await talk.ask("amount", Money(suggestions=(500, 1_000, 5_000)), _("How much would you give, in euros?"))
    body = await talk.ask("ifi_body", BODIES, _("Who would receive it? Not every body counts for the wealth tax."))
    tax = None
    if talk.wants("ifi_tax"):
        tax = await talk.ask(
            "ifi_tax", Money(slot=None, minimum=0), _("How much wealth tax (IFI) do you pay this year?"), skip=True
        )
    result = wealth_tax_reduction(amount, year=talk.today.year, tax=tax, body=Body(body))
    back = result.reduction if result.gain is None else result.gain
    found = sources_of(result.steps)
    talk.show(
        Card(
            headline=_("{back:money} back on your wealth tax (IFI) for a gift of {gift:money}", back=back, gift=amount),
            figures=[_("What it really costs you: <b>{cost:money}</b>", cost=result.cost)],
            reasons=[step.phrase for step in result.steps],
            warnings=result.warnings,
            sources=[
                _(
                    "Sources: {references:list}. Checked on {day:date}.",
                    references=list(dict.fromkeys(source.reference for source in found)),
                    day=max(source.checked for source in found),
                )
            ],
        )
    )
    talk.offer(talk.change(_("Another amount"), "amount"), talk.change(_("Another body"), "ifi_body"))
    if tax is None and result.is_eligible:
        talk.offer(talk.change(_("Check against my tax"), "ifi_tax"))
