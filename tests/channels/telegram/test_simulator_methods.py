"""The simulator knows the Bot API as it is: method by method against the official schema, refusal by refusal."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument
from telegram.error import BadRequest, Forbidden
from telegram_simulator import Refusal, Simulator, TooMany, parameters
from telegram_simulator.formatting import formatted, units

SCHEMA = Path(__file__).parents[4] / "shared" / "telegram" / "bot-api-10.1.json"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 400) + b"\x08\x02\x00\x00\x00"

NEWER_THAN_THE_LIBRARY = {
    "answerChatJoinRequestQuery",
    "sendChatJoinRequestWebApp",
    "sendRichMessage",
    "sendRichMessageDraft",
}


async def ask(telegram: Simulator, method: str, **given: Any) -> dict[str, Any]:
    address = f"{telegram.url}/bot{telegram.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(address, json=given) as response:
        answer: dict[str, Any] = await response.json()
        return answer


@pytest.fixture
def bot(telegram: Simulator) -> Bot:
    return Bot(telegram.token, base_url=f"{telegram.url}/bot")


@pytest.mark.skipif(not SCHEMA.exists(), reason="the official schema is not beside the project")
def test_every_method_and_parameter_is_that_of_the_official_schema() -> None:
    official = {
        name: {parameter: is_["required"] for parameter, is_ in method["params"].items()}
        for name, method in json.loads(SCHEMA.read_text())["methods"].items()
        if name not in NEWER_THAN_THE_LIBRARY
    }
    del official["editMessageText"]["rich_message"]  # 10.1; the text was required before it came
    official["editMessageText"]["text"] = True
    assert parameters() == official


async def test_the_library_itself_can_talk_to_it(telegram: Simulator, bot: Bot) -> None:
    zoe = telegram.person(4711)
    zoe.says("bonjour")
    async with bot:
        assert bot.username == "allie_bot"
        sent = await bot.send_message(
            4711,
            "Bonjour <b>Zoé</b> &amp; merci",
            parse_mode="HTML",
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Donner", callback_data="d")]]),
        )
        assert sent.text == "Bonjour Zoé & merci"
        assert zoe.last.labels == [["Donner"]]
        await bot.edit_message_text("Merci", 4711, sent.message_id)
        assert (zoe.last.text, zoe.last.buttons, zoe.last.edits) == ("Merci", [], 1)
        await bot.send_photo(4711, PNG, caption="Votre don", filename="don.png")
        assert zoe.last.kind == "photo"
        assert zoe.last.files[0].content == PNG
        await bot.send_document(4711, b"%PDF-", filename="lettre.pdf")
        assert zoe.last.files[0].name == "lettre.pdf"
        await bot.send_media_group(
            4711, [InputMediaDocument(b"1", filename="1.txt"), InputMediaDocument(b"2", filename="2.txt")]
        )
        assert [message.files[0].content for message in zoe.replies[-2:]] == [b"1", b"2"]
        await bot.send_location(4711, 43.3, 5.37)
        assert zoe.last.location == (43.3, 5.37)
        await bot.send_chat_action(4711, "typing")
        assert zoe.typing == 1
        await bot.delete_message(4711, sent.message_id)
        assert "Merci" not in zoe.screen()


async def test_commands_are_shown_in_the_language_of_each_person(telegram: Simulator, bot: Bot) -> None:
    async with bot:
        await bot.set_my_commands([("don", "Calculer un don")])
        await bot.set_my_commands([("don", "Work out a gift")], language_code="en")
        assert telegram.person(1, language="en").menu() == {"don": "Work out a gift"}
        assert telegram.person(2, language="fr").menu() == {"don": "Calculer un don"}
        assert (await bot.get_my_commands(language_code="en"))[0].description == "Work out a gift"
        with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
            await bot.set_my_commands([("Don", "Calculer un don")])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>gras", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to start"),
        ({"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, 'Unmatched end tag at byte offset 7, expected "</i>"'),
        ({"text": "é</b>", "parse_mode": "HTML"}, "Unexpected end tag at byte offset 2"),
        ({"text": "<h1>x</h1>", "parse_mode": "HTML"}, 'Unsupported start tag "h1" at byte offset 0'),
        ({"text": "2 < 3", "parse_mode": "HTML"}, 'Unsupported start tag "" at byte offset 2'),
        ({"text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ({"text": "x", "silent": True}, "unknown parameter silent of sendMessage"),
        ({"text": "x", "chat_id": 99}, "chat not found"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_a_text_that_telegram_refuses_is_refused(
    telegram: Simulator, given: dict[str, Any], sentence: str
) -> None:
    telegram.person(1).says("bonjour")
    answer = await ask(telegram, "sendMessage", **({"chat_id": 1} | given))
    assert answer["error_code"] == 400
    assert sentence in answer["description"]
    assert telegram.people[1].replies == []


@pytest.mark.parametrize(
    ("keyboard", "sentence"),
    [
        ([[{"text": "x", "callback_data": "é" * 33}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "", "callback_data": "x"}]], "Text must be non-empty"),
        ([[{"text": "x"}]], "Text buttons are unallowed"),
        ([[{"text": "x", "url": "javascript:alert(1)"}]], "Wrong HTTP URL"),
        ([[{"text": "x", "url": "https://localhost/don"}]], "Wrong HTTP URL"),
        ([[{"text": "x", "callback_data": "x"}] * 9], "reply markup is too long"),
        ([[{"text": "x", "callback_data": "x"}]] * 101, "reply markup is too long"),
    ],
)
async def test_a_keyboard_that_telegram_refuses_is_refused(
    telegram: Simulator, keyboard: list[Any], sentence: str
) -> None:
    telegram.person(1).says("bonjour")
    answer = await ask(telegram, "sendMessage", chat_id=1, text="x", reply_markup={"inline_keyboard": keyboard})
    assert sentence in answer["description"]


async def test_the_longest_text_and_the_largest_data_pass(telegram: Simulator) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    button = {"text": "x", "callback_data": "é" * 32}
    markup = {"inline_keyboard": [[button]]}
    text = "<b>" + "😀" * 2048 + "</b>"
    await ask(telegram, "sendMessage", chat_id=1, text=text, parse_mode="HTML", reply_markup=markup)
    assert zoe.last.text == "😀" * 2048
    assert zoe.last.entities == [{"type": "bold", "offset": 0, "length": 4096}]


def test_html_becomes_what_a_person_reads() -> None:
    text, entities = formatted('<a href="https://a.fr?b=1&amp;c=2">l&#39;été</a> &eacute; &lt;3 😀 <i>x</i>', "HTML")
    assert text == "l'été &eacute; <3 😀 x"
    assert entities == [
        {"type": "text_link", "offset": 0, "length": 5, "url": "https://a.fr?b=1&c=2"},
        {"type": "italic", "offset": units("l'été &eacute; <3 😀 "), "length": 1},
    ]


async def test_edits_that_telegram_refuses_are_refused(telegram: Simulator) -> None:
    zoe = telegram.person(1)
    zoe.says("bonjour")
    await ask(telegram, "sendMessage", chat_id=1, text="Un")
    sent = zoe.last.id

    async def edit(**given: Any) -> str:
        return str((await ask(telegram, "editMessageText", **({"chat_id": 1, "text": "Deux"} | given)))["description"])

    assert "message is not modified" in await edit(message_id=sent, text="Un")
    assert "message to edit not found" in await edit(message_id=99)
    assert "message can't be edited" in await edit(message_id=zoe.messages[0].id)
    assert "message identifier is not specified" in await edit()
    zoe.deletes(zoe.last)
    assert "message to edit not found" in await edit(message_id=sent)
    await ask(telegram, "sendMessage", chat_id=1, text="Où ?", reply_markup={"keyboard": [[{"text": "Ici"}]]})
    assert "message can't be edited" in await edit(message_id=zoe.last.id)


async def test_pictures_are_looked_at(telegram: Simulator, bot: Bot) -> None:
    telegram.person(1).says("bonjour")
    async with bot:
        with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
            await bot.send_photo(1, b"not a picture")
        with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
            await bot.send_photo(1, PNG[:16] + struct.pack(">II", 9000, 1001) + PNG[24:])
        with pytest.raises(BadRequest, match="caption is too long"):
            await bot.send_photo(1, PNG, caption="x" * 1025)


async def test_those_who_cannot_be_written_to(telegram: Simulator, bot: Bot) -> None:
    zoe, gone = telegram.person(1), telegram.person(2)
    async with bot:
        with pytest.raises(Forbidden, match="can't initiate conversation"):
            await bot.send_message(1, "bonjour")
        zoe.says("bonjour")
        await bot.send_message(1, "bonjour")
        zoe.blocks()
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(1, "bonjour")
        zoe.returns()
        await bot.send_message(1, "bonjour")
        gone.disappears()
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bot.send_message(2, "bonjour")


async def test_the_pace_of_telegram_is_written_down_and_kept_if_asked(telegram: Simulator) -> None:
    telegram.person(1).says("bonjour")
    await ask(telegram, "sendMessage", chat_id=1, text="un")
    await ask(telegram, "sendMessage", chat_id=1, text="deux")
    assert [chat for chat, _ in telegram.limits.too_early] == [1]
    telegram.limits.enforced = True
    refused = await ask(telegram, "sendMessage", chat_id=1, text="trois")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 1})
    assert [message.text for message in telegram.people[1].replies] == ["un", "deux"]


async def test_thirty_a_second_in_all_and_twenty_a_minute_in_a_group(telegram: Simulator) -> None:
    limits = telegram.limits
    limits.enforced = True
    assert [limits.wait(chat, 0.0) for chat in range(1, 32)] == [0] * 30 + [1]
    assert [limits.wait(-7, 10.0 + second) for second in range(21)] == [0] * 20 + [40]
    assert limits.wait(-7, 70.0) == 0


async def test_bad_days_to_order(telegram: Simulator) -> None:
    telegram.person(1).says("bonjour")
    telegram.goes_wrong(TooMany(3), "sendMessage", chat=1)
    answer = await ask(telegram, "sendMessage", chat_id=1, text="x")
    assert answer["parameters"] == {"retry_after": 3}
    assert (await ask(telegram, "sendMessage", chat_id=1, text="x"))["ok"] is True
    assert [call.refusal for call in telegram.refused] == ["Too Many Requests: retry after 3"]


async def test_a_wrong_token_or_method_opens_nothing(telegram: Simulator) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{telegram.url}/bot1:wrong/getMe") as response:
            assert response.status == 401
        async with session.get(f"{telegram.url}/bot{telegram.token}/getMyself") as response:
            assert response.status == 404
    assert (await ask(telegram, "sendPoll", chat_id=1, question="?", options=[]))["error_code"] == 501


def test_a_refusal_speaks_as_telegram_does() -> None:
    assert Refusal("chat not found").answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: chat not found",
    }
