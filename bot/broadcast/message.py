"""The texts of a broadcast: a file a language, in Markdown or in the HTML that every channel shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.dialogue.controls import clean
from bot.dialogue.news import news
from bot.dialogue.pages import marked
from bot.dialogue.replies import Reply
from bot.i18n import LANGUAGES

__all__ = ["LARGEST", "BadText", "Check", "Texts", "checked", "read_texts"]

LARGEST = 64 * 1024
"""Bytes of a file; a message holds less."""

Texts = Mapping[str, str]
"""HTML by language."""
Check = Callable[[Reply], str | None]
"""What the platform would object to, None for nothing."""


class BadText(Exception):
    """A text cannot be sent as it is; the message says which and why."""


def read_texts(paths: Iterable[Path]) -> dict[str, str]:
    """The texts of files named NAME.LANGUAGE.md or NAME.LANGUAGE.html. Raises `BadText`."""
    texts: dict[str, str] = {}
    for path in paths:
        language, kind = path.suffixes[-2].removeprefix(".") if len(path.suffixes) > 1 else "", path.suffix
        if language not in LANGUAGES or kind not in (".md", ".html"):
            raise BadText(f"{path.name} is not named as in news.fr.md or news.en.html ({', '.join(LANGUAGES)}).")
        if language in texts:
            raise BadText(f"There are two texts in the language {language}.")
        try:
            content = path.read_bytes()
            text = clean_whole(content.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadText(f"{path.name} cannot be read ({type(error).__name__}): it is a text in UTF-8.") from None
        if len(content) > LARGEST:
            raise BadText(f"{path.name} has more than {LARGEST} bytes.")
        texts[language] = marked(text) if kind == ".md" else text
    return texts


def clean_whole(text: str) -> str:
    """The text without what is no text, however long it is."""
    return "\n".join(clean(line) for line in text.strip().split("\n"))


def checked(texts: Texts, check: Check) -> dict[str, Reply]:
    """Each text as a person will get it. Raises `BadText` with what the platform would object to."""
    if not texts:
        raise BadText("There is no text.")
    replies = {}
    for language, html in texts.items():
        if language not in LANGUAGES:
            raise BadText(f"Allié does not speak {language!r}.")
        if not html.strip():
            raise BadText(f"The text in the language {language} is empty.")
        reply = news(html, language)
        if problem := check(reply):
            raise BadText(f"The text in the language {language} cannot be sent: {problem}.")
        replies[language] = reply
    return replies
