"""The result of an estimate as a picture: what comes back, what it costs, the ceiling, the years to come.

One SVG serves everywhere, as it is on a page and as a PNG in a chat. It stands on its own light ground, so it reads in
a dark chat too; its parts differ by pattern as well as by colour. `alt` says the same in words and is always there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Literal
from zlib import crc32

from bot.documents.drawing import DOTS, Canvas, png, wrapped
from bot.documents.text import plain_text
from bot.phrase import Phrase, _

__all__ = ["Card", "Gauge", "Share", "Tone", "company_card", "gift_card", "rest_days_card"]

Tone = Literal["back", "later", "cost"]
FILLS: Mapping[Tone, str] = {"back": "#0072B2", "later": "url(#dots)", "cost": "url(#hatch)"}

WIDTH = 840
PADDING = 44
INSIDE = WIDTH - 2 * PADDING
GROUND = "#FBFAF6"
INK = "#1D2733"
SOFT = "#55606D"
TRACK = "#E4E2DA"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of what is given, in euros."""

    label: Phrase
    amount: Decimal
    tone: Tone


@dataclass(frozen=True, slots=True)
class Gauge:
    """A ceiling in euros and where one stands under it; `told` says it in a sentence."""

    label: Phrase
    used: Decimal
    limit: Decimal
    told: Phrase


@dataclass(frozen=True, slots=True)
class Card:
    """A picture to be drawn in `language`. `shares` add up to what is given; `carried` is by year of the gifts."""

    title: Phrase
    shares: tuple[Share, ...]
    language: str
    gauge: Gauge | None = None
    carried: Mapping[int, Decimal] | None = None
    carried_years: int = 0
    """How many following years what is carried can be used."""
    source: str = ""

    @property
    def alt(self) -> str:
        """The card in words."""
        told = [self._say(_("{title}.", title=self.title))]
        told += [
            self._say(_("{amount:money}: {label}.", amount=share.amount, label=share.label)) for share in self.shares
        ]
        if self.gauge is not None:
            told.append(self._say(self.gauge.told))
        told += [self._say(phrase) for phrase in self._carried()]
        return " ".join(told)

    def svg(self) -> str:
        """The card as an SVG."""
        alt = self.alt
        canvas = Canvas(WIDTH, GROUND, PADDING, name=f"card{crc32(alt.encode()):08x}")
        title = wrapped(self._say(self.title), 34, INSIDE, bold=True, most=2)
        canvas.lines(PADDING, title, size=34, fill=INK, bold=True)
        self._draw_shares(canvas)
        if self.gauge is not None:
            self._draw_gauge(canvas, self.gauge)
        self._draw_carried(canvas)
        if self.source:
            canvas.y += 18
            canvas.lines(PADDING, wrapped(self.source, 17, INSIDE, most=2), size=17, fill=SOFT)
        return canvas.svg(self._say(self.title), alt)

    def png(self, width: int = 1260) -> bytes:
        """The card as a PNG, `width` pixels wide."""
        return png(self.svg(), width=width, background=GROUND)

    def _say(self, phrase: Phrase) -> str:
        return plain_text(phrase, self.language)

    def _money(self, amount: Decimal) -> str:
        return self._say(_("{amount:money}", amount=amount))

    def _draw_shares(self, canvas: Canvas) -> None:
        shown = [one for one in self.shares if one.amount > 0]
        total = sum((one.amount for one in shown), Decimal(0))
        canvas.y += 20
        if total:
            parts = [(float(one.amount / total), FILLS[one.tone]) for one in shown]
            canvas.bar(PADDING, canvas.y, INSIDE, 66, parts)
            canvas.y += 66
        canvas.y += 20
        column = INSIDE / max(len(self.shares), 1)
        top, lowest = canvas.y, canvas.y
        for number, one in enumerate(self.shares):
            x = PADDING + number * column
            canvas.y = top
            canvas.box(x, top + 12, 22, 22, FILLS[one.tone], 5)
            canvas.lines(x + 34, [self._money(one.amount)], size=36, fill=INK, bold=True)
            label = wrapped(self._say(one.label), 20, column - 46, most=3)
            canvas.lines(x + 34, label, size=20, fill=SOFT)
            lowest = max(lowest, canvas.y)
        canvas.y = lowest

    def _draw_gauge(self, canvas: Canvas, gauge: Gauge) -> None:
        canvas.y += 30
        canvas.lines(PADDING, wrapped(self._say(gauge.label), 20, INSIDE, bold=True), size=20, fill=INK, bold=True)
        canvas.y += 10
        share = float(min(gauge.used / gauge.limit, Decimal(1))) if gauge.limit else 1.0
        parts = [(share, FILLS["back"]), (1 - share, TRACK)]
        canvas.bar(PADDING, canvas.y, INSIDE, 26, [part for part in parts if part[0] > 0])
        canvas.y += 34
        canvas.lines(PADDING, wrapped(self._say(gauge.told), 20, INSIDE), size=20, fill=SOFT)

    def _carried(self) -> list[Phrase]:
        return [
            _(
                "{amount:money} given in {year} can still be used until {last}.",
                amount=amount,
                year=str(year),
                last=str(year + self.carried_years),
            )
            for year, amount in sorted((self.carried or {}).items())
        ]

    def _draw_carried(self, canvas: Canvas) -> None:
        carried = dict(sorted((self.carried or {}).items()))
        if not carried:
            return
        canvas.y += 30
        title = self._say(_("For the following years"))
        canvas.lines(PADDING, wrapped(title, 20, INSIDE, bold=True), size=20, fill=INK, bold=True)
        most = max(carried.values())
        for amount, phrase in zip(carried.values(), self._carried(), strict=True):
            canvas.y = ceil((canvas.y + 8) / DOTS) * DOTS
            canvas.box(PADDING, canvas.y, max(float(amount / most) * INSIDE, DOTS), DOTS, FILLS["later"], 4)
            canvas.y += DOTS + 4
            canvas.lines(PADDING, wrapped(self._say(phrase), 20, INSIDE), size=20, fill=SOFT)


