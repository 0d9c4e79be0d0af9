"""The first reply of every topic, to a bare wish, a question and a sentence, is useful by itself and asks little."""

from __future__ import annotations

import pytest

from bot.dialogue.replies import plain

WORDS = 80
"""Words of what is not folded: about sixty, and the question under them."""
LONGEST = 130
"""Three missions at once, or a body as it is described."""

FIRST = {
    "fr": {
        "volunteer": [
            ("je veux être bénévole", "1. "),
            ("où est-ce que je peux aider le week-end ?", "le week-end"),
            ("Je voudrais aider des personnes âgées à Lyon le samedi", "Lyon (69) · personnes âgées · le samedi"),
        ],
        "donation": [
            ("je veux faire un don", "66 € ou 75 €"),  # 66 % and 75 % of 100
            ("combien me rend un don de 100 € ?", "66 € ou 75 €"),
            ("Je donne 100 € aux Restos du Cœur cette année", "75 € d’impôt pour 100 €"),
        ],
        "rest_days": [
            ("je veux donner mes RTT", "jusqu’à 3 jours par an, si votre employeur est d’accord"),
            ("je peux donner des RTT à une association ?", "jusqu’à 3 jours"),
            # 2 600 / 21.67 = 119.98
            ("Je voudrais donner 2 jours de RTT au Secours populaire, je gagne 2600 € brut par mois", "239,96 €"),
        ],
        "skills": [
            ("mécénat de compétences", "60 % de ce qu’il coûte"),
            ("une petite entreprise peut-elle prêter un salarié ?", "36 mois au plus"),
            # a fifth of 4 000 for six months: 4 800, at 60 %
            ("Notre PME veut prêter un comptable un jour par semaine à une association", "2 880 €"),
        ],
        "company_donation": [
            ("don d'entreprise", "retire 600 €"),  # 60 % of 1 000
            ("combien ma société récupère si elle donne ?", "60 %"),
            ("Notre SARL donne 5000 € à la Croix-Rouge", "3 000 € d’impôt en moins"),
        ],
        "expenses": [
            ("mes frais de bénévole", "66 %"),
            ("je peux déduire mes kilomètres de bénévole ?", "renonce"),
            ("J'ai fait 640 km pour mon association avec ma 4 CV", "256 €"),  # 388 × 66 %
        ],
        "alliance": [
            ("faire une alliance", "association, une entreprise"),
            ("c'est quoi une alliance d'intérêt général ?", "association, une entreprise"),
            (
                "Nous sommes une mairie et voulons faire alliance avec des associations et des commerçants",
                "Vous apportez",
            ),
        ],
        "organisation": [
            ("connaître une association", "Dites-moi son nom"),
            ("c'est quoi Emmaüs ?", "accueillir des personnes en difficulté"),
            ("Parlez-moi de la SPA, je voudrais savoir si elle est sérieuse", "chiens et chats"),
        ],
        "rights": [
            ("mes droits de bénévole", "Un bénévole est libre"),
            ("un bénévole au chômage garde ses allocations ?", "vous gardez vos allocations"),
            ("Je suis en arrêt maladie et je voudrais faire du bénévolat, j'ai le droit ?", "médecin"),
        ],
        "alerts": [
            ("une alerte", "Dites une ville"),
            ("peut-on être prévenu des nouvelles missions à Nantes ?", "Nantes (44)"),
            ("Préviens-moi des missions avec des animaux à Nantes", "Alerte : Nantes (44) · animaux"),
        ],
        "needs": [
            ("publier un besoin", "sans rien payer"),
            ("comment publier une annonce pour trouver des bénévoles ?", "annonce"),
            ("Nous cherchons des bénévoles pour servir des repas à Nantes le samedi", "servir des repas"),
        ],
        "offers": [
            ("apporter, chercher", "Les entreprises disent"),
            ("une entreprise peut prêter une salle à une association ?", "don en nature"),
            ("Nous cherchons un local à Dax pour notre association", "Les entreprises disent"),
        ],
        "orientation": [
            ("je veux me rendre utile mais je sais pas comment", "Il n’y a pas de petite réponse"),
            ("comment je peux me rendre utile ?", "une mission près de chez vous"),
            (
                "Je voudrais être utile, mais je ne sais pas quoi donner, du temps ou de l'argent",
                "pas de petite réponse",
            ),
        ],
    },
    "en": {
        "volunteer": [
            ("I want to volunteer", "1. "),
            ("where can I help at weekends?", "weekend"),
            ("I would like to help old people in Lyon on Saturdays", "Lyon (69)"),
        ],
        "donation": [
            ("I want to give money", "€66 or €75"),
            ("what does a gift of €100 give back?", "€66 or €75"),
            ("I am giving €100 to Restos du Cœur this year", "€75 back"),
        ],
        "rest_days": [
            ("give my days off", "up to 3 days a year"),
            ("can I give days off to a charity?", "up to 3 working days"),
            ("I would like to give 2 RTT days to Secours populaire, I earn €2600 gross a month", "€239.96"),
        ],
        "skills": [
            ("lend skills", "60% of its cost"),
            ("can a small company lend an employee?", "36 months at most"),
            ("Our SME wants to lend an accountant one day a week to a charity", "€2,880"),
        ],
        "company_donation": [
            ("a company gift", "€600"),
            ("how much does my company get back if it gives?", "60%"),
            ("Our company gives €5,000 to the Red Cross", "€3,000 off the tax"),
        ],
        "expenses": [
            ("my volunteer expenses", "66%"),
            ("can I deduct the kilometres I drive as a volunteer?", "waive"),
            ("I drove 640 km for my charity with a 4 CV car", "€256"),
        ],
        "alliance": [
            ("start an alliance", "an association, a firm"),
            ("what is an alliance between a charity and a firm?", "association"),
            ("We are a town hall and want an alliance with charities and shopkeepers", "You bring"),
        ],
        "organisation": [
            ("find out about a charity", "Tell me its name"),
            ("what is Emmaüs?", "people in difficulty"),
            ("Tell me about the SPA, I would like to know whether it is serious", "dogs and cats"),
        ],
        "rights": [
            ("my rights as a volunteer", "A volunteer is free"),
            ("can I volunteer while unemployed?", "you keep your benefits"),
            ("I am on sick leave and would like to volunteer, am I allowed to?", "doctor"),
        ],
        "alerts": [
            ("an alert", "Name a town"),
            ("could you alert me to new missions in Nantes?", "Nantes (44)"),
            ("Alert me to missions with animals in Nantes", "Alert: Nantes (44)"),
        ],
        "needs": [
            ("publish a need", "free of charge"),
            ("how do I post an ad to find volunteers?", "One notice per mission"),
            ("We are looking for volunteers to serve meals in Nantes on Saturdays", "serve meals"),
        ],
        "offers": [
            ("bring and need", "Firms say what they can bring"),
            ("can a firm lend a room to a charity?", "gift in kind"),
            ("We are looking for premises in Dax for our charity", "Firms say what they can bring"),
        ],
        "orientation": [
            ("I don't know how to help", "What could you give?"),
            ("how can I make myself useful?", "a mission near you"),
            ("I would like to be useful but I don't know what to give, time or money", "no small answer"),
        ],
    },
}
CASES = [
    pytest.param(language, topic, said, useful, id=f"{language}-{topic}-{kind}")
    for language, topics in FIRST.items()
    for topic, wordings in topics.items()
    for kind, (said, useful) in zip(("wish", "question", "sentence"), wordings, strict=True)
]


@pytest.mark.parametrize(("language", "topic", "said", "useful"), CASES)
async def test_the_first_reply_says_something_useful_and_little(
    person, language: str, topic: str, said: str, useful: str
) -> None:
    me = person(language=language)
    await me.say(said)
    unfolded = plain("\n\n".join(reply.text for reply in me.last.replies)).replace("\u00a0", " ").replace("\u202f", " ")
    assert useful in unfolded
    asked = [line for line in unfolded.splitlines() if line.endswith("?") and not line.startswith("•")]
    assert len(asked) <= 1, "one question at most"
    long = topic in ("volunteer", "organisation", "alliance")
    assert len(unfolded.split()) <= (LONGEST if long else WORDS), unfolded
