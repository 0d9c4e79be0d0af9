"""What the command `allie` says: in the language of the terminal, with the signs that it can show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from inspect import cleandoc
from pathlib import Path

import click
import polib
import pytest

from bot.__main__ import COMMANDS, main
from bot.command_line import NEAREST, terminal_language
from bot.i18n import compile_catalogues

ROOT = Path(__file__).resolve().parents[2]
FRENCH = polib.pofile(str(ROOT / "locale/fr/LC_MESSAGES/command.po"))
TRANSLATED = {entry.msgid for entry in FRENCH if entry.translated()}


def allie(*words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    ours = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env=ours | environment,
        timeout=60,
        check=False,
    )


def commands(command: click.Command = main, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    """Each command with the words that call it, those of groups too."""
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            found += commands(below, (*path, name))
    return found


def texts(command: click.Command) -> set[str]:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    return {cleandoc(text) for text in (command.help, *(option.help for option in options)) if text}


EVERY = commands()


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) or "allie" for path, _command in EVERY])
def test_the_help_of_each_command_is_in_french(path: tuple[str, ...], command: click.Command) -> None:
    assert command.help
    assert texts(command) - TRANSLATED == set()


def test_the_first_page_of_the_help_is_in_french() -> None:
    assert {summary for _module, summary in COMMANDS.values()} - TRANSLATED == set()


def test_no_help_in_french_is_of_what_is_gone() -> None:
    of_click = Path(click.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in of_click.glob("*.py"))
    ours = {summary for _module, summary in COMMANDS.values()}.union(*(texts(command) for _path, command in EVERY))
    gone = [entry.msgid for entry in FRENCH if entry.msgid not in ours and f'"{entry.msgid}"' not in source]
    assert gone == []


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
    ],
)
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], language: str) -> None:
    assert terminal_language(environment) == language


def test_help_and_mistakes_are_said_in_french_in_a_french_terminal() -> None:
    compile_catalogues()
    first = allie("--help", LANG="fr_FR.UTF-8").stdout.decode()
    assert "Commandes\N{NO-BREAK SPACE}:" in first
    assert "Vérifie cette installation" in first
    mistaken = allie("catalogue", "search", "--limit", "900", LANG="fr_FR.UTF-8")
    assert mistaken.returncode == 2
    assert "Erreur\N{NO-BREAK SPACE}: Valeur incorrecte" in mistaken.stderr.decode()
    assert "Check this installation" in allie("--help", LANG="fr_FR.UTF-8", LC_ALL="C").stdout.decode()


PATHS = {
    "help": ("doctor", "--help"),
    "text": ("catalogue", "search", "maraude"),
    "an error": ("catalogue", "search", "--near", "Zzœï"),
    "a table": ("catalogue", "stats", "--needs"),
    "answers": ("answers", "list", "words"),
    "checks": ("doctor",),
    "nothing": ("broadcast", "list"),
    "the talk": ("chat",),
}
"""A command for each way that text leaves by."""


@pytest.mark.parametrize("words", PATHS.values(), ids=PATHS)
def test_signs_that_a_terminal_lacks_are_no_traceback(tmp_path: Path, words: tuple[str, ...]) -> None:
    compile_catalogues()
    done = allie(
        *words,
        stdin="Bonjour, où aider à l’hôpital ?\n".encode(),
        LANG="fr_FR.UTF-8",
        PYTHONIOENCODING="ascii",
        ALLIE_DATA_DIR=str(tmp_path / "data"),
    )
    said = done.stdout + done.stderr
    assert said
    assert b"Traceback" not in said


def test_a_sign_that_is_lacking_is_written_as_its_nearest() -> None:
    compile_catalogues()
    said = allie("catalogue", "import", "--help", LANG="fr_FR.UTF-8", PYTHONIOENCODING="latin-1").stdout
    assert "ce qu'un don" in " ".join(said.decode("latin-1").split())
    assert "déjà’ œuf 🎉 ← e\N{COMBINING ACUTE ACCENT}".encode("ascii", NEAREST) == b"deja' oeuf ? ? e"


def test_json_is_utf_8_whatever_the_terminal(tmp_path: Path) -> None:
    surroundings = {"PYTHONIOENCODING": "ascii", "ALLIE_DATA_DIR": str(tmp_path)}
    found = allie("catalogue", "search", "maraude", "--json", **surroundings)
    assert json.loads(found.stdout)
    assert not found.stdout.isascii()
    answered = allie("chat", "--jsonl", stdin=b'{"text": "/don", "language": "fr"}\n', **surroundings)
    assert "é" in json.loads(answered.stdout)["replies"][0]["text"]


def test_nothing_to_show_or_to_do_is_said_and_told_by_the_exit_code(tmp_path: Path) -> None:
    data = {"ALLIE_DATA_DIR": str(tmp_path / "data")}
    approved = allie("catalogue", "review", "--approve", "need:none", **data)
    assert approved.returncode == 1
    assert b"there is no such need waiting" in approved.stdout
    listed = allie("answers", "list", "no-such-group", **data)
    assert listed.returncode == 1
    assert b"no-such-group" in listed.stderr
    own = allie("answers", "list", "--own", **data)
    assert (own.returncode, own.stdout) == (0, b"There is no answer of your own yet.\n")
    sent = allie("broadcast", "list", **data)
    assert sent.returncode == 0
    assert b"Nothing was sent yet." in sent.stdout
