"""`docs/law.md`, every figure of `data/law` with its dates and reference: `python -m bot.rules.law_page` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.rules.parameters import Parameter, Row, law

__all__ = ["page"]

TARGET = Path(__file__).resolve().parents[2] / "docs" / "law.md"

HEAD = """\
# The law that Allié applies

Every rate, ceiling, limit, box and date that Allié uses, with the days between which it applies, the text it comes
from, the page it was read on and the day it was last checked. Nothing else in the program knows a figure of the law.

How sure: **A** or **H**, the text of the law or of the administration was read; **B** or **M**, reliable secondary
sources; **C** or **L**, one source, practice or inference: Allié warns where it uses it. References are in French, as
a jurist cites them. This page is written by `python -m bot.rules.law_page` from `data/law`, where corrections go.
"""

TITLES = {
    "alliance_figures": "Alliances: figures and dates (alliance_figures.toml)",
    "associations": "What associations ask (associations.toml)",
    "donations": "Gifts by individuals (donations.toml)",
    "expenses": "Expenses of volunteers (expenses.toml)",
    "firms": "What firms and employees ask (firms.toml)",
    "giving": "What donors ask beside the rates: limits, unions, parties, payment (giving.toml)",
    "giving_practice": "What donors ask beside the rates: delays, proofs, wills, IFI (giving_practice.toml)",
    "leaves": "Leaves (leaves.toml)",
    "patronage": "Gifts by companies (patronage.toml)",
    "rest_days": "Rest days (rest_days.toml)",
    "rights": "Rights of volunteers (rights.toml)",
    "services": "Telephone numbers (services.toml)",
    "skills": "Skills sponsorship (skills.toml)",
    "volunteer_protection": "What protects and commits volunteers (volunteer_protection.toml)",
    "volunteering": "Volunteering, by situation (volunteering.toml)",
    "wealth": "Gifts and the tax on real-estate wealth (wealth.toml)",
}


def page() -> str:
    """The page as it must be."""
    known = law()
    parts = [HEAD]
    for file, last in known.known_until.items():
        parts.append(f"## {TITLES.get(file, file)}\n")
        first = known.known_from.get(file)
        since = f"from {first} " if first else ""
        if last == date.max:
            parts.append("No law: what is here ends with no year, and is looked at again each year.\n")
        else:
            parts.append(f"Known {since}to {last}; after it, Allié uses the last rules it knows and says so.\n")
        for parameter in known.parameters.values():
            if parameter.name.startswith(f"{file}."):
                parts.extend(_parameter(parameter))
    return "\n".join(parts)


def _parameter(one: Parameter) -> Iterator[str]:
    yield f"### {one.label}\n"
    yield f"`{one.name}`, {one.unit}\n"
    yield "| from | to | value | reference | read on | sure | checked |\n| --- | --- | --- | --- | --- | --- | --- |"
    for row in one.rows:
        yield (
            f"| {row.start} | {row.end or ''} | {_value(one, row)} | {_cell(row.source.reference)} | {_link(row)} | "
            f"{row.source.confidence} | {row.source.checked} |"
        )
    yield ""
    for row in one.rows:
        if row.note:
            yield f"{row.start}: {row.note}\n"


def _value(one: Parameter, row: Row) -> str:
    numbers = ", ".join(
        _number(value, one.unit) if name == "value" else f"{name} {_number(value, '')}"
        for name, value in row.values.items()
    )
    return _cell(" ".join(part for part in (numbers, row.text) if part))


def _number(value: Decimal, unit: str) -> str:
    if unit == "ratio":
        return f"{(value * 100).normalize():f} %"
    return f"{value:,}" + (" €" if unit == "euro" else "")


def _link(row: Row) -> str:
    title = _cell(row.source.title)
    return f"[{title}]({row.source.url})" if row.source.url else title


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
