"""All readers together: messages as people write them, and anything at all."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dialogue.topic import load_topics
from bot.understanding.answers import read_skip, read_yes_no
from bot.understanding.asked_language import read_language
from bot.understanding.causes import read_causes
from bot.understanding.corrections import is_correction, replaced
from bot.understanding.dates import read_date, read_when
from bot.understanding.days import read_days
from bot.understanding.kinds_of_organisation import read_kind_of_organisation
from bot.understanding.numbers.figures import read_amount, read_amounts, read_period
from bot.understanding.numbers.written import read_number
from bot.understanding.organisations import read_organisations
from bot.understanding.pay import read_employees, read_pay
from bot.understanding.people import is_minor, is_remote
from bot.understanding.places import read_place, read_places
from bot.understanding.roles import read_role
from bot.understanding.scoring import score, wrong_pairs
from bot.understanding.sentence import Sentence
from bot.understanding.slots import read_slots

TODAY = date(2026, 11, 21)
HEARING = load_topics().hearing
TOPICS = [
    None, "volunteer", "donation", "company_donation", "skills", "rest_days", "alliance", "organisation", "expenses",
    "rights", "alerts", "privacy", "language", "smalltalk", "welcome", "fallback",
]  # fmt: skip
OWN = [Path(__file__).parent / name for name in ("slots.toml", "everyday.toml")]

WORDS = st.sampled_from(
    [
        "je",
        "donne",
        "50",
        "€",
        "à",
        "la",
        "SPA",
        "le",
        "samedi",
        "matin",
        "pas",
        "Lyon",
        ",",
        ".",
        "?",
        "!",
        "-",
        "/",
        "x",
        "3",
        "mars",
        "2025",
        "30k€",
        "mille",
        "deux",
        "cents",
        "du",
        "au",
        "15",
        "18h",
        "entre",
        "et",
        "sauf",
        "ma",
        "boîte",
        "2",
        "jours",
        "brut",
        "net",
        "«",
        "»",
        "’",
        "06",
        "12",
        "34",
        "75011",
        "10^12",
        "%",
        "km",
        "autour",
        "1/2",
        "½",
        "demi",
        "dernier",
        "prochain",
        "il",
        "y",
        "a",
    ]
)
SENTENCES = st.lists(WORDS, max_size=40).map(" ".join)
ANYTHING = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(exclude_categories=()), max_size=100),
    SENTENCES,
)
NASTY = [
    "", " ", "\ud800", "\u202e50 €\u202c", "👩‍👩‍👧 3 jours", "<b>50</b> € & co", "'; DROP TABLE x; --", "0" * 5000,
    "1 " * 5000, "100 000 " * 1250, "\x00\x01", "½" * 50, "é" * 10_000, "٣٠٠ يورو", "-", "€", "²³¹", "1e30 x 1e30",
    "9" * 5000 + "€",
]  # fmt: skip


def messages() -> list[dict[str, Any]]:
    found = [message for path in OWN for message in tomllib.loads(path.read_text("utf-8"))["message"]]
    return [{"id": str(number), "difficulty": "easy", **message} for number, message in enumerate(found)]


def reading(message: dict[str, Any]) -> dict[str, Any]:
    slots = read_slots(message["text"], message["lang"], TODAY, HEARING.of(message["topic"]))
    slots |= {"crisis": True} if "crisis" in message["slots"] else {}  # distress has a reader of its own
    return {"id": message["id"], "topic": message["topic"], "slots": slots}


def test_the_messages_of_this_folder_are_read_well() -> None:
    gold = messages()
    assert len(gold) >= 150
    report = score(gold, map(reading, gold))
    missed = {m["text"]: wrong for m in gold if any(wrong := wrong_pairs(m, reading(m)["slots"]))}
    assert report.all_slots.f1 >= 0.95, missed
    assert report.negation_errors == 0


def listed(value: Any) -> list[Any]:
    return sorted(value) if isinstance(value, list) else [value]


@pytest.mark.parametrize("slot", ["not_when", "not_cause"])
def test_refusals_are_kept_apart(slot: str) -> None:
    told = [message for message in messages() if slot in message["slots"]]
    assert told
    for message in told:
        assert listed(reading(message)["slots"].get(slot)) == listed(message["slots"][slot]), message["text"]


def test_the_shared_evaluation_set_is_read_well_where_it_is_present() -> None:
    folder = Path(os.environ.get("ALLIE_EVALUATION", Path(__file__).parents[3] / "shared" / "understanding"))
    path = folder / "dev.jsonl"
    if not path.exists():
        pytest.skip("the evaluation set is not on this machine")
    gold = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    report = score(gold, map(reading, gold))
    assert report.all_slots.f1 >= 0.9
    assert report.negation_errors == 0


def test_without_a_topic_everything_said_is_read() -> None:
    slots = read_slots("300 € par mois aux Restos, le samedi matin à Lyon", "fr", TODAY)
    assert slots["amount"] == 300
    assert slots["period"] == "monthly"
    assert slots["organisation"] == "Restos du Cœur"
    assert slots["when"] == ["saturday", "morning"]
    assert slots["place"]["code"] == "69123"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("je veux donner des RTT à une asso", "employee"),
        ("mes jours de repos pour une association", "employee"),
        ("je suis une asso", "association"),
        ("on est une association, peut-on recevoir des jours ?", "association"),
    ],
)
def test_a_body_that_receives_is_not_the_one_who_speaks(text: str, role: str) -> None:
    assert read_slots(text, "fr", TODAY, HEARING.of("rest_days")).get("role") == role


def test_values_are_json() -> None:
    for message in messages():
        slots = reading(message)["slots"]
        assert json.loads(json.dumps(slots)) == slots


@given(ANYTHING, st.sampled_from(TOPICS), st.sampled_from(["fr", "en", "es", "it", "pt", "de", "ar", "uk"]))
@example("3 " * 300 + "€", "donation", "fr")
def test_any_text_has_slots(text: str, topic: str | None, language: str) -> None:
    slots = read_slots(text, language, TODAY, HEARING.of(topic) if topic else None)
    json.dumps(slots)
    for refused, wanted in (("not_when", "when"), ("not_cause", "cause")):
        both = (slots.get(name, []) for name in (refused, wanted))
        first, second = ({*value} if isinstance(value, list) else {value} for value in both)
        assert not first & second


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("topic", TOPICS)
def test_nasty_texts_have_slots_too(text: str, topic: str | None) -> None:
    json.dumps(read_slots(text, "fr", TODAY, HEARING.of(topic) if topic else None))


READERS: list[Callable[[str], object]] = [
    read_amount, read_amounts, read_period, read_number, read_days, read_pay, read_employees, read_place,
    read_places, read_organisations, read_causes, read_kind_of_organisation, read_role, is_minor, is_remote,
    read_language, read_yes_no, read_skip, is_correction, replaced, lambda text: read_date(text, TODAY),
    lambda text: read_when(text, TODAY),
]  # fmt: skip


@given(ANYTHING)
def test_no_reader_ever_raises(text: str) -> None:
    for reader in READERS:
        reader(text)


@pytest.mark.parametrize("text", NASTY)
def test_no_reader_raises_on_a_nasty_text(text: str) -> None:
    for reader in READERS:
        reader(text)


@given(ANYTHING)
def test_words_stand_where_they_were_typed(text: str) -> None:
    sentence = Sentence(text)
    for index in range(len(sentence)):
        start, end = sentence.span(index, index + 1)
        assert 0 <= start < end <= len(text)
