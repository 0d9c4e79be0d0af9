"""The command `allie`. A command is imported when it is called for: `allie --help` needs none of them."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from bot.command_line import begin, in_terminal_language, translated

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "serve": ("bot.commands.serve", "Serve the conversation: on the web, and on Telegram if its token is set."),
    "chat": ("bot.commands.chat", "Talk with Allié here, in the terminal."),
    "estimate": ("bot.commands.estimate", "Answer questions of one kind, a JSON object a line."),
    "catalogue": ("bot.commands.catalogue", "Missions: take them in, look for them, see what there is."),
    "answers": ("bot.commands.answers", "Written answers: check them, list them, see what a question finds."),
    "broadcast": ("bot.commands.broadcast", "News to those who asked for them: write, look, count, send, stop."),
    "status": ("bot.commands.admin", "How the Allié at work here does."),
    "parked": ("bot.commands.admin", "Messages whose turn failed again and again: list, replay, drop."),
    "refused": ("bot.commands.admin", "Replies that a platform would not take: list, drop."),
    "understanding": ("bot.commands.admin", "What was not understood, where that is kept: review, clear."),
    "doctor": ("bot.commands.doctor", "Check this installation, and say what to do about what is wrong."),
    "backup": ("bot.commands.backup", "Copy all that is kept to a file, while Allié serves."),
    "restore": ("bot.commands.backup", "Put a copy back into an empty data folder or database."),
    "migrate": ("bot.commands.store", "Bring a PostgreSQL up to this version."),
    "store": ("bot.commands.store", "Move all conversations from one place to another."),
    "build": ("bot.commands.build", "Prepare a quick start."),
}
"""Each command, the module that holds it under its own name, and what it does, in the order of the help."""


class Commands(click.Group):
    """The commands of `COMMANDS`."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        begin()
        in_terminal_language(self)
        return super().main(*arguments, **settings)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found = getattr(import_module(COMMANDS[name][0]), name)
        return in_terminal_language(found) if isinstance(found, click.Command) else None

    def invoke(self, context: click.Context) -> Any:
        """A law or a word list that cannot be read, or a topic there twice, ends any command with a sentence."""
        try:
            return super().invoke(context)
        except Exception as error:
            lists = sys.modules.get("bot.word_lists")
            if lists is not None and isinstance(error, lists.WordListError):
                raise click.ClickException(f"A word list cannot be read: {error}.") from None
            topics = sys.modules.get("bot.dialogue.topic")
            if topics is not None and isinstance(error, topics.TopicTaken):
                raise click.ClickException(f"{error}: {topics.LEFT_BEHIND}.") from None
            read = sys.modules.get("bot.rules.parameters")
            if read is None or not isinstance(error, read.LawDataError):
                raise
            raise click.ClickException(f"The law in data/law cannot be read: {error}.") from None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(translated("Commands")):
            formatter.write_dl([(name, translated(summary)) for name, (_module, summary) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="allie", prog_name="allie")
def main() -> None:
    """Allié turns the wish to help into an act: on Telegram, on the web, in this terminal."""


if __name__ == "__main__":
    main()
