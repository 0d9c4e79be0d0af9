"""Finding missions: the index narrows, then exact dates, days and distances decide, then the best come first.

Everything is bounded: at most some hundreds of candidates are read for a search, whatever the size of the catalogue or
of the question. Nothing is written.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.catalogue import facets
from bot.catalogue.backend import Connection, Question, Row, Term
from bot.catalogue.folding import stems
from bot.catalogue.gazetteer import distance_km
from bot.catalogue.mission import Mission, Site
from bot.catalogue.schedule import Fit, fit, is_refused, when_mask, wished_times
from bot.catalogue.synonyms import Idea, Synonyms
from bot.catalogue.wish import Match, Wish

__all__ = ["MissionSearch"]

CANDIDATES = 120
RINGS_KM = (3.0, 10.0, 30.0)

BODIES = "SELECT number, body, seen FROM mission WHERE number"

Line = tuple[str, ...]
"""Words of the facets, one of which is wanted."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where to look: words of the index, none for anywhere, and whether the exact distance decides."""

    words: Line
    by_distance: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: Row
    score: float
    distance_km: float | None
    days: Fit | None


class MissionSearch:
    """Searches through one connection. Not for several threads at once."""

    def __init__(self, connection: Connection, synonyms: Synonyms) -> None:
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
        words = [idea.word for idea in ideas]
        judge = _Judge(wish, today)
        kept: dict[int, _Candidate] = {}
        judged: set[int] = set()
        twins: set[int] = set()
        for ground in self._grounds(wish, near=every_word and stated):
            if not ground.by_distance:
                judged = set(kept)  # too far for the map, one may still be everywhere
            conditions = (*_conditions(wish, stated), *([ground.words] if ground.words else []))
            for terms, any_term in _texts(ideas, every_word):
                for in_title, depth in _depths(terms):
                    question = Question(terms, any_term, in_title, conditions)
                    found = self._connection.find(question, depth, words, judged)
                    for row, weight in found.rows:
                        judged.add(row.number)
                        candidate = judge(row, weight, ground.by_distance)
                        if candidate is not None and row.twin not in twins:
                            twins.add(row.twin)
                            kept[row.number] = candidate
                    if found.count < depth:
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
        ((terms, any_term),) = _texts(ideas, every_word=True)
        question = Question(terms, any_term, facets=_conditions(wish, stated=True))
        return bool(self._connection.find(question, 1, (), ()).count)

    def _ideas(self, wish: Wish) -> list[Idea]:
        """What the words of the wish say, the place left out: it is looked for on the map."""
        place = set(stems(wish.place.label)) if wish.place else set()
        return [idea for idea in self._synonyms.ideas(wish.text) if idea.word not in place]

    def _grounds(self, wish: Wish, *, near: bool) -> Iterator[_Ground]:
        """Where to look, nearest first. What is done from home or all over France comes after what is close."""
        centre = wish.centre
        if wish.remote:
            yield _Ground((), False)
            return
        if centre is not None:
            rings = [ring for ring in RINGS_KM if near and ring <= wish.reach_km / 2]
            for ring in (*rings, wish.reach_km):
                yield _Ground(facets.squares(*centre, ring), True)
        elif wish.territory:
            yield _Ground(tuple(facets.territory_word(code) for code in wish.territory), False)
        else:
            yield _Ground((), False)
            return
        yield _Ground((facets.EVERYWHERE, facets.ANYWHERE), False)

    def _matches(self, best: Sequence[_Candidate], wish: Wish, ideas: Sequence[Idea]) -> list[Match]:
        listed = [one.row.number for one in best]
        bodies = {number: (body, seen) for number, body, seen in self._connection.among(BODIES, listed)}
        matches = []
        for one in best:
            if one.row.number not in bodies:
                continue
            body, seen = bodies[one.row.number]
            mission = Mission.readable(body, seen=datetime.date.fromordinal(seen).isoformat())
            if mission is None:
                continue
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

    def __call__(self, row: Row, words: float, by_distance: bool) -> _Candidate | None:
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


def _conditions(wish: Wish, stated: bool) -> tuple[Line, ...]:
    """What the index must say of a mission besides its words."""
    found: list[Line] = []
    if wish.causes:
        found.append(tuple(facets.cause_word(cause) for cause in wish.causes))
    if stated:
        found += [(facets.MINORS,)] * wish.minors + [(facets.STEP_FREE,)] * wish.step_free
    if wish.remote:
        found.append((facets.ANYWHERE,))
    return tuple(found)


def _texts(ideas: Sequence[Idea], every_word: bool) -> list[tuple[tuple[Term, ...], bool]]:
    """The words to ask for, and whether any of them will do: all of them; or all but one, then any."""
    terms = tuple(Term(idea.word, facets.cause_word(idea.cause) if idea.whole else "") for idea in ideas)
    if every_word or not terms:
        return [(terms, False)]
    all_but_one = [terms[:at] + terms[at + 1 :] for at in range(len(terms))] if 3 <= len(terms) <= 4 else []
    return [*((some, False) for some in all_but_one), (terms, True)]


def _depths(terms: Sequence[Term]) -> tuple[tuple[bool, int], ...]:
    """How far to look: some candidates; where there are many more, those that say it in their title, or further."""
    return ((False, CANDIDATES), (True, CANDIDATES + 1) if terms else (False, CANDIDATES * 4))


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
