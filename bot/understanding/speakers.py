"""Who speaks, where a message says it: « je suis fonctionnaire », « on est une SARL », "as treasurer of a charity".

Only what is said of oneself counts: « ma femme est fonctionnaire » and « les salariés » tell nothing. A declaration ("je
suis …", "en tant que …", « DRH d'une PME, je … ») holds against what was known; a mere sign (« mon employeur », « nos
adhérents ») counts where nothing was.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["NOBODY", "SPEAKERS", "SaidToBe", "Speaker", "read_speaker"]

Speaker = Literal["household", "firm", "hr", "employee", "association", "public_agent", "authority", "volunteer"]

SPEAKERS: Final[tuple[Speaker, ...]] = (
    "household",
    "firm",
    "hr",
    "employee",
    "association",
    "public_agent",
    "authority",
    "volunteer",
)


class SaidToBe(NamedTuple):
    """Who speaks, several where somebody is several: employee and treasurer. `declared`: said, not only shown; `alone`:
    and nothing else is."""

    speakers: tuple[Speaker, ...] = ()
    declared: bool = False
    alone: bool = False


NOBODY: Final = SaidToBe()

# What somebody may be. A "head" speaks for the body that follows, a "worker" is paid by it; "chair" is a head that
# mostly an association has.
_Title = Speaker | Literal["head", "chair", "worker"]
_TITLES: Final[Lexicon[_Title]] = Lexicon.of({
    "chair": "president, presidente, co president, co presidente, vice president, vice presidente, chair, chairman, "
    "chairwoman, chairperson",
    "association": """
        tresorier, tresoriere, tresorier adjoint, tresoriere adjointe, membre {du bureau|du ca|du conseil
        d'administration}, administrateur benevole, administratrice benevole, dirigeant benevole, dirigeante benevole,
        responsable associatif, responsable associative, treasurer, trustee, board member
        """,
    "head": """
        directeur, directrice, responsable, fondateur, fondatrice, cofondateur, cofondatrice, secretaire,
        administrateur, administratrice, coordinateur, coordinatrice, membre actif, director, manager, head, founder, owner,
        secretary, coordinator
        """,
    "hr": """
        drh, rh, responsable {rh|des ressources humaines|des rh|rse}, directeur {rh|des ressources humaines|rse}, directrice {rh|des
        ressources humaines|rse}, charge {de rh|rh|de rse|rse|de mission rse}, chargee {de rh|rh|de rse|rse|de mission rse},
        gestionnaire {de paie|rh|paie}, assistant rh, assistante rh, hr, hr {manager|director|officer|lead}, head of {hr|people},
        people manager, csr {manager|officer|lead}, payroll manager
        """,
    "firm": """
        {chef|cheffe} d'entreprise, patron, patronne, gerant, gerante, dirigeant, dirigeante, dirigeant d'entreprise, dirigeante
        d'entreprise, pdg, dg, artisan, artisane, commercant, commercante, independant, independante, {micro|auto}
        {entrepreneur|entrepreneuse}, autoentrepreneur, autoentrepreneuse, microentrepreneur, freelance, en freelance,
        en profession liberale, profession liberale, en liberal, a mon compte, agriculteur, agricultrice, viticulteur, viticultrice, restaurateur,
        restauratrice, boulanger, boulangere, fleuriste, garagiste, ceo, business owner, company director, sole trader,
        self employed, freelancer, shopkeeper, farmer, an employer, l'employeur, employeur
        """,
    "worker": "salarie, salariee, employe, employee, employee, cadre, ouvrier, ouvriere, technicien, technicienne, stagiaire, alternant, "
    "alternante, apprenti, apprentie, interimaire, en cdi, en cdd, vendeur, vendeuse, assistante, assistant, staff member",
    "public_agent": """
        fonctionnaire, fonctionnaire {territorial|territoriale|hospitalier|hospitaliere|d'etat}, agent public, agente publique, agent
        {territorial|hospitalier|d'etat|de l'etat|municipal|communal|de la fonction publique|titulaire|contractuel|de mairie}, agente
        {territoriale|hospitaliere|municipale|communale|de la fonction publique|titulaire|contractuelle}, contractuel {de|dans} la fonction publique,
        contractuelle {de|dans} la fonction publique, professeur des ecoles, professeure des ecoles, prof des ecoles, instit, institutrice, instituteur,
        gendarme, policier, policiere, militaire, magistrat, magistrate, greffier, greffiere, atsem, civil servant, public servant,
        public {sector|service} {worker|employee}, state employee, council {worker|employee}
        """,
    "authority": """
        maire, maire adjoint, maire adjointe, adjoint au maire, adjointe au maire, elu, elue, elu {local|locale|municipal}, elue
        {locale|municipale}, {conseiller|conseillere} {municipal|municipale|departemental|departementale|regional|regionale}, dgs, secretaire de
        mairie, mayor, deputy mayor, councillor, town clerk, elected {official|representative}
        """,
    "volunteer": "benevole, volunteer",
    "household": "particulier, une particuliere, un simple particulier, individual, private individual, private person",
})  # fmt: skip

_Body = Literal["association", "firm", "authority", "public"]
_BODIES: Final[Lexicon[_Body]] = Lexicon.of({
    "association": """
        asso, association, assoc, club, club {sportif|de sport|de foot|de judo|de rugby|de basket|de tennis|de danse|de gym|de natation}, collectif, ong,
        amicale, federation, fondation, fonds de dotation, comite des fetes, refuge, epicerie solidaire, ressourcerie, recyclerie, banque
        alimentaire, centre social, mjc, chorale, ludotheque, creche associative, structure associative, charity, nonprofit, non
        profit, ngo, community group, foundation, food bank, animal shelter, village hall committee, choir
        """,
    "firm": """
        entreprise, boite, societe, pme, tpe, eti, sarl, sas, sasu, eurl, sa, sci, scop, ei, startup, start up, cabinet, agence, agence de
        {com|communication|pub|voyage}, commerce, boutique, magasin, restaurant, resto, atelier, garage, boulangerie, pharmacie, librairie, hotel, banque,
        mutuelle, filiale, micro entreprise, auto entreprise, exploitation, exploitation agricole, ferme, usine, esn, groupe, company, firm,
        business, shop, bakery, startup, sme, ltd, practice, agency, store, factory, farm
        """,
    "authority": """
        mairie, commune, ville, collectivite, collectivite {locale|territoriale}, communaute {de communes|d'agglomeration|urbaine}, agglomeration,
        agglo, intercommunalite, metropole, departement, conseil {departemental|regional|municipal}, region, ccas, cias, town hall, town council,
        city council, council, local authority, municipality, town
        """,
    "public": """
        fonction publique, {hopital|hopital public|chu|lycee|college|ecole publique|universite publique}, administration, ministere, prefecture, education
        nationale, etat, caf, france travail, cpam, tribunal, prison, armee, gendarmerie, police, public hospital, ministry, civil service
        """,
})  # fmt: skip

# What makes a title or a body one's own.
_ONESELF: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        je suis, j'suis, jsuis, chui, chuis, suis, moi, moi c'est, nous sommes, on est, en tant {que|qu'}, en qualite {de|d'}, je represente, nous
        representons, au nom {de|d'|du}, de la part {de|d'|du}, je parle {pour|au nom}, j'ecris {pour|au nom}, on ecrit pour, je dirige, nous
        dirigeons, on dirige, je gere, on gere, je tiens, on tient, je preside, j'ai {monte|cree}, on a {monte|cree}, nous avons {monte|cree}, je m'occupe {de|d'}, i am,
        i'm, im, we are, we're, as, i run, we run, i own, i chair, i lead, on behalf of, i represent, speaking for, i'm with, i'm from
        """,
})  # fmt: skip
_HAVING: Final[Lexicon[bool]] = Lexicon.of({True: "j'ai, jai, on a, nous avons, ma, mon, i have, we have, my"})
"""With these, a firm is one's own: « j'ai une SARL », « ma boutique »."""
_EITHERS: Final = word_set(
    "boite entreprise societe groupe company firm banque agence usine magasin hotel mutuelle ferme filiale"
)
"""« ma boîte » may be the one somebody works for."""
_WORKING: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        je {travaille|bosse} {chez|pour|dans|a|au|en|a l'|a la}, jtravaille {chez|pour|dans}, jbosse {chez|pour|dans}, nous travaillons {chez|pour|dans}, i work
        {for|at|in|with}
        """,
})  # fmt: skip
_BETWEEN: Final = word_set(
    """
    le la les l un une des d de du the a an of petit petite toute tout simple nouveau nouvelle jeune juste seulement aussi
    devenu devenue actuellement encore elu elue benevole moi meme small little just also now new local locale currently
    both et and ancienne grosse grande grand familiale
    """
)
"""Words that may stand between « je suis » and what one is."""
_REACH: Final = 5
_OF: Final = word_set("d de du des l la le dans chez en a au aux of in at for the an un une notre mon ma my our")
_STARTS: Final = word_set("d de du des dans chez en a au of in at for , : - ici here je j nous on we i qui depuis")
_GREETING: Final = word_set("bonjour bonsoir salut slt bjr hello hi hey coucou madame monsieur , . ! allie : -")
_PLURAL: Final = word_set("on nous notre nos we our us ici here je j i")

_SAYS_NO_MORE: Final = (
    _BETWEEN
    | _OF
    | _GREETING
    | word_set("je j suis nous sommes on est tant que qualite moi m am we are re as bonjour voila alors")
)
_A_NAME: Final = 2
"""So many words may be the name of the body: « présidente du club de judo d'Aurillac »."""

# Signs that show who speaks without a declaration.
_SIGNS: Final[Lexicon[Speaker]] = Lexicon.of({
    "association": """
        notre {asso|association|club|collectif|refuge|ong|amicale|federation|fondation|epicerie solidaire|ressourcerie|recyclerie|chorale}, nos {adherents|benevoles}, mon
        {asso|association}, ma {fondation}, our {charity|association|nonprofit|ngo|club|members|volunteers|shelter|food bank}, my {charity|nonprofit}
        """,
    "firm": """
        notre {entreprise|boite|societe|sarl|sas|pme|tpe|cabinet|startup|magasin|restaurant|ca|chiffre d'affaires}, nos
        {clients|invendus|stocks}, our {company|firm|business|turnover|customers}
        """,
    "hr": "nos {salaries|collaborateurs|employes}, our {employees|staff}",
    "employee": """
        mon {employeur|patron|boss|contrat de travail|n+1|compteur de rtt}, ma {direction|patronne|fiche de paie|paie|drh|rh|hierarchie}, mes {rtt|conges
        payes}, my {employer|boss|line manager|rtt|payslip|annual leave}, notre employeur
        """,
    "authority": "nos {administres|habitants|concitoyens|agents}, our residents",
    "public_agent": "mon administration, ma collectivite",
    "household": """
        mon foyer, mon foyer fiscal, notre foyer, notre foyer fiscal, {nous declarons|on declare} {ensemble|a deux}, a titre {perso|personnel|prive}, en mon nom
        propre, our household
        """,
})  # fmt: skip


def read_speaker(text: str | Sentence) -> SaidToBe:
    """Who speaks, as far as the message says it; `NOBODY` where it does not."""
    sentence = Sentence.of(text)
    declared: list[Speaker] = []
    said: set[int] = set()
    free = 0
    for at in range(len(sentence)):
        if at < free:
            continue
        goes_on = bool(declared) and at > free and all(word in _BETWEEN for word in sentence.words[free:at])
        found = _declared(sentence, at, goes_on)
        if found is not None:
            declared.append(found.value)
            said.update(range(at, found.end))
            free = found.end
    if declared:
        beside = [word for at, word in enumerate(sentence.words) if at not in said and word not in _SAYS_NO_MORE]
        is_all = sum(word.isalnum() for word in beside) <= _A_NAME and "?" not in beside
        return SaidToBe(tuple(dict.fromkeys(declared)), declared=True, alone=is_all)
    signs = dict.fromkeys(entry.value for entry in _SIGNS.find(sentence))
    if not signs and (alone := _alone(sentence)) is not None:
        return SaidToBe((alone,))
    return SaidToBe(tuple(signs)) if len(signs) == 1 else NOBODY


def _alone(sentence: Sentence) -> Speaker | None:
    """« une mairie », « association »: the message names a sort of body and nothing else."""
    words = [at for at in range(len(sentence)) if sentence.words[at].isalnum()]
    start = next((at for at in words if sentence.words[at] not in _BETWEEN), None)
    body = None if start is None else _BODIES.at(sentence, start)
    if body is None or body.value == "public" or any(at >= body.end for at in words):
        return None
    return body.value


def _declared(sentence: Sentence, at: int, goes_on: bool) -> Found[Speaker] | None:
    """What somebody says to be with the words at `at`; `goes_on`, after something else that they are."""
    title = _TITLES.at(sentence, at)
    if title is not None and (goes_on or _is_own(sentence, at) or _opens(sentence, title)):
        body = _body_after(sentence, title.end)
        speaker = _of_title(title.value, body)
        return None if speaker is None else Found(at, body.end if body else title.end, speaker)
    if (body := _BODIES.at(sentence, at)) is not None:
        own = _is_own(sentence, at) or (body.value in ("authority", "association") and _opens_for(sentence, body))
        having = body.value == "firm" and _is_own(sentence, at, _HAVING) and sentence.words[at] not in _EITHERS
        if (own or having) and body.value != "public":
            return Found(at, body.end, body.value)
    if (working := _WORKING.at(sentence, at)) is not None:
        body = _body_after(sentence, working.end - 1)
        is_public = body is not None and body.value in ("authority", "public")
        return Found(at, body.end if body else working.end, "public_agent" if is_public else "employee")
    return None


def _of_title(title: _Title, body: Found[_Body] | None) -> Speaker | None:
    """Who a title, perhaps of a body, makes one."""
    if title == "head" or title == "chair":
        if body is None:
            return "association" if title == "chair" else None
        return "authority" if body.value == "public" else body.value
    if title == "worker":
        return "public_agent" if body is not None and body.value in ("authority", "public") else "employee"
    if title == "association" and body is not None and body.value == "firm":
        return "firm"
    return title


def _is_own(sentence: Sentence, at: int, marks: Lexicon[bool] = _ONESELF) -> bool:
    """Whether « je suis » or the like stands before, with nothing that refuses in between."""
    for end in range(at, max(-1, at - _REACH), -1):
        if marks.ending_at(sentence, end) is not None:
            return True
        if end == 0 or sentence.words[end - 1] not in _BETWEEN:
            return False
    return False


def _opens(sentence: Sentence, title: Found[_Title]) -> bool:
    """« DRH d'une PME, je … », « Fonctionnaire, puis-je … »: the message begins with it."""
    if any(word not in _GREETING for word in sentence.words[: title.start]):
        return False
    after = sentence.word(title.end)
    if title.value == "volunteer":
        return after in ("depuis", "since")
    return after in _STARTS or not after


def _opens_for(sentence: Sentence, body: Found[_Body]) -> bool:
    """« Mairie de Figeac, nous … », « petite asso de quartier, on … »: the message begins with the body, then says we."""
    if any(word not in _GREETING and word not in _BETWEEN for word in sentence.words[: body.start]):
        return False
    words = sentence.words[body.end :]
    comma = next((at for at, word in enumerate(words) if word in (",", ":", "-", ".", "ici", "here")), None)
    return comma is not None and comma <= _REACH and not _PLURAL.isdisjoint(words[comma:])


def _body_after(sentence: Sentence, at: int) -> Found[_Body] | None:
    """The body that a title is of: « présidente d'une petite asso »."""
    while at < len(sentence):
        if (body := _BODIES.at(sentence, at)) is not None:
            return body
        if sentence.words[at] not in _OF and sentence.words[at] not in _BETWEEN:
            return None
        at += 1
    return None
