"""What is told next of gifts: added, varied, taken back; pure, gifts in and gifts out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.questions.gifts import Gifts, GiftsTold, GiftTold
from bot.questions.kind import Answer, Said
from handlers.shared.payments import payments_of
from handlers.shared.told_gifts import first_told, told_next, total

TODAY = date(2026, 11, 22)


def gift(amount: int | str, to: str = "", **more: Any) -> GiftTold:
    return GiftTold(amount=Decimal(amount), to=to, **more)


def about(**more: Any) -> GiftsTold:
    return GiftsTold(about=GiftTold(**more))


RESTOS, SPA = gift(300, "Restos du Cœur"), gift(100, "SPA")


@pytest.mark.parametrize(
    ("words", "kept", "told", "how", "after"),
    [
        ("non, 60", (RESTOS,), GiftsTold([gift(60)]), {"takes_back": True}, (gift(60, "Restos du Cœur"),)),
        ("et 500 ?", (RESTOS,), GiftsTold([gift(500)]), {"asks": True}, (gift(500, "Restos du Cœur"),)),
        ("et 100 à la SPA", (RESTOS,), GiftsTold([SPA]), {}, (RESTOS, SPA)),
        ("et 100 à la SPA ?", (RESTOS,), GiftsTold([SPA]), {"asks": True}, (SPA,)),
        ("100 à la SPA aussi", (RESTOS,), GiftsTold([SPA]), {"adds": True}, (RESTOS, SPA)),
        ("et pour la SPA ?", (RESTOS,), about(to="SPA"), {"asks": True}, (gift(300, "SPA"),)),
        ("et à la SPA aussi", (RESTOS,), about(to="SPA"), {"adds": True}, (RESTOS, gift(300, "SPA"))),
        ("sans la SPA", (RESTOS, SPA), GiftsTold(without=["SPA"]), {}, (RESTOS,)),
        ("par mois", (SPA,), about(every="monthly"), {}, (gift(100, "SPA", every="monthly"),)),
        ("en une fois", (gift(100, every="monthly"),), about(every="once"), {}, (gift(100),)),
        ("mon mari, pas moi", (SPA,), about(by="spouse"), {"takes_back": True}, (gift(100, "SPA", by="spouse"),)),
        ("et ma femme ?", (SPA,), about(by="spouse"), {"asks": True}, (SPA, gift(100, "SPA", by="spouse"))),
        ("ma sœur pareil", (SPA,), about(by="other"), {"same": True}, (gift(100, "SPA", by="other"),)),
        ("non, 500 aux restos", (RESTOS, SPA), GiftsTold([gift(500, RESTOS.to)]), {}, (gift(500, RESTOS.to), SPA)),
        ("non, 60", (RESTOS, SPA), GiftsTold([gift(60)]), {"takes_back": True}, (RESTOS, gift(60, "SPA"))),
        ("plutôt 200 à MSF", (RESTOS, SPA), GiftsTold([gift(200, "MSF")]), {"takes_back": True}, (gift(200, "MSF"),)),
        ("le samedi", (SPA,), GiftsTold(), {}, None),
    ],
)
def test_what_is_told_next(words: str, kept: Any, told: GiftsTold, how: dict[str, bool], after: Any) -> None:
    assert told_next(kept, told, words, **how) == after


def test_half_of_it_goes_into_the_next_year() -> None:
    january = {"since": date(2027, 1, 1), "until": date(2027, 1, 31)}
    halves = told_next((gift(9_000, "WWF"),), GiftsTold(half=GiftTold(**january)), "la moitié en janvier")
    assert halves == (gift(4_500, "WWF"), gift(4_500, "WWF", **january))


def test_a_whole_year_takes_the_place_of_the_year_only() -> None:
    march = gift(100, since=date(2025, 3, 1), until=date(2025, 3, 31))
    told = about(since=date(2024, 1, 1), until=date(2024, 12, 31))
    assert told_next((march,), told, "et en 2024 ?") == (gift(100, since=date(2024, 3, 1), until=date(2024, 3, 31)),)


def test_a_button_and_a_link_carry_a_gift_too() -> None:
    assert first_told({"amount": "300", "organisation": "SPA"}) == (gift(300, "SPA"),)
    assert first_told({"amount": "300", "period": "monthly"}) == (gift(300, every="monthly"),)
    for wrong in ("-5", "many", "NaN", None):
        assert first_told({"amount": wrong}) == ()
    assert first_told({"gifts": "of another version"}) == first_told({"gifts": [{"amount": "x"}]}) == ()


def test_what_is_kept_can_be_read_again() -> None:
    gifts = (RESTOS, gift("12.50", every="weekly", by="spouse", called="ma femme", since=TODAY))
    kind = Gifts()
    assert kind.load(kind.dump(gifts)) == gifts
    assert kind.from_slot(kind.dump(gifts)) == Answer(gifts)
    assert kind.read(Said("50 € à la SPA et 30 à la LPO", "fr", TODAY)) == Answer((gift(50, "SPA"), gift(30, "LPO")))
    assert kind.read(Said("le samedi", "fr", TODAY)) is None
    for wrong in (None, "x", [{"amount": "x"}], 7):
        with pytest.raises(ValueError, match="no gifts"):
            kind.load(wrong)


@pytest.mark.parametrize(
    ("told", "number", "in_all"),
    [
        (gift(100), 1, 100),
        (gift(20, every="monthly"), 12, 240),
        (gift(20, every="monthly", count=6), 6, 120),
        (gift(20, every="monthly", since=date(2026, 9, 1)), 4, 80),
        (gift(20, every="monthly", since=date(2026, 3, 1), until=date(2026, 6, 30)), 4, 80),
        (gift(90, every="quarterly"), 4, 360),
        (gift(5, every="weekly"), 52, 260),
        (gift(1, every="daily"), 365, 365),
    ],
)
def test_a_gift_that_comes_back_is_paid_through_its_year(told: GiftTold, number: int, in_all: int) -> None:
    payments = list(payments_of(told, TODAY))
    assert (len(payments), sum(payment.amount for payment in payments)) == (number, in_all)
    assert {payment.first.year for payment in payments} == {2026}


def test_a_gift_of_this_year_is_paid_today_and_one_of_a_past_year_on_some_day_of_it() -> None:
    this_year = gift(100, since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert [(one.first, one.last) for one in payments_of(this_year, TODAY)] == [(TODAY, TODAY)]
    past = gift(100, since=date(2025, 1, 1), until=date(2025, 12, 31))
    assert [(one.first, one.last) for one in payments_of(past, TODAY)] == [(date(2025, 1, 1), date(2025, 12, 31))]


def test_totals_count_each_sum_once() -> None:
    assert total((RESTOS, SPA)) == 400
