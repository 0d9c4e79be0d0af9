"""`allie catalogue`: import, sync, search, export and look at the missions from a terminal."""

from __future__ import annotations

import asyncio
import datetime
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from bot.catalogue import needs
from bot.catalogue.backend import open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.causes import CAUSES, cause_name
from bot.catalogue.cleaning import clean_text
from bot.catalogue.contacts import contacts
from bot.catalogue.mission import Mission
from bot.catalogue.schedule import TIMES, is_time
from bot.catalogue.support import lists
from bot.catalogue.sweep import BeingRead, Report
from bot.catalogue.sync import BASE, PATH, FeedSettings, sync
from bot.catalogue.transfer import copy
from bot.catalogue.wish import Match, Results, Wish, widened_phrase
from bot.command_line import echo_json
from bot.commands import catalogue_files  # noqa: F401 - its commands join the group
from bot.commands.catalogue_group import Home, catalogue, counted, now, to_read, today
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, text_of

__all__ = ["catalogue"]

LANGUAGE = "en"


class Kilometres(click.FloatRange):
    """A distance; what is no number of kilometres is none."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> float:
        found = super().convert(value, parameter, context)
        if found != found:  # not a number
            self.fail(f"{value} is not a number from {self.min} to {self.max}.", parameter, context)
        return float(found)


def _times(_context: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    strange = next((token for token in given if not is_time(token)), None)
    if strange is not None:
        raise click.BadParameter(f"« {strange} » is no time. There are: {', '.join(TIMES)}.")
    return tuple(given)


@catalogue.command("sync")
@click.option("--key", envvar="ALLIE_FEED_KEY", help="The key of API Engagement (ALLIE_FEED_KEY).")
@click.option("--base", envvar="ALLIE_FEED_URL", default=BASE, show_default=True, help="Another server.")
@click.option("--path", envvar="ALLIE_FEED_PATH", default=PATH, show_default=True, help="Another path on it.")
@click.option("--accept-drop", is_flag=True, help="The feed became much smaller, and that is right.")
@click.pass_obj
def sync_command(home: Home, key: str | None, base: str, path: str, accept_drop: bool) -> None:
    """Read the whole API Engagement feed. Stopped half-way, it goes on where it was the next time."""
    if not key:
        raise click.UsageError("API Engagement needs a key, given by its team: set ALLIE_FEED_KEY, or say --key.")
    settings = FeedSettings(key=key, base=base, path=path)
    with Catalogue(open_backend(*home)) as opened, click.progressbar(length=1, label="Reading", file=sys.stderr) as bar:

        def progress(read: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(read - bar.pos)

        try:
            report = asyncio.run(sync(opened, settings, now=now, accept_drop=accept_drop, progress=progress))
        except BeingRead:
            raise click.ClickException("Another process is reading this feed now.") from None
    click.echo(_reported(report))
    if report.outcome != "complete":
        sys.exit(1)


@catalogue.command("search")
@click.argument("text", default="")
@click.option("--near", metavar="PLACE", default="", help="A town, postcode, département, region.")
@click.option("--km", type=Kilometres(1, 200), help="How far, in kilometres (20 unless said).")
@click.option("--when", multiple=True, callback=_times, help="saturday, evening, date:2026-12-05 … May be repeated.")
@click.option("--cause", multiple=True, type=click.Choice(list(CAUSES)), help="May be repeated.")
@click.option(
    "--not-cause", multiple=True, type=click.Choice(list(CAUSES)), help="A cause to leave out. May be repeated."
)
@click.option("--remote", is_flag=True, help="From home only.")
@click.option("--minors", is_flag=True, help="Open to minors.")
@click.option("--step-free", is_flag=True, help="Without steps.")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As if it were that day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.pass_obj
def search_command(
    home: Home,
    text: str,
    near: str,
    km: float | None,
    when: tuple[str, ...],
    cause: tuple[str, ...],
    not_cause: tuple[str, ...],
    remote: bool,
    minors: bool,
    step_free: bool,
    limit: int,
    day: datetime.datetime | None,
    as_json: bool,
) -> None:
    """Look for missions as a person would: TEXT is what they want to do."""
    with to_read(home, silent=as_json) as opened:
        found = opened.places.find(near) if near else None
        if near and (found is None or not found.places):
            where = "outside France" if found and found.abroad else "not a place Allié knows in France"
            raise click.ClickException(f"« {near} » is {where}.")
        place = (found.natural or found[0]) if found else None
        if found and found.natural is None and not as_json:
            others = ", ".join(one.label for one in found[:5])
            click.echo(f"Several places are called that: {others}. Looking near the first.", err=True)
        wish = Wish(
            text=text[:4_000],
            place=place,
            radius_km=km,
            when=when,
            causes=cause,
            not_causes=not_cause,
            remote=remote,
            minors=minors,
            step_free=step_free,
        )
        results = opened.search(wish, today=day.date() if day else today(), limit=limit)
    if as_json:
        echo_json(_as_json(results))
    else:
        click.echo(_as_text(results))


@catalogue.command("copy")
@click.argument("source")
@click.argument("target")
def copy_command(source: str, target: str) -> None:
    """Copy missions and needs, from a data folder to a postgresql:// address or back, as `allie store copy` does."""
    for table, rows in copy(source, target, today=today()).items():
        click.echo(f"{table}: {rows}")


