"""Gifts by individuals: the reduction of the income tax (CGI art. 200), income years 2018 and after.

Everything is per tax household and calendar year of payment. Amounts are euros; bases and reductions are whole euros,
as on the return. It is a reduction, not a credit: what exceeds the tax is lost. The figures come from
`data/law/donations.toml`; the order of the operations is that of the administration's own calculator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from bot.phrase import Phrase
from bot.rules import donation_words as words
from bot.rules.gifts import Gift, Kind, box_of, is_known_year, regime_on
from bot.rules.parameters import Row, known_from, known_until, parameter
from bot.rules.result import Source, Step, whole_euro

__all__ = ["Entry", "Gift", "Kind", "Part", "Reduction", "income_tax_reduction", "is_known_year", "regime_on"]

ZERO = Decimal(0)
ORDER = {kind: index for index, kind in enumerate(Kind)}
"""Gifts are taken in this order, whatever the order in which they are told."""

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
    """What really comes back: the reduction, or the tax if it is smaller. None when the tax is not known."""
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
        return ZERO if self.gain is None else self.reduction - self.gain


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
    slices = [_raised_slice(regime, by_row) for regime, by_row in sums.raised.items()]
    pot = _pot(sums, sum((one.excess for one in slices), ZERO), year, income, carried)
    parts = [_raised_part(one, sums) for one in slices]
    steps = [step for one in slices for step in one.steps]
    if pot.has_gifts:
        parts.append(_general_part(pot, sums, [one.regime for one in slices if one.excess]))
    steps += pot.steps

    total = sum((part.reduction for part in parts), ZERO)
    gain = None if tax is None else min(total, max(tax, ZERO))
    law_of_year = parameter("donations.general.rate").at(pot.last_day).source
    steps.append(words.total(total, law_of_year))
    if gain is not None and gain < total:
        steps.append(words.limited_by_tax(gain, total - gain, law_of_year))
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


@dataclass(slots=True)
class _Sums:
    """The gifts of a year put in their regimes. Sums are in cents until a regime's total is rounded."""

    general: Decimal = ZERO
    political: Decimal = ZERO
    raised: dict[Kind, dict[date, Decimal]] = field(default_factory=dict)
    """The 75 % regimes, and inside each the gifts by the row of the ceiling in force when they were paid."""
    boxes: dict[Kind, dict[str | None, Decimal]] = field(default_factory=dict)

    @classmethod
    def of(cls, gifts: Iterable[Gift]) -> _Sums:
        sums = cls()
        for gift in gifts:
            regime = regime_on(gift.kind, gift.day)
            if regime is Kind.GENERAL:
                sums.general += gift.amount
            elif regime is Kind.POLITICAL:
                sums.political += gift.amount
            else:
                start = parameter(f"donations.{regime}.ceiling").at(gift.day).start
                by_row = sums.raised.setdefault(regime, {})
                by_row[start] = by_row.get(start, ZERO) + gift.amount
            boxes = sums.boxes.setdefault(regime, {})
            row = box_of(regime, gift)
            box = row.text if row else None
            boxes[box] = boxes.get(box, ZERO) + gift.amount
        return sums

    def boxes_of(self, *regimes: Kind) -> tuple[str, ...]:
        return tuple(sorted({box for regime in regimes for box in self.boxes.get(regime, ()) if box}))


@dataclass(frozen=True, slots=True)
class _Slice:
    """A 75 % regime: what it keeps, and what falls to the general rate."""

    regime: Kind
    rate: Decimal
    ceiling: Row
    base: Decimal
    excess: Decimal
    has_risen: bool
    """The ceiling rose within the year, between two of these gifts."""
    steps: tuple[Step, ...]

    @property
    def reduction(self) -> Decimal:
        return whole_euro(self.base * self.rate)


def _raised_slice(regime: Kind, by_row: Mapping[date, Decimal]) -> _Slice:
    """Apply a regime's ceiling. When the ceiling rose within the year (2025), each gift counts within the ceiling in
    force when it was paid, and all of them within the last one: min(min(A, 1 000) + B, 2 000)."""
    ceilings = parameter(f"donations.{regime}.ceiling")
    base = given = ZERO
    for start in sorted(by_row):
        amount = whole_euro(by_row[start])
        given += amount
        base = min(base + amount, ceilings.at(start).value)
    rows = [ceilings.at(start) for start in sorted(by_row)]
    rate = parameter(f"donations.{regime}.rate").at(rows[-1].start)
    reduction = whole_euro(base * rate.value)
    steps = [words.raised(regime, base, rate.value, rows[-1], reduction)]
    if len(rows) > 1:
        steps.append(words.ceiling_rose(rows[0], rows[-1]))
    if given > base:
        steps.append(words.excess(given - base, parameter("donations.general.rate").at(rows[-1].start)))
    return _Slice(regime, rate.value, rows[-1], base, given - base, len(rows) > 1, tuple(steps))


