"""What holds for every request, whatever it asks for: asked of the whole server, over real connections."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import uuid
from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.channels.address import PROXIES, address
from bot.channels.guarding import HEADERS, guard, runner
from bot.channels.web.estimates import add_estimate_routes
from bot.inbound_rate_limiter import InboundRateLimiter
from bot.server import Running, serving
from bot.settings import Settings

OURS = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}


@pytest.fixture
async def allie(tmp_path: Path) -> AsyncIterator[Running]:
    async with serving(Settings(data_dir=tmp_path, port=0)) as running:
        yield running


@pytest.fixture
async def http(allie: Running) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(allie.address) as session:
        yield session


async def test_every_answer_says_what_a_browser_may_do_with_it(http: aiohttp.ClientSession) -> None:
    asked = [
        ("GET", "/", {}),
        ("GET", "/static/page.js", {}),
        ("GET", "/static/../settings.py", {}),
        ("GET", "/nowhere", {}),
        ("GET", "/nowhere", {"Accept": "text/html"}),
        ("PUT", "/api/messages", {}),
        ("POST", "/api/messages", {}),
        ("POST", "/api/messages", OURS),
        ("GET", "/api/messages", {}),
        ("POST", "/api/estimate/donation", {}),
        ("GET", "/api/openapi.json", {}),
        ("GET", "/healthz", {}),
        ("GET", "/readyz", {}),
        ("GET", "/metrics", {}),
        ("GET", "/robots.txt", {}),
    ]
    statuses = set()
    for method, path, headers in asked:
        async with http.request(method, path, headers=headers) as answer:
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, (method, path)
            assert answer.headers["Server"] == "Allie", "neither the program nor its version"
            statuses.add(answer.status)
    assert {200, 400, 403, 404, 405, 415} <= statuses


async def test_nothing_redirects(allie: Running) -> None:
    for path in ("/?next=https://evil.example", "//evil.example/", "/%2F%2Fevil.example", "/static//evil.example"):
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        answer = await raw_answer(allie.address, request.encode())
        assert answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 404")), path
        assert b"\r\nLocation:" not in answer, path


async def test_what_is_packed_is_not_unpacked(http: aiohttp.ClientSession) -> None:
    bomb = gzip.compress(b" " * 20_000_000)
    for encoding in ("gzip", "deflate", "br", "zstd", "gzip, gzip"):
        for path in ("/api/messages", "/api/estimate/donation"):
            async with http.post(path, data=bomb, headers={**OURS, "Content-Encoding": encoding}) as answer:
                assert answer.status == 415, (path, encoding)


async def test_a_long_body_is_cut_off(http: aiohttp.ClientSession) -> None:
    async def forever() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b" " * 10_000

    for path in ("/api/messages", "/api/estimate/donation"):
        try:
            async with http.post(path, data=forever(), headers=OURS) as answer:
                assert answer.status == 413
        except aiohttp.ClientOSError:
            pass  # it was closed while more was on its way


NOT_HTTP = (
    b"nonsense\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 500 + b"\r\n",
    b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/messages HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"POST /api/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
)


async def test_what_is_not_http_gets_no_more_than_no(allie: Running) -> None:
    for raw in NOT_HTTP:
        answer = await raw_answer(allie.address, raw)
        assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4")), raw[:60]
        assert b"Traceback" not in answer


async def raw_answer(address: str, raw: bytes) -> bytes:
    host, _, port = address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(raw)
    answer = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    return answer


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"])
async def test_who_says_little_does_not_hold_a_connection(begun: bytes) -> None:
    app = web.Application()
    guard(app)
    running = runner(app, shutdown_timeout=0.1, idle=0.3)
    await running.setup()
    await web.TCPSite(running, "127.0.0.1", 0).start()
    reader, writer = await asyncio.open_connection(*running.addresses[0])
    writer.write(begun)

    async def trickle() -> None:
        while True:
            writer.write(b"X: y\r\n" if begun else b"")
            await asyncio.sleep(0.05)

    trickling = asyncio.create_task(trickle())
    assert await asyncio.wait_for(reader.read(), 20) == b"", "closed without a word"
    trickling.cancel()
    writer.close()
    await running.cleanup()


async def test_a_mistake_of_ours_says_nothing_of_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    app = web.Application()
    guard(app)

    async def fails(request: web.Request) -> web.Response:
        raise ValueError(f"cannot read {request.query['words']}")

    app.router.add_get("/", fails)
    running = runner(app, shutdown_timeout=0.1)
    await running.setup()
    await web.TCPSite(running, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{running.addresses[0][1]}/?words=mon-salaire"
        async with session.get(address) as answer:
            assert answer.status == 500
            assert "mon-salaire" not in await answer.text()
    await running.cleanup()
    with caplog.at_level(logging.DEBUG):
        assert "mon-salaire" not in caplog.text
        assert "ValueError at test_guarding.py" in caplog.text


@pytest.mark.parametrize(("proxies", "told_apart"), [((), False), ((ip_network("127.0.0.1/32"),), True)])
async def test_a_forwarded_address_is_believed_of_a_proxy_that_a_setting_names(proxies, told_apart) -> None:
    app = web.Application()
    app[PROXIES] = proxies
    guard(app)
    add_estimate_routes(app, InboundRateLimiter(burst=2, every=60))
    running = runner(app, shutdown_timeout=0.1)
    await running.setup()
    await web.TCPSite(running, "127.0.0.1", 0).start()
    statuses = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{running.addresses[0][1]}") as session:
        for number in range(4):
            headers = {"X-Forwarded-For": f"6.6.6.6, 192.0.2.{number}"}
            async with session.post("/api/estimate/donation", json={}, headers=headers) as answer:
                statuses.append(answer.status)
    await running.cleanup()
    assert (429 not in statuses) is told_apart


@pytest.mark.parametrize(
    ("lines", "visitor"),
    [
        (["198.51.100.7", "203.0.113.9"], "203.0.113.9"),
        (["198.51.100.7, 198.51.100.8", "203.0.113.9"], "203.0.113.9"),
        (["198.51.100.7", "203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        (["198.51.100.7", "203.0.113.9", "10.0.0.2", "10.0.0.3"], "203.0.113.9"),
        (["198.51.100.7", "nonsense", "2001:db8:1:2:3::4"], "2001:db8:1:2::"),
        (["198.51.100.7", "203.0.113.9:50123"], "203.0.113.9"),
        (["198.51.100.7", "[2001:db8:1:2:3::4]:443"], "2001:db8:1:2::"),
        (["198.51.100.7", "unknown"], "127.0.0.1"),
        (["198.51.100.7", "unknown", "10.0.0.2"], "10.0.0.2"),
        (["198.51.100.7", ""], "127.0.0.1"),
    ],
)
async def test_a_proxy_that_adds_a_line_of_its_own_is_believed_and_the_visitors_line_is_not(lines, visitor) -> None:
    app = web.Application()
    app[PROXIES] = (ip_network("127.0.0.1/32"), ip_network("10.0.0.0/8"))

    async def whose(request: web.Request) -> web.Response:
        return web.Response(text=address(request))

    app.router.add_get("/", whose)
    running = runner(app, shutdown_timeout=0.1)
    await running.setup()
    await web.TCPSite(running, "127.0.0.1", 0).start()
    port = running.addresses[0][1]
    head = "".join(f"X-Forwarded-For: {line}\r\n" for line in lines)
    request = f"GET / HTTP/1.1\r\nHost: x\r\n{head}Connection: close\r\n\r\n"
    answer = await raw_answer(f"http://127.0.0.1:{port}", request.encode())
    await running.cleanup()
    assert answer.decode().rpartition("\r\n")[2] == visitor


@pytest.mark.parametrize(
    ("headers", "only_https"),
    [
        ({}, False),
        ({"Host": "elsewhere.example"}, False),
        ({"Host": "allie.example"}, True),
        ({"X-Forwarded-Proto": "https"}, True),
    ],
)
async def test_who_came_by_https_is_told_to_come_by_nothing_else(
    tmp_path: Path, headers: dict[str, str], only_https: bool
) -> None:
    settings = Settings(data_dir=tmp_path, port=0, public_url="https://allie.example", sentence_encoder=False)
    async with serving(settings) as running, aiohttp.ClientSession(running.address) as session:
        for path in ("/", "/nowhere", "/healthz"):
            async with session.get(path, headers=headers) as answer:
                assert ("Strict-Transport-Security" in answer.headers) is only_https


async def test_the_numbers_are_for_the_operator_and_name_nobody(http: aiohttp.ClientSession) -> None:
    post = {"id": str(uuid.uuid4()), "text": "je donne 4242 euros à la société protectrice"}
    async with http.post("/api/messages", json=post, headers=OURS) as answer:
        assert answer.status == 200
    async with http.get("/metrics") as answer:
        text = await answer.text()
        assert answer.status == 200
        assert "allie_" in text
        assert "4242" not in text
        assert "web:" not in text
    for header in ("X-Forwarded-For", "Forwarded"):
        async with http.get("/metrics", headers={header: "192.0.2.7"}) as answer:
            assert answer.status == 404, "not through a proxy"


async def test_a_page_elsewhere_cannot_speak_for_a_person(http: aiohttp.ClientSession) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": "effacez tout"})
    for headers in (
        {"Content-Type": "application/json"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "application/json", "Sec-Fetch-Site": "same-site"},
        {"Content-Type": "application/json", "Origin": "https://evil.example"},
        {"Content-Type": "application/json", "Origin": "null"},
    ):
        async with http.post("/api/messages", data=body, headers=headers) as answer:
            assert answer.status == 403
