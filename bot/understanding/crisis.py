"""Distress and danger, told before anything else: suicide, violence suffered, abuse of a child, danger now.

A miss is a failure, a false alarm a small embarrassment; so what is said in the first person, or of someone close,
always counts, and only plain figures of speech (« mort de rire ») and the wish to help others (« aider des femmes
battues », « don pour SOS suicide ») are let by. The expressions are those of `data/phrases/distress.toml`; what they do
not foresee, the examples of distress that topics are learnt with may still tell.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.understanding.examples import PHRASES
from bot.understanding.writing import fold, in_full

__all__ = ["Distress"]

GAPS: Final = re.compile(r"[^\w😂🤣]+")


class Distress:
    """The expressions of a file of distress, ready to be looked for."""

    def __init__(self, path: Path = PHRASES / "distress.toml") -> None:
        """Raises OSError, KeyError, `tomllib.TOMLDecodeError` or `re.error` if the file cannot be used."""
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        words = {name: _in_one_line(lines) for name, lines in table["words"].items()}
        at_words = "|".join(
            _filled(_in_one_line(lines), words) for entries in table["distress"].values() for lines in entries.values()
        )
        inside = (_filled(_in_one_line(lines), words) for lines in table["inside"].values())
        self._expressions = tuple(map(re.compile, (rf"(?<!\w)(?:{at_words})", *inside)))
        harmless = {name: re.compile(_in_one_line(lines)) for name, lines in table["harmless"].items()}
        self._figures, self._helping, self._personal = (harmless[n] for n in ("figures", "helping", "personal"))

    def is_told(self, text: str) -> bool:
        """Whether `text` speaks of distress or danger, in any of the languages that Allié reads."""
        for words in dict.fromkeys((_plain(text), _plain(in_full(text, {})))):
            said = self._figures.sub(" ", words)
            if any(expression.search(said) for expression in self._expressions) and not self._helps(said):
                return True
        return False

    def is_figurative(self, text: str) -> bool:
        """Whether `text`, which tells no distress by itself, is a figure of speech or the wish to help others."""
        words = _plain(text)
        return self._figures.search(words) is not None or self._helps(words)

    def _helps(self, words: str) -> bool:
        return self._helping.search(words) is not None and self._personal.search(words) is None


def _plain(text: str) -> str:
    return GAPS.sub(" ", fold(text)).strip()


def _in_one_line(lines: str) -> str:
    return "".join(lines.split("\n"))


def _filled(expression: str, words: Mapping[str, str]) -> str:
    for name, meaning in words.items():
        expression = expression.replace(f"<{name}>", meaning)
    return expression
