"""A reply is shown to a person by Telegram, and whatever comes in between is an outcome, never an exception."""

from __future__ import annotations

import struct
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import Markup
from telegram_simulator import Dropped, LostAnswer, NotJson, Refused, Simulator, TooMany

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.outbound import check, why_not_webhook_reply
from bot.delivery import outcomes
from bot.delivery.outcomes import Delivered, Gone, Later, Unknown
from bot.dialogue.replies import Button, File, Reply

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 400) + b"\x08\x02\x00\x00\x00"
ZOE = "telegram:4711"
BUTTONS = ((Button("Oui", data="=1"), Button("Source", url="https://exemple.fr/don")),)
CARD = File("don.png", "image/png", PNG, "225 €")
LETTER = File("lettre.pdf", "application/pdf", b"%PDF-1.7", "Votre lettre")


@pytest.fixture(autouse=True)
def zoe_has_written(telegram: Simulator) -> None:
    telegram.person(4711).says("bonjour")


async def test_a_text_with_buttons_is_one_message(telegram: Simulator, channel: TelegramChannel) -> None:
    reply = Reply(Markup("Vous récupérez <b>225&nbsp;€</b>.").replace("&nbsp;", "\u00a0"), BUTTONS)
    assert await channel.deliver(ZOE, reply) == Delivered()
    (sent,) = telegram.people[4711].replies
    assert sent.text == "Vous récupérez 225\u00a0€."
    assert [entity["type"] for entity in sent.entities] == ["bold"]
    assert sent.labels == [["Oui", "Source"]]
    assert telegram.called("sendMessage")[0].given["link_preview_options"] == {"is_disabled": True}


async def test_a_screen_is_edited_and_the_same_screen_again_is_no_failure(
    telegram: Simulator, channel: TelegramChannel
) -> None:
    zoe = telegram.people[4711]
    await channel.deliver(ZOE, Reply(Markup("Combien ?"), BUTTONS))
    edit = Reply(Markup("Merci.")).edited(str(zoe.last.id))
    assert await channel.deliver(ZOE, edit) == Delivered()
    assert await channel.deliver(ZOE, edit) == Delivered()
    assert [(message.text, message.buttons, message.edits) for message in zoe.replies] == [("Merci.", [], 1)]


async def test_what_should_be_edited_and_is_gone_is_sent_anew(telegram: Simulator, channel: TelegramChannel) -> None:
    zoe = telegram.people[4711]
    await channel.deliver(ZOE, Reply(Markup("Combien ?"), BUTTONS))
    zoe.deletes(zoe.last)
    for edit in ("2", "999", "abc"):
        assert await channel.deliver(ZOE, Reply(Markup("Merci."), BUTTONS).edited(edit)) == Delivered()
    assert [(message.text, message.labels) for message in zoe.replies] == [("Merci.", [["Oui", "Source"]])] * 3


async def test_a_picture_carries_its_text_and_its_buttons(telegram: Simulator, channel: TelegramChannel) -> None:
    assert await channel.deliver(ZOE, Reply(Markup("<b>225 €</b>"), BUTTONS, picture=CARD)) == Delivered()
    (sent,) = telegram.people[4711].replies
    assert (sent.kind, sent.text, sent.labels) == ("photo", "225 €", [["Oui", "Source"]])
    assert (sent.files[0].name, sent.files[0].media_type, sent.files[0].content) == ("don.png", "image/png", PNG)


async def test_a_picture_with_a_long_text_goes_first(telegram: Simulator, channel: TelegramChannel) -> None:
    text = Markup("a " * 600)
    assert await channel.deliver(ZOE, Reply(text, BUTTONS, picture=CARD)) == Delivered()
    photo, message = telegram.people[4711].replies
    assert (photo.kind, photo.text, photo.labels) == ("photo", "", [])
    assert (message.text, message.labels) == (text.strip(), [["Oui", "Source"]])
    assert telegram.limits.too_early == []


