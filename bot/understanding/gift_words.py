"""The words around a gift: what it is for, how many there are, what is given for it, whether it is a gift at all."""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import word_set

__all__ = [
    "ADDS",
    "COUNTED",
    "COUPLE",
    "EACH",
    "HALF",
    "JOINT",
    "NATURES",
    "NOTHING_BACK",
    "NO_TAX",
    "PURPOSES",
    "RETURNED",
    "SAME",
    "SHARED_OUT",
    "WITHOUT",
    "Nature",
    "Purpose",
]

Purpose = Literal[
    "notre_dame", "mayotte", "chambord", "patrimoine_religieux", "cultuel", "political", "domestic_violence"
]
"""A purpose that the law has had rules of its own for, under the names of `data/law/donations.toml`."""

PURPOSES: Final[Lexicon[Purpose]] = Lexicon.of({
    "notre_dame": """
        notre dame de paris, cathedrale notre dame, cathedrale de paris,
        {reconstruction|restauration|reconstruire|restaurer|incendie|chantier|toit} de notre dame, reconstruire notre
        dame, restaurer notre dame, pour notre dame, a notre dame, rebuild notre dame, rebuilding notre dame, notre dame
        cathedral, {to|for} notre dame
        """,
    "mayotte": """
        chido, {pour|a destination de|en faveur de} mayotte, victimes {de|a} mayotte, sinistres {de|a} mayotte,
        cyclone {a|de} mayotte, mahorais, for mayotte, victims in mayotte, mayotte {cyclone|victims|appeal}
        """,
    "chambord": "chambord",
    "patrimoine_religieux": """
        patrimoine religieux, {clocher|toit|toiture|vitraux|restauration|renovation|reparation|travaux|cloche|cloches}
        {de|d'} {l'|notre |la |une |un |}{eglise|chapelle|abbaye|clocher}, {restaurer|renover|reparer|sauver}
        {l'|notre |la |une |}{eglise|chapelle|abbaye}, {eglise|chapelle} du village, {eglise|chapelle} de {la|ma|notre}
        {commune|village}, religious heritage, village church, {roof|bells|tower|restoration} of the church
        """,
    "cultuel": """
        denier, denier du culte, denier de l'eglise, quete, paroisse, diocese, mosquee, synagogue, association
        cultuelle, culte, eveche, a l'eglise, eglise protestante, eglise evangelique, temple protestant, pasteur, imam,
        pagode, parish, mosque, church offering, my church, our church, the church, tithe, dime
        """,
    "political": """
        parti politique, partis politiques, mon parti, parti socialiste, parti communiste, la france insoumise, les
        republicains, rassemblement national, les ecologistes, political party, my party, mouvement politique
        """,
    "domestic_violence": """
        violences conjugales, violence conjugale, femmes battues, femmes victimes de {violences|violence}, victimes de
        {violences|violence} conjugales, domestic {violence|abuse}, battered women
        """,
})  # fmt: skip

Nature = Literal[
    "licence", "school", "raffle", "ticket", "meal", "purchase", "share", "person", "pot", "reward", "tip", "union", "trip",
    "counterpart", "advert", "mistake",
]  # fmt: skip
"""What is paid for when it is no gift, or not wholly one."""

