"""A Telegram to test against: the Bot API over real HTTP, its refusals, its limits, its bad days, and people to play.

    async with Simulator() as telegram:
        zoe = telegram.person(4711)
        zoe.says("/start")
        await zoe.sees("Bonjour")
        zoe.presses("Donner")

Nothing here knows Allié: any bot that takes the address of its Bot API server can be pointed at `telegram.url`.
"""

from .chats import Message, Upload
from .faults import Dropped, LostAnswer, NotJson, Refused, Slow, TooMany
from .limits import Limits
from .methods import Refusal, parameters
from .people import Group, Person
from .serving import serve
from .simulator import Call, Simulator

__all__ = [
    "Call",
    "Dropped",
    "Group",
    "Limits",
    "LostAnswer",
    "Message",
    "NotJson",
    "Person",
    "Refusal",
    "Refused",
    "Simulator",
    "Slow",
    "TooMany",
    "Upload",
    "parameters",
    "serve",
]
