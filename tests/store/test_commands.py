"""The commands of an installation on PostgreSQL: bring it up to date, copy to it, serve from it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import urllib.request
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ALLIE_")}
    return kept | settings


def allie(*words: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(**settings),
        timeout=120,
        check=False,
    )


def test_a_folder_moves_to_postgresql_and_is_served_from_there(tmp_path, empty_postgresql):
    said = '{"user": "u1", "text": "/don"}\n'
    assert allie("chat", "--jsonl", "--data", str(tmp_path / "a"), stdin=said).returncode == 0
    done = allie("migrate", ALLIE_DATABASE_URL=empty_postgresql)
    assert done.returncode == 0, done.stderr
    copied = allie("store", "copy", str(tmp_path / "a"), empty_postgresql)
    assert copied.returncode == 0, copied.stderr
    assert "conversation: 1" in copied.stdout
    assert copied.stderr == ""
    settings = environment(ALLIE_DATA_DIR=str(tmp_path / "b"), ALLIE_PORT="0", ALLIE_DATABASE_URL=empty_postgresql)
    server = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve"], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=settings
    )
    try:
        address = server.stdout.readline().split()[-1]
        body = json.dumps({"id": str(uuid.uuid4()), "text": "300 € aux Restos du Cœur"}).encode()
        headers = {"Content-Type": "application/json", "Origin": address, "Accept-Language": "fr"}
        request = urllib.request.Request(address + "/api/messages", body, headers)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            assert "225" in response.read().decode()
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=20)
    assert server.returncode == 0


def test_migrate_says_when_there_is_nothing_to_migrate():
    done = allie("migrate")
    assert done.returncode == 1
    assert "ALLIE_DATABASE_URL is not set" in done.stderr


def test_on_a_terminal_a_copy_shows_how_far_it_is(tmp_path, empty_postgresql):
    said = '{"user": "u1", "text": "/don"}\n'
    assert allie("chat", "--jsonl", "--data", str(tmp_path / "a"), stdin=said).returncode == 0
    assert allie("migrate", ALLIE_DATABASE_URL=empty_postgresql).returncode == 0
    ours, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "bot", "store", "copy", str(tmp_path / "a"), empty_postgresql],
        stdout=subprocess.PIPE,
        stderr=terminal,
        cwd=ROOT,
        env=environment(TERM="xterm"),
        check=False,
    )
    os.close(terminal)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    assert done.returncode == 0, shown
    assert "1/1" in shown
    assert "comparing conversation" in shown
