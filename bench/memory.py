"""Resident memory: `python -m bench memory`. As started, after a conversation, and after 10,000 people have talked."""

from __future__ import annotations

import uvloop

from bench.serving import allie, of_buttons, of_texts, saturated, shown

PEOPLE = 10_000


async def measure() -> None:
    for encoder in (False, True):
        bar = "under 250 MB" if encoder else "under 130 MB"
        print(f"  {'With' if encoder else 'Without'} the sentence encoder")
        async with allie(encoder=encoder) as served:
            shown("as started", f"{(await served.cost()).memory:.0f} MB", bar)
            await saturated(served, of_texts, 1, 100)
            few = (await served.cost()).memory
            shown("after 400 texts of 100 people", f"{few:.0f} MB", bar)
            await saturated(served, of_buttons, 1_000, 1_000)
            some = (await served.cost()).memory
            await saturated(served, of_buttons, 10_000, PEOPLE)
            many = (await served.cost()).memory
            shown(f"after {PEOPLE:,} people more", f"{many:.0f} MB", bar)
            shown("  that is, for each person", f"{(many - some) * 1e6 / PEOPLE:,.0f} bytes", "nothing")


def main() -> None:
    uvloop.run(measure())


if __name__ == "__main__":
    main()