@catalogue.command("review")
@click.option("--approve", metavar="ID", multiple=True, help="Publish this need. May be repeated.")
@click.option("--refuse", metavar="ID", multiple=True, help="Turn this need down. May be repeated.")
@click.option("--reason", default="", help="Why, for its association to read.")
@click.option("--edit", metavar="ID", help="Put this need into better words, with --title, --text or --cause.")
@click.option("--title", help="The title, as it should read.")
@click.option("--text", help="The text, as it should read.")
@click.option("--cause", type=click.Choice(list(CAUSES)), help="The cause under which it is counted.")
@click.pass_obj
def review_command(
    home: Home,
    approve: tuple[str, ...],
    refuse: tuple[str, ...],
    reason: str,
    edit: str | None,
    title: str | None,
    text: str | None,
    cause: str | None,
) -> None:
    """List the needs that wait for a moderator, or decide. Their associations are told by the running server."""
    if edit and not (title or text or cause):
        raise click.UsageError("--edit needs the new --title, --text or --cause.")

    def better(mission: Mission) -> Mission:
        causes = (cause, *(one for one in mission.causes if one != cause)) if cause else mission.causes
        return replace(
            mission,
            title=clean_text(title, 90) or mission.title,
            text=clean_text(text, 800) or mission.text,
            causes=causes,
        )

    if not (approve or refuse or edit):
        _list_waiting(home)
        return
    outcomes: list[tuple[str, bool, str]] = []
    with Catalogue(open_backend(*home)) as opened, opened.writer() as writer:
        if edit:
            outcomes.append((edit, needs.edit(writer, edit, now=now(), edited=better) is not None, "changed"))
        outcomes += [(id, needs.approve(writer, id, now=now()) is not None, "published") for id in approve]
        why = clean_text(reason, 300)
        outcomes += [(id, needs.refuse(writer, id, now=now(), reason=why) is not None, "refused") for id in refuse]
    for need_id, done, word in outcomes:
        click.echo(f"{need_id}: " + (word if done else "there is no such need waiting"))
    if not all(done for _id, done, _word in outcomes):
        sys.exit(1)


def _list_waiting(home: Home) -> None:
    """The needs that wait for a moderator, the oldest first."""
    with to_read(home, silent=True) as opened, opened.reading() as connection:
        waiting = needs.pending(connection)
    for need in waiting:
        where = ", ".join(site.city for site in need.mission.sites) or "at a distance"
        click.echo(f"{need.mission.id}  {need.asked_on}  {need.mission.title} — {need.mission.organisation} ({where})")
        click.echo(f"    {need.mission.text}\n    {need.mission.url}")
    if not waiting:
        click.echo("Nothing waits.")


