"""Public searches of missions, opened at a place, a cause, an activity or some words by a link.

Only labels of the tables are put into a link: an unknown one would find nothing. Whoever opens the link is on a public
site; nothing is fetched from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bot.catalogue.folding import stems
from bot.catalogue.place import Place
from bot.phrase import Phrase, _

__all__ = ["ACTIVITIES", "DOMAINES", "DOMAINS", "PUBLICS", "LiveSearch", "activity_of", "live_searches", "named_search"]

JEVEUXAIDER = "https://www.jeveuxaider.gouv.fr/missions-benevolat"
TROUVETAMISSION = "https://trouvetamission.gouv.fr/missions"
DOMAINES = {
    "solidarity": "social_solidarite",
    "elderly": "social_solidarite",
    "disability": "social_solidarite",
    "refugees": "social_solidarite",
    "education": "education_transmission",
    "health": "sante_soins",
    "environment": "environnement_nature",
    "animals": "environnement_nature",
    "sport": "sport_animation",
    "culture": "culture_arts",
    "emergency": "securite_defense",
    "international": "international_humanitaire",
}
"""Our causes, as TrouveTaMission calls them; it has no name for the others."""
DOMAINS = {
    "solidarity": "Solidarité et insertion",
    "elderly": "Solidarité et insertion",
    "education": "Éducation pour tous",
    "health": "Santé pour tous",
    "environment": "Protection de la nature",
    "sport": "Sport pour tous",
    "emergency": "Prévention et protection",
    "digital": "Bénévolat de compétences",
    "human_rights": "Mémoire et citoyenneté",
    "international": "Coopération internationale",
}
"""The same, as JeVeuxAider calls them."""
PUBLICS = {"elderly": "Personnes âgées", "disability": "Personnes en situation de handicap"}
"""Causes that JeVeuxAider knows by who is helped."""
OF_CAUSES = {"animals": "Soins aux animaux", "refugees": "Alphabétisation / Apprentissage du français (FLE)"}
"""Causes that JeVeuxAider knows by what is done."""
ACTIVITIES: dict[str, tuple[str, ...]] = {
    "Maraude": ("maraude", "maraudes", "outreach rounds"),
    "Distribution": (
        "aide alimentaire",
        "distribution",
        "distribuer",
        "repas",
        "épicerie solidaire",
        "food bank",
        "meals",
        "food",
    ),
    "Collecte de produits": ("collecte alimentaire", "banque alimentaire", "collecte de jouets"),
    "Lutte contre l'isolement": ("isolement", "personnes seules", "solitude", "lonely", "visiter des personnes âgées"),
    "Soutien scolaire et formation": (
        "devoirs",
        "soutien scolaire",
        "accompagnement scolaire",
        "homework",
        "tutorat",
        "tutoring",
    ),
    "Mentorat & parrainage": ("mentorat", "mentor", "parrainage", "parrainer", "mentoring"),
    "Alphabétisation / Apprentissage du français (FLE)": (
        "alphabétisation",
        "illettrisme",
        "apprendre le français",
        "cours de français",
        "enseigner le français",
        "parler français",
        "fle",
        "teach french",
        "french classes",
        "french lessons",
    ),
    "Aide aux démarches administratives": ("démarches administratives", "écrivain public", "accès aux droits"),
    "Écoute / Aide psychologique": ("écoute téléphonique", "écouter au téléphone", "listening line"),
    "Soins aux animaux": ("animaux", "animal", "chiens", "chats", "chevaux", "dogs", "cats", "animals"),
    "Ramassage de déchets": (
        "ramassage de déchets",
        "ramasser les déchets",
        "déchets",
        "nettoyer la plage",
        "nettoyer la côte",
        "nettoyer",
        "litter",
        "cleanup",
    ),
    "Aménagement d'espaces naturels": ("chantier nature", "planter des arbres", "jardin", "jardinage", "gardening"),
    "Secourisme et sécurité civile": ("secourisme", "premiers secours", "secouriste", "sécurité civile", "first aid"),
    "Activités sportives": ("sport", "foot", "football", "club de sport", "entraîner"),
    "Médiation culturelle": ("musée", "museum", "médiation culturelle"),
    "Valorisation du patrimoine": ("patrimoine", "vieilles pierres", "monuments", "heritage"),
    "Travaux manuels": ("bricolage", "bricoler", "couture", "peinture", "travaux manuels", "sewing", "repair"),
    "Logistique": ("logistique", "entrepôt", "tri", "trier", "warehouse"),
    "Événementiel": ("festival", "festivals", "concert", "évènement", "événementiel", "event"),
    "Informatique": ("informatique", "ordinateur", "site internet", "développeur", "web", "computers", "website"),
    "Gestion administrative": ("secrétariat", "secrétaire", "administratif", "gestion administrative", "secretarial"),
    "Gestion financière / Comptabilité": (
        "comptabilité",
        "comptable",
        "trésorier",
        "trésorerie",
        "accounting",
        "accountant",
        "treasurer",
        "bookkeeping",
    ),
    "Communication": ("communication", "réseaux sociaux", "graphisme", "graphiste"),
    "Traduction": ("traduction", "traduire", "traducteur", "interprète", "translation", "translate"),
    "Droit et conseil juridique": ("juridique", "juriste", "avocat", "legal advice"),
    "Accompagnement à la mobilité": ("transport solidaire", "conduire des personnes"),
}
"""What is done, as JeVeuxAider calls it, and the words of a request that mean it."""
AGES = (
    (18, "moins_18_ans"),
    (26, "entre_18_25_ans"),
    (30, "entre_25_30_ans"),
    (46, "entre_30_45_ans"),
    (68, "entre_46_67_ans"),
    (73, "entre_68_72_ans"),
)
OLDEST = "plus_72_ans"
WORDS = 60
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class LiveSearch:
    """A search on a public site."""

    name: Phrase
    url: str


def live_searches(
    place: Place | None = None,
    causes: Sequence[str] = (),
    words: str = "",
    *,
    named: str = "",
    remote: bool = False,
    once: bool = False,
    minors: bool = False,
    age: int | None = None,
    days: tuple[str, str] | None = None,
) -> list[LiveSearch]:
    """One search of missions around a place by what is done, by words or by cause, and one of its département.

    `words` tell what is done; `named` is what to look for where they tell nothing that has a label, all of them unless
    given. `days` are the first and the last day, "2026-12-24"; `age` is that of who would come.
    """
    return [
        LiveSearch(
            _("Search on JeVeuxAider.gouv.fr"),
            _link(JEVEUXAIDER, _around(place, causes, words, named or words, remote, once, minors, days)),
        ),
        LiveSearch(
            _("Search on TrouveTaMission.gouv.fr"), _link(TROUVETAMISSION, _in_departement(place, causes, once, age))
        ),
    ]


def named_search(name: str) -> str:
    """A search of missions by the name of a body whose own page nobody has checked yet."""
    return _link(JEVEUXAIDER, {"search": name[:LONGEST_NAME]})


def activity_of(words: str) -> str:
    """What is done, as JeVeuxAider calls it, "" where the words mean nothing it has a name for. The longest expression
    wins."""
    said = stems(words)
    best = (0, "")
    for label, phrases in ACTIVITIES.items():
        for phrase in phrases:
            form = stems(phrase)
            size = len(form)
            if size > best[0] and any(said[at : at + size] == form for at in range(len(said) - size + 1)):
                best = (size, label)
    return best[1]


def _around(
    place: Place | None,
    causes: Sequence[str],
    words: str,
    named: str,
    remote: bool,
    once: bool,
    minors: bool,
    days: tuple[str, str] | None,
) -> dict[str, str]:
    asked: dict[str, str] = {}
    if remote:
        asked["type"] = "Mission à distance"
    elif place is not None and place.level == "departement":
        asked["department_name"] = f"{place.code} - {place.name}"
    elif place is not None and place.lat is not None and place.lon is not None and place.level != "country":
        asked |= {"city": _town(place), "aroundLatLng": f"{place.lat:.4f},{place.lon:.4f}"}
    cause = next((cause for cause in causes if cause in (*DOMAINS, *PUBLICS, *OF_CAUSES)), "")
    if activity := activity_of(words):
        asked["activities.name"] = activity
    elif named:
        asked["search"] = named[:WORDS]
    elif cause in PUBLICS:
        asked["publics_beneficiaires"] = PUBLICS[cause]
    elif cause in OF_CAUSES:
        asked["activities.name"] = OF_CAUSES[cause]
    elif cause:
        asked["domaines"] = DOMAINS[cause]
    if days is not None:
        asked |= {"start": days[0], "end": days[1]}
    elif once:
        asked["date_type"] = "ponctual"
    if minors:
        asked["publics_volontaires"] = "Mineurs"
    return asked


def _in_departement(place: Place | None, causes: Sequence[str], once: bool, age: int | None) -> dict[str, str]:
    asked = {"dispositif": "benevolat"}
    if place is not None and place.departement:
        asked["departmentCode"] = place.departement
    domaine = next((DOMAINES[cause] for cause in causes if cause in DOMAINES), "")
    if domaine:
        asked["domaine"] = domaine
    if once:
        asked["type_mission"] = "ponctuelle"
    if age is not None:
        asked["tranche_age"] = next((label for below, label in AGES if age < below), OLDEST)
    return asked


def _town(place: Place) -> str:
    """The name the site shows in its box: that of the whole town for a part of it."""
    return place.name.split(" ")[0] if place.level == "arrondissement" else place.name


def _link(page: str, asked: dict[str, str]) -> str:
    return f"{page}?{urlencode(asked, quote_via=quote)}" if asked else page
