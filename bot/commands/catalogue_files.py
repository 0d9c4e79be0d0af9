"""`allie catalogue import`, `export`, `edit` and `remove`: missions from files and to them, and one by one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.causes import CAUSES
from bot.catalogue.files import BadFile, Read, Reading, active_of, export, import_file, preview
from bot.catalogue.headings import UnknownHeading
from bot.catalogue.mission import Mission, Refusal
from bot.catalogue.support import import_support
from bot.catalogue.writer import Count
from bot.commands.catalogue_group import Home, catalogue, counted, counting, must_be_there, now, to_read, today
from bot.commands.importing import edited_with, headings_told, line_told, pairs

__all__ = ["catalogue"]

REFUSED_SHOWN = 20  # refused lines that an import lists; `stats --refused` has them all


@catalogue.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", help="What to call where they come from; the file's name unless said.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in, line by line.")
@click.option(
    "--map",
    "--column",
    "mapping",
    multiple=True,
    callback=pairs,
    metavar="MEANING=HEADING",
    help='What a heading means: --map titre="Nom". May be repeated.',
)
@click.option(
    "--fill",
    multiple=True,
    callback=pairs,
    metavar="MEANING=VALUE",
    help='A value for the lines that have none: --fill association="Les Amis". May be repeated.',
)
@click.option("--replace", "replaces", is_flag=True, help="Take away what came of it before and is no longer in it.")
@click.option("--appeals", is_flag=True, help="The files list appeals for gifts, not missions.")
@click.option("--support", is_flag=True, help="The files list local points of support, not missions.")
@click.pass_obj
def import_command(
    home: Home,
    files: tuple[Path, ...],
    source: str | None,
    dry_run: bool,
    mapping: dict[str, str],
    fill: dict[str, str],
    replaces: bool,
    appeals: bool,
    support: bool,
) -> None:
    """Take missions in from FILES: tables (CSV, Excel, LibreOffice), JSON, calendars, partners' XML; see
    docs/catalogue.md. Doing it again changes nothing.

    With --appeals, each line is what a body collects for: place, cause, what a gift buys, until when, the page to
    give, what it states on its receipts. With --support, each file is a list of local points of support, and replaces
    what came of it before.
    """
    if support and (dry_run or mapping or fill or replaces or appeals):
        raise click.UsageError("--support goes with --source only: its lists always replace what came of them before.")
    wanted = Wanted(source, mapping, fill, appeals)
    failed = False
    for path in files:
        try:
            if dry_run:
                count = _previewed(home, path, wanted, replaces=replaces)
            elif support:
                with Catalogue(open_backend(*home)) as opened, counting(path.name) as progress:
                    count = import_support(opened, path, now=now(), progress=progress)
            else:
                count = _imported(home, path, wanted, replaces=replaces)
        except UnknownHeading as error:
            raise click.UsageError(f"{path.name}: {error}") from None
        except BadFile as error:
            click.echo(f"{path.name}: {error}" + (" Nothing of it was taken." if support else ""), err=True)
            failed = True
        else:
            gone = f", {count.withdrawn} gone" if count.withdrawn else ""
            click.echo(f"{path.name}: {'would be ' if dry_run else ''}{counted(count)}{gone}")
            if count.read == count.refused:
                click.echo(f"{path.name}: nothing of it can be taken.", err=True)
                failed = True
    if failed:
        sys.exit(1)


class Wanted(NamedTuple):
    """How a file is to be read: what was said of it, as `Reading` takes it."""

    source: str | None
    mapping: dict[str, str]
    fill: dict[str, str]
    appeals: bool


def _imported(home: Home, path: Path, wanted: Wanted, *, replaces: bool) -> Count:
    """Take a file in, and say what of it was understood and what was refused."""
    said = refused = 0
    taken = False
    readings: list[Reading] = []

    def told(reading: Reading, batch: Sequence[Read]) -> None:
        nonlocal said, refused, taken
        if not readings:
            readings.append(reading)
            _echo_lines(headings_told(reading))
        lines = [line_told(read, "refused") for read in batch if isinstance(read.found, Refusal)]
        taken = taken or len(lines) < len(batch)
        refused += len(lines)
        _echo_lines(lines[: max(0, REFUSED_SHOWN - said)])
        said = min(REFUSED_SHOWN, said + len(lines))

    try:
        with Catalogue(open_backend(*home)) as opened, counting(path.name) as progress:
            return import_file(
                opened, path, now=now(), replaces=replaces, progress=progress, told=told, **wanted._asdict()
            )
    except BadFile as error:
        raise BadFile(f"{error} {'What came before was taken.' if taken else 'Nothing of it was taken.'}") from error
    finally:
        if refused > said:
            click.echo(f"  … and {refused - said} more that were refused")


def _previewed(home: Home, path: Path, wanted: Wanted, *, replaces: bool) -> Count:
    """Say what taking a file in would do. Nothing is written, and no folder made."""
    is_there = home.has_missions
    with to_read(home, silent=True) as opened:
        reading = Reading(opened, path, **wanted._asdict())
        lines: list[str] = []
        there: set[str] = set()

        def told(read: Read, outcome: str) -> None:
            if isinstance(read.found, Mission):
                there.add(read.found.id)
            lines.append(line_told(read, outcome))

        with opened.reading() as connection:
            try:
                count = preview(opened, reading, connection if is_there else None, told)
                if replaces and is_there and count.read > count.refused:
                    gone = [one for one in active_of(connection, reading.source) if one.id not in there]
                    lines += [f"  would be gone: {one.title} — {one.organisation} ({one.id})" for one in gone]
                    count += Count(withdrawn=len(gone))
            finally:
                _echo_lines([*headings_told(reading), *lines])
    return count


def _echo_lines(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line)


@catalogue.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), default="-")
@click.option("--all", "with_evergreen", is_flag=True, help="The missions that ship with Allié too.")
@click.option("--force", is_flag=True, help="Write over FILE where there is one.")
@click.pass_obj
def export_command(home: Home, file: Path, with_evergreen: bool, force: bool) -> None:
    """Write the missions to FILE (or here) as JSON lines that `import` reads."""
    to_screen = str(file) == "-"
    if not to_screen and file.exists() and not force:
        raise click.ClickException(f"{file} is there already. To write over it, say --force.")
    with to_read(home, silent=True) as opened:
        if to_screen:
            written = export(opened, click.open_file("-", "w", encoding="utf-8"), with_evergreen=with_evergreen)
        else:
            written = _written(opened, file, with_evergreen=with_evergreen)
    click.echo(f"{written} missions written.", err=True)


def _written(opened: Catalogue, file: Path, *, with_evergreen: bool) -> int:
    """Written beside it first: killed in the middle, what was there is as it was."""
    begun = file.with_name(f".{file.name}.begun")
    try:
        with begun.open("w", encoding="utf-8") as out:
            written = export(opened, out, with_evergreen=with_evergreen)
        begun.replace(file)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from None
    finally:
        begun.unlink(missing_ok=True)
    return written


@catalogue.command("remove")
@click.argument("ids", metavar="ID…", nargs=-1)
@click.option("--source", help="All that came of this file or feed; importing it again brings it back.")
@click.option("--undo", is_flag=True, help="Put back what was removed by its ID.")
@click.pass_obj
def remove_command(home: Home, ids: tuple[str, ...], source: str | None, undo: bool) -> None:
    """Take missions away. One that is removed by its ID stays away, whatever its file or feed says afterwards."""
    if bool(ids) is bool(source) or (source and undo):
        raise click.UsageError("Say either which missions, by their IDs, or --source.")
    must_be_there(home)
    missing = False
    with Catalogue(open_backend(*home)) as opened, opened.writer() as writer:
        if source:
            count = writer.replace(source, ())
            click.echo(f"{source}: {count.withdrawn} missions are gone")
            missing = not count.withdrawn
        for mission_id in ids:
            done = writer.restore(mission_id, today()) if undo else writer.remove(mission_id)
            verb = "is back" if undo else "is gone"
            none = "was not removed" if undo else "there is no such mission"
            click.echo(f"{mission_id}: {verb if done else none}")
            missing = missing or not done
    if missing:
        sys.exit(1)


@catalogue.command("edit")
@click.argument("mission_id", metavar="ID")
@click.option(
    "--set",
    "changes",
    multiple=True,
    callback=pairs,
    metavar="NAME=VALUE",
    help="A field of our format; may be repeated.",
)
@click.option("--title", help="The title, as it should read.")
@click.option("--text", help="The text, as it should read.")
@click.option("--url", help="Where one joins: a page, a mail, a telephone.")
@click.option("--cause", type=click.Choice(list(CAUSES)), help="The cause it is found under.")
@click.pass_obj
def edit_command(
    home: Home,
    mission_id: str,
    changes: dict[str, str],
    title: str | None,
    text: str | None,
    url: str | None,
    cause: str | None,
) -> None:
    """Change a mission. It stays changed until its file or feed says something else of it than it did before."""
    named = {"title": title, "text": text, "url": url, "causes": cause}
    changes = {**changes, **{name: value for name, value in named.items() if value is not None}}
    if not changes:
        raise click.UsageError('Say what to change: --set ends=2026-12-31, --title "…".')
    must_be_there(home)
    with Catalogue(open_backend(*home)) as opened, opened.writer() as writer:
        better = writer.amend(mission_id, edited_with(opened, changes), now=now())
    if better is None:
        raise click.ClickException(f"There is no mission « {mission_id} » that is shown.")
    click.echo(f"{mission_id}: {better.title} — {better.organisation}")