@dataclass(frozen=True, slots=True)
class _Pot:
    """The gifts at the general rate, after the income cap."""

    last_day: date
    cap: Decimal | None
    used: Decimal
    reduction: Decimal
    carried: dict[int, Decimal]
    lost: Decimal
    expired: tuple[int, ...]
    has_gifts: bool
    is_political: bool
    """Only gifts and dues to parties are in it."""
    steps: tuple[Step, ...]


def _pot(sums: _Sums, excess: Decimal, year: int, income: Decimal | None, carried: Mapping[int, Decimal]) -> _Pot:
    """Carried gifts first, the oldest first, then those of the year, up to the cap; what is left is carried on."""
    day = date(year, 12, 31)
    rate = parameter("donations.general.rate").at(day)
    share = parameter("donations.general.income_cap").at(day)
    years = int(parameter("donations.general.carry_years").at(day).value)
    party = parameter("donations.political.ceiling").at(day)
    political = whole_euro(sums.political)
    current = whole_euro(sums.general) + min(political, party.value) + excess
    steps: list[Step] = []
    lost = ZERO
    if political > party.value:
        lost += political - party.value
        steps.append(words.party_ceiling(party, lost))

    cap = None if income is None else whole_euro(share.value * max(income, ZERO))
    waiting = {old: whole_euro(amount) for old, amount in sorted(carried.items()) if amount > 0}
    expired = tuple(old for old in waiting if old < year - years)
    room = cap
    used = ZERO
    left: dict[int, Decimal] = {}
    for old, amount in (*waiting.items(), (year, current)):
        if old in expired or not amount:
            continue
        taken = amount if room is None else min(amount, room)
        used += taken
        room = None if room is None else room - taken
        if taken and old != year:
            steps.append(words.carried_used(taken, old, rate.source))
        if amount > taken:
            left[old] = amount - taken
    has_gifts = bool(current or used or left)
    if has_gifts:
        reduction = whole_euro(used * rate.value)
        if cap is not None and income is not None:
            steps.append(words.income_cap(cap, share, max(income, ZERO)))
        steps.append(words.general(used, rate, reduction))
    else:
        reduction = ZERO
    too_old = left.pop(year - years, ZERO)
    if too_old:
        steps.append(words.carry_ended(too_old, year - years, rate.source))
    steps += [words.carry(amount, old, old + years, rate.source) for old, amount in left.items()]
    is_political = bool(political) and not sums.general and not excess and len(waiting) == len(expired)
    return _Pot(day, cap, used, reduction, left, lost + too_old, expired, has_gifts, is_political, tuple(steps))


def _raised_part(one: _Slice, sums: _Sums) -> Part:
    ceiling, boxes = one.ceiling.value, sums.boxes_of(one.regime)
    return Part(one.regime, one.rate, ceiling, one.base, one.reduction, boxes, one.ceiling.source)


def _general_part(pot: _Pot, sums: _Sums, over: list[Kind]) -> Part:
    """`over`: the 75 % regimes whose excess is in it, so that the part says where to write what feeds it."""
    rate = parameter("donations.general.rate").at(pot.last_day)
    kind, ceiling = Kind.GENERAL, pot.cap
    if pot.is_political:
        kind = Kind.POLITICAL
        most = parameter("donations.political.ceiling").at(pot.last_day).value
        ceiling = most if pot.cap is None else min(most, pot.cap)
    boxes = sums.boxes_of(Kind.GENERAL, Kind.POLITICAL) or sums.boxes_of(*over)
    return Part(kind, rate.value, ceiling, pot.used, pot.reduction, boxes, rate.source)


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
    if tax is None and total:
        yield words.tax_unknown(total)
    elif tax is not None and total and tax <= 0:
        yield words.no_tax()
    elif tax is not None and tax < total:
        yield words.tax_too_small(total - tax)
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
    if sums.political > parameter("donations.political.payment_limit").at(pot.last_day).value:
        yield words.party_payment(parameter("donations.political.payment_limit").at(pot.last_day).value)
    for old in pot.expired:
        yield words.carry_too_old(old)
