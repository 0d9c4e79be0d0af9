"""A small map that shows where something is: the département it lies in, its neighbours, a point with the town's name,
and where all this is in France.

Drawn from the simplified outlines that ship with Allié, without any map service: nobody learns what was looked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from bot.documents.drawing import FONT, png, text_width
from bot.resources import DATA

__all__ = ["locator_png", "locator_svg"]

WIDTH, HEIGHT = 960, 600
MARGIN_KM = 25.0
OUTSIDE, LAND, HOME, LINE, RIM = "#E4E9EC", "#F7F3EA", "#EADCBB", "#CBBF9F", "#AEB9C0"
INK, SOFT, POINT = "#1D2733", "#8B7A52", "#B8321A"
INSET, INSET_MARGIN = 170, 22
FRANCE = (-5.3, 41.2, 9.8, 51.2)  # west, south, east, north

Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]


class Outline(NamedTuple):
    """A département: its name, its rings, and the box around them."""

    name: str
    rings: list[Ring]
    box: Box


@lru_cache(maxsize=1)
def _outlines(folder: Path) -> dict[str, Outline]:
    names = {entry["code"]: entry["nom"] for entry in json.loads((folder / "departements.json").read_text("utf-8"))}
    found = {}
    for entry in json.loads((folder / "departements-contours.json").read_text("utf-8")):
        points = [point for ring in entry["rings"] for point in ring]
        box = (
            min(point[0] for point in points),
            min(point[1] for point in points),
            max(point[0] for point in points),
            max(point[1] for point in points),
        )
        found[entry["code"]] = Outline(names.get(entry["code"], "").replace("'", "\u2019"), entry["rings"], box)
    return found


def locator_svg(lat: float, lon: float, departement: str = "", town: str = "", *, folder: Path = DATA) -> str | None:
    """An SVG of 960 by 600 with a point at `lat`, `lon`; None where no outline is near (some overseas territories)."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return None
    outlines = _outlines(folder)
    home = outlines.get(departement)
    box = _frame(lat, lon, home.box if home else None)
    near = {code: one for code, one in outlines.items() if _meet(one.box, box)}
    if not near:
        return None
    at = _project((lon, lat), box, WIDTH, HEIGHT)
    inset, taken = _inset(outlines, lat, lon, departement, at)
    label = _label(*at, town)
    taken += [(at[0] - 30, at[1] - 30, at[0] + 30, at[1] + 30), *([label.box] if label else [])]
    neighbours = [one for one in near.values() if one is not home]
    is_told = home is not None and not town.startswith(home.name)
    names = _names([*([home] if home and is_told else []), *neighbours], home, box, taken)
    every = "".join(_shapes(one, box) for one in near.values())
    land = "".join(_shapes(one, box) for one in neighbours)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{FONT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{OUTSIDE}"/><g stroke-linejoin="round">'
        f'<g fill="none" stroke="{RIM}" stroke-width="10" stroke-opacity="0.35">{every}</g>'
        # the outlines are simplified one by one: what gapes between two of them is no water
        f'<g fill="{LAND}" stroke="{LAND}" stroke-width="5">{every}</g>'
        f'<g fill="{LAND}" stroke="{LINE}" stroke-width="1.6">{land}</g>'
        f'<g fill="{HOME}" stroke="{LINE}" stroke-width="1.6">{_shapes(home, box) if home else ""}</g></g>'
        f"{names}{inset}{_scale(box)}{_point(*at)}{label.drawn() if label else ''}</svg>"
    )


def locator_png(lat: float, lon: float, departement: str = "", town: str = "", *, folder: Path = DATA) -> bytes | None:
    """The same as a picture that any platform shows."""
    drawing = locator_svg(lat, lon, departement, town, folder=folder)
    return None if drawing is None else png(drawing, width=WIDTH, background=OUTSIDE)


def _shapes(outline: Outline, box: Box, width: float = WIDTH, height: float = HEIGHT) -> str:
    drawn = []
    for ring in outline.rings:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_project(point, box, width, height) for point in ring))
        drawn.append(f'<polygon points="{path}"/>')
    return "".join(drawn)


@dataclass(frozen=True, slots=True)
class Label:
    """A word on the map, centred at `x` with its baseline at `y`, on a halo."""

    x: float
    y: float
    text: str
    size: int
    fill: str
    halo: str
    bold: bool = False

    @property
    def box(self) -> Box:
        """What it covers: left, top, right, bottom."""
        half = text_width(self.text, self.size, bold=self.bold) / 2 + 6
        return self.x - half, self.y - self.size, self.x + half, self.y + self.size * 0.35

    def drawn(self) -> str:
        weight = ' font-weight="600"' if self.bold else ""
        place = f'x="{self.x:.1f}" y="{self.y:.1f}" font-size="{self.size}" text-anchor="middle"{weight}'
        said = escape(self.text)
        return (
            f'<text {place} fill="none" stroke="{self.halo}" stroke-width="6" stroke-linejoin="round">{said}</text>'
            f'<text {place} fill="{self.fill}">{said}</text>'
        )


