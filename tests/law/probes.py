"""Everything that rests on the law, asked for a year: the estimates, what cards tell, and the figures of the pages.

A probe answers with plain values and English sentences, so that two laws can be compared by what people would read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from bot.dialogue.pages import leaves
from bot.estimate import answer
from bot.i18n import text_of
from bot.phrase import Phrase
from bot.resources import LOCALE
from bot.rules.calendar_of_money import calendar_of_money
from bot.rules.gifts import Kind
from bot.rules.giving import gift_for_cost, largest_rewarded_gift
from bot.rules.leaves import LEAVES, engagement_right, leave
from bot.rules.patronage import CompanyGift, patronage
from bot.rules.patronage_duties import association_duties, counterpart_of_a_person, gift_in_kind
from bot.rules.rest_days import rest_day_limits
from bot.rules.rest_days_colleagues import SITUATIONS, colleague_gift
from bot.rules.result import Source
from bot.rules.skills_law import legal_checks, public_agent_loan
from bot.rules.training_account import hours_of_the_moment
from bot.rules.wealth import Body
from handlers.alliance.law import compared

__all__ = ["PROBES", "Probe"]


@dataclasses.dataclass(frozen=True)
class Probe:
    """`ask(year)` is what is told in that year.

    `looks_ahead`, `looks_back`: it speaks of the years after or before too, under their own law.
    """

    name: str
    ask: Callable[[int], Any]
    looks_ahead: bool = False
    looks_back: bool = False

    def __str__(self) -> str:
        return self.name


def plain(value: Any) -> Any:
    """What a person would read of a result: sentences in English, and values."""
    match value:
        case Phrase():
            return text_of(value, "en")
        case Source():
            return value.reference
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _ if dataclasses.is_dataclass(value):
            return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case _:
            return value


def estimates(name: str, *questions: Callable[[int], Mapping[str, Any]]) -> Callable[[int], Any]:
    def ask(year: int) -> list[Any]:
        answers = [answer(name, dict(question(year)), "en") for question in questions]
        assert not [one for one in answers if "error" in one], answers
        return answers

    return ask


def gifts(*paid: tuple[str, int], income: int | None = None, tax: int | None = None, abroad: bool = False) -> Any:
    return lambda year: {
        "year": year,
        "gifts": [
            {"kind": kind, "amount": amount, "date": f"{year}-03-02", "foreign": abroad} for kind, amount in paid
        ],
        "income": income,
        "tax": tax,
        "carried": {str(year - back): 100 * back for back in range(1, 7)},
    }


def trips(vehicle: str, power: int | None, *distances: int) -> list[Any]:
    return [
        lambda year, km=km: {"year": year, "km": km, "vehicle": vehicle, "power": power, "electric": True, "tolls": 10}
        for km in distances
    ]


def company(*given: tuple[str, int], turnover: int, regime: str = "is", tax: int = 1_000) -> Any:
    return lambda year: {
        "closes_on": f"{year}-12-31",
        "turnover": turnover,
        "regime": regime,
        "gifts": [{"kind": kind, "amount": amount, "counterpart": amount // 5} for kind, amount in given],
        "carried": {str(year - back): 500 for back in range(1, 8)},
        "unused_carried": {str(year - back): 50 for back in range(1, 8)},
        "tax": tax,
    }


def days(number: int, kind: str = "rtt", **more: Any) -> Any:
    return lambda year: {"days": number, "kind": kind, "agreed_on": f"{year}-05-04", **more}


def loan(**more: Any) -> Any:
    return lambda year: {"month": f"{year}-03", "months": 2, "turnover": 9_000_000, **more}


def told(*results: Callable[[int], Any]) -> Callable[[int], Any]:
    return lambda year: [plain(result(year)) for result in results]


def middle(year: int) -> date:
    return date(year, 6, 1)


def per_month(amount: int, **more: Any) -> dict[str, Any]:
    return {"pay": {"amount": amount, "per": "month", **more}}


def probes() -> Iterator[Probe]:
    for kind in Kind:
        if kind is not Kind.POLITICAL:
            yield Probe(
                f"gift: {kind}",
                estimates(
                    "donation",
                    gifts((kind, 800), (kind, 2_500), income=60_000, tax=9_000),
                    gifts((kind, 90_000), income=60_000, tax=9_000),
                    gifts((kind, 800), abroad=True),
                ),
            )
    yield Probe("gift: political", estimates("donation", gifts(("political", 16_000), income=300_000)))
    yield Probe("gift: small taxes", estimates("donation", *(gifts(("general", 100), tax=tax) for tax in (50, 100))))
    yield Probe("gift: high tax", estimates("donation", gifts(("general", 5_000), tax=60_000)))
    yield Probe(
        "how much to give",
        told(
            *(lambda year, kind=kind: gift_for_cost(kind, middle(year), Decimal(9_000)) for kind in Kind),
            *(lambda year, kind=kind: largest_rewarded_gift(kind, middle(year), tax=Decimal(20_000)) for kind in Kind),
            lambda year: largest_rewarded_gift(Kind.GENERAL, middle(year), tax=Decimal(20_000), income=Decimal(30_000)),
            lambda year: largest_rewarded_gift(Kind.GENERAL, middle(year), tax=Decimal(62)),
        ),
    )
    yield Probe(
        "when the money comes back",
        told(
            lambda year: calendar_of_money(middle(year)),
            lambda year: calendar_of_money(middle(year), reduction=Decimal(225)),
            lambda year: calendar_of_money(middle(year), reduction=Decimal(2)),
        ),
        looks_ahead=True,
    )
    for vehicle, powers, distances in (
        ("car", (3, 4, 5, 6, 7), (4_000, 9_000, 30_000)),
        ("motorcycle", (1, 3, 6), (2_000, 5_000, 9_000)),
        ("moped", (None,), (2_000, 5_000, 9_000)),
    ):
        for power in powers:
            yield Probe(f"expenses: {vehicle} {power}", estimates("expenses", *trips(vehicle, power, *distances)))
    yield Probe(
        "company",
        estimates(
            "company",
            company(("ordinary", 6_000), turnover=850_000),
            company(("ordinary", 38_000), turnover=100_000),
            company(("ordinary", 6_000), turnover=850_000, tax=9_000),
            company(("ordinary", 6_000), turnover=850_000, regime="ir"),
            company(("ordinary", 6_000), turnover=850_000, regime="micro"),
            company(("ordinary", 3_000_000), ("difficulty", 400_000), turnover=900_000_000),
        ),
    )
    yield Probe(
        "company: duties, goods, receivers",
        told(
            lambda year: patronage([CompanyGift(Decimal(30_000))], closes_on=date(year, 12, 31), turnover=Decimal(0)),
            lambda year: gift_in_kind("stock", Decimal(100), closes_on=date(year, 12, 31)),
            lambda year: gift_in_kind("fixed_asset", Decimal(100), closes_on=date(year, 12, 31)),
            lambda year: association_duties(date(year, 12, 31)),
            lambda year: counterpart_of_a_person(Decimal(400), Decimal(70), on=middle(year)),
            lambda year: counterpart_of_a_person(Decimal(40), Decimal(10), on=middle(year)),
        ),
    )
    yield Probe(
        "rest days",
        estimates(
            "rest-days",
            days(5, **per_month(2_600)),
            days(2, **per_month(2_600, days_per_week=4)),
            days(2, pay={"amount": 14.2, "per": "hour", "hours_per_day": 7}),
            days(2, pay={"amount": 150, "per": "day"}),
            days(2, pay={"amount": 31_000, "per": "year"}),
            days(2, pay={"amount": 52_000, "per": "year", "forfait_days": 218}),
            days(2, pay={"amount": 52_000, "per": "year", "days_worked": 210}),
            days(5, "annual_leave", leave_entitlement=29, **per_month(2_450, reference_year=33_000)),
            days(5, "annual_leave", leave_entitlement=26, **per_month(2_450)),
            days(2, body="other"),
            days(2, body="endowment_fund"),
            days(2, public_agent=True),
            days(1, given_this_year=3),
        ),
    )
    yield Probe("rest days: limits", told(lambda year: rest_day_limits(middle(year))))
    for situation in SITUATIONS:
        for sector in ("private", "public"):
            yield Probe(
                f"rest days to a colleague: {situation}, {sector}",
                told(lambda year, why=situation, sector=sector: colleague_gift(why, sector, on=middle(year))),
                looks_back=situation == "volunteer",
            )
    yield Probe(
        "skills",
        estimates(
            "skills",
            loan(monthly_cost=16_400, headcount=6),
            loan(monthly_cost=16_400, share=0.5, headcount=6),
            loan(gross_monthly=3_000, headcount=6),
            loan(monthly_cost=3_000, headcount=6, borrower="young_company"),
            loan(monthly_cost=3_000, headcount=6_000, borrower="sme"),
            loan(monthly_cost=3_000, borrower="group"),
            loan(monthly_cost=3_000, borrower="other"),
            loan(service={"hours": 35, "hourly_cost": 380, "direct_costs": 90}),
        ),
    )
    yield Probe(
        "skills: what to check",
        told(
            lambda year: legal_checks("loan", on=middle(year)),
            lambda year: legal_checks("service", on=middle(year)),
        ),
    )
    yield Probe(
        "skills: over several years", estimates("skills", loan(monthly_cost=16_400, months=36)), looks_ahead=True
    )
    yield Probe(
        "skills: public agents, on trial until a day",
        told(lambda year: public_agent_loan(middle(year), inhabitants=5_000)),
        looks_ahead=True,
    )
    yield Probe(
        "wealth",
        estimates(
            "wealth",
            *(
                lambda year, body=body: {"year": year, "amount": 90_000, "body": body, "tax": 60_000}
                for body in get_args(Body) or tuple(Body)
            ),
        ),
    )
    for name in LEAVES:
        yield Probe(
            f"leave: {name}",
            told(
                lambda year, name=name: leave(name, on=middle(year)),
                lambda year, name=name: leave(name, on=middle(year), headcount=20),
                lambda year, name=name: engagement_right(
                    on=middle(year), association_years=Decimal(1), is_leader=True, all_general_interest=True
                ),
            ),
        )
    yield Probe("training rights", told(lambda year: hours_of_the_moment(middle(year))), looks_ahead=True)
    yield Probe("comparison", told(lambda year: compared(middle(year), Decimal(50), Decimal(5))))
    for language, page, text in pages():
        yield Probe(
            f"page: {language}/{page}",
            told(lambda year, page=page, language=language: leaves_of(page, language, middle(year))),
            looks_ahead="@to" in text,
            looks_back="@previous" in text,
        )


def pages() -> Iterator[tuple[str, str, str]]:
    """The pages that speak of the law, in each language."""
    for path in sorted(LOCALE.glob("*/pages/*.md")):
        text = path.read_text(encoding="utf-8")
        if "{" in text:
            yield path.parent.parent.name, path.stem, text


def leaves_of(page: str, language: str, day: date) -> list[str]:
    return [str(leaf) for leaf in leaves(page, language, day, **compared(day, Decimal(50), Decimal(5)))]


PROBES = tuple(probes())
