"""The command `allie`, as a program runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import click
import pytest

from bot.__main__ import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent


def allie(*words: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALLIE_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment | settings,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_that_the_help_lists_is_there(name):
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name


def test_the_help_needs_no_command():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert "serve" in done.stdout
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert {name for name in loaded if name.startswith("bot.")} <= {"bot.__main__", "bot.command_line", "bot.resources"}
    assert not loaded & {"aiohttp", "numpy", "asyncio"}


def test_chat_keeps_the_talk_between_two_runs_and_reads_whom_to_reach(tmp_path):
    data = ("--data", str(tmp_path), "--now", "2026-11-22")
    first = allie("chat", "--jsonl", *data, stdin='{"user": "u1", "text": "/don"}\n{"user": "u1", "text": "300"}\n')
    assert first.returncode == 0, first.stderr
    (tmp_path / "allie.toml").write_text(
        "[contact]\nmail = 'aide@ville.example'\nhours = '9 h – 17 h'\n", encoding="utf-8"
    )
    said = ("les Restos du Cœur", "je veux parler à quelqu'un")
    turns = "".join(f"{json.dumps({'user': 'u1', 'text': text})}\n" for text in said)
    second = allie("chat", "--jsonl", *data, stdin=turns)
    estimate, reached = (json.loads(line)["replies"][0]["text"] for line in second.stdout.splitlines())
    assert "225" in estimate
    assert "aide@ville.example, 9 h – 17 h" in reached


def test_estimate_answers_each_line(tmp_path):
    question = {"year": 2026, "gifts": [{"kind": "coluche", "amount": 300, "date": "2026-11-22"}]}
    lines = f"{json.dumps(question)}\nnonsense\n{json.dumps(question | {'language': 'en'})}\n"
    done = allie("estimate", "donation", stdin=lines)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0]["reduction"] == 300 * 75 / 100
    assert "error" in answers[1]
    assert answers[2]["cost"] == 300 - 300 * 75 / 100


def test_an_estimate_that_there_is_not_names_those_there_are():
    done = allie("estimate", "lottery")
    assert done.returncode != 0
    assert "donation" in done.stderr


@pytest.mark.parametrize(
    ("settings", "named"),
    [({"ALLIE_PORT": "http"}, "ALLIE_PORT"), ({"ALLIE_TELEGRAM_TOKEN": "hello"}, "ALLIE_TELEGRAM_TOKEN")],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path, settings, named):
    done = allie("serve", ALLIE_DATA_DIR=str(tmp_path), **settings)
    assert done.returncode == 1
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_serve_answers_and_stops_on_sigterm(tmp_path):
    environment = os.environ | {"ALLIE_DATA_DIR": str(tmp_path), "ALLIE_PORT": "0"}
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    try:
        line = server.stdout.readline()
        address = line.split()[-1]
        for path, expected in (("/healthz", "ok"), ("/readyz", "ok"), ("/metrics", "allie_outbox 0"), ("/", "Allié")):
            with urllib.request.urlopen(address + path, timeout=10) as response:  # noqa: S310 - our own server
                assert expected in response.read().decode()
        refused = allie("serve", ALLIE_DATA_DIR=str(tmp_path), ALLIE_PORT="0")
        assert refused.returncode == 1
        assert "Another Allié is running" in refused.stderr
    finally:
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        rest, _ = server.communicate(timeout=15)
    assert server.returncode == 0
    assert "Nothing is lost" in rest
    assert time.monotonic() - began < 10


def test_the_doctor_finds_a_new_installation_well(tmp_path):
    done = allie("doctor", ALLIE_DATA_DIR=str(tmp_path))
    assert "database: none yet" in done.stdout
    assert "law: known for today" in done.stdout or "not known for" in done.stdout
    assert "missions:" in done.stdout


def test_the_doctor_names_a_damaged_database(tmp_path):
    tmp_path.chmod(0o700)
    (tmp_path / "allie.sqlite3").write_bytes(b"this is no database" * 100)
    done = allie("doctor", ALLIE_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "!!  database" in done.stdout


def test_the_doctor_says_when_telegram_cannot_be_reached(tmp_path):
    done = allie(
        "doctor",
        ALLIE_DATA_DIR=str(tmp_path),
        ALLIE_TELEGRAM_TOKEN="123456:" + "A" * 35,
        ALLIE_TELEGRAM_API_URL="http://127.0.0.1:9",
    )
    assert "!!  Telegram: cannot be reached" in done.stdout
    assert "A" * 35 not in done.stdout + done.stderr


def test_missions_are_searched_from_the_command_line(tmp_path):
    done = allie("catalogue", "--data", str(tmp_path), "search", "maraude", "--near", "Lyon", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)
