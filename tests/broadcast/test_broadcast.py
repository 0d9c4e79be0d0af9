"""A broadcast as the operator sends it and people get it: to those who asked, once each, behind everything else."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.broadcast.acts import add_broadcast_acts, named
from bot.broadcast.audience import Audience, BadAudience, place_named
from bot.broadcast.feeding import AT_HAND, Feeder
from bot.broadcast.message import BadText, checked, read_texts
from bot.channels.telegram.outbound import why_not_webhook_reply
from bot.control import Acts
from bot.delivery.outcomes import Delivered
from bot.delivery.sender import Sender
from bot.dialogue import news
from bot.dialogue.events import Press
from bot.dialogue.replies import plain
from bot.store import broadcasts
from bot.store.priority import Priority
from tests.conftest import NOON

ADMIN = "telegram:999"
FR = {"texts": {"fr": "Bonjour <b>à tous</b>"}, "audience": Audience(("fr",)).as_json()}


@pytest.fixture
def feeder(store) -> Feeder:
    return Feeder(store)


@pytest.fixture
def ask(store, feeder):
    acts = Acts()
    add_broadcast_acts(acts, store, why_not_webhook_reply, [ADMIN], feeder)

    async def asking(act: str, **given: object) -> object:
        answer = await acts.do({"do": f"broadcast {act}", "with": given})
        return answer.get("result", answer.get("error"))

    return asking


@pytest.fixture
def agreed(store):
    """So many people who agreed."""

    async def agreeing(people: list[str], language: str = "fr", **consent: str) -> None:
        for chat in people:

            async def work(turn):
                turn.save({"language": language, "serial": 1, "v": 1})
                turn.put(news.CONSENT, news.KEY, {"subject": "all", "place": "", **consent})

            await store.turn(f"agree:{chat}", chat, work, at=NOON)

    return agreeing


def test_the_store_and_the_talk_mean_the_same_consent() -> None:
    assert (news.CONSENT, news.KEY) == (broadcasts.CONSENT, broadcasts.CONSENT_KEY)


# In the conversation


async def test_nobody_gets_news_who_did_not_ask_for_them(person, store) -> None:
    me = person(language="fr")
    await me.say("bonjour")
    assert await store.broadcasts.agreed("", NOON, 9) == []


async def test_the_news_are_in_the_list_of_what_is_on(person, store) -> None:
    me = person(language="fr")
    await me.say("mes alertes")
    await me.press("Recevoir les nouvelles d’Allié")
    assert "seulement" in me.text or "que si vous le demandez" in me.text
    await me.press("Donner du temps")
    await me.say("Marseille")
    assert "C’est activé : Donner du temps ; Marseille (13)" in me.text
    (one,) = await store.broadcasts.agreed("", NOON, 9)
    assert one.consent == {"subject": "time", "place": "commune:13055", "since": "2026-11-22"}
    await me.say("mes alertes")
    assert "Nouvelles d’Allié : Donner du temps ; Marseille (13)" in me.text
    await me.press("Ne plus les recevoir")
    assert await store.broadcasts.agreed("", NOON, 9) == []


@pytest.mark.parametrize("word", ["stop", "STOP", "Stop.", "plus de newsletter svp"])
async def test_one_word_ends_them(person, store, agreed, word) -> None:
    me = person(language="fr")
    await agreed([me.chat])
    await me.say(word)
    assert await store.broadcasts.agreed("", NOON, 9) == []


async def test_the_word_ends_them_in_the_middle_of_a_talk_too(person, store, agreed) -> None:
    me = person(language="fr")
    await agreed([me.chat])
    await me.say("je veux donner 300 €")
    await me.say("stop")
    assert "je ne vous écris plus" in me.text
    assert await store.broadcasts.agreed("", NOON, 9) == []


async def test_the_button_under_a_broadcast_ends_them(person, store, agreed) -> None:
    me = person(language="fr")
    await agreed([me.chat])
    (button,) = news.news("Bonjour", "fr").buttons[0]
    await me.send(Press(button.data or "", button.label))
    assert "Vous ne recevrez plus les nouvelles" in me.text
    assert await store.broadcasts.agreed("", NOON, 9) == []


async def test_leaving_at_the_question_leaves_them_off(person, store) -> None:
    me = person(language="fr")
    await me.say("je veux recevoir les nouvelles d'Allié")
    await me.say("annuler")
    assert await store.broadcasts.agreed("", NOON, 9) == []


@pytest.mark.parametrize("said", ["non", "non merci", "plus de newsletter", "rien"])
async def test_a_no_in_any_words_leaves_them_off(person, store, agreed, said) -> None:
    me = person(language="fr")
    await agreed([me.chat])
    await me.say("newsletter stp")
    await me.say(said)
    assert "Vous ne recevrez plus les nouvelles" in me.text
    assert await store.broadcasts.agreed("", NOON, 9) == []


async def test_a_subject_is_understood_by_a_word_of_it(person, store) -> None:
    me = person(language="fr")
    await me.say("je veux recevoir les nouvelles d'Allié")
    await me.say("les entreprise")
    await me.say("lyonn")
    (one,) = await store.broadcasts.agreed("", NOON, 9)
    assert (one.consent["subject"], one.consent["place"]) == ("company", "commune:69123")


# The texts


def test_each_text_ends_with_how_to_have_no_more() -> None:
    replies = checked({"fr": "Bonjour", "en": "Hello"}, why_not_webhook_reply)
    assert "écrivez « stop »" in plain(replies["fr"].text).replace("\u00a0", " ")
    assert "write “stop”" in plain(replies["en"].text)
    assert [button.label for button in replies["en"].buttons[0]] == ["No more news"]


def test_markdown_becomes_what_every_channel_shows(tmp_path: Path) -> None:
    (tmp_path / "n.fr.md").write_text("# Fête\n\n**Samedi** <ici>\n\n- un\n- deux")
    assert read_texts([tmp_path / "n.fr.md"]) == {"fr": "<b>Fête</b>\n\n<b>Samedi</b> &lt;ici&gt;\n\n• un\n• deux"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("n.fr.html", "<b>Bonjour", "is not closed"),
        ("n.fr.html", "<script>x</script>", "no tag"),
        ("n.fr.html", "mot " * 2_000, "several messages"),
        ("n.fr.html", "  \n ", "is empty"),
        ("n.de.md", "Hallo", "is not named as"),
        ("n.md", "Bonjour", "is not named as"),
        ("n.fr.md", b"\xff\xfe\x00", "cannot be read"),
        ("n.fr.md", "x" * 70_000, "more than"),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_with_its_reason(tmp_path: Path, name, content, says) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadText, match=says):
        checked(read_texts([path]), why_not_webhook_reply)


# To whom


@pytest.mark.parametrize(
    ("audience", "people"),
    [
        (Audience(("fr", "en")), {"lyon", "paris5", "anywhere", "english"}),
        (Audience(("en",)), {"english"}),
        (Audience(("fr",), "money"), {"paris5", "anywhere"}),
        (Audience(("fr",), "", ("commune:69123",)), {"lyon"}),
        (Audience(("fr",), "", ("departement:75",)), {"paris5"}),
        (Audience(("fr",), "", ("commune:75056",)), {"paris5"}),
        (Audience(("fr",), "", ("commune:13055",)), set()),
    ],
)
async def test_only_those_who_are_meant(store, agreed, ask, audience, people) -> None:
    await agreed(["telegram:lyon"], subject="time", place="commune:69123")
    await agreed(["telegram:paris5"], subject="money", place="arrondissement:75105")
    await agreed(["telegram:anywhere"])
    await agreed(["telegram:english"], "en", subject="company")
    found = {one.chat.partition(":")[2] for one in await store.broadcasts.agreed("", NOON, 9) if audience.takes(one)}
    assert found == people


def test_a_place_is_found_or_asked_again() -> None:
    assert place_named("Marseille") == "commune:13055"
    assert place_named("13") == "departement:13"
    with pytest.raises(BadAudience, match="no place"):
        place_named("Atlantide-sur-Rien")
    with pytest.raises(BadAudience, match="say which"):
        place_named("Saint-Denis")


async def test_a_dry_run_counts_and_sends_nothing(store, agreed, ask, feeder) -> None:
    await agreed(["telegram:1", "telegram:2", "web:a"], place="commune:69123")
    assert await ask("count", body=FR) == {
        "people": 3,
        "channels": {"telegram": 2, "web": 1},
        "languages": {"fr": 3},
        "places": {"69": 3},
    }
    await feeder.step()
    assert (await store.counts())["outbox"] == 0


async def test_the_team_sees_it_first(store, agreed, ask) -> None:
    await agreed(["telegram:1"])
    assert await ask("show", body=FR) == {"shown": 1}
    assert [message.chat for message in await store.take("telegram", 9)] == [ADMIN]


async def test_what_makes_no_sense_is_refused_with_a_sentence(ask) -> None:
    assert "texts" in await ask("begin", body={})
    assert "no subject" in await ask("begin", body={**FR, "audience": {"languages": ["fr"], "subject": "cats"}})
    assert "cannot be sent" in await ask("begin", body={**FR, "texts": {"fr": "<b>"}})
    assert "no broadcast 'x'" in await ask("stop", name="x")


# On its way


async def deliver_all(store, feeder) -> list[tuple[str, str]]:
    """Feed and deliver until nothing moves; whom each call went to, and its text."""
    calls: list[tuple[str, str]] = []
    while True:
        await feeder.step(NOON + timedelta(minutes=1))
        messages = [
            message
            for priority in (Priority.REPLY, Priority.ALERT, Priority.BROADCAST)
            for message in await store.take("telegram", 50, priority=priority)
        ]
        if not messages:
            return calls
        for message in messages:
            calls.append((message.chat, message.body["text"]))
            await store.delivered(message)


async def test_everybody_gets_it_once_and_the_outbox_stays_small(store, agreed, ask, feeder) -> None:
    people = [f"telegram:{number:04}" for number in range(AT_HAND * 2 + 50)]
    await agreed(people)
    begun = await ask("begin", body=FR)
    assert begun["people"] == len(people)
    await feeder.step()
    assert (await store.counts())["outbox"] == AT_HAND
    calls = await deliver_all(store, feeder)
    assert Counter(chat for chat, _ in calls) == Counter(people)
    told = await ask("tell", name=begun["name"])
    assert (told["state"], told["delivered"], told["waiting"]) == ("done", len(people), 0)


async def test_the_same_command_again_sends_nothing_twice(store, agreed, ask, feeder) -> None:
    await agreed(["telegram:1", "telegram:2"])
    await ask("begin", body=FR)
    assert len(await deliver_all(store, feeder)) == 2
    again = await ask("begin", body=FR)
    assert (again["was"], again["name"]) == ("done", named(FR))
    assert await deliver_all(store, feeder) == []


async def test_stopped_and_begun_again_it_goes_on_where_it_was(store, agreed, ask, feeder) -> None:
    people = [f"telegram:{number:04}" for number in range(AT_HAND + 100)]
    await agreed(people)
    begun = await ask("begin", body=FR)
    await feeder.step()
    first = await store.take("telegram", 30, priority=Priority.BROADCAST)
    for message in first:
        await store.delivered(message)
    assert (await ask("stop", name=begun["name"]))["state"] == "stopped"
    assert await deliver_all(store, feeder) == []
    await ask("begin", body=FR)
    rest = await deliver_all(store, feeder)
    assert Counter([message.chat for message in first] + [chat for chat, _ in rest]) == Counter(people)


async def test_a_reply_goes_before_a_broadcast(store, agreed, ask, feeder, person) -> None:
    await agreed([f"telegram:{number}" for number in range(60)])
    await ask("begin", body=FR)
    await feeder.step()

    async def reply(turn):
        turn.send({"text": "a reply"})

    await store.turn("reply", "telegram:writer", reply, at=NOON)
    order: list[str] = []

    async def deliver(chat, sent):
        order.append(str(sent.text))
        if len(order) == 20:
            sender.stop()
        return Delivered()

    sender = Sender(store, "telegram", deliver)
    await sender.run()
    assert order[0] == "a reply"


async def test_who_says_stop_while_it_waits_does_not_get_it(store, agreed, ask, feeder, engine, person) -> None:
    me = person(language="fr")
    me.chat = "telegram:2"
    await agreed(["telegram:1", "telegram:2", "telegram:3"])
    begun = await ask("begin", body=FR)
    await feeder.step()
    await me.say("stop")
    assert [chat for chat, _ in await deliver_all(store, feeder)] == ["telegram:1", "telegram:3"]
    assert (await ask("tell", name=begun["name"]))["withdrawn"] == 1


async def test_on_the_web_it_waits_for_the_person_to_come(store, agreed, ask, feeder) -> None:
    await agreed(["web:a"])
    begun = await ask("begin", body=FR)
    await feeder.step()
    (message,) = await store.waiting("web:a")
    told = await ask("tell", name=begun["name"])
    assert (told["state"], told["waiting"], told["to_fetch"]) == ("done", 1, 1)
    await store.delivered(message)
    assert (await ask("tell", name=begun["name"]))["delivered"] == 1
