"""Whatever the figure, its noun decides: ages, counts, ranks, rates and people are no gifts, sums told in parts are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.gifts import gifts_in
from bot.understanding.hearing import Context
from bot.understanding.numbers.figures import read_amounts
from bot.understanding.pay import read_figure
from bot.understanding.sentence import Sentence

TODAY = date(2026, 11, 30)

COUNTED = [
    ("fr", "j'ai {n} ans et du temps libre"),
    ("fr", "nous sommes {n} à vouloir aider"),
    ("fr", "on est {n} dans l'équipe"),
    ("fr", "je suis à ma {n}e semaine"),
    ("fr", "un village de {n} habitants"),
    ("fr", "à {n} % de réduction"),
    ("fr", "dans {n} jours"),
    ("fr", "à {n} km d'ici"),
    ("en", "I am {n} and retired"),
    ("en", "we are {n} colleagues"),
    ("en", "there are {n} of us"),
    ("en", "a town of {n} inhabitants"),
    ("en", "my {n}th week"),
    ("en", "in {n} days"),
]


@given(st.sampled_from(COUNTED), st.integers(4, 98), st.sampled_from([None, Context.GIFT, Context.PATRONAGE]))
def test_what_is_counted_is_never_given(said: tuple[str, str], number: int, context: Context | None) -> None:
    language, text = said
    assert read_amounts(text.format(n=number), language, TODAY, context) == []


@pytest.mark.parametrize("why", ["pourquoi", "pq", "pk", "why"])
@pytest.mark.parametrize("rate", [60, 66, 75])
def test_a_rate_that_is_wondered_at_is_no_gift(why: str, rate: int) -> None:
    language = "en" if why == "why" else "fr"
    assert read_amounts(f"{why} {rate} ?", language, TODAY, Context.GIFT) == []


@given(
    st.integers(2, 9), st.integers(10, 900), st.sampled_from(["{n} × {sum} € à la SPA", "{n} fois {sum} € à la SPA"])
)
def test_so_many_times_a_sum_is_their_product(times: int, each: int, text: str) -> None:
    told = gifts_in(Sentence(text.format(n=times, sum=each)), "fr", TODAY, Context.GIFT)
    assert told is not None
    assert [gift.amount for gift in told.gifts] == [Decimal(times * each)]


@given(
    st.integers(1, 400), st.sampled_from([("fr", "{n} € moitié MSF, moitié LPO"), ("en", "{n} € half MSF half LPO")])
)
def test_halves_are_halves(half: int, said: tuple[str, str]) -> None:
    language, text = said
    told = gifts_in(Sentence(text.format(n=2 * half)), language, TODAY, Context.GIFT)
    assert told is not None
    assert [gift.amount for gift in told.gifts] == [Decimal(half)] * 2


@given(st.decimals(Decimal("0.1"), Decimal(90), places=1))
def test_a_turnover_in_millions_is_the_turnover(millions: Decimal) -> None:
    said = str(millions).replace(".", ",")
    for text in (f"CA {said} million", f"notre chiffre d'affaires est de {said} M€"):
        assert read_figure(Sentence(text), "turnover", "fr", TODAY, Context.PATRONAGE) == millions * 1_000_000
        assert read_amounts(text, "fr", TODAY, Context.PATRONAGE) == []


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("800 le 10 mars et 900 le 20 novembre", "fr", ["2026-03-10", "2026-11-20"]),
        ("300 € le 5 janvier et 200 € le 14 octobre à la SPA", "fr", ["2026-01-05", "2026-10-14"]),
        ("500 € on 3 March and 700 € on 15 November to MSF", "en", ["2026-03-03", "2026-11-15"]),
        ("je donnerai 300 € le 5 janvier", "fr", ["2027-01-05"]),
    ],
)
def test_gifts_listed_with_their_days_were_made(text: str, language: str, days: list[str]) -> None:
    told = gifts_in(Sentence(text), language, TODAY, Context.GIFT)
    assert told is not None
    assert [str(gift.since) for gift in told.gifts] == days