def gift_card(
    title: Phrase,
    *,
    back: Decimal,
    cost: Decimal,
    language: str,
    gauge: Gauge | None = None,
    source: str = "",
) -> Card:
    """A gift by a person: what comes back with the tax, and what it really costs."""
    shares = (Share(_("comes back to you"), back, "back"), Share(_("what it really costs you"), cost, "cost"))
    return Card(title, shares, language, gauge, source=source)


def company_card(
    title: Phrase,
    *,
    given: Decimal,
    reduction: Decimal,
    counted: Decimal,
    ceiling: Decimal,
    language: str,
    unused: Decimal | None = None,
    carried: Mapping[int, Decimal] | None = None,
    carried_years: int = 0,
    source: str = "",
) -> Card:
    """The gifts of a company's year: `counted` is what fits under `ceiling`, `unused` the reduction that waits."""
    later = unused or Decimal(0)
    shares = [Share(_("off this year's tax"), reduction - later, "back")]
    if later:
        shares.append(Share(_("off the tax of the following years"), later, "later"))
    shares.append(Share(_("what it really costs the company"), max(given - reduction, Decimal(0)), "cost"))
    told = (
        _("The ceiling is reached: what is above it waits for the following years.")
        if counted >= ceiling
        else _("{left:money} can still be given this year under the ceiling.", left=ceiling - counted)
    )
    label = _("Ceiling of the year: {counted:money} of {ceiling:money}", counted=counted, ceiling=ceiling)
    gauge = Gauge(label, counted, ceiling, told)
    return Card(title, tuple(shares), language, gauge, carried, carried_years, source)


def rest_days_card(
    title: Phrase, *, value: Decimal, days: Decimal, limit: Decimal, language: str, source: str = ""
) -> Card:
    """Rest days given to an association: what it receives, and where one stands in the days of the year."""
    told = _("{days:number} of the {limit:number} working days that can be given in a year.", days=days, limit=limit)
    gauge = Gauge(_("Your days"), days, limit, told)
    shares = (Share(_("gross, paid by your employer to the association"), value, "back"),)
    return Card(title, shares, language, gauge, source=source)
