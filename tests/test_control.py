"""An operator's command reaches the server at work, and nobody else does."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest

from bot.control import SOCKET, Acts, CannotDo, NotServing, ask, serve


@pytest.fixture
def acts() -> Acts:
    acts = Acts()

    async def greet(name: str) -> dict[str, str]:
        if name == "nobody":
            raise CannotDo("There is nobody of that name.")
        return {"said": f"Bonjour {name}"}

    acts.add("greet", greet)
    return acts


async def test_the_server_does_what_it_is_asked(tmp_path: Path, acts: Acts):
    async with serve(tmp_path, acts):
        assert await ask(tmp_path, "greet", {"name": "Zoé"}) == {"said": "Bonjour Zoé"}


async def test_the_socket_is_its_owners_alone(tmp_path: Path, acts: Acts):
    async with serve(tmp_path, acts):
        assert stat.S_IMODE((tmp_path / SOCKET).stat().st_mode) == 0o600


async def test_a_folder_may_lie_deep(tmp_path: Path, acts: Acts):
    deep = tmp_path / ("a" * 100) / ("b" * 100)
    deep.mkdir(parents=True)
    async with serve(deep, acts):
        assert await ask(deep, "greet", {"name": "Zoé"}) == {"said": "Bonjour Zoé"}


async def test_no_is_a_sentence(tmp_path: Path, acts: Acts):
    async with serve(tmp_path, acts):
        with pytest.raises(CannotDo, match="nobody of that name"):
            await ask(tmp_path, "greet", {"name": "nobody"})
        with pytest.raises(CannotDo, match="does not know “sing”"):
            await ask(tmp_path, "sing")
        with pytest.raises(CannotDo, match="not asked for like that"):
            await ask(tmp_path, "greet", {"unknown": 1})


async def test_without_a_server_it_is_said(tmp_path: Path):
    with pytest.raises(NotServing, match="No Allié is serving"):
        await ask(tmp_path, "greet")


async def test_a_socket_left_by_a_kill_is_replaced(tmp_path: Path, acts: Acts):
    async with serve(tmp_path, acts):
        left = (tmp_path / SOCKET).rename(tmp_path / "left")
    left.rename(tmp_path / SOCKET)
    with pytest.raises(NotServing):
        await ask(tmp_path, "greet")
    async with serve(tmp_path, acts):
        assert await ask(tmp_path, "greet", {"name": "Zoé"}) == {"said": "Bonjour Zoé"}
    assert not (tmp_path / SOCKET).exists()


async def test_the_first_of_two_processes_answers(tmp_path: Path, acts: Acts):
    async with serve(tmp_path, acts):
        async with serve(tmp_path, Acts()):
            assert await ask(tmp_path, "greet", {"name": "Zoé"}) == {"said": "Bonjour Zoé"}
        assert await ask(tmp_path, "greet", {"name": "Zoé"}) == {"said": "Bonjour Zoé"}


@pytest.mark.parametrize(
    "line", [b"\n", b"[]\n", b"nonsense\n", b'{"do": 1}\n', b'{"do": "greet", "with": []}\n', b"[" * 9_000 + b"\n"]
)
async def test_nonsense_is_answered(tmp_path: Path, acts: Acts, line: bytes):
    async with serve(tmp_path, acts):
        reader, writer = await asyncio.open_unix_connection(tmp_path / SOCKET)
        writer.write(line)
        assert b"error" in await reader.readline()
        writer.close()
