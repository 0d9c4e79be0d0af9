"""The JSON border of the estimates: whatever is asked, an answer or a reason comes back, and nothing raises."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimate import answer, answer_text, openapi, questions
from bot.estimate.page import page
from bot.estimate.schema import Record

NAMES = tuple(questions())
GIFT = {"kind": "general", "amount": 100, "date": "2026-05-31"}


def asked(**changes: object) -> dict[str, object]:
    return {"year": 2026, "gifts": [GIFT], **changes}


def refusal(name: str, question: object) -> tuple[str, str]:
    error = answer(name, question, "en")["error"]
    return error["field"], error["message"]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_answered_as_the_page_says_it_is(name: str) -> None:
    one = questions()[name]
    result = answer(name, dict(one.example))
    assert "error" not in result
    assert list(result) == [field.name for field in one.answers]
    assert Record(one.answers).read(json.loads(json.dumps(result), parse_float=Decimal), "")
    assert all(step["text"] and "{" not in step["text"] for step in result["steps"])
    assert result["steps"]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_reads_in_both_languages(name: str) -> None:
    example = {key: value for key, value in questions()[name].example.items() if key != "language"}
    french, english = answer(name, example, "fr"), answer(name, example, "en")
    assert french["steps"] != english["steps"]
    assert answer(name, {**example, "language": "en"}, "fr") == english
    assert answer(name, example) == french
    assert [step["amount"] for step in french["steps"]] == [step["amount"] for step in english["steps"]]


def test_the_page_is_what_the_definitions_say() -> None:
    written = Path(__file__).parents[2] / "docs" / "estimate.md"
    assert written.read_text(encoding="utf-8") == page(), "run: python -m bot.estimate.page"


def test_the_openapi_description_has_every_question_and_its_fields() -> None:
    document = openapi()
    assert json.loads(json.dumps(document)) == document
    for name, one in questions().items():
        operation = document["paths"][f"/api/estimate/{name}"]["post"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        assert set(schema["properties"]) == {field.name for field in one.asks.fields} | {"language"}
        assert schema["additionalProperties"] is False
        assert set(operation["responses"]) == {"200", "400"}


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (asked(gifts=[{**GIFT, "amount": -50}]), "gifts.0.amount"),
        (asked(gifts=[GIFT, {**GIFT, "amount": "300"}]), "gifts.1.amount"),
        (asked(gifts=[{**GIFT, "amount": True}]), "gifts.0.amount"),
        (asked(gifts=[{**GIFT, "amount": float("nan")}]), "gifts.0.amount"),
        (asked(gifts=[{**GIFT, "amount": float("inf")}]), "gifts.0.amount"),
        (asked(gifts=[{**GIFT, "amount": 10**12 + 1}]), "gifts.0.amount"),
        (asked(gifts=[{**GIFT, "amount": 10**5_000}]), "gifts.0.amount"),
        (asked(gifts=[{**GIFT, "amount": 1e308}]), "gifts.0.amount"),
        (asked(gifts=[{**GIFT, "amount": None}]), "gifts.0.amount"),
        (asked(gifts=[{**GIFT, "kind": "generous"}]), "gifts.0.kind"),
        (asked(gifts=[{**GIFT, "kind": ["general"]}]), "gifts.0.kind"),
        (asked(gifts=[{**GIFT, "date": "31/05/2026"}]), "gifts.0.date"),
        (asked(gifts=[{**GIFT, "date": "2026-02-30"}]), "gifts.0.date"),
        (asked(gifts=[{**GIFT, "date": "20260531"}]), "gifts.0.date"),
        (asked(gifts=[{**GIFT, "date": "٢٠٢٦-05-31"}]), "gifts.0.date"),
        (asked(gifts=[{**GIFT, "date": "2025-12-31"}]), "gifts.0.date"),
        (asked(gifts=[{**GIFT, "date": "2027-01-01"}]), "gifts.0.date"),
        (asked(gifts=[{**GIFT, "foreign": "yes"}]), "gifts.0.foreign"),
        (asked(gifts=[{**GIFT, "kind": "political", "foreign": True}]), "gifts.0.foreign"),
        (asked(gifts=[{**GIFT, "montant": 3}]), "gifts.0.montant"),
        (asked(gifts=[{"kind": "general", "amount": 3}]), "gifts.0.date"),
        (asked(gifts=["300 €"]), "gifts.0"),
        (asked(gifts={"0": GIFT}), "gifts"),
        (asked(gifts=[GIFT] * 501), "gifts"),
        (asked(income="52 000"), "income"),
        (asked(tax=-1), "tax"),
        (asked(carried={"2020b": 10}), "carried.2020b"),
        (asked(carried={"2026": 10}), "carried.2026"),
        (asked(carried={"2025": -10}), "carried.2025"),
        (asked(carried=[2025]), "carried"),
        (asked(year=2017), "year"),
        (asked(year=2028), "year"),
        (asked(year=2026.5), "year"),
        (asked(year="2026"), "year"),
        (asked(language="de"), "language"),
        (asked(language=None), "language"),
        (asked(gift=[GIFT]), "gift"),
        ({"gifts": []}, "year"),
        ({"year": 2026}, "gifts"),
        ([], ""),
        (None, ""),
        ("donation", ""),
    ],
)
def test_what_is_wrong_is_named(question: object, field: str) -> None:
    named, message = refusal("donation", question)
    assert named == field
    assert message.endswith((".", "?"))


def test_a_misspelt_field_gets_a_hint() -> None:
    assert refusal("donation", {"year": 2026, "gifs": []}) == (
        "gifs",
        "I do not know this field. Did you mean “gifts”?",
    )


def test_the_reason_is_in_the_language_of_the_question() -> None:
    french = answer("donation", asked(tax=-1, language="fr"), "en")["error"]["message"]
    assert french != refusal("donation", asked(tax=-1))[1]


def test_an_estimate_that_does_not_exist_says_which_do() -> None:
    field, message = refusal("lottery", {})
    assert field == "name"
    assert all(name in message for name in NAMES)


def test_no_gift_is_an_answer() -> None:
    assert answer("donation", {"year": 2026, "gifts": []})["reduction"] == 0


def test_null_is_the_same_as_not_given() -> None:
    assert answer("donation", asked(income=None, tax=None, carried=None)) == answer("donation", asked())


def test_numbers_come_back_as_numbers_and_whole_ones_as_integers() -> None:
    result = answer("donation", asked(gifts=[{**GIFT, "amount": 85.5}]))
    assert (result["reduction"], result["cost"]) == (57, 28.5)  # 86 × 66 % = 56.76 ; 85.50 - 57
    assert isinstance(result["reduction"], int)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nul",
        "{'year': 2026}",
        "[" * 100_000,
        '{"year": NaN}',
        '{"year": 1e}',
        "\ud800",
        '"' + "a" * 300_000,
        b"\xff\xfe{",
    ],
)
def test_what_is_not_json_is_refused_and_the_next_line_still_works(text: str | bytes) -> None:
    assert "error" in json.loads(answer_text("donation", text))
    assert json.loads(answer_text("donation", json.dumps(asked())))["reduction"] == 66


def test_a_field_given_twice_is_refused() -> None:
    assert json.loads(answer_text("donation", '{"year": 2026, "year": 2025, "gifts": []}'))["error"]["field"] == "year"


def test_a_name_that_cannot_be_printed_is_still_answered_in_print() -> None:
    line = answer_text("donation", '{"year": 2026, "gifts": [], "\\ud800": 1, "\\ud800": 2}')
    assert line.encode("utf-8")
    assert answer_text("donation", '{"year": 2026, "gifts": [], "\\ud800": 1}').encode("utf-8")


def test_numbers_of_a_text_stay_exact() -> None:
    text = '{"year": 2026, "gifts": [{"kind": "general", "amount": 0.07, "date": "2026-05-31"}]}'
    assert json.loads(answer_text("donation", text))["cost"] == 0.07
    huge = text.replace("0.07", "1e999999999")
    assert json.loads(answer_text("donation", huge))["error"]["field"] == "gifts.0.amount"
    tiny = text.replace("0.07", "1e-999999999")
    assert json.loads(answer_text("donation", tiny))["cost"] == 0


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(NAMES), anything)
def test_any_json_at_all_gets_an_answer_or_a_reason(name: str, question: object) -> None:
    result = answer(name, question)
    assert "error" in result or "steps" in result


@given(st.data(), st.sampled_from(NAMES))
def test_any_field_of_a_good_question_may_hold_anything(data: st.DataObject, name: str) -> None:
    example = dict(questions()[name].example)
    field = data.draw(st.sampled_from(sorted(example)))
    result = answer(name, {**example, field: data.draw(anything)})
    assert "error" in result or "steps" in result
    assert json.dumps(result)
