"""How many people can be answered in time, where Telegram's own pace is the limit: `python -m bench crowd`.

A simulation, no measure: the busiest hour, played event by event on the rules that the sender keeps (thirty messages a
second to all from one bot). People begin a conversation at random moments, read, and write again some seconds after
each answer. Several bots share the people evenly, each with its own thirty a second. What is supposed of people stands
below and is ours to answer for: change it, and run it again.
"""

from __future__ import annotations

import heapq
import math
import random

from bench.serving import shown

CONVERSATIONS = 2.0
"""A person's conversations in a month."""
MESSAGES = 6
"""Messages of a person in a conversation: as many answers."""
BUSIEST_DAY = 2.0
"""A busy day (a storm on the news, the end of the tax year) beside an ordinary one."""
BUSIEST_HOUR = 0.12
"""The part of a day's conversations that begin in its busiest hour."""
READS = 8.0
"""Seconds until half of the people have read an answer and written again; some take far longer."""
PACE = 30.0
"""Messages a second that Telegram takes from one bot."""
HOUR = 3_600.0
CROWDS = ((10_000, 1), (100_000, 1), (1_000_000, 1), (2_000_000, 1), (2_000_000, 2), (10_000_000, 8), (10_000_000, 10))


def waits(people: int, bots: int, seed: int = 1) -> list[float]:
    """Seconds until each answer of one bot in the busiest hour, sorted."""
    chance = random.Random(seed)
    begins = people / bots * CONVERSATIONS / 30 * BUSIEST_DAY * BUSIEST_HOUR / HOUR
    events: list[tuple[float, int, int]] = []
    at, number = 0.0, 0
    while (at := at + chance.expovariate(begins)) < HOUR:
        number += 1
        events.append((at, number, MESSAGES))
    heapq.heapify(events)
    free_at, found = 0.0, []
    while events:
        at, who, left = heapq.heappop(events)
        free_at = max(free_at, at) + 1 / PACE
        found.append(free_at - at)
        if left > 1:
            heapq.heappush(events, (free_at + chance.lognormvariate(math.log(READS), 1.0), who, left - 1))
    return sorted(found)


def main() -> None:
    print("  People, bots: messages a second of one bot in the busiest hour; seconds to an answer, p50 / p99 / longest")
    for people, bots in CROWDS:
        found = waits(people, bots)
        p50, p99 = (found[int(len(found) * part)] for part in (0.50, 0.99))
        label = f"{people:,} people, {bots} bot{'s' if bots > 1 else ''}"
        shown(label, f"{len(found) / HOUR:.1f}/s; {p50:.2f} / {p99:.2f} / {found[-1]:.2f} s")


if __name__ == "__main__":
    main()
