"""What the two engines share is written once: no statement of one stands again in the other with other placeholders."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOMS = (
    Path(__file__).resolve().parents[2] / "bot" / "store",
    Path(__file__).resolve().parents[2] / "bot" / "catalogue",
)
SQL = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b.*\b(?:FROM|INTO|SET)\b", re.DOTALL)
PLACE = re.compile(r"%s|%\(\w+\)s|(?<![:\w]):\w+|\?")


def statements() -> dict[tuple[str, str], set[str]]:
    """The room and the text of each statement, its placeholders alike, and the modules that it stands in."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for room in ROOMS:
        for path in room.glob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
            for node in ast.walk(tree):
                if id(node) in parts:
                    continue
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                    found[room.name, PLACE.sub("?", " ".join(node.value.split()))].add(path.name)
    return found


def test_a_statement_of_both_engines_is_written_once() -> None:
    found = statements()
    assert len(found) > 90
    assert {statement: modules for statement, modules in found.items() if len(modules) > 1} == {}
