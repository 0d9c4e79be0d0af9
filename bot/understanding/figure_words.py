"""The words around a number that tell what it measures: a gift, a pay, a turnover, a ceiling, days, kilometres…"""

from __future__ import annotations

from typing import Final, Literal

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import word_set

__all__ = ["FOLLOWS_A_SUM", "GROSS", "KEYS", "NOT_A_SUM_AFTER", "PER", "REACH", "STAFF_BEFORE", "UNITS", "Key", "Unit"]

Key = Literal["gift", "pay", "turnover", "income", "tax", "saving", "ceiling", "credit", "name"]
Unit = Literal["days", "half_days", "weeks", "people", "km", "age", "time", "rate", "other"]

KEYS: Final[Lexicon[Key]] = Lexicon.of({
    "gift": """
        donne, donner, donnes, donnez, donnons, donnent, donnerai, donnerais, donnait, donnant, donnee, doner, done,
        doné, don, dons, donation, donations, verser, verse, versement, verses, versant, versons, versez, verserai,
        virement, virements, vire, virer, cheque, chq, cheques, file, filer, filé, filons, lache, lacher, laché, mis,
        mi, met, mets, mettre, mettais, envoie, envoyer, envoye, offre, offrir, offert, offrons, soutien, soutenir,
        soutiens, cotise, cotisation, cotiser, adhesion, adherer, adhere, legs, leguer, mecenat, sponsorise,
        sponsoring, sponsor, parraine, parrainage, contribue, contribution, contribuer, quete, obole, participe,
        participation, prelevement, preleve, collecte, cagnotte, aumone, tronc, dime, denier, zakat, donateur,
        donatrice, glisse, balance, lacherais, claque, depense, depenses, depenser, achete, achat, achats, acheter,
        frais, facture, factures, note, ticket, tickets, essence, carburant, gasoil, plein, peage, peages, billet,
        train, hotel, restaurant, avance, avancer, rembourse, remboursement, debourse, paye de ma poche, de ma poche,
        courses, fournitures, materiel pour, paye, payer, paie, regle, regler, carte sncf, timbres, location, une
        valeur de, d'une valeur de, valeur de, estime a, estimes a, stock de, abandon de, abandonner, abandonne,
        coute, coutait, montant de, montant, somme de, somme, enveloppe de, enveloppe, budget de, subvention, give,
        gives, gave, given, giving, donate, donated, donates, donating, gift, gifts, pledge, pledged, chipped in, chip
        in, chucked, sent, send, sending, check, transfer, transferred, contribute, contributed, sponsors, sponsored,
        sponsoring, subscription, membership, fee, fees, tithe, offering, put, set up, standing order, direct debit,
        bequest, contributing, spent, spend, bought, paid, pay, petrol, fuel, tickets, receipt for, worth, valued at,
        out of pocket, expense, expenses, donar, donado, doy, dar, dono, donare, doar, doei, spende, spenden,
        gespendet, dare, ho donato, ofrenda
        """,
    "pay": """
        salaire, salaires, brut, bruts, brute, net, nets, nette, paye brute, paye nette, paye de, paie de, ma paye, ma
        paie, sa paye, sa paie, la paye, fiche de paie, bulletin de paie, gagne, gagner, gagnes, gagnant, gagnent, je
        touche, touche, touches, remuneration, remunere, remuneree, remuneres, appointements, smic, tjm, taux horaire,
        taux journalier, de l'heure, par heure, {a|an|per|by the} hour, hourly, horaire, traitement, salarie paye,
        salariee payee, employe paye, paye a, paye au, payee, indemnite journaliere, cout salarial, cout journalier,
        coute a la boite, masse salariale, charge comprise, charges comprises, charge, salary, salaries, wage, wages,
        gross, i earn, earn, earns, earning, earnings, i make, makes, paid at, payroll, payslip, pay is, pay of, pay
        slip, take home, day rate, paycheck, my pay, their pay, his pay, her pay, pay being, on a pay, sueldo,
        salario, stipendio, gehalt
        """,
    "turnover": """
        ca, c a, chiffre d'affaires, chiffre d'affaire, chiffre affaires, chiffre affaire, chiffre, turnover, revenue,
        revenues, sales, annual sales, recettes, de ventes, facture par an, facturation annuelle, facturons,
        facturation, fatturato, umsatz, facturacion, ca annuel, ca ht, annual revenue, yearly revenue, ventes
        annuelles, de ventes annuelles, sales a year, sales of
        """,
    "income": """
        revenu imposable, revenus imposables, revenu net imposable, net imposable, revenu, revenus, imposable,
        imposables, foyer fiscal, rfr, revenu fiscal, revenu fiscal de reference, revenus du foyer, revenus annuels,
        revenu annuel, on declare, je declare, nous declarons, a declarer, revenus du menage, notre foyer, mon foyer,
        du foyer, taxable, taxable income, household income, income, household, we earn, between us, assiette,
        net fiscal, base imposable, on gagne, nous gagnons
        """,
    "tax": """
        d'impot, d'impots, d'impot sur le revenu, impot de, impots de, {mon|d'|un} ifi est de, mon ifi est, ifi est
        de, ifi de, ifi s'eleve a, mon impot, mes impots, mon impot est, impot, impots, impot sur le revenu, au fisc,
        aux impots, imposition, imposition de, tax, taxes, in tax, of tax, tax bill, tax bill of, income tax, au
        tresor public, a bercy, d'ir, d'is
        """,
    "saving": """
        sortir, enlever, retirer, oter, economiser, economise, economie de, recuperer, recupere, recup, recuperais,
        rabioter, gratter, defiscaliser, reduire, reduction de, reduction d'impot de, credit d'impot de, baisse de,
        baisser, down to, descendre a, tomber a, gagner sur mes impots, deduction de, deduire jusqu'a, payer moins, de moins, faire sauter, sauver,
        alleger, save, saving, savings of, savings, get back, getting back, claim back, refund of, knock off, knock,
        tax break of, reduce, cut, lower, rabais de, ristourne de, effacer, gommer, d'economie, d'economies, de
        reduction, de reduction d'impot, off my tax, off my taxes, off, back
        """,
    "ceiling": """
        plafond, plafond de, plafonds, plafonne, plafonne a, plafonnes a, limite, limite de, limites, maximum de,
        maximum, max, maxi, seuil, seuil de, jusqu'a, jusqu a, jusque, au dela, au dela de, au dela des, au dessus de,
        au dessus, depasse, depasser, depassement, plus de, pas plus de, premiers, les premiers, moins de, minimum,
        minimum de, minima, franchise, tranche, tranche de, tranche a, ceiling, ceiling of, cap, cap of, capped at, up
        to, limit, limit of, threshold, over, above, beyond, more than, under, at least, less than, below, first, the
        first, top, exceeds, exceed, bareme, forfait de, versus
        """,
    "credit": """
        benefice, benefices, resultat, profit, profits, capital, tresorerie, deficit, cpf, cec, dif, compte formation,
        compte personnel de formation, credite, credites, creditee, creditees, credit formation, droit formation,
        droits formation, training account, training credit, training credits, credited, compte d'engagement citoyen,
        crypto, loto, lottery, prime de noel, rsa, caf, apl, aah, allocation, allocations, chomage, pension, heritage,
        herite, herite de, retraite de, are, benefits, loyer, rent, don manuel, dons manuels, donation de mes parents
        """,
    # What comes after is a name or a reference.
    "name": """
        article, articles, art, formulaire, formulaires, imprime, imprimes, case, cases, ligne, lignes, cerfa, annexe,
        alinea, loi, loi de, numero, numeros, n°, no, num, tel, telephone, appeler, appelle, objectif, objectifs, odd,
        sdg, goal, goals, form, box, boxes, section, line, number, phone, call, rue, avenue, boulevard, chapitre,
        niveau, categorie, cat, classe, version, v, siret, siren, rna, rib, iban, code, code postal, cp, postal, zip,
        postcode, departement, dept, arrondissement, zone, groupe, promo, saison, episode, bus, metro, tram, quinzaine
        du, top, page, pages, agenda, rci, option, etape, question, choix, reponse, bac, licence, master, echelon,
        coefficient, indice, w, fr, act, regulation, decret, directive, 238, iso, covid, l, tva, chez les moins de, u
        """,
})  # fmt: skip

