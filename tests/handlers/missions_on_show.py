"""Missions made up for conversations about them: each says some things of itself, and not others."""

from __future__ import annotations

from bot.catalogue.mission import Mission, Site

ANNECY = Site("Annecy", "74000", "74", "74010", 45.899, 6.129)
CAHORS = Site("Cahors", "46000", "46", "46042", 44.448, 1.441)

MISSIONS = (
    Mission(
        id="essai:tandem",
        source="essai",
        title="Pédaler en tandem avec une personne aveugle",
        organisation="Deux Selles",
        url="https://deux-selles.example.org/",
        text=(
            "Sorties d’une quarantaine de kilomètres autour du lac. Tandem et casque prêtés. Rendez-vous devant la "
            "gare routière. Dès 18 ans. Pause au café à mi-parcours."
        ),
        causes=("disability",),
        words="vélo, tandem, aveugles, sport",
        sites=(ANNECY,),
        schedule="un dimanche sur deux, de 9 h à 13 h",
        when=("sunday", "morning"),
        minors=False,
        places=4,
    ),
    Mission(
        id="essai:couture",
        source="essai",
        title="Coudre des doudous pour la maternité",
        organisation="Les Petites Mains",
        url="https://petites-mains.example.org/",
        text=(
            "Salle au premier étage, sans ascenseur. Machines à coudre sur place. Amenez vos aiguilles. Nous sommes "
            "une dizaine autour de la table. Adhésion de 5 euros par an. Une bénévole montre les premiers points."
        ),
        causes=("health",),
        words="couture, bébés, hôpital",
        sites=(Site("Cran-Gevrier", "74960", "74", "", 45.903, 6.103),),
        schedule="le jeudi de 13 h 30 à 16 h",
        when=("thursday", "afternoon"),
    ),
    Mission(
        id="essai:chiens",
        source="essai",
        title="Sortir les chiens du refuge",
        organisation="Le Museau Libre",
        url="https://museau-libre.example.org/",
        text=(
            "Balades d’une heure par tous les temps. Bottes conseillées, laisses fournies. Ligne 12, arrêt Les Vernes. "
            "Mineurs accompagnés d’un parent. Demandez Karim à l’accueil."
        ),
        causes=("animals",),
        words="chiens, refuge, promenade",
        sites=(ANNECY,),
        schedule="tous les jours, matin ou après-midi",
        minors=True,
    ),
    Mission(
        id="essai:velos",
        source="essai",
        title="Réparer des vélos à l’atelier du quartier",
        organisation="La Roue Libre",
        url="https://roue-libre.example.org/",
        text="Atelier couvert derrière la mairie. Outils fournis. Frais de déplacement remboursés. À partir de 16 ans.",
        title_en="Mend bikes in the neighbourhood workshop",
        text_en=(
            "Covered workshop behind the town hall. Tools provided. A mechanic trains newcomers. Travel costs "
            "refunded. From 16."
        ),
        causes=("environment",),
        words="vélo, réparation, bricolage",
        sites=(CAHORS,),
        schedule="le mardi et le vendredi de 17 h à 20 h",
        schedule_en="Tuesdays and Fridays, 5 pm to 8 pm",
        when=("tuesday", "friday", "evening"),
        minors=True,
    ),
)
