"""A small map that shows where something is: the département it lies in, its neighbours, and a point.

Drawn from the simplified outlines that ship with Allié, without any map service: nobody learns what was looked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from bot.catalogue import DATA

__all__ = ["locator_png", "locator_svg"]

WIDTH, HEIGHT = 640, 400
MARGIN_KM = 25.0
LAND, HOME, OUTSIDE, LINE, POINT = "#f3efe6", "#e3d8c3", "#e6ebee", "#b9ad97", "#c2452d"

Ring = Sequence[Sequence[float]]


@lru_cache(maxsize=1)
def _outlines(folder: Path) -> dict[str, list[Ring]]:
    entries = json.loads((folder / "departements-contours.json").read_text("utf-8"))
    return {entry["code"]: entry["rings"] for entry in entries}


def locator_svg(lat: float, lon: float, departement: str = "", *, folder: Path = DATA) -> str | None:
    """An SVG of 640 by 400 with a point at `lat`, `lon`; None where no outline is near (some overseas territories)."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    outlines = _outlines(folder)
    box = _frame(lat, lon, outlines.get(departement, ()))
    shapes = []
    for code, rings in outlines.items():
        for ring in rings:
            if _touches(ring, box):
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_project(point, box) for point in ring))
                fill = HOME if code == departement else LAND
                shapes.append((code == departement, f'<polygon points="{path}" fill="{fill}"/>'))
    if not shapes:
        return None
    x, y = _project((lon, lat), box)
    land = "".join(shape for _is_home, shape in sorted(shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{OUTSIDE}"/>'
        f'<g stroke="{LINE}" stroke-width="1.2" stroke-linejoin="round">{land}</g>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="17" fill="{POINT}" fill-opacity="0.22"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{POINT}" stroke="#ffffff" stroke-width="2.5"/>'
        "</svg>"
    )


def locator_png(lat: float, lon: float, departement: str = "", *, folder: Path = DATA) -> bytes | None:
    """The same as a picture that any platform shows."""
    drawing = locator_svg(lat, lon, departement, folder=folder)
    if drawing is None:
        return None
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=drawing))


def _frame(lat: float, lon: float, rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees: the département when the point lies in or by it, else a hundred kilometres
    around; widened to the shape of the picture."""
    stretch = math.cos(math.radians(lat))
    margin = MARGIN_KM / 111.0
    points = [point for ring in rings for point in ring]
    if points:
        west, east = min(p[0] for p in points), max(p[0] for p in points)
        south, north = min(p[1] for p in points), max(p[1] for p in points)
    if not points or not (west - 0.5 <= lon <= east + 0.5 and south - 0.5 <= lat <= north + 0.5):
        west = east = lon
        south = north = lat
        margin = 0.6
    west, east = min(west, lon) - margin / stretch, max(east, lon) + margin / stretch
    south, north = min(south, lat) - margin, max(north, lat) + margin
    width, height = (east - west) * stretch, north - south
    if width / height < WIDTH / HEIGHT:
        extra = (height * WIDTH / HEIGHT - width) / stretch / 2
        west, east = west - extra, east + extra
    else:
        extra = (width * HEIGHT / WIDTH - height) / 2
        south, north = south - extra, north + extra
    return west, south, east, north


def _touches(ring: Ring, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return (
        min(point[0] for point in ring) < east
        and max(point[0] for point in ring) > west
        and min(point[1] for point in ring) < north
        and max(point[1] for point in ring) > south
    )


def _project(point: Sequence[float], box: tuple[float, float, float, float]) -> tuple[float, float]:
    west, south, east, north = box
    return (point[0] - west) / (east - west) * WIDTH, (north - point[1]) / (north - south) * HEIGHT
