"""Whatever is sent, on whichever channel: an answer, no exception, and nobody's conversation is stuck."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from bot.channels.telegram.webhook import secret_of
from bot.dialogue.events import Command, Content, Location, Media, Press, Text
from tests.fuzz.strategies import amounts, as_bytes, bodies, explore, places, presses, said, texts, values

if TYPE_CHECKING:
    from tests.fuzz.conftest import House

TOKEN = "4242:a-token-that-opens-nothing-at-all"
PROOF = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN), "Content-Type": "application/json"}
OURS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
QUESTIONS = ["amount", "organisation", "place", "when", "days", "role", "sure", "action", "often", "news_subject"]


def contents(house: House) -> st.SearchStrategy[Content]:
    commands = st.one_of(st.sampled_from(sorted(house.topics.commands)), st.just("start"), texts)
    links = st.builds("{}-{}-{}".format, st.sampled_from(sorted(house.topics.topics)), texts, texts)
    return st.one_of(
        said.map(Text),
        presses(sorted(house.topics.topics), QUESTIONS).map(Press),
        st.builds(Command, commands, st.one_of(st.just(""), said)),
        st.builds(Command, st.just("start"), links),
        st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(lambda point: Location(*point)),
        st.sampled_from(["photo", "voice", "other"]).map(Media),
    )


@amounts
def test_no_talk_gets_stuck_whatever_is_said_and_pressed(house: House, examples: int) -> None:
    """A few things said by somebody new, one after the other; among them presses on what is on show."""

    def talk(content: list[Content | int]) -> None:
        chat = house.somebody()
        shown: list[str] = []
        for one in content:
            if isinstance(one, int):
                if not shown:
                    continue
                one = Press(shown[one % len(shown)])
            handled = house.hears(chat, one)
            buttons = [button for reply in handled.replies for row in reply.buttons for button in row]
            shown = [button.data for button in buttons if button.data] or shown
        house.answers_a_greeting(chat)

    step = st.one_of(contents(house), st.integers(0, 9))
    explore(examples, st.lists(step, min_size=1, max_size=5), talk)


def updates() -> st.SearchStrategy[Any]:
    person = st.fixed_dictionaries(
        {"id": st.integers(1, 10**6), "is_bot": st.booleans(), "first_name": texts}, optional={"language_code": texts}
    )
    chat = st.fixed_dictionaries(
        {
            "id": st.integers(-(10**6), 10**6),
            "type": st.sampled_from(["private", "group", "supergroup", "channel", "?"]),
        }
    )
    message = st.fixed_dictionaries(
        {"message_id": st.integers(), "from": person, "chat": chat, "date": st.integers()},
        optional={
            "text": said,
            "caption": said,
            "location": st.fixed_dictionaries({"latitude": values, "longitude": values}),
            "photo": values,
            "sticker": values,
            "reply_to_message": values,
            "entities": values,
        },
    )
    query = st.fixed_dictionaries({"id": texts, "from": person}, optional={"data": texts, "message": message})
    member = st.fixed_dictionaries({"status": st.sampled_from(["member", "kicked", "left", "?"])})
    change = st.fixed_dictionaries(
        {"chat": chat, "from": person, "old_chat_member": member, "new_chat_member": member, "date": st.integers()}
    )
    whole = st.fixed_dictionaries(
        {"update_id": st.integers(0, 2**60)},
        optional={"message": message, "callback_query": query, "my_chat_member": change},
    )
    broken = st.builds(
        lambda update, name, value: {**update, name: value},
        whole,
        st.sampled_from(["update_id", "message", "callback_query", "my_chat_member"]),
        values,
    )
    return st.one_of(whole, whole, broken, values)


@amounts
def test_the_webhook_takes_whatever_is_posted(house: House, examples: int) -> None:
    explore(examples, st.one_of(updates().map(as_bytes), bodies), lambda body: house.post("/telegram", body, **PROOF))
    message = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "bonjour"}
    update = {"update_id": 2**61, "message": {**message, "from": {"id": 7, "is_bot": False, "first_name": "Zoé"}}}
    status, answer = house.post("/telegram", as_bytes(update), **PROOF)
    assert status == 200
    assert json.loads(answer)["text"].strip()


def posts() -> st.SearchStrategy[bytes]:
    content = st.one_of(
        st.fixed_dictionaries({"text": said}),
        st.fixed_dictionaries({"press": st.one_of(texts, st.just(">donation"))}, optional={"label": texts}),
        st.fixed_dictionaries({"location": st.one_of(places.map(list), values)}),
        st.fixed_dictionaries({"command": texts}, optional={"argument": texts}),
        values.filter(lambda value: isinstance(value, dict)),
    )
    ids = st.one_of(st.uuids().map(str), st.uuids().map(str), scalars_or_nothing)
    return st.builds(lambda id, part: as_bytes({"id": id, **part}), ids, content)


scalars_or_nothing = st.one_of(st.none(), st.integers(), texts)


@amounts
def test_the_page_may_be_sent_whatever(house: House, examples: int) -> None:
    def check(body: bytes) -> None:
        _, answer = house.post("/api/messages", body, **OURS)
        assert isinstance(json.loads(answer), dict)

    explore(examples, st.one_of(posts(), posts(), bodies), check)
    status, answer = house.post("/api/messages", as_bytes({"id": str(uuid.uuid4()), "text": "bonjour"}), **OURS)
    assert status == 200
    assert json.loads(answer)["replies"][0]["html"]


@amounts
def test_whatever_is_said_to_have_been_shown(house: House, examples: int) -> None:
    ids = st.one_of(st.lists(st.one_of(texts, st.integers().map(str)), max_size=5), values)
    body = st.one_of(st.builds(lambda value: as_bytes({"ids": value}), ids), bodies)
    explore(examples, body, lambda value: house.post("/api/delivered", value, **OURS))


@pytest.mark.parametrize("header", ["Accept-Language", "Cookie", "Origin", "X-Forwarded-For", "Accept"])
@amounts
def test_whatever_a_browser_says_of_itself(house: House, header: str, examples: int) -> None:
    value = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
    cookies = st.builds("allie={}".format, value)
    body = {"text": "menu"}

    def check(said: str) -> None:
        headers = {**OURS, header: said}
        house.post("/api/messages", as_bytes({"id": str(uuid.uuid4()), **body}), **headers)

    explore(min(examples, 60 if examples < 1_000 else 2_000), cookies if header == "Cookie" else value, check)
