"""Sessions as version 0.1 kept them, on 27 November 2026: a running talk goes on with what was told, its buttons work,
and nothing in them is ever an error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.buttons import AnswerPress, read_press
from bot.dialogue.events import Command, Press

KEPT: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "sessions_0_1.json").read_text(encoding="utf-8"))
"""Each by the talk it is in and the question that waits there."""

GOES_ON = {
    "donation_organisation": ("les Restos du Cœur", "225 €"),  # 300 × 75 %
    "donation_organisation_en": ("the Red Cross", "€225"),
    "donation_tax": ("150", "150 €"),  # no more than the tax
    "donation_ended": ("et 100 à la SPA", "291 €"),  # 225 + 100 × 66 %
    "company_turnover": ("6 400 000", "19 200 €"),  # 38 000, of which 32 000 count, at 60 %
    "company_payer": ("une société", "3 600 €"),  # 6 000 × 60 %
    "company_ended": ("non, plutôt 7000", "4 200 €"),
    "rest_days_salary": ("2450 par mois", "339,18 €"),  # 3 × 2 450 / 21.67
    "rest_days_salary_en": ("2450 a month", "339.18"),
    "rest_days_kind": ("2450 par mois", "226,12 €"),
    "rest_days_colleague": ("son fils est gravement malade", "L. 1225-65-1"),
    "skills_salary": ("4000 brut par mois", "% du temps"),
    "skills_role": ("je suis salariée", "vous restez payé"),
    "expenses_power": ("4", "256 €"),  # 640 × 0.606 = 387.84, a gift of 388 at 66 %
    "expenses_ended": ("non, plutôt 1280 km", "512 €"),  # 1,280 × 0.606 = 775.68, 776 at 66 %
    "volunteer_cause": ("avec des animaux", "Lyon (69)"),
    "volunteer_missions": ("plutôt le dimanche", "Marseille (13)"),
    "alerts_pace": ("une fois par semaine", "Nantes (44)"),
    "needs_what": ("servir des repas le samedi midi", "Où est-ce ?"),  # the association is known
    "organisation_which": ("la SPA", "Société protectrice des animaux"),
    "alliance_who": ("je ne sais pas", "seul"),
    "rights_subject": ("je suis au chômage", "allocations"),
    "paused": ("avec des animaux", "Nantes (44)"),
}
"""What is typed next, and what of the answer holds what was told before."""


async def keep(me: Any, store: Any, session: dict[str, Any]) -> None:
    async def save(turn: Any) -> None:
        turn.save(session)

    await store.turn(f"kept:{me.chat}", me.chat, save, at=me.at)


async def resumed(person: Any, store: Any, name: str) -> Any:
    """Somebody whose conversation was kept by version 0.1."""
    me = person(language=KEPT[name]["language"])
    await keep(me, store, KEPT[name])
    return me


@pytest.mark.parametrize("name", GOES_ON)
async def test_a_talk_goes_on_with_what_was_told(person: Any, store: Any, caplog: Any, name: str) -> None:
    words, holds = GOES_ON[name]
    me = await resumed(person, store, name)
    assert holds in await me.say(words)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("name", KEPT)
async def test_each_button_on_show_still_does_something(person: Any, store: Any, caplog: Any, name: str) -> None:
    for label, data in KEPT[name].get("screen", ()):
        me = await resumed(person, store, name)
        await me.send(Press(data, label))
        assert me.last.replies
        pressed = read_press(data)
        if isinstance(pressed, AnswerPress):
            assert me.last.topic == pressed.topic
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize(
    "words", ["je ne sais pas", "la deuxième", "et le double ?", "qui signe le reçu ?", "non, 60", "résume"]
)
async def test_whatever_is_said_next_is_answered(person: Any, store: Any, caplog: Any, name: str, words: str) -> None:
    me = await resumed(person, store, name)
    assert await me.say(words)
    await me.send(Command("effacer"))
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_the_talks_of_that_version_are_all_here() -> None:
    kept = {
        talk["topic"] for session in KEPT.values() for part in ("frames", "ended") for talk in session.get(part, ())
    }
    assert kept >= {
        *("donation", "company_donation", "rest_days", "skills", "expenses", "volunteer", "alerts", "needs"),
        *("organisation", "alliance", "rights"),
    }
