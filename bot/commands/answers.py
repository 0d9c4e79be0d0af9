"""`allie answers`: for whoever writes answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from bot.commands import settings

if TYPE_CHECKING:
    from bot.knowledge import Answer, Knowledge
    from bot.understanding import Understanding

__all__ = ["answers"]

MOST_SHOWN = 5


@click.group()
def answers() -> None:
    """Written answers, ours and those of the data folder: check them, list them, see what a question finds."""


@answers.command()
@click.option("--own", is_flag=True, help="Only those of the data folder.")
def check(own: bool) -> None:
    """Say what is wrong with answers, which wordings two of them share, and which grow old."""
    from bot.dialogue.topic import load_topics
    from bot.knowledge import OWN_FOLDER
    from bot.knowledge.library import Library
    from bot.knowledge.proofreading import proofread

    folder = settings().data_dir / OWN_FOLDER
    library = Library.load(folder)
    errors = count = 0
    theirs = {answer.id for answer in library.own.values()}
    for remark in proofread(library, load_topics().topics, _today()):
        if own and not (remark.where.startswith(str(folder)) or any(id in remark.where for id in theirs)):
            continue
        count += 1
        errors += remark.is_error
        click.echo(f"{'!! ' if remark.is_error else '-  '}{remark.where}: {remark.what}")
    mine = f", {len(theirs)} of them your own" if theirs else ""
    click.echo(f"{len(library.ids())} answers{mine}; {errors} to mend, {count - errors} to know.")
    if errors:
        raise SystemExit(1)


@answers.command("list")
@click.argument("group", default="")
@click.option("--own", is_flag=True, help="Only those of the data folder.")
def list_(group: str, own: bool) -> None:
    """List the answers, or those of a group: what each is asked, in which languages it is written."""
    from bot.i18n import LANGUAGES
    from bot.knowledge import OWN_FOLDER
    from bot.knowledge.library import Library

    library = Library.load(settings().data_dir / OWN_FOLDER)
    shown = 0
    for id in library.ids():
        answer = library.answer(id, "fr")
        if answer is None or (group and answer.group != group) or (own and not answer.is_own):
            continue
        written = " ".join(code for code in LANGUAGES if library.in_language(id, code) is not None)
        click.echo(f"{'*' if answer.is_own else ' '} {id}  [{written}]  {answer.title}")
        shown += 1
    if group and not shown:
        raise click.ClickException(f"There is no {'answer of your own' if own else 'answer'} in the group {group}.")
    if not shown:
        click.echo("There is no answer of your own yet." if own else "There is no answer.")


@answers.command("try")
@click.argument("text")
@click.option(
    "--language", type=click.Choice(["fr", "en"]), help="The language of the question, if not what it looks like."
)
@click.option("--who", multiple=True, help="Who asks: household, firm, employee, hr, association, volunteer …")
@click.option("--last", help="The id of the answer before, for a question that follows from it.")
def try_(text: str, language: str | None, who: tuple[str, ...], last: str | None) -> None:
    """Show what a question finds, how sure that is, and the answer as people read it."""
    from bot.dialogue.topic import load_topics
    from bot.knowledge import Knowledge
    from bot.understanding import Understanding

    found = settings()
    hearing = load_topics().hearing
    understanding = Understanding.load(hearing, encoder=found.sentence_encoder)
    knowledge = Knowledge.load(hearing, found.data_dir, understanding.sentences)
    if last is not None and knowledge.answer(last, "fr") is None:
        raise click.ClickException(f"There is no answer {last}: allie answers list")
    _try(knowledge, understanding, text, language, who, last)


def _try(
    knowledge: Knowledge,
    understanding: Understanding,
    text: str,
    language: str | None,
    who: tuple[str, ...],
    last: str | None,
) -> None:
    from bot.knowledge import Certainty

    language = language or ("en" if understanding.read(text, today=_today()).language == "en" else "fr")
    candidates = knowledge.candidates(text, language, who=who, last=last)
    what = {
        Certainty.SURE: "sure: the first is given",
        Certainty.NEAR: "near: the first is given, with the next as buttons",
        Certainty.UNSURE: "unsure: these are offered to choose from",
        Certainty.UNKNOWN: "unknown: people are told that Allié does not know",
    }
    click.echo(f"{what[candidates.certainty]} ({language}; it is a question: {candidates.asks:.0%})\n")
    for rank, candidate in enumerate(list(candidates)[:MOST_SHOWN], 1):
        answer = knowledge.answer(candidate.id, language)
        if answer is not None:
            own = " (your own)" if answer.is_own else ""
            click.echo(f"{rank}. {candidate.probability:4.0%}  {candidate.id}{own}: {answer.title}")
            click.echo(f"         nearest of its wordings: “{_nearest(text, answer)}”")
    if candidates.best is not None and (best := knowledge.answer(candidates.best.id, language)) is not None:
        click.echo(f"\n{_shown(knowledge, best, language)}")


def _nearest(text: str, answer: Answer) -> str:
    """The wording that has most in common with the question, letter by letter."""
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        text, [answer.title, *answer.asks], scorer=fuzz.token_set_ratio, processor=utils.default_process
    )
    return str(found[0]) if found is not None else answer.title


def _shown(knowledge: Knowledge, answer: Answer, language: str) -> str:
    """The answer as plain text: what is said, what is folded, sources, warning, where it leads."""
    from bot.dialogue.replies import plain
    from bot.knowledge import source_line

    shown = knowledge.render(answer, language, _today())
    parts = [shown.title, plain(shown.head)]
    if shown.more:
        parts.append("(folded) " + plain(shown.more))
    parts += [plain(text) for text in (source_line(shown, language), shown.warning) if text]
    leads = [f"[{label}] {step.to}" for step, label in knowledge.neighbours(answer, language)]
    if leads:
        parts.append("\n".join(leads))
    return "\n\n".join(parts) + (f"\n\n{answer.path}" if answer.path is not None else "")


def _today() -> date:
    return datetime.now(UTC).date()
