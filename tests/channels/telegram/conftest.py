"""A running Telegram for each test, reachable as `telegram`."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # telegram_simulator is a package beside the tests

if TYPE_CHECKING:
    from telegram_simulator import Simulator


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    from telegram_simulator import Simulator

    async with Simulator() as simulator:
        yield simulator
