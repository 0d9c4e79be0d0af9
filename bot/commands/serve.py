"""`allie serve`."""

from __future__ import annotations

import click

from bot.commands import run, settings

__all__ = ["serve"]


@click.command()
def serve() -> None:
    """Serve the conversation: on the web, and on Telegram if ALLIE_TELEGRAM_TOKEN is set."""
    from bot import server
    from bot.settings import SettingError
    from bot.store import StoreError

    ours = settings()
    try:
        run(server.run(ours))
    except (SettingError, StoreError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        message = f"Cannot listen on {ours.host}:{ours.port} ({error.strerror}): set ALLIE_HOST or ALLIE_PORT."
        raise click.ClickException(message) from None
