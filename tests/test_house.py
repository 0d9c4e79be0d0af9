"""The doors between the rooms: who may import whom. See docs/architecture.md."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from bot.dialogue.topic import load_topics
from bot.word_lists import word_lists

ROOT = Path(__file__).resolve().parent.parent
LEAVES = {
    "bot.resources",
    "bot.phrase",
    "bot.word_lists",
    "bot.i18n",
    "bot.owner",
    "bot.settings",
    "bot.logs",
    "bot.errors",
    "bot.postgres",
    "bot.sqlite",
    "bot.send_limits",
    "bot.conversation_id",
    "bot.private_folder",
    "bot.inbound_rate_limiter",
    "bot.daily_digest",
}

DOORS: dict[str, set[str]] = {
    "bot.resources": set(),
    "bot.phrase": set(),
    "bot.word_lists": {"bot.resources"},
    "bot.owner": set(),
    "bot.settings": set(),
    "bot.redaction": set(),
    "bot.logs": {"bot.redaction", "bot.errors"},
    "bot.control": {"bot.private_folder"},
    "bot.command_line": {"bot.resources"},
    "bot.inbound_rate_limiter": set(),
    "bot.daily_digest": set(),
    "bot.private_folder": {"bot.errors"},
    "bot.send_limits": set(),
    "bot.conversation_id": set(),
    "bot.errors": set(),
    "bot.postgres": {"bot.errors"},
    "bot.sqlite": {"bot.errors"},
    "bot.i18n": {"bot.phrase", "bot.resources"},
    "bot.rules": {"bot.phrase", "bot.resources"},
    "bot.catalogue": LEAVES,
    "bot.documents": LEAVES,
    "bot.understanding": {*LEAVES, "bot.catalogue"},
    "bot.knowledge": {*LEAVES, "bot.rules", "bot.understanding"},
    "bot.store": LEAVES,
    "bot.estimate": {*LEAVES, "bot.rules"},
    "bot.questions": {*LEAVES, "bot.catalogue", "bot.understanding"},
    "bot.dialogue": {*LEAVES, "bot.catalogue", "bot.knowledge", "bot.questions", "bot.understanding", "bot.store"},
    "bot.delivery": {*LEAVES, "bot.dialogue", "bot.store"},
    "bot.channels": {*LEAVES, "bot.knowledge", "bot.dialogue", "bot.delivery", "bot.store", "bot.estimate"},
    "bot.broadcast": {
        *LEAVES,
        "bot.catalogue",
        "bot.channels",
        "bot.control",
        "bot.dialogue",
        "bot.store",
        "bot.understanding",
    },
    "bot.operations": {
        *LEAVES,
        "bot.control",
        "bot.knowledge",
        "bot.dialogue",
        "bot.delivery",
        "bot.store",
        "bot.catalogue",
        "bot.rules",
    },
    "handlers": {
        *LEAVES,
        "bot.knowledge",
        "bot.dialogue",
        "bot.questions",
        "bot.rules",
        "bot.catalogue",
        "bot.documents",
    },
}
"""Each room, and the rooms it may enter besides its own."""

COMPOSING = (
    "bot",
    "bot.control",
    "bot.deadline",
    "bot.leader",
    "bot.server",
    "bot.__main__",
    "bot.understanding.__main__",
)
"""These put the house together, as the commands do, and enter every room."""

NOUNS = {
    "language": "what a message is written in",
    "organisation": "the slot of a body that is named",
    "answers": "what a question was answered, and the written answers",
}
"""Names of topics that are first of all words of every room, and what they mean there."""

OTHER_MEANINGS: dict[str, set[str]] = {
    "bot.catalogue.announcement": {"contact"},  # a field of an announcement
    "bot.catalogue.evergreen": {"mission"},  # a table of a file
    "bot.catalogue.files": {"needs"},
    "bot.catalogue.needs": {"needs"},  # where a mission comes from
    "bot.catalogue.own_format": {"contact"},  # a column
    "bot.catalogue.shapes": {"mission", "contact"},  # an element of a file, a column
    "bot.catalogue.transfer": {"mission"},  # a table
    "bot.channels.telegram.inbound": {"contact"},  # a kind of message
    "bot.commands.admin": {"review"},  # a command
    "bot.commands.catalogue": {"review"},
    "bot.documents": {"alliance_charter"},  # a paper
    "bot.documents.charter": {"alliance_charter"},
    "bot.documents.needs_chart": {"needs"},  # a picture
    "bot.knowledge.answer": {"volunteer"},  # who asks
    "bot.operations.periodic": {"needs"},  # a piece of work
    "bot.operations.status": {"alerts"},  # a counter
    "bot.owner": {"contact"},  # a table of a file
    "bot.settings": {"needs", "offers"},  # what a person may make so many of in a day
    "bot.store.shared_statements": {"favourites"},  # a table
    "bot.understanding.pointing": {"mission"},  # words that people write
    "bot.understanding.writing": {"donation"},
    "bot.understanding.speakers": {"volunteer"},  # who speaks
    "bot.understanding.topics": {"learning"},  # a module
    "bot.understanding.working_life": {"volunteer"},  # why days are needed
}
"""Where the name of a topic is a word with another meaning. `bot/rules` and `bot/estimate` speak of the law, whose
parameters may be called as a topic is."""

FRENCH_IN_PATTERNS = {
    "bot.catalogue.dates": "how days are joined",
    "bot.catalogue.places": "what stands before the name of a place",
    "bot.catalogue.schedule": "how hours are left open",
    "bot.knowledge.query": "how a question follows another",
    "bot.understanding.paper_fields": "how a field of a paper is told",
    "bot.understanding.questions": "how a question is put",
    "bot.understanding.staff_time": "how time is counted",
    "bot.understanding.working_life": "how time is counted",
}
"""Where a pattern holds French little words, because their order is what it looks for. Lists of words are data."""

CALLED_BY_OTHERS = {
    **dict.fromkeys(("list_commands", "get_command", "format_commands"), "click"),
    **dict.fromkeys(("connection_made", "data_received", "connection_lost"), "asyncio"),
    **dict.fromkeys(("initialize", "do_request"), "python-telegram-bot"),
    **dict.fromkeys(("rest_day_limits", "engagement_right", "hours_of_the_moment", "can_be_declared"), "rules to come"),
    "wrong_pairs": "the measure of what is understood",
    "untold": "the tests of moderation",
}
"""What no line of ours calls by its name, and who does."""

LARGE: dict[str, str] = {}
"""Tracked files over a megabyte, and why each is there."""

MODULES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("handlers/**/*.py")])


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name: str) -> str | None:
    return next((room for room in DOORS if name == room or name.startswith(room + ".")), None)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in found if name.split(".")[0] in ("bot", "handlers")}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_enters_only_by_the_doors(path: Path) -> None:
    name = module_name(path)
    room = room_of(name)
    if name in COMPOSING or name.startswith("bot.commands"):
        return
    assert room is not None, f"{name} is in no room"
    for imported in imports_of(path):
        other = room_of(imported)
        assert other is not None or imported == "bot", f"{name} imports {imported}, which is in no room"
        if other is not None and other != room:
            assert other in DOORS[room], f"{name} imports {imported}: there is no door from {room} to {other}"


def test_the_machine_knows_no_topic_by_name() -> None:
    topics = load_topics().topics.keys()
    named = set()
    for path in ROOT.glob("bot/**/*.py"):
        assert not any(name.split(".")[0] == "handlers" for name in imports_of(path)), path
        module = module_name(path)
        named |= {(module, text) for text in strings_of(path) if text in topics and text not in NOUNS}
    of_the_law = {(module, text) for module, text in named if module.startswith(("bot.rules", "bot.estimate"))}
    meant = {(module, text) for module, texts in OTHER_MEANINGS.items() for text in texts}
    assert named - of_the_law - meant == set()


def strings_of(path: Path) -> set[str]:
    """The texts in a module's code; not what its docstrings say."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
    return {text.value for text in texts if isinstance(text.value, str)}


