"""What a firm has told of its gift in this talk, and how what it tells next changes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.catalogue.organisations import kind_for_estimate
from bot.dialogue.change import Change
from bot.dialogue.talk import Talk
from bot.phrase import _
from bot.questions.choice import Choice, Flag, YesNo
from bot.questions.gifts import told_of
from bot.questions.money import Money
from bot.questions.text import Text
from bot.rules.parameters import parameter
from bot.rules.patronage import CompanyGift, GiftKind, Regime
from handlers.company_donation.turnover import Turnover
from handlers.shared.gifts_in_talk import hear_gifts, note_gifts
from handlers.shared.known_bodies import called, known_body
from handlers.shared.payments import payments_of
from handlers.shared.told_gifts import Gifted

__all__ = ["ON_PAPER", "PAYERS", "CompanyTold", "heard", "note_change"]

PAYERS = Choice(
    1,
    "about",
    company=_("A company (SARL, SAS …)"),
    trader=_("A self-employed person, on real profit"),
    micro=_("A micro-enterprise"),
)
REGIMES: dict[str, Regime] = {"company": "is", "trader": "ir", "micro": "micro"}
BESIDE = ("turnover", "profit_tax", "returned", "nature", "about", "country", "reduced")
ON_PAPER = ("company", "named", "siren", "signatory", "company_address", "rna", "project", "starts", "place")
"""What settles the figure beside the gifts."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CompanyTold:
    """Everything told so far. `closes_on` is the end of the financial year, taken to be the calendar one."""

    gifts: Gifted
    payer: str
    closes_on: date
    amounts: tuple[CompanyGift, ...]
    turnover: Decimal | None = None
    tax: Decimal | None = None
    returned: Decimal | None = None
    advertises: bool = False
    self_employed: bool = False
    country: str = ""
    expense_rate: Decimal | None = None
    """The rate at which an expense would be deducted, where it is not the usual one."""
    company: str = ""

    @property
    def amount(self) -> Decimal:
        """All that is given in the financial year."""
        return sum((gift.amount for gift in self.amounts), ZERO)

    @property
    def regime(self) -> Regime:
        return REGIMES[self.payer]

    @property
    def to(self) -> str:
        """The body, where there is one only."""
        names = {gift.to for gift in self.gifts if gift.to}
        return called(names.pop()) if len(names) == 1 else ""


def heard(talk: Talk, value: Decimal | None = None) -> CompanyTold:
    """What was told; `value` is that of goods or services, where it is no money that is given."""
    gifts = hear_gifts(talk)
    self_employed = talk.slots.get("about") == "self_employed"
    payer = talk.refine("payer", PAYERS, _("Who gives?"), "trader" if self_employed else "company")
    turnover = talk.refine(
        "turnover", Turnover(), _("What is its yearly turnover, before VAT? The ceiling depends on it.")
    )
    tax = talk.refine(
        "profit_tax",
        Money(slot="profit_tax", minimum=0),
        _("How much tax on profit does the company pay for the year, before the reduction?"),
    )
    returned = talk.refine(
        "returned",
        Money(slot="returned", minimum=0),
        _("What would the company receive in return (tickets, a stand, services …), at what value in euros?"),
    )
    payments = [payment for gift in gifts for payment in payments_of(gift, talk.today) if payment.amount]
    closes_on = date(min((payment.first.year for payment in payments), default=talk.today.year), 12, 31)
    sums: dict[GiftKind, Decimal] = {}
    for payment in payments:
        if payment.first.year == closes_on.year:
            kind = kind_of(payment.gift.to, payment.gift.rate)
            sums[kind] = sums.get(kind, ZERO) + payment.amount
    if value is not None:
        sums = {"ordinary": value}
    return CompanyTold(
        gifts,
        payer,
        closes_on,
        large(talk, sums, closes_on),
        turnover,
        tax,
        returned or None,
        talk.setting("nature", Text(slot="nature"), "") == "advert",
        self_employed,
        talk.setting("country", Text(slot="country"), ""),
        reduced_rate(talk, closes_on),
        company_of(talk),
    )


def reduced_rate(talk: Talk, closes_on: date) -> Decimal | None:
    """The reduced rate of the tax on profit, where it was asked for; None leaves the usual one."""
    row = parameter("patronage.corporation_tax_reduced").on(closes_on)
    if row is None:
        return None
    said = talk.slots.get("reduced")
    if isinstance(said, str) and Decimal(said) == row.value * 100:
        talk.put("reduced", Flag(), True)
    return row.value if talk.setting("reduced", Flag(), False) else None


def company_of(talk: Talk) -> str:
    """The name of the firm, as it was typed."""
    said = talk.slots.get("company")
    return talk.answered("company", Text()) or (said if isinstance(said, str) else "")


def kind_of(name: str, rate: str) -> GiftKind:
    """Whether a body mainly helps people in difficulty, as far as is known of it or was said."""
    body = known_body(name)
    raised = kind_for_estimate(body) == "coluche" if body is not None else rate == "75"
    return "difficulty" if raised else "ordinary"


def large(talk: Talk, sums: dict[GiftKind, Decimal], closes_on: date) -> tuple[CompanyGift, ...]:
    """The gifts of the year. Above the slice of the lower rate the kind of the body matters, and may be told."""
    slices = parameter("patronage.slice").on(closes_on)
    whole = sum(sums.values(), ZERO)
    if slices is not None and whole > slices["threshold"]:
        question = _("Is it a body that gives meals, care or housing to people in difficulty?")
        helps = talk.refine("difficulty", YesNo(), question, set(sums) == {"difficulty"})
        return (CompanyGift(whole, "difficulty" if helps else "ordinary"),)
    return tuple(CompanyGift(amount, kind) for kind, amount in sums.items())


def note_change(talk: Talk, change: Change) -> bool:
    """Bring what is told next into the talk; False where it tells nothing of the gifts nor of their figure."""
    beside = {slot: change.slots[slot] for slot in (*BESIDE, *ON_PAPER) if slot in change.slots}
    told = told_of(change.slots)
    if note_gifts(talk, change):
        if told.gifts:
            talk.unsay("returned", "nature")
    elif not beside:
        return False
    if beside.get("about") in PAYERS.labels:
        talk.unsay("payer")
    talk.hear(beside)
    return True
