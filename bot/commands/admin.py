"""`allie status`, `parked`, `refused` and `understanding`: how the server at work does, and what it set aside.

They ask the server at work on the data folder. Where none is, the store itself is opened for what needs no server.
"""

from __future__ import annotations

import asyncio
from typing import Any

import click

from bot.command_line import echo_json
from bot.commands import settings
from bot.commands.reviewing import lines_of, reviewed
from bot.settings import Settings

__all__ = ["parked", "refused", "status", "understanding"]

show = click.option("--show", is_flag=True, help="With what people wrote, and whose it is.")
as_json = click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
everything = click.option("--all", "everything", is_flag=True, help="All of them.")


@click.command()
@as_json
def status(as_json: bool) -> None:
    """How the Allié at work here does: what waits, what was set aside, when missions were read."""
    from bot.control import NotServing

    ours = settings()
    try:
        answer = _asked(ours, "status")
    except NotServing as no:
        raise click.ClickException(str(no)) from None
    if as_json:
        echo_json(answer, indent=2)
    else:
        click.echo("\n".join(_told(answer)))
    if answer["not_ready"]:
        raise click.ClickException(f"Not ready: {answer['not_ready']}.")


def _told(said: dict[str, Any]) -> list[str]:
    telegram = said["telegram"]
    bot = f" as @{telegram['bot']}" if telegram["bot"] else ", which it has not reached yet"
    lines = [
        f"Allié {said['version']} is at {said['address']} since {said['since']} ({said['host']}, {said['process']})",
        f"store: {said['store']}",
        "Telegram: none" if telegram["way"] == "none" else f"Telegram: by {telegram['way']}{bot}",
        "elected for: " + (", ".join(name for name, ours in said["elected"].items() if ours) or "nothing"),
    ]
    if said["quota"] != 1:
        lines.append(f"quota of Telegram's limits: {said['quota']:.0%}")
    turns = ", ".join(f"{name} {count}" for name, count in sorted(said["turns"].items()))
    lines.append(f"turns since the start: {turns or 'none'}")
    lines += [f"failing since {failed['since']}: {failed['what']}: {failed['why']}" for failed in said["failing"]]
    if (counts := said["counts"]) is None:
        return [*lines, "the store does not answer"]
    lines.append(f"people: {counts['sessions']}; reminders to come: {counts['due']}")
    lines += [
        f"waiting: {queue['messages']} {queue['what']} for {queue['channel']}, "
        f"the oldest for {queue['oldest_seconds']} s"
        for queue in said["waiting"]
    ] or ["waiting: nothing"]
    lines.append(f"kept for people who left: {counts['stopped']}")
    lines.append(
        f"set aside: {counts['parked']} messages (allie parked list), {counts['refused']} replies (allie refused list)"
    )
    missions = said["missions"]
    lines.append(
        f"missions: {missions['count']}, a feed read whole: {missions['read_on'] or 'never'}"
        + (", the last reading failed" if missions["failing"] else "")
        if missions
        else "missions: the catalogue cannot be looked at: see allie doctor"
    )
    law = said["law"]
    behind = f"; not known for today: {', '.join(law['behind'])}" if law["behind"] else ""
    lines.append(f"law: oldest check {law['oldest_check_days']} days ago{behind}")
    return lines


@click.group()
def parked() -> None:
    """Messages whose turn failed again and again: look at them, hand them in again, let them go."""


@parked.command("list")
@show
@as_json
def parked_list(show: bool, as_json: bool) -> None:
    """When, what kind of error, how often it was tried; never what was written, unless --show."""
    events = _done("parked list", {"show": show})
    if as_json:
        echo_json(events)
        return
    for event in events:
        click.echo(
            f"{event['reference']}  {event['at']}  {event['channel']:<9} {event['error']}  tried {event['tries']} times"
        )
        if show:
            click.echo(f"    {event['event']} of {event['chat']}: {event['raw']}")
    if not events:
        click.echo("Nothing was set aside.")


@parked.command("replay")
@click.argument("references", nargs=-1)
@everything
def parked_replay(references: tuple[str, ...], everything: bool) -> None:
    """Hand messages in again; they are answered as if they came now. REFERENCES are as `list` shows them."""
    failed = 0
    for event in _done("parked replay", {"references": _named(references, everything)}, needs_server=True):
        click.echo(f"{event['reference']}: {OUTCOMES[event['outcome']].format(why=event.get('why'))}")
        failed += event["outcome"] in ("failed", "cannot", "busy")
    if failed:
        raise click.ClickException(f"{failed} still set aside.")


OUTCOMES = {
    "answered": "answered; the reply is on its way",
    "done already": "had been answered already",
    "scheduled": "a reminder, sent within a minute",
    "failed": "failed again ({why}); it stays, and the log says where",
    "cannot": "cannot be handed in again: {why}; it stays",
    "busy": "busy just now ({why}); it stays",
}


