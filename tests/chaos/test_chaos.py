"""Everything at once: processes killed under load, a platform with bad days, a database that restarts.

Nothing is lost, nothing is done twice, everybody's order is kept. Each reply that is there twice is accounted for: it
was on the wire when its sender was ended, or the platform's own answer to it was lost.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from house import Database, Plan, Start, play

pytestmark = pytest.mark.xdist_group("chaos")


async def test_three_replicas_under_fire(start: Start, database: Database, tmp_path: Path) -> None:
    await play(Plan(people=20, events=5, seconds=8.0, kill_every=2.0), start, tmp_path, database)


async def test_one_process_under_fire(start: Start, tmp_path: Path) -> None:
    plan = Plan(people=15, events=4, seconds=5.0, kill_every=1.5, replicas=1, polling=True)
    await play(plan, start, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("polling", [False, True], ids=["webhook", "polling"])
async def test_three_replicas_under_fire_for_minutes(
    polling: bool, start: Start, database: Database, tmp_path: Path
) -> None:
    plan = Plan(people=60, events=25, seconds=150.0, kill_every=5.0, restarts=4, freezes=True, polling=polling)
    await play(plan, start, tmp_path, database)


@pytest.mark.long
@pytest.mark.parametrize("polling", [False, True], ids=["webhook", "polling"])
async def test_one_process_under_fire_for_minutes(polling: bool, start: Start, tmp_path: Path) -> None:
    plan = Plan(people=40, events=20, seconds=90.0, kill_every=4.0, replicas=1, polling=polling)
    await play(plan, start, tmp_path)