# How far a key reaches: words before a number, words after it.
REACH: Final[dict[Key, tuple[int, int]]] = {
    "gift": (9, 7),
    "pay": (6, 3),
    "turnover": (6, 3),
    "income": (6, 3),
    "tax": (3, 2),
    "saving": (3, 3),
    "ceiling": (2, 1),
    "credit": (5, 5),
    "name": (1, 0),
}

UNITS: Final[Lexicon[Unit]] = Lexicon.of({
    "days": """
        jour, jours, j, jrs, journee, journees, rtt, rtts, jours de {rtt|conge|conges|repos|recup}, jour de
        {rtt|conge|conges|repos|recup}, day, days, days off, days of leave, conge, conges, conges payes, cp, repos,
        recup, ca payes, dia, dias, giorni, giorno, tag, tage, rest days, leave days, day's leave, jours pleins,
        journees de travail, jornadas, holidays, jours de vacances, jours sup
        """,
    "half_days": """
        demi journee, demi journees, demi jour, demi jours, half day, half days, 1/2 journee, 1/2 journees, demie
        journee, demies journees
        """,
    "weeks": "semaine, semaines, sem, week, weeks",
    "people": """
        salarie, salaries, salariee, salariees, employe, employes, employee, employees, personne, personnes,
        collaborateur, collaborateurs, collab, collabs, etp, staff, people, worker, workers, ouvrier, ouvriers, gars,
        tetes, agent, agents, cadre, cadres, technicien, techniciens, equipiers, equipier, fte, team members, heads,
        persons, on payroll, bonhommes, vendeuses, vendeurs, vendeuse, artisans, compagnons, coiffeuses, serveurs,
        apprentis, mecanos, developpeurs, dev, devs, consultants, ingenieurs, en cdi, temps pleins
        """,
    "km": "km, kms, kilometre, kilometres, kilometer, kilometers, borne, bornes, mile, miles, kil, klm, kilom",
    "age": """
        an, ans, annee, annees, piges, balais, berges, printemps, years old, year old, years, year, yo, y o, yrs, yr,
        anos, anni, jahre, ans et demi
        """,
    "time": """
        h, heure, heures, hour, hours, hr, hrs, mn, minute, minutes, mois, month, months, seconde, secondes,
        trimestre, trimestres, am, pm, siecle, nuits, nights
        """,
    "rate": """
        point, points, / 10, sur 10, pour cent, pourcent, degre, degres, fois, times, par km, / km, par kilometre
        """,
    "other": """
        repas, plats, colis, bouquets, ordinateurs, pc, ordis, kilos, kg, tonnes, m2, metres, cartons, sacs, livres
        d'occasion, enfants, enfant, eleves, membres, benevoles, adherents, fois, trajets, voitures, velos, chats,
        chiens, villages, communes, places, lits, heures sup, meals, kids, children, members, volunteers, dogs, cats,
        trips, boites, entreprises, associations, assos, commerces, shops, firms, companies, missions, avenue, rue,
        bis, ter, etage, eme, ieme, dossiers, copies, pages, ans d'age, mots, words, questions, arbres, trees, matchs,
        match, personnes agees, personnes seules, filles, garcons, fils, soeurs, freres, sons, daughters, bras,
        jambes, mains, hands, legs, choses, trucs, things, points, demandes, litres, l, sdf, familles, families,
        couples, amis, copains, friends, potes, roues, pattes, coups
        """,
})  # fmt: skip