async def test_a_letter_and_several_letters(telegram: Simulator, channel: TelegramChannel) -> None:
    zoe = telegram.people[4711]
    assert await channel.deliver(ZOE, Reply(Markup("Voici."), files=(LETTER,))) == Delivered()
    assert (zoe.last.kind, zoe.last.text, zoe.last.files[0].name) == ("document", "Voici.", "lettre.pdf")
    names = ['lettre "bis".pdf', "reçu n° 3.pdf"]
    files = tuple(File(name, "application/pdf", name.encode()) for name in names)
    assert await channel.deliver(ZOE, Reply(Markup("Et voici."), BUTTONS, files=files)) == Delivered()
    first, second, text = zoe.replies[1:]
    assert [first.files[0].name, second.files[0].name] == ["lettre 'bis'.pdf", "reçu n° 3.pdf"]
    assert first.files[0].content == names[0].encode()
    assert (text.text, text.labels) == ("Et voici.", [["Oui", "Source"]])


async def test_a_picture_that_telegram_will_not_show_goes_as_a_file(
    telegram: Simulator, channel: TelegramChannel
) -> None:
    wide = PNG[:16] + struct.pack(">II", 9000, 100) + PNG[24:]
    reply = Reply(Markup("Carte"), BUTTONS, picture=File("carte.png", "image/png", wide))
    assert await channel.deliver(ZOE, reply) == Delivered()
    (sent,) = telegram.people[4711].replies
    assert (sent.kind, sent.text, sent.labels, sent.files[0].content) == (
        "document",
        "Carte",
        [["Oui", "Source"]],
        wide,
    )


async def test_a_place_is_shown_on_the_map_before_its_text(telegram: Simulator, channel: TelegramChannel) -> None:
    await channel.deliver(ZOE, Reply(Markup("Rendez-vous ici."), BUTTONS, location=(43.3, 5.37)))
    place, text = telegram.people[4711].replies
    assert (place.location, text.text) == ((43.3, 5.37), "Rendez-vous ici.")


async def test_a_text_longer_than_a_message_becomes_several_with_the_buttons_last(
    telegram: Simulator, channel: TelegramChannel
) -> None:
    text = Markup("\n\n").join([Markup("<b>{}</b>").format("😀" * 1000)] * 3)
    assert await channel.deliver(ZOE, Reply(text, BUTTONS)) == Delivered()
    sent = telegram.people[4711].replies
    assert [message.text for message in sent] == ["😀" * 1000 + "\n\n" + "😀" * 1000, "😀" * 1000]
    assert [message.labels for message in sent] == [[], [["Oui", "Source"]]]
    assert telegram.limits.too_early == []


async def test_a_position_is_asked_for_with_a_key_that_goes_away_afterwards(
    telegram: Simulator, channel: TelegramChannel
) -> None:
    zoe = telegram.people[4711]
    await channel.deliver(ZOE, Reply(Markup("Où ?"), asks_location=True))
    assert zoe.last.text == "Où ?"
    assert zoe.last.markup is not None
    assert zoe.last.markup["keyboard"][0][0]["request_location"] is True
    await channel.deliver(ZOE, Reply(Markup("Merci.")))
    assert zoe.last.markup == {"remove_keyboard": True}
    await channel.deliver(ZOE, Reply(Markup("Où ?"), BUTTONS, asks_location=True))
    question, key = zoe.replies[-2:]
    assert (question.text, question.labels) == ("Où ?", [["Oui", "Source"]])
    assert key.silent
    assert key.markup is not None
    assert key.markup["keyboard"][0][0]["request_location"] is True


async def test_in_a_group_no_position_is_asked_for(telegram: Simulator, channel: TelegramChannel) -> None:
    group = telegram.group(-100123)
    assert await channel.deliver("telegram:-100123:4711", Reply(Markup("Où ?"), asks_location=True)) == Delivered()
    assert [(message.text, message.markup) for message in group.messages] == [("Où ?", None)]
    assert telegram.refused == []


