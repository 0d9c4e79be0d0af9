"""The calls of the page over real HTTP: what is accepted, what is refused, and who is speaking."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import TestClient
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.channels.web import InboundLimits
from bot.channels.web.person import KEPT_FOR
from bot.channels.web.routes import LARGEST_POST
from bot.channels.web.wire import Post, Refusal, read_ids, read_post
from bot.dialogue.events import Command, Location, Press, Text
from bot.dialogue.replies import Reply
from bot.errors import Busy, Damaged
from bot.inbound_rate_limiter import SWEEP_AT, InboundRateLimiter, Wait

FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "fr"}


async def say(client, post_id=None, headers=FROM_OUR_PAGE, **content):
    post = {"id": post_id or str(uuid.uuid4()), **content}
    return await client.post("/api/messages", json=post, headers=headers)


async def test_what_is_written_is_heard_and_answered(client, engine):
    answer = await say(client, text="bonjour")
    assert answer.status == 200
    assert await answer.json() == {"replies": [{"html": "J’ai lu : bonjour"}], "forgotten": False}
    assert [event.content for event in engine.heard] == [Text("bonjour")]
    assert engine.heard[0].language == "fr"
    assert answer.headers["Cache-Control"] == "no-store"


async def test_buttons_pictures_files_and_places_come_with_the_answer(client):
    welcome = (await (await say(client, command="start")).json())["replies"][0]
    assert welcome["buttons"] == [
        [{"label": "Donner du temps", "data": "time"}, {"label": "Donner de l’argent", "data": "money"}],
        [{"label": "Site", "url": "https://example.org/"}],
    ]
    reply = (await (await say(client, text="fichier")).json())["replies"][0]
    assert reply["picture"]["media_type"] == "image/png"
    assert reply["picture"]["alt"] == "225 € reviennent, 75 € restent"
    assert reply["files"][0]["name"] == "lettre.pdf"
    assert reply["location"] == [43.3, 5.4]
    assert (await (await say(client, text="où")).json())["replies"][0]["asks_location"] is True


async def test_a_post_repeated_after_a_lost_answer_gets_the_same_answer_and_is_done_once(client, engine):
    same = str(uuid.uuid4())
    first = await (await say(client, same, text="300 €")).json()
    again = await (await say(client, same, text="300 €")).json()
    assert first == again
    assert engine.said == ["300 €"]


@pytest.mark.parametrize("error", [Busy("the database only reads just now", 3.0), Damaged("the database is damaged")])
async def test_while_the_store_cannot_every_call_is_asked_to_come_back(client, engine, error):
    assert (await say(client, text="bonjour")).status == 200
    engine.broken = error
    later = await client.get("/api/messages")
    shown = await client.post("/api/delivered", json={"ids": ["1"]}, headers=FROM_OUR_PAGE)
    said = await say(client, text="encore")
    for answer in (later, shown, said):
        assert (answer.status, answer.headers["Retry-After"]) == (503, f"{error.seconds:.0f}")
        assert "database" not in await answer.text()
    engine.broken = None
    assert (await client.get("/api/messages")).status == 200


async def test_a_first_post_whose_answer_and_cookie_were_lost_still_comes_from_the_same_person(client, engine):
    same = str(uuid.uuid4())
    await say(client, same, text="bonjour")
    client.session.cookie_jar.clear()
    await say(client, same, text="bonjour")
    await say(client, text="encore là")
    assert engine.said == ["bonjour", "encore là"]
    assert len({event.chat for event in engine.heard}) == 1


async def test_two_people_are_two_conversations_and_neither_gets_the_other_s_answers(client, engine):
    same = str(uuid.uuid4())
    await say(client, text="je suis la première")
    await say(client, same, text="mon secret")
    client.session.cookie_jar.clear()
    await say(client, text="je suis le second")
    answer = await (await say(client, same, text="le tien ?")).json()
    assert answer["replies"] == [{"html": "J’ai lu : le tien ?"}]
    assert len({event.chat for event in engine.heard}) == 2


async def test_nobody_gets_a_cookie_before_they_have_written(client):
    assert not (await client.get("/")).cookies
    assert not (await client.get("/api/messages", headers=FROM_OUR_PAGE)).cookies
    cookie = (await say(client, text="bonjour")).cookies["allie"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert int(cookie["max-age"]) == KEPT_FOR
    assert not cookie["secure"]


async def test_behind_https_the_cookie_never_travels_in_the_clear(client):
    answer = await say(client, text="bonjour", headers={**FROM_OUR_PAGE, "X-Forwarded-Proto": "https"})
    assert answer.cookies["__Host-allie"]["secure"]


async def test_a_cookie_somebody_made_up_is_nobody(client, engine):
    await say(client, text="bonjour")
    forged = {**FROM_OUR_PAGE, "Cookie": "allie=" + engine.heard[0].chat.removeprefix("web:") + ".aaaa.bbbb"}
    client.session.cookie_jar.clear()
    await say(client, text="c’est moi", headers=forged)
    assert engine.heard[0].chat != engine.heard[1].chat


async def test_the_id_of_an_event_says_nothing_of_the_person_or_their_post(client, engine):
    same = str(uuid.uuid4())
    await say(client, same, text="bonjour")
    event = engine.heard[0]
    assert event.chat.removeprefix("web:") not in event.id
    assert same not in event.id


async def test_after_an_erasure_the_page_is_told_and_the_next_post_comes_from_somebody_new(client, engine):
    await say(client, text="bonjour")
    answer = await say(client, press="erase", label="Tout effacer")
    assert (await answer.json())["forgotten"] is True
    assert answer.cookies["allie"]["max-age"] == "0"
    await say(client, text="je reviens")
    assert engine.heard[-1].chat != engine.heard[0].chat


async def test_an_erasure_whose_answer_was_lost_is_told_again(client, engine):
    await say(client, text="bonjour")
    cookie = client.session.cookie_jar.filter_cookies(client.make_url("/"))["allie"].value
    same = str(uuid.uuid4())
    await say(client, same, press="erase", label="Tout effacer")
    headers = {**FROM_OUR_PAGE, "Cookie": f"allie={cookie}"}
    again = await (await say(client, same, press="erase", label="Tout effacer", headers=headers)).json()
    assert again == {"replies": [{"html": "Tout est effacé."}], "forgotten": True}
    assert len(engine.heard) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_another_site_cannot_write_in_a_person_s_name(client, engine, headers):
    answer = await say(client, text="efface tout", headers=headers)
    assert answer.status == 403
    assert not engine.heard


async def test_a_browser_that_names_only_its_origin_is_believed(client):
    origin = str(client.make_url("/")).rstrip("/")
    assert (await say(client, text="bonjour", headers={"Origin": origin})).status == 200


async def test_only_json_is_read(client, engine):
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        headers = {**FROM_OUR_PAGE, "Content-Type": media_type}
        assert (await client.post("/api/messages", data=b"{}", headers=headers)).status == 415
    assert not engine.heard


async def test_a_post_that_is_too_large_is_refused_whether_or_not_it_says_so(client, engine):
    async def endless():
        for _ in range(1 + LARGEST_POST // 1024):
            yield b" " * 1024

    headers = {**FROM_OUR_PAGE, "Content-Type": "application/json"}
    assert (await client.post("/api/messages", data=b" " * (LARGEST_POST + 1), headers=headers)).status == 413
    assert (await client.post("/api/messages", data=endless(), headers=headers)).status == 413
    assert not engine.heard


async def test_twenty_thousand_characters_of_any_kind_fit(client, engine):
    """As the browser counts them: a handshake is two."""
    for text in ("\x01" * 20_000, "é" * 20_000, "🤝" * 10_000):
        assert (await say(client, text=text)).status == 200
    assert [len(text) for text in engine.said] == [20_000, 20_000, 10_000]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[" * 60_000, "body"),
        (b"null", "body"),
        (b"\xff\xfe", "body"),
        (b"{}", "id"),
        (b'{"id": 7, "text": "x"}', "id"),
        (b'{"id": "7", "text": "x"}', "id"),
        (b'{"id": "ID"}', "body"),
        (b'{"id": "ID", "text": "x", "press": "y"}', "body"),
        (b'{"id": "ID", "text": null}', "text"),
        (b'{"id": "ID", "press": {}}', "press"),
        (b'{"id": "ID", "press": "x", "label": 3}', "press"),
        (b'{"id": "ID", "location": [91, 0]}', "location"),
        (b'{"id": "ID", "location": [NaN, 0]}', "location"),
        (b'{"id": "ID", "location": [1e999, 0]}', "location"),
        (b'{"id": "ID", "location": {"lat": 1}}', "location"),
        (b'{"id": "ID", "command": "rm -rf"}', "command"),
    ],
)
async def test_a_post_that_cannot_be_read_says_which_field_is_wrong(client, engine, body, field):
    body = body.replace(b"ID", str(uuid.uuid4()).encode())
    answer = await client.post(
        "/api/messages", data=body, headers={**FROM_OUR_PAGE, "Content-Type": "application/json"}
    )
    assert answer.status == 400
    assert (await answer.json())["error"]["field"] == field
    assert not engine.heard


def test_what_a_post_can_hold():
    name = str(uuid.uuid4())
    read = {
        '"text": "salut"': Text("salut"),
        '"text": "/RTT"': Command("rtt"),
        '"text": "/don 300 euros "': Command("don", "300 euros"),
        '"text": "/ ou pas"': Text("/ ou pas"),
        '"text": "1/2"': Text("1/2"),
        '"press": "a:1", "label": "Oui"': Press("a:1", "Oui"),
        '"location": [48, 2.35]': Location(48.0, 2.35),
        '"command": "start", "argument": "donation"': Command("start", "donation"),
    }
    for content, expected in read.items():
        assert read_post(f'{{"id": "{name}", {content}}}'.encode()) == Post(name, expected)


def test_a_lone_surrogate_becomes_something_that_can_be_kept():
    post = read_post(json.dumps({"id": str(uuid.uuid4()), "text": "a\ud800b 🤝"}).encode())
    assert post.content == Text("a\ufffdb 🤝")


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_no_body_whatever_breaks_the_reader(body):
    assert isinstance(read_post(body), (Post, Refusal))
    assert isinstance(read_ids(body), (list, Refusal))


@given(
    st.dictionaries(
        st.sampled_from(["text", "press", "label", "location", "command", "argument"]),
        st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.floats() | st.integers(), max_size=3),
    )
)
def test_no_content_whatever_breaks_the_reader(content):
    post = read_post(json.dumps({"id": str(uuid.uuid4()), **content}).encode())
    if isinstance(post, Post) and isinstance(post.content, Text):
        post.content.text.encode()


async def test_a_busy_house_asks_to_come_back_and_does_the_work_once_it_can(client, engine):
    engine.busy = [2.4]
    same = str(uuid.uuid4())
    answer = await say(client, same, text="bonjour")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "3"
    assert "gardé" in (await answer.json())["word"]
    assert (await say(client, same, text="bonjour")).status == 200
    assert engine.said == ["bonjour"]


class TestTooFast:
    @pytest.fixture
    def limits(self):
        return InboundLimits(
            person=InboundRateLimiter(burst=2, every=30), address=InboundRateLimiter(burst=6, every=30)
        )

    async def test_a_person_is_told_kindly_once_and_then_only_asked_to_wait(self, client, engine):
        for text in ("un", "deux"):
            assert (await say(client, text=text)).status == 200
        first, second = await say(client, text="trois"), await say(client, text="trois")
        assert first.status == second.status == 429
        assert 1 <= int(first.headers["Retry-After"]) <= 30
        assert (await first.json())["word"].startswith("Un instant")
        assert await second.json() == {}
        assert engine.said == ["un", "deux"]

    async def test_an_address_that_pretends_to_be_many_people_is_slowed_down(self, client, engine):
        statuses = []
        for _ in range(8):
            client.session.cookie_jar.clear()
            statuses.append((await say(client, text="spam")).status)
        assert statuses == [200] * 6 + [429] * 2

    async def test_behind_a_proxy_people_are_told_apart_by_the_address_it_wrote(self, client):
        def through(address):
            return {**FROM_OUR_PAGE, "X-Forwarded-For": f"6.6.6.6, {address}"}

        for _ in range(7):
            client.session.cookie_jar.clear()
            last = await say(client, text="spam", headers=through("2001:db8:1:2::9"))
        assert last.status == 429
        assert (await say(client, text="spam", headers=through("2001:db8:1:2::10"))).status == 429
        assert (await say(client, text="bonjour", headers=through("192.0.2.7"))).status == 200


async def test_a_turn_is_told_of_an_address_by_a_digest_that_is_another_one_each_day(client, engine):
    async def said_from(address):
        client.session.cookie_jar.clear()
        await say(client, text="bonjour", headers={**FROM_OUR_PAGE, "X-Forwarded-For": address})
        return engine.heard[-1].address

    engine.clock[0] = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
    here = await said_from("2001:db8:1:2::9")
    assert re.fullmatch(r"[0-9a-f]{32}", here)
    assert await said_from("2001:db8:1:2:aaaa::10") == here, "the same /64"
    assert await said_from("2001:db8:1:3::9") != here
    assert await said_from("192.0.2.7") != await said_from("192.0.2.8")
    engine.clock[0] += timedelta(minutes=2)
    assert await said_from("2001:db8:1:2::9") != here, "in Paris it is another day"
    assert not any(written in repr(engine.heard) for written in ("2001", "192.0", ":db8"))


def test_a_pace_lets_a_burst_through_then_one_at_a_time():
    now = [100.0]
    limiter = InboundRateLimiter(burst=3, every=2.0, clock=lambda: now[0])
    assert [limiter.take("a") for _ in range(4)] == [None, None, None, Wait(2.0, first=True)]
    assert limiter.take("a") == Wait(2.0, first=False)
    assert limiter.take("b") is None
    now[0] += 2.0
    assert limiter.take("a") is None
    assert limiter.take("a") == Wait(2.0, first=True)


def test_nothing_is_held_of_those_who_are_idle():
    now = [0.0]
    limiter = InboundRateLimiter(burst=2, every=1.0, clock=lambda: now[0])
    for person in range(20 * SWEEP_AT):
        now[0] += 0.01
        limiter.take(str(person))
    assert len(limiter) <= SWEEP_AT


async def test_a_reminder_waits_until_the_page_has_shown_it(client, engine):
    assert await (await client.get("/api/messages", headers=FROM_OUR_PAGE)).json() == {"messages": []}
    await say(client, text="bonjour")
    mine = engine.heard[0].chat
    engine.waiting = {
        mine: {"1": Reply(Markup("C’est <b>demain</b>.")), "2": Reply(Markup("Plus tard."))},
        "web:other": {"3": Reply(Markup("Pas pour vous."))},
    }
    messages = (await (await client.get("/api/messages", headers=FROM_OUR_PAGE)).json())["messages"]
    assert messages == [{"id": "1", "html": "C’est <b>demain</b>."}, {"id": "2", "html": "Plus tard."}]
    assert len(engine.waiting[mine]) == 2
    await client.post("/api/delivered", json={"ids": ["1", "3"]}, headers=FROM_OUR_PAGE)
    assert list(engine.waiting[mine]) == ["2"]
    assert list(engine.waiting["web:other"]) == ["3"]


async def test_another_site_cannot_make_reminders_disappear(client, engine):
    answer = await client.post("/api/delivered", json={"ids": ["1"]}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"ids": "12"}', b'{"ids": [1]}', b'{"ids": null}'])
async def test_an_acknowledgement_that_cannot_be_read_is_refused(client, body):
    headers = {**FROM_OUR_PAGE, "Content-Type": "application/json"}
    assert (await client.post("/api/delivered", data=body, headers=headers)).status == 400


async def test_many_people_at_once_keep_their_own_conversations(client: TestClient, engine):
    await asyncio.gather(*(say(client, text=str(number), headers={**FROM_OUR_PAGE}) for number in range(20)))
    assert sorted(engine.said, key=int) == [str(number) for number in range(20)]
