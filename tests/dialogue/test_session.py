"""A session is read part by part, by whichever version; what that one does not know it carries along."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.events import Command, Press
from bot.dialogue.session import UNREAD, Frame, Session
from bot.store.text import dumps

TALK: dict[str, Any] = {"topic": "donation", "serial": 3, "today": "2026-11-22", "answers": {"amount": "300"}}
ENDED: dict[str, Any] = {"topic": "rest_days", "serial": 2, "today": "2026-11-20", "answers": {"days": 3}}
KEPT: dict[str, Any] = {
    "v": 1,
    "language": "fr",
    "language_chosen": True,
    "serial": 3,
    "frames": [TALK],
    "ended": [ENDED],
    "screen": [["Oui", "=3.donation.monthly.yes"]],
    "facts": {"amount": {"value": "300", "words": "300 euros", "turn": 1}},
    "tables": [{"topic": "rest_days", "serial": 2, "shows": "answer"}],
    "turn": 4,
    "agreed": "!resume.2",
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def topics(frames: list[Frame]) -> list[str]:
    return [frame.topic for frame in frames]


def test_what_is_kept_comes_back_as_it_was() -> None:
    assert Session.from_json(KEPT).as_json() == KEPT


def test_what_another_version_wrote_in_a_talk_or_beside_it_is_carried_along() -> None:
    """Two versions serve one person side by side: the older one changes nothing of what it does not know."""
    kept = {**KEPT, "mood": "joyful", "frames": [{**TALK, "colour": ["red"]}]}
    session = Session.from_json(kept)
    assert session.current is not None
    session.current.answers["monthly"] = False
    again = session.as_json()
    assert again["mood"] == "joyful"
    assert again["frames"] == [{**TALK, "colour": ["red"], "answers": {"amount": "300", "monthly": False}}]
    assert {name: again[name] for name in KEPT if name != "frames"} == {
        name: KEPT[name] for name in KEPT if name != "frames"
    }


@pytest.mark.parametrize(
    "talk",
    [
        {**TALK, "today": "the day before"},
        {**TALK, "answers": ["300"]},
        {**TALK, "serial": "three"},
        {"topic": "donation"},
        {**TALK, "given": {"amount": 300}},
    ],
)
def test_a_talk_of_another_form_keeps_no_other_and_is_carried_along(talk: dict[str, Any]) -> None:
    for name, others in (("frames", "ended"), ("ended", "frames")):
        session = Session.from_json({**KEPT, name: [talk, *KEPT[name]]})
        assert topics(getattr(session, name)) == [KEPT[name][0]["topic"]]
        assert topics(getattr(session, others)) == [KEPT[others][0]["topic"]]
        assert session.as_json()[name] == [talk, *KEPT[name]]


def test_no_more_of_another_version_is_carried_than_a_few_talks() -> None:
    session = Session.from_json({**KEPT, "frames": [{"form": number} for number in range(50)]})
    assert session.as_json()["frames"] == [{"form": number} for number in range(50 - UNREAD, 50)]


@pytest.mark.parametrize("name", [name for name in KEPT if name != "v"])
@pytest.mark.parametrize("value", ["nonsense", 7.5, None, {"a": 1}, [{"a": 1}], [[1, 2, 3]]])
def test_a_part_that_cannot_be_read_takes_no_other_with_it(name: str, value: Any) -> None:
    session = Session.from_json({**KEPT, name: value})
    again = session.as_json()
    for other in {*KEPT} - {name}:
        if other != "serial":
            assert again[other] == KEPT[other]
    assert session.serial >= 3
    assert name != "serial" or session.serial >= 1_000, "an old button would be taken for a new one"


def test_what_was_kept_before_reopened_questions_were_a_set_is_read_as_it_was_meant() -> None:
    session = Session.from_json({**KEPT, "frames": [{**TALK, "slots": {"-organisation": True, "place": "69123"}}]})
    assert session.current is not None
    assert (session.current.reopened, session.current.slots) == ({"organisation"}, {"place": "69123"})
    assert session.as_json()["frames"][0]["reopened"] == ["organisation"]


def test_a_question_whose_name_begins_like_no_other_is_a_slot_like_the_others() -> None:
    frame = Frame("donation", 1, date(2026, 11, 22))
    frame.forget_answer("amount")
    assert frame.slots == {}
    assert frame.reopened == {"amount"}


@given(st.dictionaries(st.sampled_from([*KEPT, "more"]), JSON, max_size=8), st.lists(JSON, max_size=2))
def test_whatever_is_kept_is_read_and_kept_again_as_it_is(kept: dict[str, Any], talks: list[Any]) -> None:
    session = Session.from_json({**kept, "frames": [*talks, TALK]})
    assert "donation" in topics(session.frames)
    once = session.as_json()
    assert Session.from_json(once).as_json() == once
    dumps(once)


# Buttons that nobody was given


async def kept_of(me: Any, store: Any, number: int) -> dict[str, Any]:
    async def look(turn: Any) -> Any:
        return turn.session

    kept: dict[str, Any] = (await store.turn(f"look:{me.chat}:{number}", me.chat, look, at=me.at)).value
    return kept


async def test_pressing_what_was_never_on_show_does_not_grow_the_session(person: Any, store: Any) -> None:
    """Whoever speaks the protocol can press anything, as often as they like."""
    me = person(language="fr")
    await me.send(Command("don"))
    await me.say("300 euros")
    serial = (await kept_of(me, store, 0))["ended"][-1]["serial"]
    await me.send(Press(f"!change.{serial}.x0"))
    before = len(dumps(await kept_of(me, store, 1)))
    for number in range(1, 40):
        for data in (f"!change.{serial}.x{number}", f"={serial}.donation.x{number}.y", f"!skip.{serial}.x{number}"):
            await me.send(Press(data))
    after = await kept_of(me, store, 2)
    assert "reopened" not in (after.get("frames") or after["ended"])[-1]
    assert len(dumps(after)) <= before + 40