async def test_a_group_that_became_a_supergroup_is_followed(telegram: Simulator, channel: TelegramChannel) -> None:
    new = telegram.group(-77).upgrades(-1_000_000_000_077)
    for text in ("Un", "Deux"):
        assert await channel.deliver("telegram:-77:4711", Reply(Markup(text))) == Delivered()
    assert [message.text for message in new.messages] == ["Un", "Deux"]
    assert len(telegram.refused) == 1


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (TooMany(7), Later(7.0)),
        (Refused(500, "Internal Server Error"), Later(3.0)),
        (NotJson(502), Later(3.0)),
        (Refused(401, "Unauthorized"), Later(60.0)),
        (Refused(403, "Forbidden: bot was blocked by the user"), Gone()),
        (Refused(400, "Bad Request: chat not found"), Gone()),
        (Refused(400, "Bad Request: PEER_ID_INVALID"), Gone()),
        (
            Refused(400, "Bad Request: not enough rights to send text messages to the chat"),
            outcomes.Refused("Bad Request: not enough rights to send text messages to the chat"),
        ),
        (Dropped(), Unknown("sendMessage: the connection was lost (ServerDisconnectedError)")),
        (NotJson(200), Unknown("an answer that is not Telegram's")),
    ],
)
async def test_what_telegram_answers_becomes_an_outcome(
    telegram: Simulator, channel: TelegramChannel, fault: object, outcome: outcomes.Outcome
) -> None:
    telegram.goes_wrong(fault, "sendMessage", chat=4711)
    assert await channel.deliver(ZOE, Reply(Markup("Bonjour"))) == outcome
    assert telegram.people[4711].replies == []
    assert await channel.deliver(ZOE, Reply(Markup("Bonjour"))) == Delivered()


async def test_a_timeout_after_delivery_is_unknown(telegram: Simulator, channel: TelegramChannel) -> None:
    telegram.goes_wrong(LostAnswer(5.0), "sendMessage")
    started = time.monotonic()
    assert await channel.deliver(ZOE, Reply(Markup("Bonjour"))) == Unknown("sendMessage was not answered in time")
    assert time.monotonic() - started < 4
    assert [message.text for message in telegram.people[4711].replies] == ["Bonjour"]


async def test_a_server_that_is_not_there_was_surely_sent_nothing() -> None:
    channel = TelegramChannel("1234:a-token-that-opens-nothing", None, api_url="http://127.0.0.1:9")  # type: ignore[arg-type]
    assert await channel.deliver(ZOE, Reply(Markup("Bonjour"))) == Later(3.0)
    await channel.stop()


async def test_the_second_of_two_calls_is_waited_for_rather_than_the_first_repeated(
    telegram: Simulator, channel: TelegramChannel
) -> None:
    telegram.goes_wrong(TooMany(1), "sendMessage")
    reply = Reply(Markup("a " * 600), picture=CARD)
    assert await channel.deliver(ZOE, reply) == Delivered()
    assert [message.kind for message in telegram.people[4711].replies] == ["photo", "text"]


