"""`docs/estimate.md`, written from the definitions that read the questions: `python -m bot.estimate.page`.

Its examples are answered when the page is written, so they show what the program really says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.estimate import answer, questions
from bot.estimate.question import Question
from bot.estimate.schema import ByYear, Day, Field, Flag, Kind, LawYear, ListOf, Month, Number, OneOf, Record, Whole

__all__ = ["page"]

TARGET = Path(__file__).resolve().parents[2] / "docs" / "estimate.md"

HEAD = """\
# Estimates

`allie estimate NAME` reads one JSON question a line from standard input and writes one JSON answer a line. The same
questions are answered by `POST /api/estimate/NAME`, described for programs at `/api/openapi.json`.

```console
$ echo '{"year": 2026, "gifts": [{"kind": "coluche", "amount": 300, "date": "2026-11-21"}]}' | allie estimate donation
```

- Amounts are euros, with two decimals at most; days are written `2026-05-31`; ratios are numbers (`0.66`).
- Every question may have `"language"`: `"fr"` (the default) or `"en"`, the language of the texts of its answer.
- An optional field may be left out or `null`.
- A question that cannot be answered gets `{"error": {"field": "gifts.0.amount", "message": "…"}}` (400 over HTTP), and
  the next line still works. A field that is not known is refused: misspelt, it would be a wrong figure.
- A page of any site may ask over HTTP from the browser: no cookie is read, and pre-flights are answered.
- Every answer has `steps`, how the result is reached with the source of each figure, and `warnings`.
- An estimate is information with its source, not tax advice. The figures are in [law.md](law.md).

This page is written by `python -m bot.estimate.page`.
"""


def page() -> str:
    """The page as it must be."""
    return "\n".join([HEAD, *(line for question in questions().values() for line in _question(question))])


def _question(one: Question) -> Iterator[str]:
    yield f"## {one.name}\n"
    yield f"{one.summary}\n"
    yield "| question | type | needed | meaning |\n| --- | --- | --- | --- |"
    yield from _rows(one.asks.fields, "", with_need=True)
    yield "\n| answer | type | meaning |\n| --- | --- | --- |"
    yield from _rows(one.answers, "", with_need=False)
    result = answer(one.name, dict(one.example))
    yield f"\n```json\n{json.dumps(one.example, ensure_ascii=False)}\n```\n"
    yield f"```json\n{json.dumps(result, ensure_ascii=False, indent=1)}\n```\n"


def _rows(fields: tuple[Field, ...], prefix: str, *, with_need: bool) -> Iterator[str]:
    for field in fields:
        name = f"{prefix}{field.name}"
        needed = f" {'yes' if field.required else 'no'} |" if with_need else ""
        null = "" if field.required or with_need else " or null"
        yield f"| `{name}` | {_type(field.kind)}{null} |{needed} {field.text} |"
        inner, suffix = (field.kind.kind, "[].") if isinstance(field.kind, ListOf) else (field.kind, ".")
        if isinstance(inner, Record):
            yield from _rows(inner.fields, name + suffix, with_need=with_need)


def _type(kind: Kind) -> str:
    match kind:
        case Whole() | LawYear():
            return "whole number"
        case Number():
            return "number"
        case Day():
            return "day"
        case Month():
            return "month (`2026-05`)"
        case Flag():
            return "true or false"
        case OneOf():
            return ", ".join(f"`{name}`" for name in kind.names)
        case ListOf():
            return "list" if isinstance(kind.kind, Record) else f"list of {_type(kind.kind)}s"
        case ByYear():
            return 'object by year (`{"2024": 150}`)'
        case Record():
            return "object"
        case _:
            return "text"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