@parked.command("drop")
@click.argument("references", nargs=-1)
@everything
def parked_drop(references: tuple[str, ...], everything: bool) -> None:
    """Let messages go without an answer. REFERENCES are as `list` shows them."""
    for event in _done("parked drop", {"references": _named(references, everything)}):
        click.echo(f"{event['reference']}: {'let go' if event['dropped'] else 'gone already'}")


@click.group()
def refused() -> None:
    """Replies that a platform would not take: look at them, let them go."""


@refused.command("list")
@show
@as_json
def refused_list(show: bool, as_json: bool) -> None:
    """When, and what the platform said; never the reply, unless --show."""
    replies = _done("refused list", {"show": show})
    if as_json:
        echo_json(replies)
        return
    for reply in replies:
        click.echo(f"{reply['id']}  {reply['at']}  {reply['channel']:<9} {reply['reason']}")
        if show:
            click.echo(f"    to {reply['chat']}: {reply['text']}")
    if not replies:
        click.echo("Nothing was refused.")


@refused.command("drop")
@click.argument("ids", nargs=-1, type=int)
@everything
def refused_drop(ids: tuple[int, ...], everything: bool) -> None:
    """Let replies go. IDS are as `list` shows them."""
    for reply in _done("refused drop", {"ids": _named(ids, everything)}):
        click.echo(f"{reply['id']}: {'let go' if reply['dropped'] else 'is not there'}")


@click.group()
def understanding() -> None:
    """What Allié did not understand, where ALLIE_KEEP_MISUNDERSTOOD is yes."""


@understanding.command("review")
@as_json
@click.option("--recent", is_flag=True, help="The latest first, instead of the most frequent.")
@click.option("--clear", is_flag=True, help="Let go of all of it.")
def review(as_json: bool, recent: bool, clear: bool) -> None:
    """Messages that were not understood, masked, grouped by nearness: how often, when last, the closest answers."""
    if clear:
        click.echo(f"Let go of {_done('misunderstood drop', {})}.")
        return
    messages = _done("misunderstood list", {})
    groups = _grouped(messages, recent=recent) if messages else []
    if as_json:
        echo_json(groups)
        return
    for group in groups:
        click.echo("\n".join(lines_of(group)))
    if not messages:
        kept = (
            "Nothing" if settings().keep_misunderstood else "Nothing is kept: ALLIE_KEEP_MISUNDERSTOOD is no. Nothing"
        )
        click.echo(f"{kept} is there to review.")


@understanding.command("votes")
@as_json
def votes(as_json: bool) -> None:
    """What people thought of the written answers, 👍 and 👎: those that helped least first."""
    counted = _done("answer votes", {})
    if as_json:
        echo_json(counted)
        return
    for answer in counted:
        click.echo(f"{answer['useless']:>5} 👎 {answer['useful']:>5} 👍  {answer['answer']}")
    if not counted:
        click.echo("Nobody has pressed 👍 or 👎 under an answer.")


def _grouped(messages: list[dict[str, Any]], *, recent: bool) -> list[dict[str, Any]]:
    from bot.dialogue.topic import load_topics
    from bot.knowledge import Knowledge
    from bot.understanding import Understanding

    found, hearing = settings(), load_topics().hearing
    sentences = Understanding.load(hearing, encoder=found.sentence_encoder).sentences
    return reviewed(messages, Knowledge.load(hearing, found.data_dir, sentences), recent=recent)


def _named(names: tuple[Any, ...], everything: bool) -> list[Any]:
    """What was named, an empty list for all; it has to be one of both."""
    if bool(names) == everything:
        raise click.UsageError("Name what you mean, as the list shows it, or say --all.")
    return list(names)


def _asked(found: Settings, act: str, given: dict[str, Any] | None = None) -> Any:
    from bot.control import CannotDo, ask

    try:
        return asyncio.run(ask(found.data_dir, act, given))
    except CannotDo as no:
        raise click.ClickException(str(no)) from None


def _done(act: str, given: dict[str, Any], *, needs_server: bool = False) -> Any:
    """What the server at work makes of it, or the store itself where there is no server."""
    from bot.control import NotServing

    ours = settings()
    try:
        return _asked(ours, act, given)
    except NotServing as no:
        if needs_server:
            raise click.ClickException(f"{no} Start it first: it is the server that answers.") from None
        return asyncio.run(_done_here(ours, act, given))


async def _done_here(found: Settings, act: str, given: dict[str, Any]) -> Any:
    from bot.operations.dead_letter_admin import DeadLetterAdmin
    from bot.store import StoreError
    from bot.store.opening import open_store

    if found.database_url is None and not (found.data_dir / "allie.sqlite3").exists():
        raise click.ClickException(f"There are no conversations in {found.data_dir}.")
    try:
        store = await open_store(found.data_dir, found.database_url)
        try:
            return await DeadLetterAdmin(store).acts[act](**given)
        finally:
            await store.close()
    except StoreError as error:
        raise click.ClickException(str(error)) from None