PER: Final[Lexicon[str]] = Lexicon.of({
    "monthly": """
        par mois, par moi, tout les mois, / mois, {chaque|tous les|le|au|du} mois, mensuel, mensuelle, mensuels, mensuellement, mensualite,
        mensualites, {a|per|each|every|by the|/} month, monthly, pm, / month, p/m, par mois net, al mes, mensuales, al
        mese, im monat, por mes, ts les mois, prelevement mensuel, don mensuel, mensualise, mensualiser, / m, de chaque mois
        """,
    "annual": """
        par an, / an, l'an, a l'annee, annuel, annuelle, annuels, annuellement, {chaque|tous les|cette}
        {annee|ans|an}, par annee, {a|per|each|every|/} year, yearly, annually, annual, / annee, p a, pa, per annum,
        al ano, im jahr, / an brut, annuels bruts, brut annuel
        """,
    "daily": """
        par jour, / jour, la journee, journalier, journaliere, {a|per|each|/|by the} day, daily, tjm, / j, le jour,
        par journee, day rate, quotidien
        """,
    "hourly": """
        de l'heure, par heure, / h, / heure, l'heure, horaire, {an|a|per|/|by the} hour, hourly, h brut, / hr, / hour,
        ph, taux horaire
        """,
    "once": """
        une fois, une seule fois, un seul {don|versement|virement|cheque}, une bonne fois, en une fois, unique, ponctuel, ponctuelle, ponctuellement,
        exceptionnel, exceptionnelle, exceptionnellement, d'un coup, one off, one-off, one time, single, just once,
        only once, just the once, en une seule fois, une fois pour toutes, once only, as a one off, as a one-off, once
        """,
    "weekly": """
        par semaine, / semaine, chaque semaine, toutes les semaines, hebdomadaire, {a|per|each|every|/} week, weekly
        """,
    "quarterly": """
        par trimestre, / trimestre, trimestriel, trimestrielle, tous les trois mois, quarterly, {a|per} quarter
        """,
})  # fmt: skip

