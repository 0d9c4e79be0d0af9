"""Whether a body that is described, not named, helps people in difficulty (gifts at the raised rate) or not.

"75" is for free meals, housing or care for people in difficulty and for victims of domestic violence (CGI, article
200, 1 ter); "66" for any other description of a body, and for either rate when the person says it themselves.
"""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.numbers import Number, numbers_in
from bot.understanding.organisations import organisations_in
from bot.understanding.sentence import Sentence

__all__ = ["Rate", "kinds_in", "read_kind_of_organisation"]

Rate = Literal["75", "66"]

_ORGANISATIONS: Final[Lexicon[Rate]] = Lexicon.of({
    "75": """
        banque alimentaire, banques alimentaires, aide alimentaire, repas gratuits, repas gratuit, repas aux plus
        demunis, repas chauds, distribution de repas, distribution alimentaire, soupe populaire, maraude, maraudes,
        colis alimentaires, epicerie solidaire, epicerie sociale, epiceries solidaires, cantine solidaire, restaurant
        solidaire, resto solidaire, plus demunis, demunis, plus pauvres, pauvres, sdf, sans abri, sans abris, sans
        domicile, sans domicile fixe, gens de la rue, gens a la rue, a la rue, personnes en difficulte, gens en
        difficulte, public en difficulte, familles en difficulte, aide aux personnes en difficulte, personnes en
        precarite, precarite, grande precarite, mal loges, centre d'hebergement, centres d'hebergement, hebergement
        d'urgence, hebergement, foyer d'hebergement, foyer d'urgence, accueil de nuit, accueil de jour, logement des
        plus demunis, aide au logement, loger des familles, soins gratuits, dispensaire, soins aux plus demunis,
        femmes battues, femmes victimes de violences, femmes victimes de violence, femmes victimes, victimes de
        violences, victimes de violence, violences conjugales, violence conjugale, victimes de violences conjugales,
        foyer pour femmes, refuge pour femmes, asile de nuit, ceux qui ont faim, nourrir les, nourrissent les, nourrir
        des familles, personnes sans logement, sans logement, sans toit, mal logement, necessiteux, gens dans le
        besoin, personnes dans le besoin, indigents, homeless, homelessness, rough sleepers, soup kitchen, soup
        kitchens, food bank, food banks, foodbank, free meals, meals for the poor, feeding the poor, feeding the
        hungry, food aid, food parcels, people in need, people in difficulty, the poor, poor people, the needy, needy,
        night shelter, women's shelter, women s shelter, womens shelter, women's refuge, battered women, domestic
        violence, domestic abuse, victims of violence, emergency housing, housing the poor, housing for the, homeless
        shelter, free clinic, free care
        """,
    "66": """
        tournoi, tournament, marathon, petanque, championnat, {equipe|ecole} de {foot|rugby|basket|hand|judo|danse},
        sports team, refuge animalier, refuge pour animaux, refuge pour chats, refuge pour chiens, refuge, refuges,
        animaux, animalier, animaliere, chenil, chiens, chats, chevaux, oiseaux, cause animale, protection animale,
        animal shelter, animal rescue, animal charity, animals, dogs, cats, donkey, horses, wildlife, birds, club de
        {sport|foot|football|rugby|judo|basket|hand|handball|tennis|voile|natation|gym|gymnastique|petanque|danse|
        theatre|athletisme|cyclisme|escrime|volley|karate|badminton|randonnee|lecture|plongee|aviron|boxe|bridge|
        echecs}, club sportif, club, asso sportive, association sportive, sports club, football club, rugby club, judo
        club, tennis club, local club, sport, sportif, sportive, ecole de musique, conservatoire, chorale, orchestre,
        harmonie, fanfare, compagnie de {danse|theatre|cirque}, compagnie theatrale, troupe, troupe de theatre,
        theatre, theatres, danse, musee, musees, musee local, opera, festival, festivals, cinema, ludotheque,
        bibliotheque, mediatheque, centre culturel, mjc, art, artistes, culture, culturel, culturelle, spectacle
        vivant, ensemble vocal, patrimoine, chateau, chapelle, cathedrale, monument, restauration d'une eglise,
        museum, museums, theater, choir, orchestra, opera house, dance company, music school, library, heritage, arts
        festival, gallery, art, arts, eglise, paroisse, paroisses, diocese, denier du culte, denier de l'eglise,
        denier, culte, cultuel, cultuelle, mosquee, synagogue, temple, messe, eveche, church, parish, mosque,
        religious, religion, association cultuelle, monastere, abbaye, couvent, recherche, recherche medicale,
        recherche contre le cancer, recherche sur le cancer, contre le cancer, cancer, hopital, laboratoire, maladies
        rares, maladie rare, research, medical research, cancer research, hospital, universite, fac, ecole, ecoles,
        lycee, college, grande ecole, ecole primaire, ecole de mes enfants, university, school, schools,
        environnement, ecologie, protection de la nature, foret, forets, arbres, biodiversite, climat, oceans, ocean,
        environment, environmental, climate, forests, trees, ong ecolo, asso ecolo, ferme pedagogique, jardin partage,
        jardins partages, recyclerie, ressourcerie, community garden, educational farm, parents d'eleves, association
        de parents, ape, amicale, amicale laique, comite des fetes, association de quartier, comite de quartier,
        scouts, eclaireurs, centre aere, colonie de vacances, creche associative, caisse des ecoles, soutien scolaire,
        jeunesse, radio associative, presse, media independant, journal, medias, politique parti, association de
        patients, association de malades, handicap, handicapes, droits de l'homme, humanitaire, adhesion a une
        association, pompiers, amicale des pompiers, secouristes, sauvetage, disability, refugees, human rights
        """,
})  # fmt: skip


def read_kind_of_organisation(text: str | Sentence) -> Rate | None:
    """The rate that the description of a body or a rate said calls for, None when there is neither, or both."""
    sentence = Sentence.of(text)
    said = {
        rate
        for number in numbers_in(sentence)
        for rate in ("75", "66")
        if number.value == int(rate) and (number.sign == "percent" or _beside_a_rate(sentence, number))
    }
    if said:
        return _only(said)
    described = {found.value for found in kinds_in(sentence)}
    # Help to people in difficulty decides, whatever the setting (« une épicerie solidaire dans une paroisse »).
    return "75" if "75" in described else _only(described)


def kinds_in(sentence: Sentence) -> list[Found[Rate]]:
    """What tells the kind of a body, from left to right; not inside the name of one."""
    organisations = {index for body in organisations_in(sentence) for index in range(body.start, body.end)}
    return [found for found in _ORGANISATIONS.find(sentence) if organisations.isdisjoint(range(found.start, found.end))]


def _beside_a_rate(sentence: Sentence, number: Number) -> bool:
    """The 66 of « 66 ou 75 % »."""
    return sentence.word(number.end) in ("ou", "or", "et", "and", "/") and any(
        sentence.word(at) in ("66", "75") for at in (number.end + 1, number.end + 2)
    )


def _only(rates: set[Rate] | set[str]) -> Rate | None:
    if len(rates) != 1:
        return None
    return "75" if "75" in rates else "66"
