"""Finding missions: the index narrows, then exact dates, days and distances decide, then the best come first.

The words of the request come first, then its cause, its place and its times. Everything is bounded: at most some
hundreds of candidates are read for a search, whatever the size of the catalogue or of the question. Nothing is written.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.catalogue import facets
from bot.catalogue.backend import Connection, Question, Row, Term, Weighed
from bot.catalogue.folding import stems
from bot.catalogue.gazetteer import distance_km
from bot.catalogue.known import known_networks
from bot.catalogue.mission import EVERGREEN, Mission, Site
from bot.catalogue.networks import METROPOLE, Networks
from bot.catalogue.schedule import Fit, fit, is_refused, when_mask, wished_times
from bot.catalogue.seasons import is_in_season, meets
from bot.catalogue.synonyms import Idea, Synonyms
from bot.catalogue.wish import Match, Wish

__all__ = ["SCREEN", "MissionSearch"]

CANDIDATES = 120
RINGS_KM = (3.0, 10.0, 30.0)
SCREEN = 3
"""Missions on a first screen: with so many that say all of its words, those that say some of them are not looked
for."""
OF_WORDS = 8.0
"""What a mission has for saying all the words of a wish in its title; the parts of the score are on this scale."""
BY_CAUSE = 0.75
"""The part that any mission of the cause has of a word that names it ("animaux")."""
OF_A_LIKE = 0.8
OF_MEANT = 1.5
"""What a mission has for being first of all about the cause that the words speak of ("enfants": education)."""
OF_CAUSE = 2.0
OF_NEAR = 6.0
OF_DAYS = 1.5
OF_STATED = 2.5
SAME_BODY, SAME_NETWORK = 1.5, 2.5
"""What a mission has less for each other of the same body before it; more where it is the same all over France."""
READ_BESIDE = 40
"""Missions read beside those asked for: some may be out of season, some suit better than the index can tell."""
OF_A_DISLIKE = -3.0
OF_SEASON = 3.0
"""What is done only at the time of year that was asked for."""
OF_AGE = 3.0
TOO_YOUNG = -6.0
OF_ONCE = 2.0
OF_BRANCH = 1.5
"""What a network has more where a public source names a team of its own in the département."""
OF_TOWN = 0.5
"""And more where it names the very town."""
OF_HOME = -1.0
"""What is done from home, where a place was said and home was not; twice that where no words were."""
OF_SCATTERED = -0.6
OF_ELSEWHERE = -3.0
"""What is done in a few départements only, where no place was said."""

BODIES = "SELECT number, body, seen FROM mission WHERE number"

Line = tuple[str, ...]
"""Words of the facets, one of which is wanted."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where to look: words of the index, none for anywhere, and whether the exact distance decides. `last` is true for
    the widest of those around a point, and for what is no matter of distance."""

    words: Line
    by_distance: bool
    last: bool = True


@dataclass(frozen=True, slots=True)
class _Pass:
    """One question to the index: all of the terms, or any of them; `whole` where all the words of the wish are said."""

    terms: tuple[Term, ...] = ()
    any_term: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: Row
    score: float
    distance_km: float | None
    days: Fit | None
    whole: bool


class MissionSearch:
    """Searches through one connection. Not for several threads at once."""

    def __init__(self, connection: Connection, synonyms: Synonyms, networks: Networks | None = None) -> None:
        self._connection = connection
        self._synonyms = synonyms
        self._networks = networks or known_networks()

    def run(self, wish: Wish, *, today: datetime.date, limit: int = 20) -> list[Match]:
        """The missions that fit, best first, two that read the same shown once. With words, each says one of them at
        least; where few say them all, `Match.whole` is false for the others."""
        ideas = self.ideas(wish)
        likes = [idea for like in wish.likes for idea in self._synonyms.ideas(like, 1)]
        dislikes = [idea for dislike in wish.dislikes for idea in self._synonyms.ideas(dislike, 1)]
        words = _weighed(ideas, likes, dislikes)
        judge = _Judge(wish, ideas, today)
        kept: dict[int, _Candidate] = {}
        judged: set[int] = set()
        twins: set[int] = set()
        for ground in self._grounds(wish):
            if not ground.by_distance:
                judged = set(kept)  # too far for the map, one may still be everywhere
            conditions = (*_conditions(wish, bool(ideas)), *([ground.words] if ground.words else []))
            for each in _passes(ideas, likes):
                if not each.whole and (not ground.last or _are_enough(kept)):
                    continue
                for in_title, depth in _depths(each.terms):
                    question = Question(each.terms, each.any_term, in_title, conditions)
                    found = self._connection.find(question, depth, words, judged)
                    for row, weight in found.rows:
                        judged.add(row.number)
                        candidate = judge(row, weight, ground.by_distance, each.whole)
                        if candidate is not None and row.twin not in twins:
                            twins.add(row.twin)
                            kept[row.number] = candidate
                    if found.count < depth:
                        break
                if len(kept) >= limit:
                    break
            if len(kept) >= limit:
                break
        best = sorted(kept.values(), key=lambda one: (-one.score, one.distance_km or 0.0, _draw(one.row, wish, today)))
        beside = READ_BESIDE if ideas else len(best)  # without words nearly all are equals
        return self._matches(best[: limit + beside], wish, ideas, today)[:limit]

    def has_any(self, wish: Wish) -> bool:
        """Whether anything at all answers a word, the causes and conditions, wherever and whenever."""
        ideas = self.ideas(wish)
        question = Question(_terms(ideas), True, facets=_conditions(wish, bool(ideas)))
        return bool(self._connection.find(question, 1, (), ()).count)

    def ideas(self, wish: Wish) -> list[Idea]:
        """What the words of the wish say, the place left out: it is looked for on the map."""
        place = set(stems(wish.place.label)) if wish.place else set()
        return [idea for idea in self._synonyms.ideas(wish.text) if idea.word not in place]

    def unmatched(self, wish: Wish, found: Sequence[Match]) -> tuple[str, ...]:
        """The words of the wish, as they were said, that none of these missions says."""
        ideas = self.ideas(wish)
        if not ideas or any(match.whole for match in found):
            return ()
        said: set[str] = set()
        causes: set[str] = set()
        for match in found:
            for text in facets.words(match.mission, self._synonyms):
                said.update(text.split())
            causes.update(match.mission.causes)
        return tuple(idea.said for idea in ideas if idea.word not in said and not (idea.whole and idea.cause in causes))

    def _grounds(self, wish: Wish) -> Iterator[_Ground]:
        """Where to look, nearest first. What is done from home or all over France comes after what is close."""
        centre = wish.centre
        if wish.remote:
            yield _Ground((), False)
            return
        if centre is not None:
            for ring in (ring for ring in RINGS_KM if ring <= wish.reach_km / 2):
                yield _Ground(facets.squares(*centre, ring), True, last=False)
            yield _Ground(facets.squares(*centre, wish.reach_km), True)
        elif wish.territory:
            yield _Ground(tuple(facets.territory_word(code) for code in wish.territory), False)
        else:
            yield _Ground((), False)
            return
        where = (wish.place.departement,) if wish.place is not None and wish.place.departement else wish.territory
        yield _Ground((*(facets.covering(where) if where else (facets.EVERYWHERE,)), facets.ANYWHERE), False)

    def _matches(
        self, best: Sequence[_Candidate], wish: Wish, ideas: Sequence[Idea], today: datetime.date
    ) -> list[Match]:
        listed = [one.row.number for one in best]
        bodies = {number: (body, seen) for number, body, seen in self._connection.among(BODIES, listed)}
        wanted = [*wish.causes, *(idea.cause for idea in ideas if idea.cause)]
        times = wished_times(wish.when, today)
        periods = times.periods if times is not None else []
        matches = []
        for one in best:
            if one.row.number not in bodies:
                continue
            body, seen = bodies[one.row.number]
            mission = Mission.readable(body, seen=datetime.date.fromordinal(seen).isoformat())
            if mission is None or not (
                meets(mission.season, periods, today) if periods else is_in_season(mission.season, today)
            ):
                continue
            matched = tuple(dict.fromkeys(cause for cause in wanted if cause in mission.causes)) or mission.causes[:1]
            site = _site(mission, wish)
            score = one.score + self._suits(mission, wish)
            score += OF_SEASON if mission.season and periods else 0.0
            matches.append(Match(mission, score, one.distance_km, site, one.days, matched, one.whole))
        return _mixed(sorted(matches, key=lambda match: -match.score))

    def _suits(self, mission: Mission, wish: Wish) -> float:
        """What only the mission itself tells: from what age, how often, and how likely it is where one looks."""
        score = 0.0
        if wish.age is not None and mission.min_age is not None:
            score += OF_AGE if mission.min_age <= wish.age else TOO_YOUNG
        if wish.once:
            score += OF_ONCE if mission.one_off or mission.starts is not None else -OF_ONCE
        if not mission.is_evergreen:
            return score
        if wish.place is None:
            few = mission.coverage and METROPOLE not in mission.coverage
            return score + (OF_SCATTERED if mission.presence == "scattered" else OF_ELSEWHERE if few else 0.0)
        if mission.remote == "full" and not wish.remote:
            score += OF_HOME if wish.text else 2 * OF_HOME
        if mission.presence == "scattered":
            score += OF_SCATTERED
        named = [branch for branch in self._networks.branches_at(wish.place) if branch.network == mission.network]
        if mission.network and named:
            score += OF_BRANCH + (OF_TOWN if any(wish.place.name in branch.cities for branch in named) else 0.0)
        return score


class _Judge:
    """The exact filters, and a score, for one wish on one day."""

    def __init__(self, wish: Wish, ideas: Sequence[Idea], today: datetime.date) -> None:
        self._wish = wish
        self._day = today.toordinal()
        self._times = wished_times(wish.when, today)
        self._refused = when_mask(wish.not_when)
        self._centre = wish.centre
        self._reach = wish.reach_km
        self._since = wish.since.toordinal() if wish.since else 0
        each = OF_WORDS / max(1, len(ideas))
        self._meant = frozenset(idea.cause for idea in ideas if idea.cause and not idea.whole)
        self._named = tuple((idea.cause, BY_CAUSE * each) for idea in ideas if idea.whole)

    def __call__(self, row: Row, words: float, by_distance: bool, whole: bool) -> _Candidate | None:
        """None: it does not fit. `words` is what the words it says weigh."""
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
        if not whole and causes and wish.causes and set(wish.causes).isdisjoint(causes):
            return None  # it shares a word and means something else: the cats of a shelter, and help by chat
        days: Fit | None = None
        if self._times is not None:
            days = fit(self._times, row.mask, _day(row.starts), _day(row.ends), flexible=bool(row.flexible))
            if days == "no":
                return None
        if self._refused and not row.flexible and is_refused(self._refused, row.mask):
            return None
        score = words + (OF_DAYS if days == "yes" else 0.0)
        score += sum(weight for cause, weight in self._named if cause in causes)
        if causes and causes[0] in self._meant:
            score += OF_MEANT
        score += OF_CAUSE * sum(1 / (1 + causes.index(cause)) for cause in wish.causes if cause in causes)
        if distance is not None:
            score += OF_NEAR - 4.0 * distance / (self._reach + 5.0)
        if wish.minors and row.minors:
            score += OF_STATED
        if wish.step_free and row.step_free:
            score += OF_STATED
        if row.starts is not None and row.starts > day + 60:
            score -= 0.5
        score += max(0.0, 0.5 - (day - row.added) / 120.0)
        return _Candidate(row, score, distance, days, whole)


def _weighed(ideas: Sequence[Idea], likes: Sequence[Idea], dislikes: Sequence[Idea]) -> list[Weighed]:
    """What each word counts: those that were said share `OF_WORDS`, those that would be welcome have little, those that
    would not cost."""
    each = OF_WORDS / max(1, len(ideas))
    said = {idea.word for idea in ideas}
    return [
        *(Weighed(idea.word, each * (1 - BY_CAUSE) if idea.whole else each) for idea in ideas),
        *(Weighed(like.word, OF_A_LIKE) for like in likes if like.word not in said),
        *(Weighed(dislike.word, OF_A_DISLIKE) for dislike in dislikes if dislike.word not in said),
    ]


def _conditions(wish: Wish, has_words: bool) -> tuple[Line, ...]:
    """What the index must say of a mission besides its words."""
    found: list[Line] = []
    if wish.causes and not has_words:
        found.append(tuple(facets.cause_word(cause) for cause in wish.causes))
    if wish.remote:
        found.append((facets.ANYWHERE,))
    return tuple(found)


def _terms(ideas: Sequence[Idea]) -> tuple[Term, ...]:
    return tuple(Term(idea.word, facets.cause_word(idea.cause) if idea.whole else "") for idea in ideas)


def _passes(ideas: Sequence[Idea], likes: Sequence[Idea]) -> list[_Pass]:
    """What to ask for, one after the other, until there is enough."""
    terms = _terms(ideas)
    if not terms:
        return [*([_Pass(_terms(likes), True)] if likes else []), _Pass()]
    return [_Pass(terms), *([_Pass(terms, True, whole=False)] if len(terms) > 1 else [])]


def _are_enough(kept: dict[int, _Candidate]) -> bool:
    return sum(one.whole for one in kept.values()) >= SCREEN


def _depths(terms: Sequence[Term]) -> tuple[tuple[bool, int], ...]:
    """How far to look: some candidates; where there are many more, those that say it in their title, or further."""
    return ((False, CANDIDATES), (True, CANDIDATES + 1) if terms else (False, CANDIDATES * 4))


def _draw(row: Row, wish: Wish, today: datetime.date) -> int:
    """The order of equals: that of the catalogue; for what is the same all over France, drawn by lot, the same all day
    in one place."""
    if not row.id.startswith(EVERGREEN):
        return row.number
    lot = f"{wish.place.key if wish.place else ''} {today.isoformat()} {row.id}"
    return int.from_bytes(hashlib.blake2b(lot.encode(), digest_size=4).digest(), "big")


def _mixed(matches: list[Match]) -> list[Match]:
    """The same, several of one body apart from each other where others fit nearly as well."""
    left, mixed = list(matches), list[Match]()
    shown: dict[str, int] = {}
    while left and len(mixed) < 2 * SCREEN:
        best = max(left, key=lambda match: match.score - _again(match) * shown.get(match.mission.organisation, 0))
        left.remove(best)
        mixed.append(best)
        shown[best.mission.organisation] = shown.get(best.mission.organisation, 0) + 1
    return mixed + left


def _again(match: Match) -> float:
    return SAME_NETWORK if match.mission.is_evergreen else SAME_BODY


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
