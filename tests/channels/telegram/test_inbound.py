"""What people send by Telegram reaches Allié as events; what is not for it reaches nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.inbound import Identity, Reader, press_id
from bot.dialogue.events import Command, Content, Event, Left, Location, Media, Press, Returned, Text

ME = Identity(4242, "allie_bot", "Allié 🤝")
READ = Reader(ME).event
ZOE = {"id": 4711, "is_bot": False, "first_name": "Zoé", "language_code": "fr"}
PRIVATE = {"id": 4711, "type": "private", "first_name": "Zoé"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Les amis"}
BOT = {"id": 4242, "is_bot": True, "first_name": "Allié", "username": "allie_bot"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {
        "update_id": 8812,
        "message": {"message_id": 5, "from": ZOE, "chat": chat, "date": 1_790_000_000, **content},
    }


def content_of(update: Any) -> Content | None:
    event = READ(update)
    return event.content if event else None


def pressed(data: Any = "=1.don", **changes: Any) -> dict[str, Any]:
    keyboard = [[{"text": "Un don", "callback_data": "=1.don"}, {"text": "Site", "url": "https://exemple.fr"}]]
    shown = {
        "message_id": 77,
        "from": BOT,
        "chat": PRIVATE,
        "date": 1_790_000_000,
        "text": "Que voulez-vous donner ?",
        "reply_markup": {"inline_keyboard": keyboard},
    }
    query = {"id": "99", "from": ZOE, "chat_instance": "1", "data": data, "message": shown | changes}
    return {"update_id": 8813, "callback_query": query}


def test_a_text_says_who_where_when_and_in_which_language() -> None:
    before = datetime.now(UTC)
    event = READ(message(text="Je donne 300 €"), "{raw}")
    assert event is not None
    assert before <= event.at <= datetime.now(UTC)
    assert event == Event(
        "telegram:8812", "telegram:4711", Text("Je donne 300 €"), event.at, "fr", None, False, "{raw}", origin="5"
    )


@pytest.mark.parametrize(
    ("typed", "content"),
    [
        ("/don", Command("don")),
        ("/DON", Command("don")),
        ("/rtt@allie_bot 3 jours", Command("rtt", "3 jours")),
        ("/rtt@Allie_Bot", Command("rtt")),
        ("/start donation", Command("start", "donation")),
        ("/don@autre_bot", None),
        ("/", Text("/")),
        ("/2 par mois ?", Command("2", "par mois ?")),
        ("12/05/2026", Text("12/05/2026")),
        ("une moitié \ud83d", Text("une moitié \ufffd")),
    ],
)
def test_commands_and_deep_links_are_told_from_texts(typed: str, content: Content | None) -> None:
    assert content_of(message(text=typed)) == content


def test_a_press_knows_its_data_its_label_and_its_screen() -> None:
    event = READ(pressed())
    assert event is not None
    assert (event.content, event.chat, event.message) == (Press("=1.don", "Un don"), "telegram:4711", "77")
    assert press_id(pressed()) == "99"


def test_a_press_under_a_picture_or_a_lost_message_edits_nothing() -> None:
    under_a_picture = pressed()
    del under_a_picture["callback_query"]["message"]["text"]
    too_old = pressed(date=0)
    no_message = pressed()
    del no_message["callback_query"]["message"]
    for update in (under_a_picture, too_old, no_message):
        event = READ(update)
        assert event is not None
        assert event.message is None
        assert event.chat == "telegram:4711"


def test_a_press_in_a_group_answers_the_one_who_pressed_and_leaves_the_screen_of_others_alone() -> None:
    event = READ(pressed(chat=GROUP))
    assert event is not None
    assert (event.chat, event.group, event.message) == ("telegram:-100123:4711", True, None)


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ({"location": {"latitude": 43.3, "longitude": 5.37}}, Location(43.3, 5.37)),
        ({"venue": {"title": "Mairie"}, "location": {"latitude": 43, "longitude": 5}}, Location(43.0, 5.0)),
        ({"location": {"latitude": 430, "longitude": 5.37}}, None),
        ({"location": {"latitude": float("nan"), "longitude": 5.37}}, None),
        ({"photo": [{}]}, Media("photo")),
        ({"photo": [{}], "caption": "Mon reçu fiscal"}, Text("Mon reçu fiscal")),
        ({"sticker": {}}, Media("sticker")),
        ({"sticker": {"emoji": "👍"}}, Text("👍")),
        ({"voice": {}}, Media("voice")),
        ({"video_note": {}}, Media("video")),
        ({"animation": {}, "document": {}}, Media("video")),
        ({"document": {}}, Media("document")),
        ({"contact": {}}, Media("contact")),
        ({"dice": {}}, Media("other")),
        ({"new_chat_title": "Les amis"}, None),
        ({"pinned_message": {}}, None),
        ({"text": ""}, None),
    ],
)
def test_everything_else_is_a_place_a_medium_or_nothing(content: dict[str, Any], read: Content | None) -> None:
    assert content_of(message(**content)) == read


def change(was: str, is_: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    member = {
        "chat": chat,
        "from": ZOE,
        "date": 1,
        "old_chat_member": {"status": was},
        "new_chat_member": {"status": is_},
    }
    return {"update_id": 1, "my_chat_member": member}


def test_blocking_and_coming_back_are_learnt() -> None:
    assert content_of(change("member", "kicked")) == Left()
    assert content_of(change("kicked", "member")) == Returned()
    assert content_of(change("member", "left", GROUP)) == Left()
    assert content_of(change("left", "administrator", GROUP)) == Returned()
    assert content_of(change("member", "administrator", GROUP)) is None


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("qui vient samedi ?", None),
        ("c'est notre allié dans cette affaire", None),
        ("@allie_bot_2 bonjour", None),
        ("moi@allie_bot.fr", None),
        ("@allie_bot je donne 300 €", Text("je donne 300 €")),
        ("je donne 300 €, @Allie_bot", Text("je donne 300 €")),
        ("Allié, je donne 300 €", Text("je donne 300 €")),
        ("allie je donne 300 €", Text("je donne 300 €")),
        ("combien pour 300 €, Allié ?", Text("combien pour 300 € ?")),
        ("on demande à Allié pour samedi", Text("on demande à Allié pour samedi")),
        ("@allie_bot", Command("start")),
        ("Allié ?", Command("start")),
        ("/don", Command("don")),
        ("/don@allie_bot 300", Command("don", "300")),
        ("/don@autre_bot 300", None),
    ],
)
def test_in_a_group_only_what_is_said_to_allie_is_heard(said: str, heard: Content | None) -> None:
    event = READ(message(GROUP, text=said))
    assert (event.content if event else None) == heard
    if event:
        assert (event.chat, event.group) == ("telegram:-100123:4711", True)


def test_in_a_group_an_answer_to_allie_is_heard_and_a_picture_for_others_is_not() -> None:
    answered = {"reply_to_message": {"message_id": 3, "from": BOT, "chat": GROUP}}
    assert content_of(message(GROUP, text="500 €", **answered)) == Text("500 €")
    assert content_of(message(GROUP, location={"latitude": 43.3, "longitude": 5.37}, **answered)) == Location(
        43.3, 5.37
    )
    assert content_of(message(GROUP, photo=[{}])) is None
    assert content_of(message(GROUP, photo=[{}], **answered)) == Media("photo")


def test_a_message_that_was_changed_is_told_from_a_new_one() -> None:
    event = READ({"update_id": 1, "edited_message": message(text="500")["message"]})
    assert event is not None
    assert (event.content, event.origin, event.edited) == (Text("500"), "5", True)
    moved = {"latitude": 43.3, "longitude": 5.37}
    assert READ({"update_id": 1, "edited_message": message(location=moved)["message"]}) is None


def test_channels_bots_and_unknown_updates_are_left_alone() -> None:
    assert READ(message({"id": -5, "type": "channel"}, text="bonjour")) is None
    assert READ(message(text="bonjour", **{"from": BOT})) is None
    assert READ({"update_id": 1, "poll": {}}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(update=JSON)
def test_no_json_at_all_breaks_it(update: Any) -> None:
    assert READ(update) is None or isinstance(update, dict)
    press_id(update)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += paths(inner, (*path, key))
    return found


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


WHOLE = [pressed(), message(text="Allié ?"), message(GROUP, text="@allie_bot bonjour"), change("member", "kicked")]


@given(data=st.data(), whole=st.sampled_from(WHOLE), new=JSON)
def test_an_update_with_any_part_gone_wrong_is_an_event_or_nothing(data: Any, whole: Any, new: Any) -> None:
    path = data.draw(st.sampled_from(paths(whole)))
    event = READ(replaced(whole, path, new))
    assert event is None or (event.id.startswith("telegram:") and event.chat.startswith("telegram:"))