NATURES: Final[Lexicon[Nature]] = Lexicon.of({
    "licence": """
        licence, licences, licence de {foot|judo|rugby|tennis|danse|basket|hand|gym}, licence sportive, inscription au
        club, cotisation du club, cotis du club, cotisation au club, club membership, sports licence, club fee, club
        fees, abonnement a la salle, cours de {danse|musique|judo|yoga|theatre|tennis|gym|piano|guitare|natation},
        adhesion a la salle, lessons, dance class
        """,
    "school": """
        frais de scolarite, scolarite, ecolage, cantine, cooperative scolaire, cooperative de l'ecole, coop de l'ecole,
        coop scolaire, cooperative de la classe, frais d'inscription, sortie scolaire, voyage scolaire, classe verte,
        classe decouverte, creche, centre de loisirs, school fee, school fees, tuition, tuition fees, school trip,
        school lunches
        """,
    "raffle": """
        tombola, loto, lotos, loterie, billet de tombola, ticket de tombola, tickets de tombola, billets de tombola,
        carton de loto, raffle, raffle ticket, raffle tickets, lottery, bingo
        """,
    "ticket": """
        billet de concert, place de concert, places de concert, place de theatre, places de theatre, place de cinema,
        entree au musee, billet d'entree, billet de spectacle, places pour {le|un} {concert|spectacle|match},
        {billet|billets|place|places|ticket|tickets} {pour|de} {un|une|le|la|} {concert|spectacle|match|exposition|piece},
        {ticket|tickets|seat|seats} {to|for} {a|the} {charity|benefit|} {concert|show|match|game|play|event|exhibition},
        inscription a {la|une} course, dossard, dossards, concert ticket, concert tickets, entry fee, entrance fee, race
        entry, bib, theatre tickets, seat at the show
        """,
    "meal": """
        diner, diner de gala, diner de charite, gala, repas de soutien, repas caritatif, repas associatif, soiree
        caritative, soiree de gala, banquet, brunch, gala dinner, charity dinner, fundraising dinner, dinner, charity
        gala, supper
        """,
    "purchase": """
        j'ai achete, on a achete, nous avons achete, j'achete, acheter {un|une|des|le|la|les|du}, achat {de|d'}, achete
        {un|une|des|le|la|les|du}, calendrier, calendriers, tee shirt, t shirt, mug, tote bag, carte de voeux, cartes de
        voeux, chocolats, gateaux, bougies, sapin, vente aux encheres, enchere, boutique solidaire, friperie, vide
        grenier, brocante, i bought, we bought, bought a, bought some, bought the, buying a, purchase, calendar,
        christmas cards, auction, charity shop, merch
        """,
    "share": """
        part sociale, parts sociales, actions solidaires, action de l'entreprise, parts de cooperative, parts dans,
        investir dans, investissement, placement solidaire, titres participatifs, shares in, buy shares, invest in,
        investment, cooperative shares
        """,
    "person": """
        {a|pour|chez} {un|mon|ma|une|ce|cette} {voisin|voisine|ami|amie|sdf|mendiant|clochard|pote|collegue|proche}, un sdf
        dans la rue, a {un|mon|ma} {cousin|cousine|frere|soeur|neveu|niece}, a {mon|ma} {fils|fille|mere|pere}, a un
        particulier, a une famille, a {mes|ses} parents, {to|for} {a|my|our} {neighbour|neighbor|friend|homeless
        man|beggar|cousin|brother|sister|colleague}, {to|for} a {family|homeless person}
        """,
    "pot": """
        leetchi, gofundme, cagnotte, cagnottes, pot commun, lydia pot, enveloppe de depart, cadeau de depart,
        crowdfunding for, cagnotte en ligne, whip round, collection for a colleague
        """,
    "reward": """
        ulule, kisskissbankbank, kickstarter, financement participatif, precommande, campagne participative,
        crowdfunding, preorder
        """,
    "tip": """
        pourboire, contribution a la plateforme, contribution helloasso, contribution {volontaire|} pour la plateforme,
        contribution de {3|2|1|4|5} pour la plateforme, frais de plateforme, platform tip, tip to the platform, helloasso
        tip
        """,
    "union": """
        syndicat, syndicats, cotisation syndicale, cotisations syndicales, cfdt, cgt, unsa, cftc, snes, cfe cgc, caisse
        de greve, trade union, union dues, union fees, strike fund
        """,
    "trip": """
        {mission|voyage|sejour|stage|chantier} {humanitaire|solidaire}, {sejour|voyage|vacances} de {benevolat|volontariat},
        volontourisme, conges solidaires, chantier {au|en|a l'etranger}, volunteer trip, volunteering trip,
        volunteering abroad, volontariat a l'etranger, voluntourism
        """,
    "mistake": """
        {trompe|trompee|gourre|plante|goure} {de|sur le} montant, un zero de trop, zero en trop, par erreur, erreur de montant, erreur de
        saisie, tape {un|trop|le mauvais}, {debite|preleve|debitee|prelevee} {deux|2} fois, paye {deux|2} fois, don en double, wrong
        amount, by mistake, one zero too many, extra zero, charged twice, paid twice
        """,
    "advert": """
        logo, maillot, maillots, banderole, banderoles, panneau publicitaire, publicite, pub, encart, encart publicitaire,
        sponsor, sponsors, sponsoring, sponsoriser, sponsorisons, parrainage, visibilite, naming, notre nom sur, mon nom
        sur, kakemono, advertising, advert, ad in the, sponsorship, shirts, jerseys, banner, visibility, name on the
        """,
    "counterpart": """
        adhesion, adhesions, adherer, j'ai adhere, j'adhere, adherent, adherente, cotisation, cotisations, carte de membre, membership, membership fee, member fee,
        abonnement, subscription, panier, parrainage d'un arbre
        """,
})  # fmt: skip