def _names(outlines: Sequence[Outline], home: Outline | None, box: Box, taken: list[Box]) -> str:
    """The names of the départements, each in its middle or a little above or below, where nothing else is."""
    drawn = []
    for outline in outlines:
        x, y = _project(_middle(outline.rings), box, WIDTH, HEIGHT)
        size, halo, fill = (26, HOME, SOFT) if outline is home else (19, LAND, "#A79A7C")
        room = (outline.box[2] - outline.box[0]) / (box[2] - box[0]) * WIDTH
        for shift in (0, 64, -64):
            label = Label(x, y + shift, outline.name, size, fill, halo, bold=outline is home)
            left, top, right, bottom = label.box
            if right - left > room or left < 0 or right > WIDTH or top < 0 or bottom > HEIGHT - 50:
                continue
            if not any(_meet(label.box, other) for other in taken):
                taken.append(label.box)
                drawn.append(label.drawn())
                break
    return "".join(drawn)


def _point(x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="26" fill="{POINT}" fill-opacity="0.20"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="{POINT}" stroke="#FFFFFF" stroke-width="4"/>'
    )


def _label(x: float, y: float, town: str) -> Label | None:
    """The town's name under its point, or above where the picture ends."""
    if not town:
        return None
    half = text_width(town, 32, bold=True) / 2 + 8
    below = y + 66 if y < HEIGHT - 120 else y - 40
    return Label(min(max(x, half), WIDTH - half), below, town, 32, INK, "#FFFFFF", bold=True)


def _inset(
    outlines: dict[str, Outline], lat: float, lon: float, departement: str, at: tuple[float, float]
) -> tuple[str, list[Box]]:
    """Where all this is in France, in the corner farthest from the point, and what that covers. Nothing overseas."""
    west, south, east, north = FRANCE
    if not (west <= lon <= east and south <= lat <= north):
        return "", []
    left = INSET_MARGIN if at[0] > WIDTH / 2 else WIDTH - INSET - INSET_MARGIN
    top = INSET_MARGIN if at[1] > HEIGHT / 2 else HEIGHT - INSET - INSET_MARGIN
    inner = INSET - 24
    others = [one for code, one in outlines.items() if code != departement and _meet(one.box, FRANCE)]
    shapes = "".join(_shapes(one, FRANCE, inner, inner) for one in others)
    home = _shapes(outlines[departement], FRANCE, inner, inner) if departement in outlines else ""
    x, y = _project((lon, lat), FRANCE, inner, inner)
    drawn = (
        f'<g transform="translate({left} {top})"><rect width="{INSET}" height="{INSET}" rx="16" fill="#FFFFFF" '
        f'fill-opacity="0.94"/><g transform="translate(12 12)"><g fill="#CFC5AB" stroke="#CFC5AB">{shapes}</g>'
        f'<g fill="{SOFT}">{home}</g><circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{POINT}" stroke="#FFFFFF" '
        'stroke-width="2"/></g></g>'
    )
    return drawn, [(left, top, left + INSET, top + INSET)]


def _scale(box: Box) -> str:
    """A length on the map, in round kilometres."""
    west, south, east, north = box
    km = (east - west) * 111.0 * math.cos(math.radians((south + north) / 2))
    length = max(step for step in (1, 2, 5, 10, 20, 50, 100) if step <= km / 6 or step == 1)
    width = length / km * WIDTH
    x, y = (WIDTH - width) / 2, HEIGHT - 22
    line = f'<path d="M{x:.1f},{y - 8} v8 h{width:.1f} v-8" fill="none" stroke="{INK}" stroke-width="2"/>'
    return line + Label(x + width / 2, y - 12, f"{length} km", 17, INK, "#FFFFFF").drawn()


def _middle(rings: Iterable[Ring]) -> tuple[float, float]:
    """The middle of the largest ring, by its area."""
    best, middle = -1.0, (0.0, 0.0)
    for ring in rings:
        area = x = y = 0.0
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = x1 * y2 - x2 * y1
            area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
        if abs(area) > best and area:
            best, middle = abs(area), (x / (3 * area), y / (3 * area))
    return middle


def _frame(lat: float, lon: float, home: Box | None) -> Box:
    """West, south, east, north in degrees: the département when the point lies in or by it, else some sixty kilometres
    around; widened to the shape of the picture."""
    stretch = math.cos(math.radians(lat))
    margin = MARGIN_KM / 111.0
    west, south, east, north = home or (lon, lat, lon, lat)
    if home is None or not (west - 0.5 <= lon <= east + 0.5 and south - 0.5 <= lat <= north + 0.5):
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


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _project(point: Sequence[float], box: Box, width: float, height: float) -> tuple[float, float]:
    west, south, east, north = box
    return (point[0] - west) / (east - west) * width, (north - point[1]) / (north - south) * height
