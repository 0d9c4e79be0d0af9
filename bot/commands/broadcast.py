"""`allie broadcast`: a message to those who asked for news, from a terminal, while the server is at work.

The server does the work (`acts.py`): this command may end, or be killed, and nothing changes for anybody. Where no
server is at work, what is asked is written down in the store, and the server goes on from there when it starts.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot.broadcast.acts import add_broadcast_acts
from bot.broadcast.audience import Audience, BadAudience, place_named
from bot.broadcast.message import BadText, checked, read_texts
from bot.channels.telegram.outbound import why_not_webhook_reply
from bot.commands import settings
from bot.control import Acts, CannotDo, NotServing, ask
from bot.dialogue.news import SUBJECTS
from bot.dialogue.replies import plain
from bot.settings import Settings
from bot.store import StoreError
from bot.store.opening import open_store

__all__ = ["broadcast"]

LOOK_EVERY = 1.0


@click.group()
@click.pass_context
def broadcast(context: click.Context) -> None:
    """News to those who asked for them: write, look, count, send, stop."""
    context.obj = settings()


@broadcast.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--subject", default="", help=f"Only those who asked for it: {', '.join(SUBJECTS)}.")
@click.option("--place", "places", multiple=True, help="Only those who named this town, département or region.")
@click.option("--language", "languages", multiple=True, help="Only this language, of those there is a text in.")
@click.option("--name", default="", help="What to call it; by default a name that its content gives.")
@click.option("--preview", is_flag=True, help="Show it here, and send nothing.")
@click.option("--to-admins", is_flag=True, help="Send it to the people of ALLIE_ADMINS alone.")
@click.option("--dry-run", is_flag=True, help="Count to whom it would go, and send nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before it begins.")
@click.pass_obj
def send(
    ours: Settings,
    files: Sequence[Path],
    subject: str,
    places: Sequence[str],
    languages: Sequence[str],
    name: str,
    preview: bool,
    to_admins: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Send FILES (news.fr.md, news.en.html: one a language) to those who asked for news.

    The same command run again goes on where the first one was, and sends nothing twice.
    """
    try:
        texts = read_texts(files)
        replies = checked(texts, why_not_webhook_reply)
        wanted = tuple(languages or texts)
        if missing := [language for language in wanted if language not in texts]:
            raise BadText(f"There is no text in the language {missing[0]}.")
        audience = Audience.from_json(
            Audience(wanted, subject, tuple(place_named(place) for place in places)).as_json()
        )
    except (BadText, BadAudience) as error:
        raise click.ClickException(str(error)) from None
    body = {"texts": {language: texts[language] for language in wanted}, "audience": audience.as_json()}
    if preview:
        for language in wanted:
            reply = replies[language]
            click.secho(f"— {language} —", bold=True)
            click.echo(plain(reply.text))
            click.echo(" ".join(f"[{button.label}]" for row in reply.buttons for button in row))
    if to_admins:
        shown = acted(ours, "broadcast show", {"body": body})["shown"]
        click.echo(f"Sent to the team: {shown}.")
    if dry_run:
        tell_count(acted(ours, "broadcast count", {"body": body}))
    if preview or to_admins or dry_run:
        return
    if not yes:
        count = acted(ours, "broadcast count", {"body": body})
        tell_count(count)
        click.confirm("Shall it be sent?", abort=True)
    begun = acted(ours, "broadcast begin", {"body": body, "name": name})
    if begun["was"] == "done":
        click.echo(f"{begun['name']} was sent already, and is not sent again.")
        tell(begun)
        return
    click.echo(f"Stop it with: allie broadcast stop {begun['name']}")
    follow(ours, begun)


@broadcast.command()
@click.argument("name")
@click.pass_obj
def stop(ours: Settings, name: str) -> None:
    """Stop a broadcast; sending it again goes on from there."""
    tell(acted(ours, "broadcast stop", {"name": name}))