@catalogue.command("stats")
@click.option("--needs", "of_needs", is_flag=True, help="Needs of associations, by territory and cause.")
@click.option("--chart", type=click.Path(dir_okay=False, path_type=Path), help="With --needs: a picture, .png or .svg.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default=DEFAULT_LANGUAGE, help="Of the picture.")
@click.option("--refused", is_flag=True, help="List the records that were refused, with the reason.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.pass_obj
def stats_command(home: Home, of_needs: bool, chart: Path | None, language: str, refused: bool, as_json: bool) -> None:
    """What the catalogue holds, how fresh it is, what was refused."""
    if chart and (not of_needs or chart.suffix not in (".png", ".svg")):
        raise click.UsageError("--chart goes with --needs, and its file ends in .png or .svg.")
    with to_read(home, silent=True) as opened:
        if of_needs:
            with opened.reading() as connection:
                found = needs.counts(connection, today())
            if chart:
                _draw(opened, found, chart, language)
                return
            lines = [f"{one.departement or '-'}\t{one.cause}\t{one.needs}\t{one.open_now}" for one in found]
            table = "\n".join(["département\tcause\tneeds\topen now", *lines])
            if as_json:
                echo_json([asdict(one) for one in found])
            else:
                click.echo(table)
            return
        if refused:
            rows = [
                dict(zip(("source", "id", "reason", "title", "seen"), row, strict=True)) for row in opened.refused()
            ]
            lines = [f"{row['source']}\t{row['id']}\t{row['reason']}\t{row['title']}" for row in rows]
            if as_json:
                echo_json(rows)
            else:
                click.echo("\n".join(lines) or "Nothing was refused.")
            return
        stats, fresh = opened.stats(today()), opened.freshness()
        with opened.reading() as connection:
            support = lists(connection)
    if as_json:
        read_on = fresh.read_on.isoformat() if fresh.read_on else None
        values = {"sources": stats.sources, "causes": stats.causes, "refused": stats.refused, "sweeps": stats.sweeps}
        values["support"] = [asdict(one) for one in support]
        echo_json({"read_on": read_on, "missions": fresh.missions, **values})
        return
    click.echo(f"{fresh.missions} missions; last complete reading of a feed: {fresh.read_on or 'none yet'}")
    for source, counts in stats.sources.items():
        click.echo(f"  {source}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    click.echo("  causes: " + ", ".join(f"{cause} {count}" for cause, count in stats.causes.items()))
    for one in support:
        click.echo(f"  points of support, {one.source}: {one.points}, checked on {one.checked} at the latest")
    if stats.refused:
        click.echo(f"  refused: {stats.refused} (see --refused)")
    for sweep in stats.sweeps:
        click.echo(
            f"  last sweep of {sweep['source']}: {sweep['outcome']} {sweep['finished']} {sweep['detail']}".rstrip()
        )


def _draw(opened: Catalogue, counts: Sequence[needs.NeedCount], path: Path, language: str) -> None:
    """The record of needs as a picture, and what it shows in words."""
    if not counts:
        raise click.ClickException("No association has published a need yet.")
    from bot.documents.needs_chart import NeedsChart, Row  # heavier than all the rest

    names = {count.departement: opened.places.by_code(count.departement, "departement") for count in counts}
    rows = [
        Row(
            place.name if (place := names[count.departement]) else "",
            cause_name(count.cause),
            count.needs,
            count.open_now,
        )
        for count in counts
    ]
    drawn = NeedsChart(rows, on=today(), language=language)
    path.write_bytes(drawn.png() if path.suffix == ".png" else drawn.svg().encode())
    click.echo(drawn.alt)


def _reported(report: Report) -> str:
    said = f"{report.outcome}: {report.pages} pages, {counted(report.count)}, {report.count.withdrawn} withdrawn"
    return f"{said}. {report.detail}" if report.detail else said


def _as_text(results: Results) -> str:
    lines = []
    if widened := widened_phrase(results):
        lines.append(text_of(widened, LANGUAGE))
    for match in results.found:
        reasons = " · ".join(text_of(reason, LANGUAGE) for reason in match.reasons)
        lines += [f"{match.mission.title} — {match.mission.organisation}", f"    {reasons}", f"    {match.mission.url}"]
    if not results.found:
        lines = ["Nothing was found. People to call:"]
        lines += [
            f"  {text_of(contact.name, LANGUAGE)} {contact.url}".rstrip() for contact in contacts(results.wish.place)
        ]
    return "\n".join(lines)


def _as_json(results: Results) -> dict[str, Any]:
    return {
        "found": [_match_json(match) for match in results.found],
        "widened": list(results.widened),
        "fresh": results.fresh.isoformat() if results.fresh else None,
        "more": results.more,
    }


def _match_json(match: Match) -> dict[str, Any]:
    mission = match.mission.as_json()
    mission.pop("words", None)
    return {
        **mission,
        "distance_km": round(match.distance_km, 1) if match.distance_km is not None else None,
        "days": match.days,
        "reasons": [text_of(reason, LANGUAGE) for reason in match.reasons],
    }
