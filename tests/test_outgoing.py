"""What leaves: no client follows a redirect, since keys and what people said would follow it too."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERBS = {"get", "post", "put", "patch", "delete", "head", "options", "request"}


def calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in VERBS:
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            first = node.args[0] if node.args else None
            is_address = not (isinstance(first, ast.Constant) and "/" not in str(first.value))
            if (
                name.endswith("session")
                and is_address
                and (len(node.args) > 1 or node.keywords or is_made_of_parts(first))
            ):
                found.append(node)
    return found


def is_made_of_parts(node: ast.expr | None) -> bool:
    return isinstance(node, (ast.JoinedStr, ast.BinOp))


def test_no_client_follows_a_redirect() -> None:
    outgoing = {path: calls(path) for room in ("bot", "handlers") for path in (ROOT / room).rglob("*.py")}
    assert sum(map(len, outgoing.values())) >= 6, "the calls that there are were not found"
    following = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, found in outgoing.items()
        for call in found
        if not any(
            keyword.arg == "allow_redirects"
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value is False
            for keyword in call.keywords
        )
    ]
    assert following == []


def test_no_other_way_out_is_used() -> None:
    others = ("urlopen(", "http.client", "import httpx", "import requests", "urllib3")
    using = [
        str(path.relative_to(ROOT))
        for room in ("bot", "handlers")
        for path in (ROOT / room).rglob("*.py")
        if any(other in path.read_text(encoding="utf-8") for other in others)
    ]
    assert using == []
