"""What people write in the usual ways is read back whole, in both languages, and anything at all gets an answer."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.engine import Engine
from bot.dialogue.events import Event, Text
from bot.dialogue.topic import load_topics
from bot.store.sqlite import SqliteStore
from bot.understanding.days import read_days
from bot.understanding.numbers.written import read_number
from bot.understanding.pay import read_pay
from bot.understanding.slots import read_slots

TODAY = date(2026, 11, 21)
HEARING = load_topics().hearing
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MANY = settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))

UNITS = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def in_french(value: int) -> str:
    """A number below a million as it is said in France."""
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        head = "mille" if thousands == 1 else f"{in_french(thousands)} mille"
        return f"{head} {in_french(rest)}" if rest else head
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        head = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent"
        return f"{head} {in_french(rest)}" if rest else head
    if value <= 16:
        return UNITS[value]
    if value < 20:
        return f"dix-{UNITS[value - 10]}"
    if value >= 80:
        return f"quatre-vingt-{in_french(value - 80)}" if value > 80 else "quatre-vingts"
    ten = 60 if value >= 60 else value // 10 * 10
    rest = value - ten
    return TENS[ten] if not rest else f"{TENS[ten]}{' et ' if rest in (1, 11) else '-'}{in_french(rest)}"


PAYS = st.tuples(
    st.integers(81, 60_000),
    st.sampled_from(
        [
            ("{} € brut par mois", "monthly", "gross"),
            ("je gagne {} euros net par mois", "monthly", "net"),
            ("{} brut annuel", "annual", "gross"),
            ("salaire de {} € par an", "annual", None),
            ("{} € de l'heure", "hourly", None),
            ("I earn {} euros gross a month", "monthly", "gross"),
            ("{} a year gross", "annual", "gross"),
            ("paid {} net per month", "monthly", "net"),
        ]
    ),
)


def check_pay(said: tuple[int, tuple[str, str, str | None]]) -> None:
    value, (frame, per, kind) = said
    pay = read_pay(frame.format(value))
    assert pay is not None
    assert (pay["value"], pay["per"], pay.get("kind")) == (value, per, kind)


@given(PAYS)
def test_a_pay_is_read_back_with_its_period(said: tuple[int, tuple[str, str, str | None]]) -> None:
    check_pay(said)


DAYS = st.tuples(
    st.integers(1, 40),
    st.booleans(),
    st.sampled_from(["{} jours", "je donne {} jours", "{} RTT", "{} days", "I give {} days", "{} jours de congé"]),
)


def check_days(said: tuple[int, bool, str]) -> None:
    whole, half, frame = said
    value = Decimal(whole) + (Decimal("0.5") if half else 0)
    typed = f"{whole},5" if half else str(whole)
    assert read_days(frame.format(typed)) == value


@given(DAYS)
def test_days_are_read_back(said: tuple[int, bool, str]) -> None:
    check_days(said)


@given(st.integers(2, 999_999))
def test_a_number_in_french_words_is_read_back(value: int) -> None:
    assert read_number(in_french(value)) == value


@given(st.integers(20, 99_999))
def test_a_sum_in_french_words_is_a_gift(value: int) -> None:
    slots = read_slots(f"je donne {in_french(value)} euros", "fr", TODAY, HEARING.of("donation"))
    assert slots["amount"] == value
    assert slots["gifts"]["gifts"] == [{"amount": str(value)}]


# Numbers that are no sums, whatever they are beside.
NOT_SUMS = st.one_of(
    st.integers(1, 99).map("j'ai {} ans".format),
    st.integers(10_000, 95_999).map("j'habite {}".format),
    st.integers(1, 9).map("le 06 12 34 5{0} 7{0}".format),
    st.integers(2018, 2026).map("en {}".format),
    st.sampled_from(["article 200", "article 238 bis", "case 7UD", "7UF", "formulaire 2042 RICI", "loi de 1901"]),
    st.integers(1, 100).map("à {} %".format),
    st.integers(10, 900).map("${}".format),
    st.integers(10, 900).map("£{}".format),
    st.integers(1_000, 9_000).map("le plafond de {} €".format),
    st.integers(10_000_000, 99_999_999).map("siret 7{}00012".format),
)


@given(st.lists(NOT_SUMS, min_size=1, max_size=2, unique=True), st.sampled_from(["donation", "expenses", None]))
def test_numbers_of_other_things_are_no_sums(said: list[str], topic: str | None) -> None:
    slots = read_slots("une question : " + ", ".join(said), "fr", TODAY, HEARING.of(topic) if topic else None)
    assert not {"amount", "amounts"} & slots.keys()


TYPED = st.one_of(
    st.text(max_size=400),
    st.text(st.characters(exclude_categories=()), max_size=120),
    st.text(st.characters(categories=["So", "Sk", "Cf", "Mn"]), max_size=60),
    st.text(st.sampled_from("0123456789 €%.,-/kKh"), max_size=3_000),
    st.text(st.sampled_from("אבגדהוזחטיאלعربيةмиру"), max_size=200),
    st.lists(
        st.sampled_from(
            [
                "je",
                "donne",
                "pas",
                "50",
                "€",
                "à",
                "Lyon",
                "samedi",
                "sauf",
                "le",
                "matin",
                "en",
                "fait",
                "3",
                "RTT",
                "brut",
                "non",
                "oui",
                "?",
            ]
        )
    ).map(" ".join),
)


@settings(max_examples=30)
@given(st.lists(TYPED, min_size=1, max_size=5))
def test_anything_at_all_gets_an_answer(understanding, topics, talk_catalogue, said: list[str]) -> None:
    check_answered(understanding, topics, talk_catalogue, said)


def check_answered(understanding, topics, talk_catalogue, said: list[str]) -> None:
    async def talk() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = SqliteStore.open(Path(folder))
            engine = Engine(store, understanding, topics, talk_catalogue)
            for number, text in enumerate(said):
                handled = await engine.handle(
                    Event(f"said:{number}", "terminal:ada", Text(text), NOON), answer="direct"
                )
                assert handled.topic is not None or handled.replies, text
                assert any(reply.text for reply in handled.replies), text
            assert await store.dead_letters.parked() == []
            await store.close()

    asyncio.run(talk())


@pytest.mark.long
@MANY
@given(PAYS, DAYS, st.integers(2, 999_999))
def test_many_values_are_read_back(pay, days, number) -> None:
    check_pay(pay)
    check_days(days)
    assert read_number(in_french(number)) == number


@pytest.mark.long
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TYPED, min_size=5, max_size=5))
def test_ten_thousand_messages_of_anything_get_an_answer(
    understanding, topics, talk_catalogue, said: list[str]
) -> None:
    check_answered(understanding, topics, talk_catalogue, said)
