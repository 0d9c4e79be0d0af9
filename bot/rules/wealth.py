"""Gifts and the tax on real-estate wealth (IFI, CGI art. 978).

A share of the gift comes off the tax, up to a yearly ceiling, for certain bodies only (`data/law/wealth.toml`).
Nothing is carried forward nor refunded, and a euro that serves the IFI cannot serve the income tax. The gifts of an
IFI year run from the day after the filing deadline of the year before to the deadline of the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.phrase import Phrase, _
from bot.rules import donation_words as words
from bot.rules.freshness import after_what_is_known
from bot.rules.parameters import known_from, known_until, parameter
from bot.rules.result import Step, whole_euro

__all__ = ["Body", "WealthReduction", "wealth_tax_reduction"]

ZERO = Decimal(0)


class Body(StrEnum):
    """Who receives the gift, as far as art. 978 tells them apart."""

    FOUNDATION = "foundation"
    """Fondation reconnue d'utilite publique."""
    RESEARCH_EDUCATION = "research_education"
    """Research, higher education or art education, of general interest and not for profit."""
    INTEGRATION = "integration"
    """Insertion par l'activite economique, and the other companies that the article lists."""
    ASSOCIATION = "association"
    ENDOWMENT_FUND = "endowment_fund"


@dataclass(frozen=True, slots=True)
class WealthReduction:
    """What gifts take off the IFI of a year. Amounts in euros."""

    year: int
    given: Decimal
    is_eligible: bool
    reduction: Decimal
    gain: Decimal | None
    """The reduction, or the IFI if it is smaller. None when the IFI is not known."""
    used: Decimal
    """The part of the gifts, in whole euros, that earns the reduction."""
    form: str
    steps: tuple[Step, ...] = ()
    warnings: tuple[Phrase, ...] = ()

    @property
    def cost(self) -> Decimal:
        return self.given - (self.reduction if self.gain is None else self.gain)

    @property
    def lost_reduction(self) -> Decimal:
        """What the IFI is too small to absorb: neither refunded nor carried forward."""
        return ZERO if self.gain is None else self.reduction - self.gain


def wealth_tax_reduction(
    amount: Decimal, *, year: int, tax: Decimal | None = None, body: Body = Body.FOUNDATION
) -> WealthReduction:
    """The reduction of the IFI of `year` for all the gifts of its window. `tax` is the IFI before reductions.

    Before 2018 there was no IFI: the result is not eligible, with a warning.
    """
    day = date(year, 1, 1)
    rate, ceiling = parameter("wealth.rate").on(day), parameter("wealth.ceiling").on(day)
    if rate is None or ceiling is None:
        warning = _(
            "The IFI exists since {first}: there is nothing to compute before.", first=known_from("wealth").year
        )
        return WealthReduction(year, amount, False, ZERO, None, ZERO, "", (), (warning,))
    form = parameter("wealth.form").at(day).text
    eligible = parameter("wealth.eligible").at(day)
    if body not in eligible.text.split():
        step = Step(_("This body does not open the IFI reduction."), ZERO, eligible.source)
        warning = _(
            "Ordinary associations and endowment funds do not count for the IFI, but your gift may reduce your income "
            "tax instead."
        )
        gain = None if tax is None else ZERO
        return WealthReduction(year, amount, False, ZERO, gain, ZERO, form, (step,), (*_age(year), warning))

    base = whole_euro(amount)
    reduction = min(whole_euro(base * rate.value), ceiling.value)
    used = min(base, whole_euro(ceiling.value / rate.value))
    gain = None if tax is None else min(reduction, max(tax, ZERO))
    steps = [
        Step(
            _(
                "{amount:money} counted at {rate:percent}, up to {ceiling:money} of reduction a year.",
                amount=base,
                rate=rate.value,
                ceiling=ceiling.value,
            ),
            reduction,
            rate.source,
        )
    ]
    window = parameter("wealth.window").at(day)
    text = _(
        "The gifts of {year} run from the day after the filing deadline of {before} to that of {year}.",
        year=year,
        before=year - 1,
    )
    steps.append(Step(text, None, window.source))
    if gain is not None and gain < reduction:
        text = _("Your IFI is lower than this reduction: you gain {gain:money}.", gain=gain)
        steps.append(Step(text, gain, ceiling.source))
    warnings = [
        _(
            "Not every body counts for the IFI: foundations of recognised public utility, research and higher or art "
            "education, some integration companies. Ask for a receipt that mentions article 978."
        ),
        _("The same euro cannot reduce both the IFI and the income tax, but a gift may be split between them."),
    ]
    if base > used:
        text = _(
            "Above {used:money} nothing more comes off the IFI: declare the other {rest:money} for your income tax.",
            used=used,
            rest=base - used,
        )
        warnings.insert(0, text)
    if gain is None:
        warnings.insert(0, _("You gain at most the IFI you owe: nothing is refunded nor carried to another year."))
    elif gain < reduction:
        warnings.insert(0, words.tax_too_small(reduction - gain))
    warnings[:0] = _age(year)
    return WealthReduction(year, amount, True, reduction, gain, used, form, tuple(steps), tuple(warnings))


def _age(year: int) -> tuple[Phrase, ...]:
    """The warning for a year after the last one whose law was read."""
    until = known_until("wealth")
    if year > until.year:
        return (words.year_not_known_yet(year, until),)
    return after_what_is_known(date(year, 1, 1), "wealth.rate", "wealth.ceiling", "wealth.eligible")
