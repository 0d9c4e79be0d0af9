"""Gifts by individuals: the reduction of the income tax (CGI art. 200), from the first income year whose law is held.

Everything is per tax household and calendar year of payment. Amounts are euros; bases and reductions are whole euros,
as on the return. It is a reduction, not a credit: what exceeds the tax is lost. The figures come from
`data/law/donations.toml`, each from the row in force on the day of the gift, or for what is counted by year, on its
last day; the order of the operations is that of the administration's own calculator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from bot.phrase import Phrase
from bot.rules import donation_words as words
from bot.rules.freshness import after_what_is_known
from bot.rules.gifts import Gift, Kind, box_of, is_known_year, regime_on
from bot.rules.parameters import Row, known_from, known_until, later, parameter
from bot.rules.result import Source, Step, whole_euro

__all__ = ["Entry", "Gift", "Kind", "Part", "Reduction", "income_tax_reduction", "is_known_year", "regime_on"]

ZERO = Decimal(0)
ORDER = {kind: index for index, kind in enumerate(Kind)}
"""Gifts are taken in this order, whatever the order in which they are told."""

RESTS_ON = ("donations.general.rate", "donations.general.income_cap", "donations.general.carry_years")
"""What every gift at the general rate rests on."""

NOTHING_CARRIED: Mapping[int, Decimal] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Part:
    """The gifts that share a rate and a ceiling. `ceiling` is None when the income that sets it is not known."""

    kind: Kind
    rate: Decimal
    ceiling: Decimal | None
    base: Decimal
    """What counts this year, in whole euros."""
    reduction: Decimal
    boxes: tuple[str, ...]
    """Where these gifts are written on the return; empty when the box is not known yet."""
    source: Source

    @property
    def box(self) -> str | None:
        return ", ".join(self.boxes) or None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the return: whole euros in a box of a form."""

    box: str
    form: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Reduction:
    """What the gifts of a year bring. Amounts in euros."""

    year: int
    given: Decimal
    """All that was given in the year, to the cent."""
    reduction: Decimal
    """The reduction before the limit of the tax."""
    gain: Decimal | None
    """What really comes back: the reduction, or the tax if it is smaller. None when the tax is not known.

    A tax too small to be collected gives nothing back, and one that the reduction makes so is given back whole, which
    may be more than the reduction (CGI art. 1657)."""
    parts: tuple[Part, ...] = ()
    carried: Mapping[int, Decimal] = field(default_factory=lambda: NOTHING_CARRIED)
    """Gifts, by year of payment, still to be used in the years that follow."""
    lost_gifts: Decimal = ZERO
    """Gifts that will never count: carried for too long, or above the ceiling of the parties."""
    entries: tuple[Entry, ...] = ()
    steps: tuple[Step, ...] = ()
    warnings: tuple[Phrase, ...] = ()
    is_known: bool = True
    """False for a year before the first one whose law was read: nothing was computed."""

    @property
    def cost(self) -> Decimal:
        """What the gifts of the year really cost: below zero when gifts carried from earlier years bring more."""
        return self.given - (self.reduction if self.gain is None else self.gain)

    @property
    def lost_reduction(self) -> Decimal:
        """The part of the reduction that the tax is too small to absorb: neither refunded nor carried forward."""
        return ZERO if self.gain is None else max(self.reduction - self.gain, ZERO)


