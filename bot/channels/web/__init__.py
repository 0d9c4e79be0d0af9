"""The conversation in a web page: aiohttp routes, and a page of plain JavaScript and CSS.

`add_routes` mounts it on an application. What the page and the server say to each other is in `docs/web.md`.
"""

from __future__ import annotations

from bot.channels.web.page import not_found
from bot.channels.web.routes import Answered, Conversation, InboundLimits, Waiting, add_routes

__all__ = ["Answered", "Conversation", "InboundLimits", "Waiting", "add_routes", "not_found"]
