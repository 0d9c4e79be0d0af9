"""Who speaks: employee, employer, association, or someone who gives rest days to a colleague."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["Role", "read_role"]

Role = Literal["employee", "employer", "association", "colleague"]

_SPEAKERS: Final[Lexicon[Role]] = Lexicon.of({
    "employee": """
        {ma|mon} {boite|entreprise|societe|groupe} {me|m'|nous}, my {company|firm} {lets|gives|pays|offers} {me|us|},
        mon {patron|employeur|chef|boss|manager|responsable|directeur|superieur|n+1|n plus 1|drh|contrat|contrat de
        travail|temps de travail|poste|salaire|taf|boulot|job|chef de service|compteur|cet|solde}, ma
        {direction|hierarchie|drh|chef|cheffe|patronne|responsable|paye|paie|fiche de paie|manager|societe me|societe
        nous}, mes {rtt|conges|jours de conge|jours de repos|jours de recup|heures
        sup|patrons|chefs|jours|recups|reposes|cp}, notre {patron|employeur|boss|chef}, nos {patrons|rtt|chefs}, le
        {patron|boss|chef|taulier}, la {direction|hierarchie|patronne|drh}, a la direction, l'employeur, au patron,
        aux rh, les rh, service rh, mon rh, je suis
        {salarie|salariee|employe|employee|cadre|ouvrier|ouvriere|technicien|ingenieur|fonctionnaire|en cdi|en
        cdd|interimaire}, je bosse {chez|pour|dans|a}, je travaille {chez|pour|dans|a|en tant que}, chez thales,
        jbosse, jsuis {salarie|salariee|cadre|employe|employee}, salarie {en cdi|en cdd|du prive|dans|en}, salariee {en cdi|en cdd|du
        prive|dans|en}, salarie chez, salariee chez, employe chez, employee chez, en tant que
        {salarie|salariee|cadre|employe}, moi salarie, agent de la fonction publique, je gagne, je touche, i earn,
        j'ai {des|5|6|3|10|deux|trois|cinq|dix|quelques|trop de} {rtt|jours de rtt|conges|jours de conge|jours de
        repos|recups}, g {des|2|3|4|5|6|7|8|9|10} {rtt|conge|jours}, poser mes jours, donner mes {rtt|conges|jours},
        mon compte epargne temps, compte epargne temps, etre {detache|detachee|mis a disposition|mise a disposition},
        je peux etre {detache|detachee}, puis je etre {detache|detachee}, sur mon temps de travail, pendant mes heures
        de travail, pendant mes heures, pendant le boulot,
        {infirmiere|infirmier|informaticien|informaticienne|comptable|ingenieur|juriste|graphiste|caissiere|vendeuse|cadre|technicien|commercial|developpeur|secretaire|chauffeur}
        chez, my {boss|employer|manager|payroll|contract|job|line manager|hr|salary|pay|supervisor|leave|annual
        leave|days off|rtt|rtts|holiday|holidays|unused leave|firm lets|work}, our {boss|manager|employer}, the boss,
        boss said, boss says, i work {for|at|in}, {i'm|im} an employee, as an employee, i am an employee, i'm employed, my
        workplace, keep paying me, on company time, during work hours, my work time, laisser a la direction, remettre
        a la direction, courrier a mon, lettre a mon employeur, letter to my {boss|employer|hr}, seconded by my, fin
        de carriere moi, avant la retraite je
        """,
    "employer": """
        {rh|drh} ici, {nous|moi} l'employeur, cote employeur, a dispo de, peut on {detacher|preter|envoyer}, {detacher|preter} {deux|trois|quatre|2|3|4|5}, {as|i'm} head of hr, head of
        hr, {my|our} {technician|technicians|engineer|engineers|developers|accountant|lawyers|team
        leaders|managers|consultants}, {lend|second|loan|release} {an|one|two|three|our|some|my}
        {engineer|engineers|employee|employees|accountant|developer|developers|people|staff|lawyer}, {we'd like to|we
        want to|we would like to|can we|could we} {lend|second|loan}, {we'd|we would} like to give {our|some}
        {staff|employees}, {notre|une|la|ma} fondation d'entreprise, {preter|detacher|deleguer}
        {des|nos|mes|un|une|deux|trois|quelques} {devs|ingenieurs|salaries|consultants|equipes|gens}, nous sommes une
        {esn|scop|banque|mutuelle|association d'entreprises|filiale|coop|cooperative}, je suis
        {employeur|patron|patronne|gerant|gerante|chef d'entreprise|cheffe
        d'entreprise|dirigeant|dirigeante|artisan|artisane|commercant|commercante|drh|pdg|independant|independante|auto
        entrepreneur|autoentrepreneur|micro entrepreneur|freelance|profession
        liberale|agriculteur|agricultrice|restaurateur|restauratrice|boulanger|boulangere|
        fleuriste|architecte|avocat|avocate|consultant|consultante|medecin liberal|infirmiere liberale|infirmier
        liberal|kine|industriel|viticulteur|vigneron|a mon compte|coiffeur|coiffeuse|garagiste|notaire|expert
        comptable|maraicher|eleveur|responsable rh|responsable rse|rh|directeur|directrice}, notre
        {boite|entreprise|societe|sarl|sas|pme|tpe|cabinet|agence|startup|groupe|magasin|commerce|atelier|restaurant|usine|exploitation|etude|garage|scop|eurl|sci|gaec|salarie|salariee|equipe
        rse|masse salariale}, {ma|mon} {sarl|sas|sasu|eurl|pme|tpe|sci|boutique|commerce|cabinet|agence|startup|start
        up|restaurant|resto|magasin|atelier|garage|salon|exploitation|ferme|usine|boulangerie|pharmacie|food
        truck|micro entreprise|auto entreprise|activite|affaire|business|scop|gaec|salon de coiffure|auto
        ecole|cabinet dentaire}, notre {chiffre d'affaires|ca|effectif}, nos
        {salaries|salariees|employes|collaborateurs|equipes|ouvriers|vendeurs|techniciens|ingenieurs|invendus|agents|clients},
        mes {salaries|salariees|employes|employees|collaborateurs|ouvriers|equipes|gars|vendeuses},
        {un|une|deux|trois|quelques} {de mes|de nos|d'un de mes}, un de mes, un de nos, one of {my|our}, one of my
        staff, as employer, {mes|nos}
        {gars|techniciens|comptables|juristes|ingenieurs|developpeurs|consultants|cadres|graphistes|informaticiens|commerciaux|vendeurs|artisans|chauffeurs|cuisiniers|apprentis},
        mon {salarie|employe|equipe|comptable d'entreprise|associe}, ma {salariee|vendeuse|secretaire|comptable}, on
        est {une|un}
        {pme|tpe|boite|entreprise|societe|cabinet|startup|sarl|sas|commerce|resto|restaurant|agence|atelier}, nous
        sommes {une|un}
        {pme|tpe|boite|entreprise|societe|cabinet|startup|sarl|sas|commerce|restaurant|agence|atelier|groupe}, en tant
        {que|qu'} {employeur|entreprise|patron|gerant|chef d'entreprise|artisan|independant|dirigeant|drh},
        {j'ai|jai|g} {une|un} {boite|petite boite|petite
        entreprise|entreprise|societe|sarl|sas|pme|tpe|boutique|commerce|resto|restaurant|magasin|atelier|garage|salon|exploitation|ferme|cabinet|agence|boulangerie|food
        truck|bar|hotel|cafe|pressing}, je dirige, je gere {une|un}, on dirige, je tiens {une|un}, nous employons, on
        emploie, j'emploie, drh, drh d'une, rh d'une, directeur d'une, directrice d'une, gerant, gerante, gerant
        d'une, patron d'une, patronne d'une, pdg, pdg de, dirigeant, dirigeante, dirigeant de, chef d'entreprise,
        cheffe d'entreprise, responsable rse, {charge|chargee} {rse|de rse|de mission rse}, directeur financier,
        directrice financiere, daf, sas, sarl, sasu, eurl, pme, tpe, ei, {auto|micro} entrepreneuse,
        {small|family|family run} {bakery|shop|restaurant|firm|business|company|cafe|farm|hotel}, {on|nous}
        {prete|pretons|detache|detachons|envoie|envoyons|libere|liberons|met a disposition|mettons a disposition},
        notre {comptable|informaticien|graphiste|juriste|ingenieur|secretaire|technicien}, micro entreprise, auto
        entrepreneur, autoentrepreneur, autoentrepreneuse, micro entrepreneur, freelance, profession liberale, en
        liberal, liberal, a mon compte, a notre compte, artisan, artisane, commercant, commercante, industriel,
        industrielle, agriculteur, agricultrice, exploitation agricole, exploitant agricole, viticulteur, vigneron,
        maraicher, eleveur, restaurateur, restauratrice, fleuriste, boulanger, boulangere, boulangerie, boucher,
        patissier, coiffeur, coiffeuse, garagiste, plombier, macon, menuisier, electricien, pharmacien, pharmacienne,
        hotelier, traiteur, epicier, imprimeur, notaire, architecte, avocat, kine, dentiste, opticien, expert
        comptable, cabinet d'avocats, cabinet comptable, cabinet, garage de, atelier de, scierie, brasserie, cave,
        domaine viticole, hotel, supermarche, superette, grossiste, startup, start up, scop, salon de coiffure,
        librairie, notre stock, nos stocks, stock, stocks, invendus, nos invendus, ca de, chiffre d'affaires de,
        salarie {envoye|detache|prete|mis a disposition}, salarie paye, salariee {envoyee|detachee|pretee|mise a
        disposition}, interimaire envoyee, {envoyer|preter|detacher|liberer|placer|deleguer|mettre a disposition}
        {un|une|deux|trois|des|mes|nos|quelques|2|3}
        {salarie|salariee|salaries|salariees|employe|employes|collaborateur|collaborateurs|ingenieur|ingenieurs|comptable|informaticien|technicien|cadre|developpeur|graphiste|juriste|vendeur|ouvrier|gars|interimaire},
        our {company|business|firm|shop|staff|employees|sas|sarl|ltd|llc|workers|team
        gives|unsold|turnover|restaurant|bakery|agency|startup|practice|office|factory|engineers|people to a charity},
        my
        {business|shop|restaurant|bakery|sas|sarl|ltd|startup|agency|staff|employees|workers|employee|practice|garage|farm|small
        business|salon|studio|store}, we are a {company|small company|firm|small firm|business|startup|small
        business|family business|sme}, we're a {company|small company|firm|business|startup|sme}, i'm {self employed|a
        freelancer|a contractor|a sole trader|an employer|the boss|the owner|the ceo|the hr manager|an hr manager|a
        company director}, i am {self employed|a freelancer|an employer|the owner|the ceo|a sole trader}, i run a, i
        own a, we employ, i employ, small business owner, sole trader, self employed, self-employed, freelancer,
        freelance, as an employer, as a company, as a business, hr manager, hr director, ceo, the firm, the company, a
        firm, old stock, unsold stock, lend an employee, second an employee, lending staff, lend staff, seconding
        staff, employee lent, staff member lent, employee on loan, company gives, company car, farmer, farm business,
        baker, florist
        """,
    "association": """
        {je suis|nous sommes|on est} {une|l'} {asso|association|ong}, {asso|association} ici, {we|i} run a {|small|local|little} {nonprofit|charity|ngo|club|association|non profit}, notre
        {asso|association|club|refuge|ong|fondation|federation|collectif|amicale|structure|epicerie
        solidaire|ressourcerie|recyclerie|banque alimentaire|centre
        social|mjc|troupe|compagnie|festival|chorale|ludotheque|creche associative|comite|cause|projet
        associatif|local associatif|ligue|ecole associative|foyer}, mon {asso|association|club|ong|collectif}, ma
        {asso|structure associative|fondation|troupe}, nos {benevoles|adherents|beneficiaires|adherent}, je suis
        {president|presidente|tresorier|tresoriere|secretaire|benevole|responsable associatif|responsable
        associative|membre du bureau} {d'une|de l'|d'un|du|de la|dans une|de notre|de mon},
        {president|presidente|tresorier|tresoriere} {d'une|de l'|d'un|du|de la|de notre|de mon|d'asso|d'association},
        on est {une|un} {asso|association|club|collectif|ong|petite asso|petite association}, nous sommes {une|un}
        {asso|association|club|collectif|ong|petite association|fondation}, en tant {qu'|que}
        {asso|association|president|presidente|tresorier|benevole}, cote asso, cote association, club de
        {judo|foot|rugby|basket|tennis|danse|voile|gym|hand|sport|petanque|football|handball|natation}
        {veut|voudrait|cherche|souhaite|aimerait}, club veut, asso cherche, association cherche, asso recherche,
        association recherche, une asso peut elle, l'asso peut, pour notre asso, pour notre association, dans mon
        asso, dans notre asso, mon association, jardin partage, petite asso,
        {directeur|directrice|responsable|salarie|salariee|coordinateur|coordinatrice|animateur|animatrice|bureau}
        {d'une|d'une petite|d'une grande|d'un petit|dans une|de l'|d'un|de mon|de notre}
        {association|asso|ong|club|fondation|federation}, association loi 1901, asso loi 1901, collectif de
        {parents|voisins|habitants|riverains}, asso de quartier, comite des fetes, on est benevoles, nous les
        benevoles, accueillir un {salarie|mecene|cadre} , recevoir un salarie, beneficier de
        {mecenat|competences|salaries}, fourni par une {societe|entreprise|boite}, mecene pour notre, trouver {un
        mecene|des mecenes|une entreprise|des entreprises|un sponsor|des sponsors}, our
        {charity|association|nonprofit|non profit|ngo|club|volunteers|shelter|food bank|refuge|foundation|community
        group|group|choir|museum|community garden|rescue}, my {charity|association|nonprofit|ngo|club}, we are a
        {charity|nonprofit|non profit|small charity|small association|club|ngo|community group|shelter}, we're a
        {charity|nonprofit|non profit|small charity|club|ngo|community group|shelter}, i {run|chair|lead} a
        {charity|nonprofit|club|small charity|community group}, as a {charity|nonprofit|club}, treasurer of, i'm
        {treasurer|chair|chairman|president} of, a nonprofit and, between a nonprofit, small charity, charity looking
        for, nonprofit looking for, charity seeks
        """,
})  # fmt: skip

# « ma boîte » is the firm of the one who owns it or of the one who works there: the topic tells.
_FIRM: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {ma|mon|la} {boite|entreprise|societe|firme|groupe|compagnie}, ma boite a moi, mon entreprise a moi, my
        {company|firm|organisation|organization|workplace|corporation}, the company i work for, la boite ou je bosse,
        l'entreprise ou je travaille, la societe qui m'emploie
        """,
})  # fmt: skip
_OWNERS_SPEAK: Final = frozenset({"company_donation", "alliance"})
# « les commerçants », « entre artisans »: others, not the one who speaks.
_OTHERS: Final = word_set("les des aux entre avec ces certains deux trois the some other aucun")

_FOR_A_COLLEAGUE: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        collegue, collegues, un collegue, une collegue, mon binome, ma binome, binome, co equipier, coequipier,
        coequipiere, camarade de bureau, voisin de bureau, voisine de bureau, voisin d'atelier, quelqu'un de {mon
        equipe|ma boite|l'equipe|mon service|la boite}, copain de boulot, copine de boulot, copain du boulot, copine
        du boulot, pote du boulot, pote de boulot, copain d'atelier, gars de l'equipe, fille de l'equipe, salarie dont
        l'enfant, parent d'enfant malade, enfant gravement malade, un autre salarie, une autre salariee, autre
        salarie, loi mathys, mathys, proche aidant, aidant, aidante, dont {le fils|la fille|l'enfant|le bebe|le
        mari|la femme} est, collaborateur malade, collaboratrice malade, ami du boulot, amie du boulot, coworker,
        coworkers, co worker, co-worker, co workers, colleague, colleagues, workmate, workmates, teammate, team mate,
        someone at work, someone in my team, someone on my team, friend at work, a mate at work, mate from work, sick
        kid, sick child at work, fellow employee, another employee, person on my team, deskmate
        """,
})  # fmt: skip


def read_role(text: str | Sentence, topic: str | None = None) -> Role | None:
    """Who speaks, None when it does not show. Days meant for a colleague win, where rest days are the topic."""
    sentence = Sentence.of(text)
    if topic in (None, "rest_days") and _FOR_A_COLLEAGUE.first(sentence) is not None:
        return "colleague" if topic or _gives_days(sentence) else None
    found = [
        entry
        for entry in _SPEAKERS.find(sentence)
        if entry.end - entry.start > 1 or sentence.word(entry.start - 1) not in _OTHERS
    ]
    count: dict[Role, int] = {}
    if _FIRM.first(sentence) is not None and topic is not None:
        count["employer" if topic in _OWNERS_SPEAK else "employee"] = 2
    if not found and not count:
        return _by_topic(sentence, topic)
    for entry in found:
        count[entry.value] = count.get(entry.value, 0) + entry.end - entry.start + _HABIT.get((topic, entry.value), 0)
    return max(count, key=lambda role: count[role])


# Who mostly speaks of it: decides between two signs of the same weight.
_HABIT: Final[dict[tuple[str | None, str], int]] = {
    ("company_donation", "employer"): 2,
    ("rest_days", "employee"): 1,
    ("alliance", "association"): 1,
}


def _gives_days(sentence: Sentence) -> bool:
    return any(
        stem in ("rtt", "conge", "jour", "day", "days", "repo", "leave", "holiday", "holidays")
        for stem in sentence.stems
    )


# Where only one kind of person speaks of « nous » or « je », that person.
_FIRST_PERSON: Final[dict[str, tuple[frozenset[str], Role]]] = {
    "company_donation": (word_set("je j on nous notre nos mon ma mes we our i my"), "employer"),
    "rest_days": (word_set("j je jai g mes mon i my"), "employee"),
}


def _by_topic(sentence: Sentence, topic: str | None) -> Role | None:
    """Someone who gives in the name of a firm, or their own days."""
    if topic not in _FIRST_PERSON:
        return None
    words, role = _FIRST_PERSON[topic]
    return role if any(word in words for word in sentence.words) else None