def income_tax_reduction(
    gifts: Iterable[Gift],
    *,
    year: int,
    income: Decimal | None = None,
    tax: Decimal | None = None,
    carried: Mapping[int, Decimal] = NOTHING_CARRIED,
) -> Reduction:
    """The reduction for the gifts a household paid in `year`.

    `income` is its net taxable income (revenu net imposable); None: the income cap is taken not to bind, and a warning
    says from which income that is so. `tax` is its income tax at the progressive scale before reductions; None: the
    gain is not known. `carried` holds the gifts of earlier years not yet used, as the last tax notice prints them.
    Gifts of another year, or carried from this year or a later one, are a mistake of the caller: ValueError.
    """
    gifts = tuple(sorted(gifts, key=lambda gift: (ORDER[gift.kind], gift.day, gift.abroad)))
    for gift in gifts:
        if gift.day.year != year:
            raise ValueError(f"a gift of {gift.day} among those of {year}")
    if carried and max(carried) >= year:
        raise ValueError(f"gifts of {max(carried)} cannot be carried to {year}")
    given = sum((gift.amount for gift in gifts), ZERO)
    if year < known_from("donations").year:
        warning = words.year_too_old(known_from("donations").year)
        return Reduction(year, given, ZERO, None, warnings=(warning,), is_known=False)

    sums = _Sums.of(gifts)
    slices = [_raised_slice(regime, by_period) for regime, by_period in sums.raised.items()]
    pot = _pot(sums, slices, year, income, carried)
    parts = [part for one in slices for part in _raised_parts(one, sums)]
    steps = [step for one in slices for step in one.steps]
    if pot.has_gifts:
        parts += _general_parts(pot, sums, [one.regime for one in slices if one.excess])
    steps += pot.steps

    total = sum((part.reduction for part in parts), ZERO)
    least = parameter("donations.not_collected").at(pot.last_day)
    gain = None if tax is None else _gain(total, max(tax, ZERO), least.value)
    law_of_year = parameter("donations.general.rate").at(pot.last_day).source
    steps.append(words.total(total, law_of_year))
    if tax is not None and gain is not None:
        steps += _limits_of_tax(total, tax, gain, least, law_of_year)
    return Reduction(
        year=year,
        given=given,
        reduction=total,
        gain=gain,
        parts=tuple(parts),
        carried=MappingProxyType(pot.carried),
        lost_gifts=pot.lost,
        entries=_entries(sums, carried, year),
        steps=tuple(steps),
        warnings=tuple(_warnings(gifts, sums, slices, pot, year, income, tax, total)),
    )


def _gain(total: Decimal, tax: Decimal, least: Decimal) -> Decimal:
    """What a tax (zero or more) really loses, where less than `least` is not collected."""
    if tax < least:
        return ZERO
    left = tax - min(total, tax)
    return tax if left < least else tax - left


def _limits_of_tax(total: Decimal, tax: Decimal, gain: Decimal, least: Row, source: Source) -> Iterable[Step]:
    if ZERO < tax < least.value:
        yield words.tax_not_collected(least)
    elif gain < total:
        yield words.limited_by_tax(gain, total - gain, source)
    elif gain > total:
        yield words.rest_not_collected(gain, least)


Amounts = dict[date, Decimal]
"""Euros by the first day of the period in which they were paid: one law holds throughout a period."""


def _period(day: date, *names: str) -> date:
    """The first day of the period around `day` in which none of these parameters of donations.toml changes."""
    return max(parameter(f"donations.{name}").at(day).start for name in names)