RETURNED: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        en echange, en contrepartie, contrepartie de, en retour, en remerciement, je recois, on recoit, nous recevons,
        j'ai recu, j'ai eu, on m'offre, ils m'offrent, m'offre, m'offrent, avec en cadeau, cadeau de, contre {un|une|des},
        qui vaut, d'une valeur de, valant, in return, in exchange, i get, we get, i receive, they give me, they send me,
        worth, valued at
        """,
})  # fmt: skip
NOTHING_BACK: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        sans rien en {echange|retour|contrepartie}, rien en {echange|retour|contrepartie}, {sans|aucune|pas de}
        contrepartie, sans contreparties, sans rien {attendre|recevoir}, sans rien demander, nothing in
        {return|exchange}, without anything in {return|exchange}, no counterpart, un vrai don, pur don, don pur, simple
        don, a real gift, a pure gift
        """,
})  # fmt: skip

NO_TAX: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {non|pas|jamais|plus} {imposable|imposables|impose|imposes}, {paie|paye|payons|payent|paient|paies|payes} {pas|plus|aucun|zero|0|rien
        en} {d'|de l'|d|l'|} {impot|impots}, {paie|paye|payons|paient} {pas|plus} d'impot sur le revenu, {paie|paye|payons|paies} aucun
        impot, {jpaye|jpaie|jpay} {pas|plus} {d'|d|dimpots|dimpot} {impot|impots|}, pas {dimpot|dimpots}, pay pas
        d'impot, ai {pas|plus} d'impot, avons {pas|plus} d'impot, zero impot, 0 impot, exonere d'impot, exoneres
        d'impot, impot a zero, impot est a zero, impot est nul, impot nul, sans impot a payer, au rsa, {don't|dont|do not|doesn't|didn't|not|never|no longer}
        {pay|owe|paying} {any|} {french|} {income|} {tax|taxes}, {pay|pays|paying|owe|owes} {no|zero} {french|} {income|} {tax|taxes}, not taxable, not liable
        {for|to} {income|} tax, no income tax {to pay|}, have no {income|} tax, no tax to pay, below the tax threshold,
        non taxable, tax is zero
        """,
})  # fmt: skip
JOINT: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {declarons|declare|declarer|deposons|faisons} {ensemble|en commun}, {declaration|imposition} commune, meme
        {foyer|declaration}, {sommes|est|} {maries|pacses|mariees|pacsees}, file jointly, file together, joint
        {return|declaration}, same household, we are married, we're married, married couple
        """,
    False: """
        pas {maries|pacses}, {concubinage|concubins|concubin}, union libre, chacun sa declaration, declare
        {separement|seul de son cote}, declarons separement, sa propre declaration, de son cote, not married, separate
        {returns|return|households}, separately, on {her|his|their} own return
        """,
})  # fmt: skip

ADDS: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        aussi, en plus, egalement, en outre, par dessus, ainsi que, en supplement, de plus, et j'ajoute, j'ajoute, j'ai
        ajoute, ajoute, ajoutez, rajoute, rajoutez, j'ai aussi, also, too, as well, on top, in addition, add
        """,
})  # fmt: skip
SAME: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        pareil, le meme don, la meme somme, le meme montant, la meme chose, autant, idem, meme don, meme somme, meme
        montant, the same, same amount, same gift, as much, likewise
        """,
})  # fmt: skip
WITHOUT: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {sans|sauf|hors|enleve|enlevez|retire|retirez|oublie|supprime} {les|le|la|l'|celui a la|le don a la|le don aux|}, sans
        compter {les|le|la|l'|}, {without|except|remove|drop|minus|forget|not counting} {the|}
        """,
})  # fmt: skip
COUPLE: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {ma|mon} {femme|mari|epouse|epoux|conjoint|conjointe|compagne|compagnon|copine|copain} et moi, moi et {ma|mon}
        {femme|mari|epouse|epoux|conjoint|conjointe|compagne|compagnon}, {tous|toutes} {les|} deux, nous deux, a deux, en couple, my
        {wife|husband|partner|spouse} and {i|me}, both of us, we both, the two of us
        """,
})  # fmt: skip
SHARED_OUT: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        moitie moitie, 50/50, fifty fifty, a parts egales, a partager entre, partages entre, partage entre, repartis
        entre, a repartir entre, split between, shared between, divided between, split equally
        """,
})  # fmt: skip

COUNTED: Final = word_set(
    """
    don dons cheque cheques virement virements versement versements fois gift gifts donation donations payment payments
    transfer transfers ticket tickets billet billets place places prelevement prelevements instalment instalments
    """
)
EACH: Final = word_set("chacun chacune each apiece")
HALF: Final = word_set("moitie half")
