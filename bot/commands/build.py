"""`allie build`."""

from __future__ import annotations

import click

from bot.commands import settings

__all__ = ["build"]


@click.command()
def build() -> None:
    """Prepare a quick start: the phrases of each language, and what is learnt from the examples."""
    from bot.dialogue.topic import load_topics
    from bot.i18n import compile_catalogues
    from bot.knowledge import Knowledge
    from bot.understanding import Understanding

    for language in sorted({path.parent.parent.name for path in compile_catalogues()}):
        click.echo(f"{language}: phrases compiled")
    hearing = load_topics().hearing
    understanding = Understanding.load(hearing, encoder=settings().sentence_encoder)
    click.echo("examples learnt")
    Knowledge.load(hearing, None, understanding.sentences)
    click.echo("answers learnt")