async def test_someone_who_blocked_allie_is_gone(telegram: Simulator, channel: TelegramChannel) -> None:
    telegram.people[4711].blocks()
    assert await channel.deliver(ZOE, Reply(Markup("Bonjour"))) == Gone()
    assert await channel.deliver("telegram:99", Reply(Markup("Bonjour"))) == Gone()
    assert isinstance(await channel.deliver("web:99", Reply(Markup("Bonjour"))), outcomes.Refused)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(Markup("<b>x")), "the tag <b> is not closed"),
        (Reply(Markup("<b></b> ")), "the text is empty"),
        (Reply(Markup("x"), ((Button(" ", data="x"),),)), "a button has no label"),
        (Reply(Markup("x"), ((Button("x", data="é" * 33),),)), "the button 'x' carries nothing, or more than 64 bytes"),
        (Reply(Markup("x"), ((Button("x", data=""),),)), "the button 'x' carries nothing, or more than 64 bytes"),
        (Reply(Markup("x"), ((Button("x", url="javascript:alert(1)"),),)), "the button 'x' leads nowhere"),
        (Reply(Markup("x"), ((Button("x", url="https://localhost"),),)), "the button 'x' leads nowhere"),
        (Reply(Markup("x"), ((Button("x", url="http://[::1"),),)), "the button 'x' leads nowhere"),
        (Reply(Markup("x"), ((Button("x", data="x"),),) * 101), "there are more than 100 buttons"),
        (
            Reply(Markup("x"), files=(File("vide.pdf", "application/pdf", b""),)),
            "the file vide.pdf is empty or larger than 50 MB",
        ),
        (Reply(Markup("x"), BUTTONS), None),
        (Reply(picture=CARD), None),
        (Reply(Markup("x" * 5000)), None),
    ],
)
async def test_what_telegram_would_refuse_is_known_beforehand(
    telegram: Simulator, channel: TelegramChannel, reply: Reply, why: str | None
) -> None:
    assert check(reply) == why
    assert await channel.deliver(ZOE, reply) == (outcomes.Refused(why) if why else Delivered())
    assert telegram.refused == []


def test_only_one_call_without_a_file_is_a_webhook_reply() -> None:
    assert why_not_webhook_reply(Reply(Markup("x" * 4096), BUTTONS)) is None
    assert why_not_webhook_reply(Reply(Markup("<b>x</b>")).edited("5")) is None
    assert why_not_webhook_reply(Reply(Markup("Où ?"), asks_location=True)) is None
    for reply in (
        Reply(Markup("x"), picture=CARD),
        Reply(Markup("x"), files=(LETTER,)),
        Reply(Markup("x"), location=(43.3, 5.37)),
        Reply(Markup("x" * 4097)),
        Reply(Markup("😀" * 2049)),
        Reply(Markup("Où ?"), BUTTONS, asks_location=True),
        Reply(Markup("")),
    ):
        assert why_not_webhook_reply(reply) is not None


def test_the_sender_knows_how_many_calls_a_reply_takes() -> None:
    assert TelegramChannel.calls_in(ZOE, Reply(Markup("x"), picture=CARD)) == 1
    assert TelegramChannel.calls_in(ZOE, Reply(Markup("x"), picture=CARD, files=(LETTER,))) == 2
    assert TelegramChannel.calls_in(ZOE, Reply(Markup("x" * 5000))) == 2
    assert TelegramChannel.calls_in(ZOE, Reply(Markup("x"), BUTTONS, asks_location=True)) == 2
    assert TelegramChannel.calls_in("telegram:-1:2", Reply(Markup("x"), BUTTONS, asks_location=True)) == 1


async def test_halves_of_characters_reach_telegram_whole(telegram: Simulator, channel: TelegramChannel) -> None:
    assert await channel.deliver(ZOE, Reply(Markup("a\ud83d"), ((Button("b\udc00", data="x"),),))) == Delivered()
    assert (telegram.people[4711].last.text, telegram.people[4711].last.labels) == ("a\ufffd", [["b\ufffd"]])


async def test_a_link_to_share_asks_whom_to_send_it_to_and_begins_there_for_them(
    telegram: Simulator, channel: TelegramChannel
) -> None:
    share = Button("Partager", start="mission-i-essai--2", says="Nourrir les chats & les chiens")
    assert await channel.deliver(ZOE, Reply(Markup("Une mission"), ((share,), *BUTTONS))) == Delivered()
    url = urlsplit(telegram.people[4711].last.button("Partager")["url"])
    given = parse_qs(url.query)
    assert (url.netloc, url.path) == ("t.me", "/share/url")
    assert given["text"] == ["Nourrir les chats & les chiens"]
    assert given["url"] == [f"https://t.me/{channel.me.username}?start=mission-i-essai--2"]
