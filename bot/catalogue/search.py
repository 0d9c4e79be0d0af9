"""Finding missions: the index narrows, then exact dates, days and distances decide, then the best come first.

Everything is bounded: at most some hundreds of candidates are read for a search, whatever the size of the catalogue or
of the question. Nothing is written.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.catalogue import facets
from bot.catalogue.folding import stems
from bot.catalogue.gazetteer import distance_km
from bot.catalogue.mission import Mission, Site
from bot.catalogue.schedule import Fit, fit, is_refused, when_mask, wished_times
from bot.catalogue.synonyms import Idea, Synonyms
from bot.catalogue.wish import Match, Wish

__all__ = ["MissionSearch"]

CANDIDATES = 120
RINGS_KM = (3.0, 10.0, 30.0)

# Candidates for an expression, the newest first. FTS5 stops at the limit, so a common word costs no more than a rare
# one; its own ranking would read every match.
NEWEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"

# The same without any criterion.
ANY = "SELECT rowid FROM words ORDER BY rowid DESC LIMIT ?"

ROWS = """
SELECT number, id, added, starts, ends, places, mask, flexible, minors, step_free, causes, points, twin
FROM mission WHERE state = 'active' AND number IN (SELECT value FROM json_each(?))
"""

# The stems of candidates, to weigh their words.
STEMS = "SELECT rowid, title, body FROM words WHERE rowid IN (SELECT value FROM json_each(?))"

BODIES = "SELECT number, body, seen FROM mission WHERE number IN (SELECT value FROM json_each(?))"


class _Row(NamedTuple):
    number: int
    id: str
    added: int
    starts: int | None
    ends: int | None
    places: int | None
    mask: int
    flexible: int
    minors: int | None
    step_free: int | None
    causes: str
    points: str
    twin: int


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where to look: words of the index, empty for anywhere, and whether the exact distance decides."""

    words: str
    by_distance: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: _Row
    score: float
    distance_km: float | None
    days: Fit | None


class MissionSearch:
    """Searches through one read-only connection. Not for several threads at once."""

    def __init__(self, connection: sqlite3.Connection, synonyms: Synonyms) -> None:
        self._connection = connection
        self._synonyms = synonyms

    def run(
        self, wish: Wish, *, today: datetime.date, limit: int = 20, every_word: bool = True, stated: bool = True
    ) -> list[Match]:
        """The missions that fit, best first, two that read the same shown once.

        With `every_word` false, a word of the wish may be missing from what is found; with `stated` false, so may the
        statement that minors are welcome or that there are no steps (but not where the opposite is stated).
        """
        ideas = self._ideas(wish)
        judge = _Judge(wish, today)
        kept: dict[int, _Candidate] = {}
        judged: set[int] = set()
        twins: set[int] = set()
        for ground in self._grounds(wish, near=every_word and stated):
            conditions = [*_conditions(wish, stated), *([ground.words] if ground.words else [])]
            for text in _texts(ideas, every_word):
                for expression, depth in _depths(text, ideas, conditions):
                    numbers = self._ask(expression, depth)
                    fresh = [number for number in numbers if number not in judged]
                    judged.update(fresh)
                    weights = self._weights(fresh, ideas)
                    for row in self._rows(fresh):
                        candidate = judge(row, weights.get(row.number, 0.0), ground.by_distance)
                        if candidate is not None and row.twin not in twins:
                            twins.add(row.twin)
                            kept[row.number] = candidate
                    if len(numbers) < depth:
                        break
                if len(kept) >= limit:
                    break
            if len(kept) >= limit:
                break
        best = sorted(kept.values(), key=lambda one: (-one.score, one.distance_km or 0.0, one.row.number))[:limit]
        return self._matches(best, wish, ideas)

    def has_any(self, wish: Wish) -> bool:
        """Whether anything at all answers the words, causes and conditions, wherever and whenever."""
        ideas = self._ideas(wish)
        text = next(iter(_texts(ideas, every_word=True)))
        return bool(self._ask(_with(text, _conditions(wish, stated=True)), 1))

    def _ideas(self, wish: Wish) -> list[Idea]:
        """What the words of the wish say, the place left out: it is looked for on the map."""
        place = set(stems(wish.place.label)) if wish.place else set()
        return [idea for idea in self._synonyms.ideas(wish.text) if idea.word not in place]

    def _ask(self, expression: str, depth: int) -> list[int]:
        cursor = (
            self._connection.execute(NEWEST, (expression, depth))
            if expression
            else self._connection.execute(ANY, (depth,))
        )
        return [number for (number,) in cursor]

    def _weights(self, numbers: Sequence[int], ideas: Sequence[Idea]) -> dict[int, float]:
        """How much of the wish each says: 2 for an idea in its title or organisation, 1 for one in its text."""
        if not ideas or not numbers:
            return {}
        said = [f" {idea.word} " for idea in ideas]
        weights: dict[int, float] = {}
        for number, title, body in self._connection.execute(STEMS, (json.dumps(numbers),)):
            heading, rest = f" {title} ", f" {body} "
            weights[number] = sum(2.0 if word in heading else 1.0 if word in rest else 0.0 for word in said)
        return weights

    def _rows(self, numbers: Iterable[int]) -> list[_Row]:
        listed = list(numbers)
        return [_Row(*row) for row in self._connection.execute(ROWS, (json.dumps(listed),))] if listed else []

    def _grounds(self, wish: Wish, *, near: bool) -> Iterable[_Ground]:
        """Where to look, nearest first. What is done from home or all over France comes after what is close."""
        centre = wish.centre
        if wish.remote:
            yield _Ground("", False)
            return
        if centre is not None:
            rings = [ring for ring in RINGS_KM if near and ring <= wish.reach_km / 2]
            for ring in (*rings, wish.reach_km):
                yield _Ground(facets.squares(*centre, ring), True)
        elif wish.territory:
            yield _Ground(_any(facets.territory_word(code) for code in wish.territory), False)
        else:
            yield _Ground("", False)
            return
        yield _Ground(_any((facets.EVERYWHERE, facets.ANYWHERE)), False)

    def _matches(self, best: Sequence[_Candidate], wish: Wish, ideas: Sequence[Idea]) -> list[Match]:
        listed = json.dumps([one.row.number for one in best])
        bodies = {number: (body, seen) for number, body, seen in self._connection.execute(BODIES, (listed,))}
        matches = []
        for one in best:
            if one.row.number not in bodies:
                continue
            body, seen = bodies[one.row.number]
            mission = Mission.from_stored({**json.loads(body), "seen": datetime.date.fromordinal(seen).isoformat()})
            wanted = [*wish.causes, *(idea.cause for idea in ideas if idea.cause)]
            matches.append(
                Match(
                    mission,
                    one.score,
                    one.distance_km,
                    _site(mission, wish),
                    one.days,
                    tuple(dict.fromkeys(cause for cause in wanted if cause in mission.causes)) or mission.causes[:1],
                )
            )
        return matches