GROSS: Final[Lexicon[str]] = Lexicon.of({
    "gross": "brut, bruts, brute, gross, brt, before tax, bruto, lordo, lordi, brutto",
    "net": "net, nets, nette, after tax, take home, neto, netto, net imposable, in hand, apres impot",
})  # fmt: skip

# What comes right before the number of people of a firm.
STAFF_BEFORE: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        on est, nous sommes, equipe de, boite de, entreprise de, pme de, tpe de, societe de, effectif, effectif de,
        effectif total, garage de, atelier de, cabinet de, agence de, startup de, start up de, restaurant de, on est
        environ, magasin de, we are, we're, team of, company of, firm of, staff of, headcount, business of, workforce
        of, a equipe de, employs, employ, emploie, employons, on emploie, j'emploie, on est que, on est a peine
        """,
})  # fmt: skip

# What may come right after a sum that has no euro sign: little words, never a noun.
FOLLOWS_A_SUM: Final = word_set(
    """
    a au aux o pour par en chez sur de d via et ou ca c ce cela j je on il elle tu nous vous qui que qu quel quelle
    combien comment chaque tous toutes tout toute l la le les mon ma mes cette cet dans avec mais donc car si est
    etait sera fait font y ai as avons avez ont moi lui eux toi chacun chacune merci svp stp environ maxi mini
    seulement max deductible deductibles reduction direct dessus cash liquide cheque virement hier aujourd demain
    lundi mardi mercredi jeudi vendredi samedi dimanche hors net nets bruts brut brute mensuel mensuels unique annuel
    given donated offered donnes donnees verses versees offerts to for from in by via and or is are was were will would that what how do does i we he she they my our his her me
    us them per each every monthly yearly weekly once at on into with of last this next yesterday today so but if
    please thanks a an the gross annually tax back deductible alors euh voila ok genre allez finalement plutot disons
    quoi actuellement then okay yes oui non no y e o para por al a los las el di per il lo gli ao aos fur an am im pro
    spa wwf msf lpo snsm unicef apf quels quelles pr ke ki pdt dernier
    """
)
NOT_A_SUM_AFTER: Final = frozenset({"%", "°", "h", ":", "ème"})