@dataclass(slots=True)
class _Sums:
    """The gifts of a year put in their regimes. Sums are in cents until a regime's total is rounded."""

    general: Amounts = field(default_factory=dict)
    political: Amounts = field(default_factory=dict)
    raised: dict[Kind, Amounts] = field(default_factory=dict)
    """The gifts that have a rate of their own, by regime."""
    boxes: dict[Kind, dict[str | None, Decimal]] = field(default_factory=dict)

    @classmethod
    def of(cls, gifts: Iterable[Gift]) -> _Sums:
        sums = cls()
        for gift in gifts:
            regime = regime_on(gift.kind, gift.day)
            if regime is Kind.GENERAL:
                amounts, period = sums.general, _period(gift.day, "general.rate")
            elif regime is Kind.POLITICAL:
                amounts, period = sums.political, _period(gift.day, "general.rate")
            else:
                amounts = sums.raised.setdefault(regime, {})
                period = _period(gift.day, f"{regime}.ceiling", f"{regime}.rate", "general.rate")
            amounts[period] = amounts.get(period, ZERO) + gift.amount
            boxes = sums.boxes.setdefault(regime, {})
            row = box_of(regime, gift)
            box = row.text if row else None
            boxes[box] = boxes.get(box, ZERO) + gift.amount
        return sums

    def boxes_of(self, *regimes: Kind) -> tuple[str, ...]:
        return tuple(sorted({box for regime in regimes for box in self.boxes.get(regime, ()) if box}))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What counts at one rate, in whole euros."""

    rate: Row
    base: Decimal

    @property
    def reduction(self) -> Decimal:
        return whole_euro(self.base * self.rate.value)


def _by_rate(bases: Amounts, name: str) -> tuple[_Counted, ...]:
    """Bases by period put together where the rate is the same: one line each, rounded once."""
    rates = parameter(f"donations.{name}")
    counted: dict[date, _Counted] = {}
    for period, base in sorted(bases.items()):
        rate = rates.at(period)
        before = counted[rate.start].base if rate.start in counted else ZERO
        counted[rate.start] = _Counted(rate, before + base)
    return tuple(counted.values())


@dataclass(frozen=True, slots=True)
class _Slice:
    """A regime with a rate of its own: what it keeps, and what falls to the general rate."""

    regime: Kind
    counted: tuple[_Counted, ...]
    ceiling: Row
    over: Amounts
    """What is above the ceiling."""
    has_risen: bool
    """The ceiling rose within the year, between two of these gifts."""
    steps: tuple[Step, ...]

    @property
    def excess(self) -> Decimal:
        return sum(self.over.values(), ZERO)


def _raised_slice(regime: Kind, by_period: Amounts) -> _Slice:
    """Apply a regime's rate and ceiling.

    When the ceiling rose within the year (2025), each gift counts within the ceiling in force when it was paid, and all
    of them within the last one: min(min(A, 1 000) + B, 2 000). Each has the rate of its day.
    """
    ceilings = parameter(f"donations.{regime}.ceiling")
    rows = [ceilings.at(period) for period in sorted(by_period)]
    bases: Amounts = {}
    over: Amounts = {}
    for (period, amount), ceiling in zip(sorted(by_period.items()), rows, strict=True):
        given = whole_euro(amount)
        bases[period] = min(given, max(ceiling.value - sum(bases.values(), ZERO), ZERO))
        if given > bases[period]:
            over[period] = given - bases[period]
    counted = _by_rate(bases, f"{regime}.rate")
    steps = [words.raised(regime, one.base, one.rate, rows[-1], one.reduction) for one in counted]
    has_risen = rows[-1].start > rows[0].start
    if has_risen:
        steps.append(words.ceiling_rose(rows[0], rows[-1]))
    steps += [words.excess(one.base, one.rate) for one in _by_rate(over, "general.rate")]
    return _Slice(regime, counted, rows[-1], over, has_risen, tuple(steps))


@dataclass(frozen=True, slots=True)
class _Pot:
    """The gifts at the general rate, after the income cap."""

    last_day: date
    cap: Decimal | None
    counted: tuple[_Counted, ...]
    carried: dict[int, Decimal]
    lost: Decimal
    expired: tuple[int, ...]
    has_gifts: bool
    is_political: bool
    """Only gifts and dues to parties are in it."""
    steps: tuple[Step, ...]

    @property
    def used(self) -> Decimal:
        return sum((one.base for one in self.counted), ZERO)


def _pot(
    sums: _Sums, slices: Iterable[_Slice], year: int, income: Decimal | None, carried: Mapping[int, Decimal]
) -> _Pot:
    """Carried gifts first, the oldest first, then those of the year, up to the cap; what is left is carried on.

    A carried gift has the rate of the year that uses it.
    """
    day = date(year, 12, 31)
    rate = parameter("donations.general.rate").at(day)
    share = parameter("donations.general.income_cap").at(day)
    years = int(parameter("donations.general.carry_years").at(day).value)
    party = parameter("donations.political.ceiling").at(day)
    current, lost = _paid_in_the_year(sums, slices, party.value)
    steps = [words.party_ceiling(party, lost)] if lost else []

    cap = None if income is None else whole_euro(share.value * max(income, ZERO))
    waiting = {old: whole_euro(amount) for old, amount in sorted(carried.items()) if amount > 0}
    expired = tuple(old for old in waiting if old < year - years)
    room = cap
    used: Amounts = {}
    left: dict[int, Decimal] = {}
    of_before = [(old, rate.start, amount) for old, amount in waiting.items() if old not in expired]
    of_the_year = [(year, period, amount) for period, amount in sorted(current.items()) if amount]
    for origin, period, amount in (*of_before, *of_the_year):
        taken = amount if room is None else min(amount, room)
        used[period] = used.get(period, ZERO) + taken
        room = None if room is None else room - taken
        if taken and origin != year:
            steps.append(words.carried_used(taken, origin, rate.source))
        if amount > taken:
            left[origin] = left.get(origin, ZERO) + amount - taken
    counted = _by_rate(used, "general.rate")
    if counted:
        if cap is not None and income is not None:
            steps.append(words.income_cap(cap, share, max(income, ZERO)))
        steps += [words.general(one.base, one.rate, one.reduction) for one in counted]
    too_old = left.pop(year - years, ZERO)
    if too_old:
        steps.append(words.carry_ended(too_old, year - years, rate.source))
    steps += [words.carry(amount, old, old + years, rate.source) for old, amount in left.items()]
    is_political = bool(sums.political) and not sums.general and not of_before and not any(one.over for one in slices)
    return _Pot(day, cap, counted, left, lost + too_old, expired, bool(counted), is_political, tuple(steps))


def _paid_in_the_year(sums: _Sums, slices: Iterable[_Slice], most_to_parties: Decimal) -> tuple[Amounts, Decimal]:
    """The gifts of the year at the general rate, in whole euros, and what is above the ceiling of the parties."""
    current: Amounts = {}
    for period, amount in sums.general.items():
        current[period] = whole_euro(amount)
    room, lost = most_to_parties, ZERO
    for period, amount in sorted(sums.political.items()):
        given = whole_euro(amount)
        taken = min(given, room)
        room, lost = room - taken, lost + given - taken
        current[period] = current.get(period, ZERO) + taken
    for one in slices:
        for period, amount in one.over.items():
            current[period] = current.get(period, ZERO) + amount
    return current, lost


def _raised_parts(one: _Slice, sums: _Sums) -> Iterable[Part]:
    ceiling, boxes = one.ceiling.value, sums.boxes_of(one.regime)
    for counted in one.counted:
        source = later(counted.rate, one.ceiling).source
        yield Part(one.regime, counted.rate.value, ceiling, counted.base, counted.reduction, boxes, source)


def _general_parts(pot: _Pot, sums: _Sums, over: list[Kind]) -> Iterable[Part]:
    """`over`: the regimes whose excess is in it, so that the part says where to write what feeds it."""
    kind, ceiling = Kind.GENERAL, pot.cap
    if pot.is_political:
        kind = Kind.POLITICAL
        most = parameter("donations.political.ceiling").at(pot.last_day).value
        ceiling = most if pot.cap is None else min(most, pot.cap)
    boxes = sums.boxes_of(Kind.GENERAL, Kind.POLITICAL) or sums.boxes_of(*over)
    for counted in pot.counted:
        rate = counted.rate
        yield Part(kind, rate.value, ceiling, counted.base, counted.reduction, boxes, rate.source)


def _entries(sums: _Sums, carried: Mapping[int, Decimal], year: int) -> tuple[Entry, ...]:
    day = date(year, 12, 31)
    form = parameter("donations.form").at(day).text
    other = parameter("donations.form_other").at(day).text
    amounts: dict[str, Decimal] = {}
    for boxes in sums.boxes.values():
        for box, amount in boxes.items():
            if box:
                amounts[box] = amounts.get(box, ZERO) + amount
    elsewhere = {parameter("donations.political.box").at(day).text}
    elsewhere |= {parameter(f"donations.{kind}.box_abroad").at(day).text for kind in ("general", "coluche")}
    entries = [Entry(box, other if box in elsewhere else form, whole_euro(amounts[box])) for box in sorted(amounts)]
    old_boxes = parameter("donations.carried.boxes").at(day).text.split()
    for box, old in zip(old_boxes, range(year - len(old_boxes), year), strict=True):
        if carried.get(old, ZERO) > 0:
            entries.append(Entry(box, other, whole_euro(carried[old])))
    return tuple(entries)


def _warnings(
    gifts: tuple[Gift, ...],
    sums: _Sums,
    slices: list[_Slice],
    pot: _Pot,
    year: int,
    income: Decimal | None,
    tax: Decimal | None,
    total: Decimal,
) -> Iterable[Phrase]:
    if year > known_until("donations").year:
        yield words.year_not_known_yet(year, known_until("donations"))
    else:
        rates = [f"donations.{one.regime}.rate" for one in slices]
        yield from after_what_is_known(pot.last_day, *rates, *(RESTS_ON if pot.has_gifts else ()))
    if tax is None and total:
        yield words.tax_unknown(total)
    elif tax is not None and total and tax <= 0:
        yield words.no_tax()
    elif tax is not None and total and tax < parameter("donations.not_collected").at(pot.last_day).value:
        yield words.under_what_is_collected(parameter("donations.not_collected").at(pot.last_day).value)
    elif tax is not None and tax < total:
        yield words.tax_too_small(total - tax)
    if total:
        yield from _minimum_tax(pot.last_day, income, tax)
    for kind in dict.fromkeys(gift.kind for gift in gifts):
        days = [gift.day for gift in gifts if gift.kind is kind and regime_on(kind, gift.day) is Kind.GENERAL]
        if days and kind is not Kind.GENERAL:
            yield words.not_in_force(kind, max(days), parameter("donations.general.rate").at(max(days)).value)
    if income is None and pot.used:
        share = parameter("donations.general.income_cap").at(pot.last_day)
        yield words.income_unknown(pot.used / share.value, share.value)
    if any(one.has_risen and one.excess for one in slices):
        yield words.ceilings_of_one_year(year)
    if any(one.regime is Kind.CHAMBORD and one.excess for one in slices):
        yield words.chambord_excess()
    boxes = [box_of(regime_on(gift.kind, gift.day), gift) for gift in gifts]
    if None in boxes:
        yield words.box_unknown(year)
    for box in dict.fromkeys(row.text for row in boxes if row and row.source.is_doubtful):
        yield words.box_to_confirm(box, year)
    if any(gift.abroad for gift in gifts):
        yield words.abroad()
    if sum(sums.political.values()) > parameter("donations.political.payment_limit").at(pot.last_day).value:
        yield words.party_payment(parameter("donations.political.payment_limit").at(pot.last_day).value)
    for old in pot.expired:
        yield words.carry_too_old(old)


def _minimum_tax(day: date, income: Decimal | None, tax: Decimal | None) -> Iterable[Phrase]:
    """High incomes: whether the minimum tax takes the reduction back is told, never computed.

    The reference income is not known here: the taxable income, or else the tax, says that it may be that high.
    """
    row = parameter("donations.minimum_tax").on(day)
    if row is None:
        return
    if (income is not None and income > row["alone"]) or (
        income is None and tax is not None and tax > row["alone"] * row["rate"]
    ):
        yield words.minimum_tax(row)
