"""Estimates for programs: a JSON question in, a JSON result or a reasoned refusal out.

The same for `allie estimate NAME`, `POST /api/estimate/NAME` and the pages that describe them. Nothing in a question
can raise: what is wrong is answered with `{"error": {"field", "message"}}`.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from bot.estimate.description import describe
from bot.estimate.question import Question
from bot.estimate.schema import BadQuestion, OneOf, path_of
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, text_of
from bot.phrase import Phrase, _
from bot.rules.result import Source, Step

__all__ = ["LONGEST", "answer", "answer_text", "names", "openapi", "questions"]

LONGEST = 200_000
"""Characters of a question: 500 gifts take less than a quarter of it."""


@cache
def questions() -> Mapping[str, Question]:
    """The questions that can be asked, by name, in alphabetical order."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    known = [module.QUESTION for module in modules if isinstance(getattr(module, "QUESTION", None), Question)]
    return MappingProxyType({one.name: one for one in sorted(known, key=lambda one: one.name)})


def names() -> tuple[str, ...]:
    """The names of the questions, in alphabetical order."""
    return tuple(questions())


def answer(name: str, question: object, language: str = DEFAULT_LANGUAGE) -> dict[str, Any]:
    """Answer a question already parsed from JSON. Its own field "language" ("fr" or "en") comes before `language`.

    Numbers come back as numbers, whole ones as integers. Nothing raises but a mistake in a rule.
    """
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    try:
        one = questions().get(name)
        if one is None:
            raise BadQuestion("name", _("I can estimate one of these: {names:list}.", names=names()))
        if isinstance(question, dict) and "language" in question:
            asked = question["language"]
            question = {key: value for key, value in question.items() if key != "language"}
            language = OneOf(tuple(LANGUAGES)).read(asked, "language")
        result = one.estimate(one.asks.read(question, ""))
    except BadQuestion as refusal:
        return _error(refusal.field, refusal.message, language)
    return {key: _json(value, language) for key, value in result.items()}


def answer_text(name: str, text: str | bytes, language: str = DEFAULT_LANGUAGE) -> str:
    """Answer a question written in JSON with a line of JSON, refusing what is not JSON as well.

    Numbers are read as they are written, never through binary floats."""
    try:
        question = _parse(text)
    except BadQuestion as refusal:
        return json.dumps(_error(refusal.field, refusal.message, language), ensure_ascii=False)
    return json.dumps(answer(name, question, language), ensure_ascii=False)


def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 description of `POST /api/estimate/NAME`."""
    return describe(questions())


def _parse(text: str | bytes) -> object:
    if len(text) > LONGEST:
        raise BadQuestion("", _("The question is too long."))
    try:
        parsed: object = json.loads(text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_twin)
    except (ValueError, RecursionError):
        raise BadQuestion("", _("This is not a JSON object.")) from None
    return parsed


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _no_twin(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, value in pairs]
        twin = next(name for name in found if names.count(name) > 1)
        raise BadQuestion(path_of("", twin), _("This field is given twice."))
    return found


def _error(field: str, message: Phrase, language: str) -> dict[str, Any]:
    language = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return {"error": {"field": field, "message": text_of(message, language)}}


def _json(value: object, language: str) -> Any:
    """A value of a rule as JSON: numbers as numbers, phrases in the language, days as 2026-05-31."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Phrase():
            return text_of(value, language)
        case Step():
            return {
                "text": text_of(value.phrase, language),
                "amount": _json(value.amount, language),
                "source": _json(value.source, language),
            }
        case date():
            return value.isoformat()
        case Source():
            return str(value)
        case Mapping():
            return {str(key): _json(one, language) for key, one in value.items()}
        case tuple() | list():
            return [_json(one, language) for one in value]
        case _:
            raise TypeError(f"an estimate cannot answer with {type(value).__name__}")