@broadcast.command()
@click.argument("name")
@click.option("--follow", "follows", is_flag=True, help="Until it is done.")
@click.pass_obj
def report(ours: Settings, name: str, follows: bool) -> None:
    """How far a broadcast has come: delivered, blocked, failed."""
    found = acted(ours, "broadcast tell", {"name": name})
    if follows:
        follow(ours, found)
    else:
        tell(found)


@broadcast.command("list")
@click.pass_obj
def list_all(ours: Settings) -> None:
    """The broadcasts there were."""
    broadcasts = acted(ours, "broadcast listed", {})
    for one in broadcasts:
        click.echo(f"{one['name']}  {one['begun']}  {one['state']}  {one['delivered']} of {one['people']} delivered")
    if not broadcasts:
        click.echo("Nothing was sent yet.")


def acted(ours: Settings, act: str, given: dict[str, Any]) -> Any:
    """What the server answers; where there is none, what it would, from its store."""

    async def here() -> Any:
        try:
            return await ask(ours.data_dir, act, given)
        except NotServing:
            pass
        store = await open_store(ours.data_dir, ours.database_url)
        try:
            acts = Acts()
            add_broadcast_acts(acts, store, why_not_webhook_reply, [f"telegram:{id}" for id in ours.admins], None)
            answer = await acts.do({"do": act, "with": given})
        finally:
            await store.close()
        if "error" in answer:
            raise CannotDo(answer["error"])
        return answer["result"]

    try:
        return asyncio.run(here())
    except (CannotDo, StoreError) as error:
        raise click.ClickException(str(error)) from None


def follow(ours: Settings, begun: dict[str, Any]) -> None:
    """A bar of what has become of it, until it is done. Leaving it (Ctrl-C) leaves the broadcast going."""
    found = begun
    try:
        with click.progressbar(length=max(1, begun["people"]), label=begun["name"], show_eta=True) as bar:
            shown = 0
            while not is_over(found):
                time.sleep(LOOK_EVERY)
                if not is_served(ours):
                    break
                found = acted(ours, "broadcast tell", {"name": begun["name"]})
                bar.update(settled(found) - shown)
                shown = settled(found)
    except KeyboardInterrupt:
        click.echo(f"\nIt goes on without this window. See it with: allie broadcast report {begun['name']}")
    tell(found)
    if not is_over(found) and not is_served(ours):
        click.echo("No Allié is at work on this data folder: it goes on when one starts.")


def is_served(ours: Settings) -> bool:
    async def look() -> bool:
        try:
            await ask(ours.data_dir, "broadcast listed")
        except NotServing:
            return False
        except CannotDo:
            pass
        return True

    return asyncio.run(look())


def settled(found: dict[str, Any]) -> int:
    return int(found["delivered"] + found["blocked"] + found["failed"] + found["withdrawn"])


def is_over(found: dict[str, Any]) -> bool:
    """Nothing moves any more: stopped, or done but for what waits for people to come and fetch it on the web."""
    is_left_to_fetch = found["state"] == "done" and found["waiting"] == found["to_fetch"]
    return is_left_to_fetch or bool(found["state"] == "stopped")


def tell(found: dict[str, Any]) -> None:
    click.echo(f"{found['name']}: {found['state']}, begun {found['begun']}, for {found['people']} people")
    for what, words in (
        ("delivered", "delivered"),
        ("blocked", "blocked Allié"),
        ("failed", "refused by the platform (see allie doctor)"),
        ("withdrawn", "said stop or left before it reached them"),
        ("waiting", "wait"),
    ):
        click.echo(f"  {found[what]:>8}  {words}")


def tell_count(count: dict[str, Any]) -> None:
    click.echo(f"{count['people']} people asked for such news.")
    for by in ("channels", "languages", "places"):
        names = ", ".join(f"{name or 'no place'}: {number}" for name, number in list(count[by].items())[:12])
        if names:
            click.echo(f"  {by}: {names}")
