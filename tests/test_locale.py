"""Every phrase is there in every language, with the same placeholders and the same tags."""

from __future__ import annotations

import re
import string
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir

from bot.i18n import DEFAULT_LANGUAGE, FORMATS, LANGUAGES, best_language, page, render, text_of
from bot.phrase import _, n_

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
KEYWORDS = {"_": None, "n_": (1, 2)}
TAG = re.compile(r"</?[a-z]+")


def messages() -> dict[str, str]:
    """Every message of the code, with where it stands."""
    found = {}
    for folder in ("bot", "handlers"):
        for file, line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS
        ):
            for text in message if isinstance(message, tuple) else (message,):
                found[text] = f"{folder}/{file}:{line}"
    return found


MESSAGES = messages()
TRANSLATED = {
    language: polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "allie.po"))
    for language in LANGUAGES
    if language != "en"
}


def placeholders(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _text, name, spec, _conversion in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_phrase_is_missing(language: str) -> None:
    catalogue = TRANSLATED[language]
    known = {entry.msgid for entry in catalogue if entry.translated()}
    known |= {entry.msgid_plural for entry in catalogue if entry.translated() and entry.msgid_plural}
    missing = {message: where for message, where in MESSAGES.items() if message not in known}
    assert missing == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_phrase_is_left_over(language: str) -> None:
    unused = [entry.msgid for entry in TRANSLATED[language] if not entry.obsolete and entry.msgid not in MESSAGES]
    assert unused == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_and_tags_are_the_same(language: str) -> None:
    for entry in TRANSLATED[language]:
        if entry.obsolete:
            continue
        for translated in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            wanted = placeholders(entry.msgid_plural or entry.msgid)
            assert placeholders(translated) <= wanted, entry.msgid
            if not entry.msgid_plural:
                assert placeholders(translated) == wanted, entry.msgid
            assert sorted(TAG.findall(translated)) == sorted(TAG.findall(entry.msgid)), entry.msgid


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_is_one_that_can_be_rendered(message: str) -> None:
    for _name, spec in placeholders(message):
        assert spec == "" or spec in FORMATS, message
    assert "&" not in message or re.search(r"&(amp|lt|gt);", message), message


def test_french_is_typeset_as_french() -> None:
    for entry in TRANSLATED["fr"]:
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            bare = re.sub(r"\{[^}]*\}|<[^>]*>|https?://\S+", "", text)
            assert not re.search(r" [;:!?»]|« ", bare), f"breaking space in {text!r}"
            assert not re.search(r"!\s*!", bare), text
            assert not re.search(r"\b(tu|toi|tes|ton)\b", bare, re.IGNORECASE), f"« vous », please: {text!r}"


def test_the_pages_are_there_in_every_language() -> None:
    names = {language: {path.stem for path in (LOCALE / language / "pages").glob("*.md")} for language in LANGUAGES}
    assert names["fr"] == names["en"]
    for name in names["fr"]:
        assert page(name, "fr") != page(name, "en")


def test_what_a_person_typed_is_escaped() -> None:
    phrase = _("Hello {name}.", name="<b>Ada</b> & co")
    assert render(phrase, "en") == "Hello &lt;b&gt;Ada&lt;/b&gt; &amp; co."


def test_a_plain_string_is_escaped() -> None:
    assert render("<i>", "fr") == "&lt;i&gt;"
    assert text_of("<i>", "fr") == "<i>"


def test_plural_forms_follow_the_number() -> None:
    assert render(n_("{count} day", "{count} days", 1), "en") == "1 day"
    assert render(n_("{count} day", "{count} days", 2), "en") == "2 days"


@pytest.mark.parametrize(
    ("hint", "language"),
    [
        ("fr", "fr"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("es,en;q=0.5", "en"),
        ("uk", DEFAULT_LANGUAGE),
        ("", "fr"),
        (None, "fr"),
    ],
)
def test_the_first_language_follows_the_hint(hint: str | None, language: str) -> None:
    assert best_language(hint) == language


def test_none_is_singular_in_french_and_plural_in_english() -> None:
    none, one, two = (n_("At most one is accepted.", "At most {count} are accepted.", count) for count in (0, 1, 2))
    assert text_of(none, "fr") == text_of(one, "fr") != text_of(two, "fr")
    assert text_of(none, "en") != text_of(one, "en")