def test_lists_of_french_words_are_data() -> None:
    lists = word_lists("languages").words_by_language("small_words")
    little = lists["fr"] - lists["en"]
    held = set()
    for path in ROOT.glob("bot/**/*.py"):
        for text in strings_of(path):
            if sum(word in little for word in re.findall(r"[a-zà-ÿœ]+", text)) >= 3:
                held.add(module_name(path))
    assert held == FRENCH_IN_PATTERNS.keys()


def test_a_channel_is_the_only_code_that_knows_its_platform() -> None:
    for path in MODULES:
        if "channels" not in path.parts:
            source = path.read_text(encoding="utf-8")
            assert not re.search(r"^(from|import) telegram\b", source, re.MULTILINE), path


def test_one_module_knows_where_the_data_is() -> None:
    """In a wheel it is not where it is in a source tree (bot/resources.py)."""
    for path in MODULES:
        if module_name(path) != "bot.resources":
            found = re.search(r"__file__.*[\"'](?:data|locale)[\"']", path.read_text(encoding="utf-8"))
            assert found is None, f"{path}: {found}"


def test_no_figure_of_the_law_is_written_in_code() -> None:
    rate = re.compile(r"""Decimal\("0?\.(?:66|75|60|40|20)"\)|(?<![\d.])0\.(?:66|75|60|40)(?!\d)""")
    for path in MODULES:
        if "rules" in path.parts or "handlers" in path.parts:
            found = rate.search(path.read_text(encoding="utf-8"))
            assert found is None, f"{path}: {found}"


def test_no_year_of_the_law_is_written_in_code() -> None:
    for path in MODULES:
        if {"rules", "handlers"} & set(path.parts):
            numbers = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if is_number(node)]
            assert not [number for number in numbers if 1990 <= number <= 2100], path


def is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def test_nothing_is_there_for_nobody() -> None:
    """Each function and class is named somewhere besides where it is defined and exported."""
    sources = {path: path.read_text(encoding="utf-8") for path in MODULES}
    named = Counter(word for source in sources.values() for word in re.findall(r"\w+", source))
    unused = set()
    for source in sources.values():
        exported = re.search(r"^__all__ = \[(.*?)\]", source, re.DOTALL | re.MULTILINE)
        listed = set(re.findall(r'"(\w+)"', exported[1])) if exported else set()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith(
                "__"
            ):
                is_registered = any(isinstance(decorator, ast.Call) for decorator in node.decorator_list)
                if not is_registered and named[node.name] == 1 + (node.name in listed):
                    unused.add(node.name)
    assert unused - CALLED_BY_OTHERS.keys() == set()


def test_every_file_can_be_held_in_mind() -> None:
    long = {module_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in long.items() if lines > 520} == {}


def test_no_large_file_is_kept_without_a_reason() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a copy made by git: which files are tracked is not known")
    tracked = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert len(tracked) > 500
    large = {str(path.relative_to(ROOT)) for path in tracked if path.is_file() and path.stat().st_size > 1_000_000}
    assert large == set(LARGE)
