"""How well people are understood, measured: `python -m bot.understanding evaluate [FILE …]`.

A set is a JSON Lines file in the format of `docs/understanding.md` (`id`, `lang`, `text`, `topic`, `slots`, `difficulty`), or
a TOML file of messages by language, topic and difficulty. Without a file: the sets of the project.
Nothing of a message is printed, only its id.
"""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from bot.dialogue.topic import load_topics
from bot.understanding import Understanding
from bot.understanding.scoring import Report, score
from bot.understanding.topics import Topics, usual_folder
from bot.understanding.validation import Told, validated

__all__ = ["read_set", "understood"]

ROOT: Final = Path(__file__).resolve().parents[2]
SETS: Final = ROOT / "tests" / "understanding"
USUAL: Final = (
    SETS / "topics.toml",
    SETS / "more_topics.toml",
    SETS / "slots.toml",
)
# The clock of the sets.
TODAY: Final = date(2026, 11, 21)
DIFFICULTIES: Final = ("easy", "medium", "hard")
# Messages of distress, and messages that only sound like it, by language.
DISTRESS: Final = SETS / "distress.toml"

Labelled = Mapping[str, Any]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure the understanding, and learn it ahead of the first start."""


@main.command()
@click.option("--encoder/--no-encoder", default=True, help="With the sentence encoder, or without.")
def learn(encoder: bool) -> None:
    """Learn the topics now if their examples have changed."""
    started = time.perf_counter()
    Understanding.load(load_topics().hearing, encoder=encoder)
    click.echo(f"Topics are ready ({time.perf_counter() - started:.1f} s).")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--encoder/--no-encoder", default=True, help="With the sentence encoder, or without.")
@click.option("--wrong", is_flag=True, help="Name the messages whose topic is wrong.")
def evaluate(paths: tuple[Path, ...], encoder: bool, wrong: bool) -> None:
    """Topic accuracy, slots, negations and distress, set by set."""
    understanding = Understanding.load(load_topics().hearing, encoder=encoder)
    for path in paths or [path for path in USUAL if path.is_file()]:
        gold = read_set(path)
        click.echo(f"\n{path.name}: {len(gold)} messages")
        spent = time.process_time()
        predicted = [understood(understanding, one) for one in gold]
        spent = time.process_time() - spent
        _show(score(gold, predicted), wrong=wrong)
        told = sum(one["lang"] == reading["language"] for one, reading in zip(gold, predicted, strict=True))
        alarms = sum(
            "crisis" in r["slots"] and "crisis" not in g["slots"] for g, r in zip(gold, predicted, strict=True)
        )
        click.echo(
            f"  language {told / len(gold):6.1%}   false alarms {alarms}   {1000 * spent / len(gold):.2f} ms a message"
        )
    if not paths and DISTRESS.is_file():
        _show_distress(understanding, tomllib.loads(DISTRESS.read_text(encoding="utf-8")))
    if not paths:
        _show_pointing(validated(Topics.load(usual_folder(), encoder=encoder)), every=wrong)


def read_set(path: Path) -> list[Labelled]:
    """The labelled messages of a file. Raises ValueError if it is in neither format."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    table = tomllib.loads(text)
    if isinstance(listed := table.get("message"), list):
        return [_completed(number, one) for number, one in enumerate(listed)]
    return list(_messages(table))


def _messages(table: Mapping[str, Any]) -> Iterable[Labelled]:
    for language, topics in table.items():
        for topic, by_difficulty in topics.items():
            for difficulty, texts in by_difficulty.items():
                if difficulty not in DIFFICULTIES:
                    raise ValueError(f"{difficulty!r} is no difficulty: {', '.join(DIFFICULTIES)}.")
                for number, text in enumerate(texts):
                    name = f"{language}-{topic}-{difficulty}-{number}"
                    yield _completed(
                        0, {"id": name, "lang": language, "text": text, "topic": topic, "difficulty": difficulty}
                    )


def _completed(number: int, one: Labelled) -> Labelled:
    return {"id": f"message-{number}", "lang": "fr", "difficulty": "medium", "slots": {}, **one}


def understood(understanding: Understanding, one: Labelled) -> dict[str, Any]:
    """The reading of a labelled message, with its id."""
    meaning = understanding.read(one["text"], today=TODAY)
    return {"id": one["id"], **meaning.as_json(), "slots": dict(meaning.slots)}


def _show(report: Report, *, wrong: bool) -> None:
    click.echo("  topics            strict  lenient  messages")
    order = ["all", *sorted(report.topics.keys() - {"all", *DIFFICULTIES}), *DIFFICULTIES]
    for name in (name for name in order if name in report.topics):
        strict, lenient, count = report.topics[name]
        click.echo(f"    {name:14} {strict:7.1%} {lenient:8.1%} {count:9}")
    click.echo(f"    {'mean of topics':14} {report.topic_macro:7.1%}")
    if report.all_slots.right + report.all_slots.missed:
        click.echo("  slots          precision   recall      F1   pairs")
        for name, rate in [*sorted(report.slots.items()), ("all", report.all_slots)]:
            labelled = rate.right + rate.missed
            click.echo(f"    {name:14} {rate.precision:7.1%} {rate.recall:8.1%} {rate.f1:7.1%} {labelled:7}")
    click.echo(
        f"  distress found {report.crisis_found} of {report.crisis_messages}   negation errors {report.negation_errors}"
    )
    if wrong:
        for name, gold, found in report.wrong_topics:
            click.echo(f"    {name}: {gold}, not {found}")


def _show_distress(understanding: Understanding, table: Mapping[str, Mapping[str, list[str]]]) -> None:
    click.echo(f"\n{DISTRESS.name}: messages of distress, and messages that only sound like it")
    click.echo("                   found       alarms")
    for language, texts in table["told"].items():
        harmless = table["not_told"].get(language, [])
        found, alarms = (
            sum("crisis" in understanding.read(text, today=TODAY).slots for text in kind) for kind in (texts, harmless)
        )
        click.echo(f"    {language:10} {found:4} of {len(texts):4}  {alarms:4} of {len(harmless):4}")


def _show_pointing(told: Told, *, every: bool) -> None:
    click.echo(f"\npointing.toml: {told.wordings} wordings of {len(told.acts)} acts, by cross-validation")
    click.echo(
        f"  told at once {told.first / told.wordings:6.1%}   within three {told.within_three / told.wordings:6.1%}"
        f"   taken for an act {told.alarms} of {told.others} that point at nothing"
    )
    if every:
        for act, share in sorted(told.acts.items(), key=lambda item: item[1]):
            click.echo(f"    {act:14} {share:6.1%}")


if __name__ == "__main__":
    main()
