"""Telegram: by polling or by webhook, in private and in groups."""

from bot.channels.telegram.channel import MenuCommand, TelegramChannel

__all__ = ["MenuCommand", "TelegramChannel"]