class _Judge:
    """The exact filters, and a score, for one wish on one day."""

    def __init__(self, wish: Wish, today: datetime.date) -> None:
        self._wish = wish
        self._day = today.toordinal()
        self._times = wished_times(wish.when, today)
        self._refused = when_mask(wish.not_when)
        self._centre = wish.centre
        self._reach = wish.reach_km
        self._since = wish.since.toordinal() if wish.since else 0

    def __call__(self, row: _Row, words: float, by_distance: bool) -> _Candidate | None:
        """None: it does not fit."""
        wish, day = self._wish, self._day
        if (row.ends is not None and row.ends < day) or (row.places is not None and row.places <= 0):
            return None
        if row.added < self._since or row.id in wish.excluded:
            return None
        if (wish.minors and row.minors == 0) or (wish.step_free and row.step_free == 0):
            return None
        distance = _nearest(row.points, self._centre) if by_distance and self._centre else None
        if by_distance and (distance is None or distance > self._reach):
            return None
        causes = row.causes.split()
        if wish.not_causes and causes and causes[0] in wish.not_causes:
            return None
        days: Fit | None = None
        if self._times is not None:
            days = fit(self._times, row.mask, _day(row.starts), _day(row.ends), flexible=bool(row.flexible))
            if days == "no":
                return None
        if self._refused and not row.flexible and is_refused(self._refused, row.mask):
            return None
        score = 1.5 * words + (1.5 if days == "yes" else 0.0)
        score += 2.0 * sum(1 / (1 + causes.index(cause)) for cause in wish.causes if cause in causes)
        if distance is not None:
            score += 4.0 * (1 - distance / (self._reach + 5.0))
        if row.starts is not None and row.starts > day + 60:
            score -= 0.5
        score += max(0.0, 0.5 - (day - row.added) / 120.0)
        return _Candidate(row, score, distance, days)


def _conditions(wish: Wish, stated: bool) -> list[str]:
    """What the index must say of a mission besides its words."""
    found = []
    if wish.causes:
        found.append(_any(facets.cause_word(cause) for cause in wish.causes))
    if stated:
        found += [facets.MINORS] * wish.minors + [facets.STEP_FREE] * wish.step_free
    if wish.remote:
        found.append(facets.ANYWHERE)
    return found


def _texts(ideas: Sequence[Idea], every_word: bool) -> list[str]:
    """The words to ask for: all of them; or all but one, then any of them."""
    if every_word or not ideas:
        return [" AND ".join(_expression(idea) for idea in ideas)]
    all_but_one = (
        [" AND ".join(_expression(idea) for idea in ideas if idea is not left) for left in ideas]
        if 3 <= len(ideas) <= 4
        else []
    )
    return [*all_but_one, " OR ".join(_expression(idea) for idea in ideas)]


def _depths(text: str, ideas: Sequence[Idea], conditions: Sequence[str]) -> list[tuple[str, int]]:
    """How far to look: some candidates; where there are many more, those that say it in their title; then further."""
    whole = _with(text, conditions)
    if not ideas:
        return [(whole, CANDIDATES), (whole, CANDIDATES * 4)]
    return [(whole, CANDIDATES), (_with(text.replace("{title body}", "{title}"), conditions), CANDIDATES + 1)]


def _with(text: str, conditions: Sequence[str]) -> str:
    parts = ([f"({text})"] if text else []) + [f"facets : ({one})" for one in conditions]
    return " AND ".join(parts)


def _expression(idea: Idea) -> str:
    """The idea in the language of FTS5. Its word is in a-z0-9; quotes keep it from being read as an operator."""
    if idea.whole:
        return f'({{title body}} : "{idea.word}" OR facets : {facets.cause_word(idea.cause)})'
    return f'{{title body}} : "{idea.word}"'


def _any(words: Iterable[str]) -> str:
    return " OR ".join(words)


def _day(ordinal: int | None) -> datetime.date | None:
    return datetime.date.fromordinal(ordinal) if ordinal is not None else None


def _nearest(points: str, centre: tuple[float, float]) -> float | None:
    if not points:
        return None
    found = []
    for point in points.split(" "):
        lat, _, lon = point.partition(",")
        found.append(distance_km(centre[0], centre[1], float(lat), float(lon)))
    return min(found)


def _site(mission: Mission, wish: Wish) -> Site | None:
    if wish.centre is not None and (near := mission.nearest_site(*wish.centre)):
        return near[1]
    within = [site for site in mission.sites if site.departement in wish.territory]
    return within[0] if within else mission.sites[0] if mission.sites else None
