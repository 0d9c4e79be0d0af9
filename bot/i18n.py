"""Phrases into a person's language: gettext catalogues, CLDR formats, longer pages.

English is the language of the message ids, so it is complete by construction; every other language is a folder of
`locale/`. What a person or a feed wrote enters a message as a value and is escaped there, so rendered text is safe.
"""

from __future__ import annotations

import html
import io
import re
import string
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from bot.phrase import Phrase
from bot.resources import LOCALE

__all__ = [
    "DEFAULT_LANGUAGE",
    "FORMATS",
    "LANGUAGES",
    "best_language",
    "compile_catalogues",
    "page",
    "render",
    "text_of",
]

DEFAULT_LANGUAGE = "fr"
LANGUAGES = {"fr": "Français", "en": "English"}
"""The languages Allié speaks, each by its own name, the default first."""

CLDR = {"en": "en_GB"}
"""The CLDR locale whose formats a language uses, where it is not its own: people in France write 1 January."""

DOMAIN = "allie"
TAG = re.compile(r"</?[a-z][^>]*>")


def best_language(hint: str | None) -> str:
    """The language to begin with: `hint` ("en-GB", or an Accept-Language header) if Allié speaks it, else French."""
    for part in (hint or "").split(","):
        code = part.split(";")[0].strip().lower().replace("_", "-").split("-")[0]
        if code in LANGUAGES:
            return code
    return DEFAULT_LANGUAGE


def render(phrase: Phrase | Markup | str, language: str) -> Markup:
    """Put `phrase` into `language`. A plain string is a value somebody typed: it is escaped."""
    if not isinstance(phrase, Phrase):
        return escape(phrase)
    if phrase.plural is None and not phrase.values:
        return _sentence(phrase.message, language)
    catalogue = _catalogue(language)
    if phrase.plural is None:
        message = catalogue.gettext(phrase.message)
    else:
        message = catalogue.ngettext(phrase.message, phrase.plural, phrase.count)
    return _fill(_template(message), phrase.values, language)


@lru_cache(maxsize=8192)
def _sentence(message: str, language: str) -> Markup:
    """A message without values: most of what is said, and every label."""
    message = _catalogue(language).gettext(message)
    return _fill(_template(message), {}, language) if "{" in message else Markup(message)


def text_of(phrase: Phrase | Markup | str, language: str) -> str:
    """The same as plain text, for a button, a file name or a JSON answer."""
    if not isinstance(phrase, (Phrase, Markup)):
        return phrase
    if isinstance(phrase, Phrase) and phrase.plural is None and not phrase.values:
        return _label(phrase.message, language)
    return _without_tags(render(phrase, language))


@lru_cache(maxsize=8192)
def _label(message: str, language: str) -> str:
    return _without_tags(_sentence(message, language))


def _without_tags(markup: str) -> str:
    return html.unescape(TAG.sub("", markup))


@lru_cache(maxsize=4096)
def _template(message: str) -> tuple[tuple[str, str | None, str], ...]:
    return tuple((literal, name, spec or "") for literal, name, spec, _ in string.Formatter().parse(message))


def _fill(template: tuple[tuple[str, str | None, str], ...], values: Mapping[str, Any], language: str) -> Markup:
    out: list[str] = []
    for literal, name, spec in template:
        out.append(literal)
        if name is not None:
            out.append(_value(values[name], spec, language))
    return Markup("".join(out))  # literals are ours, values were escaped


def _value(value: Any, spec: str, language: str) -> str:
    if isinstance(value, Phrase):
        return render(value, language)
    if spec:
        return escape(FORMATS[spec](value, language))
    return escape(value)


@lru_cache(maxsize=4096)
def _money(value: Decimal | int, language: str) -> str:
    """Euros, with cents only where there are any: 225 €, 387,84 €."""
    amount = Decimal(value)
    whole = amount == amount.to_integral_value()
    number = format_decimal(amount, "#,##0" if whole else "#,##0.00", locale=CLDR.get(language, language))
    return f"{number}\u00a0€" if language == "fr" else (f"€{number}" if amount >= 0 else f"-€{number[1:]}")


def _euros(value: Decimal | int, language: str) -> str:
    """Whole euros, half a euro counting for one: what a sum comes to, where its cents mean nothing."""
    return _money(Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP), language)


@lru_cache(maxsize=1024)
def _percent(value: Decimal | float, language: str) -> str:
    """A ratio as a percentage: Decimal("0.005") is 0,5 %."""
    pattern = "#,##0.##\u00a0%" if language == "fr" else "#,##0.##%"
    return format_percent(value, pattern, locale=CLDR.get(language, language))


@lru_cache(maxsize=1024)
def _number(value: Decimal | int | float, language: str) -> str:
    return format_decimal(value, "#,##0.##", locale=CLDR.get(language, language))


@lru_cache(maxsize=1024)
def _date(value: date, language: str) -> str:
    text = format_date(value, "long", locale=CLDR.get(language, language))
    return text.replace("1 ", "1er ", 1) if language == "fr" and value.day == 1 else text


@lru_cache(maxsize=1024)
def _month(value: date | Decimal, language: str) -> str:
    """The month of a day with its year, or the name of the month of a number from 1 to 12."""
    if isinstance(value, date):
        return format_skeleton("yMMMM", value, locale=CLDR.get(language, language))
    return format_date(date(1, int(value), 1), "MMMM", locale=CLDR.get(language, language))


def _year(value: date | Decimal | int, language: str) -> str:
    return str(value.year if isinstance(value, date) else int(value))


def _time(value: datetime, language: str) -> str:
    return format_time(value, "short", locale=CLDR.get(language, language))


def _list(value: Sequence[Any], language: str) -> Markup:
    parts = tuple([str(render(part, language)) for part in value])
    return Markup(_listing(len(parts), language).format(*parts))


@lru_cache(maxsize=64)
def _listing(size: int, language: str) -> str:
    """How a language lists so many things: "{0}, {1} and {2}"."""
    return format_list([f"{{{number}}}" for number in range(size)], locale=CLDR.get(language, language))


FORMATS: dict[str, Callable[[Any, str], str]] = {
    "money": _money,
    "euros": _euros,
    "percent": _percent,
    "number": _number,
    "date": _date,
    "month": _month,
    "year": _year,
    "time": _time,
    "list": _list,
}
"""What may stand after the colon of a placeholder."""


def compile_catalogues() -> list[Path]:
    """Write a `.mo` beside each `.po`, of Allié and of its command: the build does, so that a start reads those."""
    written = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        target.write_bytes(_compiled(source))
        written.append(target)
    return written


@cache
def _catalogue(language: str) -> NullTranslations:
    source = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    compiled = source.with_suffix(".mo")
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    if not source.exists():
        return NullTranslations()
    return GNUTranslations(io.BytesIO(_compiled(source)))


def _compiled(source: Path) -> bytes:
    """The catalogue as programs read it; how the language counts is known of the language, not of the file."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


@lru_cache(maxsize=256)
def page(name: str, language: str) -> str:
    """The longer text `locale/<language>/pages/<name>.md`. Raises `KeyError` where no language has it."""
    for code in (language, DEFAULT_LANGUAGE):
        path = LOCALE / code / "pages" / f"{name}.md"
        if path.exists():
            return path.read_text(encoding="utf-8")
    raise KeyError(name)
