"""The measure itself: what counts as right, as wrong, and what does not count."""

from __future__ import annotations

from typing import Any

import pytest

from bot.understanding.scoring import Rate, pairs, score, wrong_pairs


def message(slots: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "1", "lang": "fr", "difficulty": "easy", "topic": "donation", "slots": slots, **more}


def test_a_perfect_reading() -> None:
    gold = message({"amount": 50, "cause": ["sport", "culture"]})
    report = score([gold], [{"id": "1", "topic": "donation", "slots": {"amount": 50.0, "cause": ["culture", "sport"]}}])
    assert report.all_slots == Rate(right=3)
    assert report.topics["all"] == (1.0, 1.0, 1)
    assert report.all_slots.f1 == 1.0


def test_a_message_that_was_not_read_is_missed_whole() -> None:
    report = score([message({"amount": 50})], [])
    assert report.all_slots == Rate(missed=1)
    assert report.topics["all"][0] == 0.0
    assert report.wrong_topics == [("1", "donation", "None")]


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ({"organisation": "Restos du Cœur"}, {"organisation": "Les Restos du Coeur"}),
        ({"organisation": "Médecins Sans Frontières"}, {"organisation": "MSF"}),
        ({"place": {"name": "Lyon", "code": "69123"}}, {"place": {"name": "LYON", "code": "69123"}}),
        ({"place": {"name": "Vienne", "candidates": ["38544", "86"]}}, {"place": {"name": "Vienne", "code": "86"}}),
        ({"when": "month:2027-05"}, {"when": "date:2027-05-15"}),
        ({"amount": 100}, {"amounts": [40, 60]}),
        ({"salary": {"value": 2000, "per": "monthly"}}, {"salary": {"value": 2000, "per": "monthly", "kind": "net"}}),
        ({}, {"role": "employee"}),
        ({"organisation": "SPA"}, {"organisation": "SPA", "cause": "animals", "org_kind": "66"}),
    ],
)
def test_readings_that_are_as_good(gold: dict[str, Any], found: dict[str, Any]) -> None:
    assert wrong_pairs(message(gold), found) == ([], [])


@pytest.mark.parametrize(
    ("gold", "found"),
    [
        ({"amount": 50}, {"amount": 51}),
        ({"org_kind": "75"}, {"org_kind": "66"}),
        ({"salary": {"value": 2000, "per": "monthly"}}, {"salary": {"value": 2000, "per": "annual"}}),
        ({"place": {"name": "Lyon", "code": "69123"}}, {"place": {"name": "Lyon", "code": "38544"}}),
        ({"when": "month:2027-05"}, {"when": "date:2027-06-15"}),
    ],
)
def test_readings_that_are_wrong(gold: dict[str, Any], found: dict[str, Any]) -> None:
    wrong, missed = wrong_pairs(message(gold), found)
    assert (len(wrong), len(missed)) == (1, 1)


def test_optional_slots_do_not_count() -> None:
    assert wrong_pairs(message({}, optional_slots={"amount": 50}), {"amount": 50}) == ([], [])
    assert wrong_pairs(message({}), {"amount": 50}) == ([("amount", 50)], [])


def test_a_refused_time_that_lands_in_when_is_a_negation_error() -> None:
    gold = message({"not_when": "weekend"})
    report = score([gold], [{"id": "1", "topic": "donation", "slots": {"when": "weekend"}}])
    assert report.negation_errors == 1


def test_distress_found_is_counted_apart() -> None:
    gold = [message({"crisis": True}), {**message({"crisis": True}), "id": "2"}]
    report = score(gold, [{"id": "1", "topic": "fallback", "slots": {"crisis": True}}])
    assert (report.crisis_messages, report.crisis_found) == (2, 1)


def test_a_borderline_topic_is_right_leniently() -> None:
    gold = message({}, also=["organisation"])
    assert score([gold], [{"id": "1", "topic": "organisation", "slots": {}}]).topics["fr"] == (0.0, 1.0, 1)


def test_empty_values_are_no_pairs() -> None:
    assert pairs({"amount": None, "when": [], "remote": False, "unknown": 3, "amounts": [1, 2]}) == [
        ("amount", 1),
        ("amount", 2),
    ]
    assert pairs(None) == []
