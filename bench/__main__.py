"""What Allié costs, beside the bars it is held to: `make bench`, or `python -m bench turns` for one part.

Figures are of this machine at this moment: compare runs made side by side, and quote medians.
"""

from __future__ import annotations

import importlib
import sys

PARTS = ("turns", "cold_start", "memory", "catalogue")


def main() -> None:
    wanted = sys.argv[1:] or PARTS
    unknown = [part for part in wanted if part not in PARTS]
    if unknown:
        sys.exit(f"There is no bench {unknown[0]!r}. There are: {', '.join(PARTS)}.")
    for part in wanted:
        print(f"\n{part.replace('_', ' ')}\n", flush=True)
        importlib.import_module(f"bench.{part}").main()


if __name__ == "__main__":
    main()
