"""What the command `allie` says, in the language of the terminal and with the signs that it can show.

Only the standard library and click: `allie --help` stays as quick as it was.
"""

from __future__ import annotations

import codecs
import gettext
import io
import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any

import click

from bot.resources import LOCALE

__all__ = ["NEAREST", "begin", "echo_json", "in_terminal_language", "terminal_language", "translated"]

DOMAIN = "command"
"""`locale/<lang>/LC_MESSAGES/command.po`: the help of each command and the sentences of click, by the English one."""

NEAREST = "allie.nearest"
"""How an encoder deals with signs that it lacks, by this module."""

PLAIN = {
    **dict.fromkeys("«»“”", '"'),
    **dict.fromkeys("–—·\u2011", "-"),
    "’": "'",
    "œ": "oe",
    "Œ": "OE",
    "…": "...",
    "€": "EUR",
    "→": "->",
}
"""What stands for a sign that a terminal cannot show, where taking off its accent is not enough."""


def terminal_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the terminal, as gettext reads it: French if one of the first named is, else English.

    `LC_ALL=C` is English whatever `LANGUAGE` says, as for other programs.
    """
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "C")
    if locale.split(".")[0] in {"C", "POSIX"}:
        return "en"
    for tag in (environment.get("LANGUAGE") or locale).split(":"):
        code = tag.replace("-", "_").split("_")[0].split(".")[0].lower()
        if code in {"fr", "en"}:
            return code
    return "en"


def begin() -> None:
    """Make the streams safe and choose the language, before anything is said.

    Click takes a stream of ASCII for one that was set up wrongly, and writes UTF-8 to it; it is read as UTF-8 here too.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST)
    if isinstance(sys.stdin, io.TextIOWrapper):
        is_ascii = codecs.lookup(sys.stdin.encoding).name == "ascii"
        sys.stdin.reconfigure(encoding="utf-8" if is_ascii else None, errors="replace")
    if terminal_language() != "en":  # click says its own sentences by the same catalogue
        gettext.bindtextdomain(DOMAIN, str(LOCALE))
        gettext.textdomain(DOMAIN)


def echo_json(value: Any, *, indent: int | None = None) -> None:
    """Write a JSON value for a program to read: in UTF-8, as JSON is, whatever signs the terminal has."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace"))


def translated(text: str) -> str:
    """A text of the help in the language of the terminal; itself where there is no other."""
    return gettext.gettext(cleandoc(text)) if text else ""


def in_terminal_language(command: click.Command) -> click.Command:
    """The command, its help and that of its options and of the commands below it in the language of the terminal."""
    if gettext.textdomain() != DOMAIN:
        return command
    command.help = translated(command.help or "") or None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = translated(parameter.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            in_terminal_language(below)
    return command


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What is written instead of signs that an encoding lacks: their plain letters, or a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    out = []
    for sign in error.object[error.start : error.end]:
        plain = PLAIN.get(sign) or unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
        is_mark = unicodedata.category(sign) in {"Mn", "Cf"}
        out.append(plain or ("" if is_mark else "?"))
    return "".join(out), error.end


codecs.register_error(NEAREST, _plain)
