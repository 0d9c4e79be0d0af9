"""The conversation in a terminal, for a person and for a program."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.terminal import converse, converse_jsonl

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


async def answers(engine, tmp_path: Path, *lines: object) -> list[dict]:
    source = [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines]
    target = io.StringIO()
    await converse_jsonl(engine, folder=tmp_path / "files", now=NOON, source=source, target=target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


async def test_each_line_has_exactly_one_answer_with_all_its_parts(engine, tmp_path):
    (answer,) = await answers(engine, tmp_path, {"user": "u1", "text": "si je donne 300 € aux Restos du Cœur"})
    assert set(answer) == {"user", "topic", "answer", "decision", "facts", "meaning", "answers", "replies"}
    assert answer["user"] == "u1"
    assert answer["topic"] == "donation"
    assert set(answer["meaning"]) == {"topic", "confidence", "slots", "language"}
    assert answer["meaning"]["slots"]["amount"] == 300
    (reply,) = answer["replies"]
    assert set(reply) == {"text", "html", "buttons", "files", "location"}
    assert "225" in reply["text"]
    assert "<b>" in reply["html"]
    assert "<b>" not in reply["text"]
    assert all({"label"} < set(button) for row in reply["buttons"] for button in row)


async def test_a_press_is_a_label_or_the_data_and_has_no_meaning(engine, tmp_path):
    first, second, third = await answers(
        engine,
        tmp_path,
        {"user": "u1", "text": "/don"},
        {"user": "u1", "press": "50 €"},
        {"user": "u1", "press": ">privacy"},
    )
    assert first["topic"] == "donation"
    assert second["answers"] == {"amount": "50.00"}
    assert second["meaning"] is None
    assert third["topic"] == "privacy"


async def test_people_do_not_mix(engine, tmp_path):
    _one, other = await answers(engine, tmp_path, {"user": "a", "text": "/don"}, {"user": "b", "text": "50 €"})
    assert other["user"] == "b"
    assert other["answers"] != {"amount": "50.00"} or other["topic"] == "donation"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"{\n", ""),
        (b"[]\n", ""),
        (b'"text"\n', ""),
        (b"\xff\xfe\n", ""),
        (b"[" * 100_000 + b"\n", ""),
        ({"user": "u1"}, "text"),
        ({"user": 3, "text": "x"}, "user"),
        ({"user": "", "text": "x"}, "user"),
        ({"user": "\ud800", "text": "x"}, "user"),
        ({"user": "u\0", "text": "x"}, "user"),
        ({"user": "u1", "text": 3}, "text"),
        ({"user": "u1", "location": [1]}, "location"),
        ({"user": "u1", "location": [91, 0]}, "location"),
        ({"user": "u1", "location": ["a", "b"]}, "location"),
        ({"user": "u1", "text": "x", "language": 3}, "language"),
    ],
)
async def test_a_line_that_cannot_be_read_is_told_so_and_the_next_one_works(engine, tmp_path, line, field):
    refused, answered = await answers(engine, tmp_path, line, {"user": "u1", "text": "bonjour"})
    assert refused["error"]["field"] == field
    assert refused["error"]["message"]
    assert answered["replies"]


async def test_half_a_character_is_answered_in_a_line_that_any_program_reads(engine, tmp_path):
    target = io.StringIO()
    source = [json.dumps({"user": "u1", "text": "/\ud800 je donne 50 € à \ud83d"}).encode()]
    await converse_jsonl(engine, folder=tmp_path / "files", now=NOON, source=source, target=target)
    assert json.loads(target.getvalue().encode())["replies"]


def kept_in(path: str) -> dict:
    return json.loads(Path(path).read_bytes())


async def test_files_are_written_where_the_answer_says(engine, tmp_path):
    *_rest, answer = await answers(
        engine, tmp_path, {"user": "u1", "text": "/donnees"}, {"user": "u1", "press": "Recevoir mes données"}
    )
    (file,) = answer["replies"][0]["files"]
    assert "conversation" in kept_in(file["path"])


async def test_a_file_name_never_leaves_its_folder(tmp_path):
    from bot.channels.terminal import _keep
    from bot.dialogue.replies import File

    kept = _keep(File("../../etc/passwd", "text/plain", b"x"), tmp_path / "files")
    assert kept.parent == tmp_path / "files"
    again = _keep(File("../../etc/passwd", "text/plain", b"y"), tmp_path / "files")
    assert (kept.read_bytes(), again.read_bytes()) == (b"x", b"y")


async def talked(engine, tmp_path: Path, *lines: str) -> str:
    target = io.StringIO()
    source = io.StringIO("".join(line + "\n" for line in lines))
    await converse(engine, language="fr", folder=tmp_path / "files", source=source, target=target)
    return target.getvalue()


async def test_over_a_pipe_each_line_is_a_message_and_a_number_is_a_button(engine, tmp_path):
    shown = await talked(engine, tmp_path, "/don", "3", "/quit")
    assert "Je suis Allié" in shown.replace("\u00a0", " ")
    assert "[3]" in shown
    assert shown.count("[1]") >= 2


async def test_a_number_that_is_no_button_is_text(engine, tmp_path):
    shown = await talked(engine, tmp_path, "/don", "75", "/quit")
    assert "75" in shown.replace("\u00a0", " ")


async def test_the_end_of_the_input_ends_the_conversation(engine, tmp_path):
    assert "Combien donneriez-vous" in await talked(engine, tmp_path, "/don")
