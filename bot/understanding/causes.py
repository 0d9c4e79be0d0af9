"""The causes a person wants to serve, or refuses: beneficiaries, activities and settings, in everyday words.

A person's own job, illness or status is no cause: « je suis infirmière » says nothing of what they would help with.
"""

from __future__ import annotations

from typing import Final

from bot.understanding.availability import moments_in
from bot.understanding.lexicon import Lexicon
from bot.understanding.organisations import organisations_in
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence, word_set

__all__ = ["CAUSES", "causes_in", "read_causes"]

CAUSES: Final = (
    "solidarity", "health", "education", "environment", "animals", "sport", "culture", "elderly", "disability",
    "emergency", "refugees", "digital", "human_rights", "international",
)  # fmt: skip

_WORDS: Final[Lexicon[tuple[str, ...]]] = Lexicon.of({
    ("solidarity",): """
        sdf, sans abri, sans abris, sans domicile, sans domicile fixe, sans toit, a la rue, {vivent|vivre|dormir|gens}
        dans la rue, gens de la rue, dorment dehors, dort dehors, {dorm|dor|dorme|dormen|dormes} {dehor|dehors}, rue
        la nuit, pauvre, pauvres, pauvrete, precarite, precaire, precaires, demunis, demuni, plus demunis, misere,
        exclusion, exclus, defavorise, defavorises, defavorisee, defavorisees, necessiteux, indigents, personnes en
        difficulte, gens en difficulte, familles en difficulte, en galere, gens dans le besoin, personnes dans le
        besoin, dans le besoin, ceux qui ont faim, la faim, faim en france, maraude, maraudes, marode, marodes, soupe
        populaire, soupe, soupes, {servir|distribuer|preparer|cuisiner|donner|livrer} {des|les|de la|de|}
        {repas|soupe|plats|nourriture|bouffe}, distribution de repas, distribution alimentaire, distributions
        alimentaires, distrib alimentaire, distrib de repas, distributions de repas, aide alimentaire, alimentaire,
        collecte alimentaire, collectes alimentaires, banque alimentaire, colis, colis alimentaire, colis
        alimentaires, denrees, ravitaillement, epicerie solidaire, epicerie sociale, epiceries solidaires, vestiaire
        solidaire, friperie solidaire, friperie, vetements, vestiaire, ressourcerie sociale, cantine solidaire,
        bagagerie, douche solidaire, accueil de jour, hebergement d'urgence, centre d'hebergement, foyer
        d'hebergement, mal loges, mal logement, sans logement, solidarite, action sociale, aide sociale, insertion,
        chomeurs, chomage longue duree, recherche d'emploi, retour a l'emploi, surendettement, surendettes, precarite
        energetique, precarite menstruelle, femmes isolees, meres isolees, mamans solos, familles monoparentales,
        femmes battues, violences conjugales, detenus, prison, prisonniers, quartiers populaires, quartiers
        prioritaires, gens a la rue, mendiants, clochards, bidonville, bidonvilles, grande exclusion, plus fragiles,
        personnes fragiles, gens fragiles, lutte contre la pauvrete, etudiants precaires, glanage, invendus, homeless,
        homelessness, sort clothes, sorting clothes, {hand|handing|give|giving} out {food|meals}, tri de vetements,
        rough sleepers, rough sleeper, sleeping rough, people on the street, street people, poor, poverty, the poor,
        in need, people in need, deprived, disadvantaged, underprivileged, soup, soup kitchen, soup run, food bank,
        foodbank, food banks, food parcel, food parcels, food distribution, serve meals, serving meals, hot meals,
        meals for, night shelter, homeless shelter, hunger, hungry, clothing drive, clothes for, charity shop, thrift
        shop, fuel poverty, debt advice, housing, social work, solidarity, outreach, job seekers, unemployed people,
        ex offenders, prisoners, pobres, poveri, senzatetto, sin techo, obdachlose, struggling families, low income,
        {le|du|dans le} social, {bosser|aider|engager} dans le social, lien social, {homeless|night|day} shelter,
        shelter for {women|families|the homeless}, {dort|dorment|dormant|dormir} dehors, ceux qui dorment dehors,
        acces au logement, logement des plus demunis, epicerie solidaire, cafe solidaire, cuisine solidaire,
        restaurant solidaire, garage solidaire, boutique solidaire
        """,
    ("health",): """
        sante, hopital, hopitaux, hosto, clinique, malades, patients, patient, maladie, maladies, maladies rares,
        maladie rare, cancer, cancers, cancereux, leucemie, diabete, sida, vih, hiv, mucoviscidose, sclerose,
        alzheimer, parkinson, autisme recherche, recherche medicale, recherche contre, medical, medicale, medicaux,
        soins, soins palliatifs, fin de vie, don du sang, don de sang, donneur, sang, enfants hospitalises, enfants
        malades, gosses malades, clown hopital, clowns a l'hopital, visiteur hopital, visite aux malades, sante
        mentale, psychiatrie, depression, addictions, addiction, toxicomanes, drogues, alcoolisme, prevention sante,
        depistage, ehpad sante, accompagnement des malades, octobre rose, telethon, ecoute sante, suicide prevention,
        greffe, handicaps lourds sante, endometriose, chimio, pediatrie, oncologie, health, healthcare, hospital,
        hospitals, hospice, sick, sick kids, sick children, ill people, ill children, disease, diseases, rare disease,
        rare diseases, medical research, blood drive, blood donation, aids, diabetes, palliative, end of life care,
        mental health, dementia, cancer research, ward, wards, children's ward, salud, salute, gesundheit, saude,
        krebs, seriously ill, aide psychologique, soutien psychologique
        """,
    ("education",): """
        education, ecole, ecoles, ecoliers, soutien scolaire, aide aux devoirs, devoirs, devoir, lecons, lecon,
        scolaire, scolaires, scolarite, accompagnement scolaire, parcoursup, {aider|accompagner|soutenir}
        {des|les|un|une} {lyceens|collegiens|etudiants|lyceen|collegien|ecolier}, decrochage, decrocheurs, eleve, eleves, collegiens,
        lyceens en difficulte, college, apprendre a lire, lire des histoires, lecture aux enfants, lecture,
        alphabetisation, alpha, illettrisme, analphabetes, cours particuliers, cours de
        {maths|math|francais|soutien|physique|anglais}, maths, tutorat, tuteur, mentorat, mentor, mentore, parrainage
        de jeunes, parrainage scolaire, orientation des jeunes, jeunesse, jeunes en difficulte, enfants defavorises,
        colo, colonie, centre aere, periscolaire, creche, orphelins, orphelinat, scoutisme, scouts, revisions,
        reviser, pedagogique, pedagogie, enseigner, enseignement, faire classe, ateliers enfants, donner des cours,
        donner cours, jeunes des quartiers, protection de l'enfance, enfance, formation des jeunes, insertion des
        jeunes, school, schools, homework, tutoring, tutor, tutors, teach, teaching, literacy, reading to kids,
        reading with, help kids read, read stories, {help|helping} {children|kids|pupils|them}
        {read|learn|to read|with reading|with maths}, pupils, pupil, mentoring, mentors, youth, orphans, after school,
        math, lessons, school kids, classroom, educacion, istruzione, educacao, bildung, enfants defavorises, jeunes
        en difficulte, jeunes defavorises, jeunes de quartier, jeunes de banlieue, accompagner des jeunes, accompagner
        des enfants, aider des enfants a l ecole, disadvantaged kids, disadvantaged children, deprived kids,
        underprivileged kids, kids with reading, kids learn, help kids learn, kids read, jeunes en decrochage, aide a
        la lecture, apprendre le francais aux enfants
        """,
    ("environment",): """
        environnement, environement, environnemental, environnementale, nature, ecologie, ecolo, ecologique,
        ecologiques, ecologiste, climat, climatique, rechauffement, planete, biodiversite, foret, forets, arbre,
        arbres, planter, plantation, plantations, reboisement, haie, haies, dechet, dechets, ordures, poubelles,
        ramassage, ramasser {des|les} {dechets|ordures|poubelles|papiers|megots}, megots, nettoyage de
        {plage|plages|riviere|rivieres|foret|berges}, nettoyer {les|la|le|des|une|un}
        {plages|plage|rives|bords|berges|riviere|rivieres|foret|calanques|nature|quartier|parc|lac|canal}, nettoyage,
        riviere, rivieres, berges, bords de, littoral, ocean, oceans, mer propre, plastique, pollution, zero dechet,
        recyclage, recyclerie, ressourcerie, recycler, compost, composteur, compostage, jardin partage, jardins
        partages, jardin, jardins, jardinage, jardiner, potager, potagers, permaculture, transition ecologique,
        transition energetique, energie renouvelable, developpement durable, zones humides, randonnee entretien,
        abeilles environnement, agriculture bio, paysans, maraichage, velo ecolo, repair cafe, cleanwalk, clean walk,
        espaces verts, espaces naturels, protection de la nature, ecosystemes, environment, environmental, ecology,
        climate, climate change, planet, biodiversity, forest, forests, woodland, tree, trees, tree planting, plant
        trees, planting trees, litter, litter picking, litter pick, rubbish, trash, waste, cleanup, clean up,
        clean-up, cleaning beaches, beach, beaches, river, rivers, riverbank, canal, recycling, community garden,
        garden, gardens, gardening, allotment, sustainability, conservation, hiking trails, trail maintenance, medio
        ambiente, ambiente, umwelt, meio ambiente, nettoyer {les|des|la|une} {plage|plages|chemins|sentiers},
        entretien des {chemins|sentiers}, baliser {les|des} {sentiers|chemins}, protection de l eau, qualite de l eau,
        beach clean, beach cleaning, ramasser les {dechets|ordures|plastiques}
        """,
    ("animals",): """
        animal, animaux, animale, animales, animo, animos, bete, betes, bebete, bebetes, chien, chiens, chienne, chiot, chiots,
        toutou, toutous, clebs, chat, chats, chaton, chatons, matou, matous, minou, minous, felins, canin, canins,
        cheval, chevaux, equides, ane, anes, poney, poneys, lapin, lapins, nac, oiseau, oiseaux, piafs, herisson,
        herissons, tortues, abeilles, faune, faune sauvage, refuge animalier, refuge pour animaux, refuge, refuges,
        chenil, chenils, chatterie, fourriere, spa, promener les chiens, cause animale, protection animale, bien etre
        animal, maltraitance animale, condition animale, faune en detresse, centre de soins faune, adoption chiens,
        veterinaire, veto, vegan, ornithologie, batraciens, amphibiens, loups, baleines, dauphins, abattoirs, elevage
        intensif, animal, animals, dog, dogs, dog walking, dog shelter, puppy, puppies, cat, cats, kitten, kittens,
        kitty, horse, horses, pony, ponies, donkey, donkeys, wildlife, bird, birds, hedgehog, animal rescue, animal
        shelter, pets, pet, stray, strays, kennel, kennels, creatures, four legged friends, hens, fauna, perros,
        gatos, animales, animali, cani, gatti, tiere, hunde, katzen, animais
        """,
    ("sport",): """
        sport, sports, sportif, sportive, sportifs, sportives, foot, football, rugby, basket, basketball, handball,
        judo, tennis, ping pong, natation, athletisme, cyclisme, course a pied, marathon, semi marathon, kayak,
        aviron, gym, gymnastique, boxe, escrime, petanque, volley, badminton, hockey, karate, escalade, equitation
        club, tournoi, tournois, match, matchs, competition, competitions, championnat, arbitre tournoi,
        ravitaillement course, club de foot, club de sport, club sportif, entrainer, coacher, arbitrer, evenement
        sportif, evenements sportifs, buvette du club, jeux olympiques, paralympiques, stade, signaleur, signaleurs,
        triathlon, soccer, coach, coaching, athletics, running event, tournament, tournaments, swimming, cycling, runner, runners,
        sailing, sports club, parkrun, deporte, esporte, futbol, calcio, {club|ecole} de
        {voile|hand|ski|natation|danse sportive|trail}, running race, races in, {charity|fun} {run|walk}, 10k run,
        sponsored {run|walk|swim}
        """,
    ("culture",): """
        culture, culturel, culturelle, culturels, culturelles, musee, musees, museum, theatre, theatres, cinema,
        cinemas, cine, cine club, film, films, concert, concerts, festival, festivals, musique, musical, musicale,
        chorale, orchestre, fanfare, opera, danse, ballet, cirque, art, arts, artistes, artiste, artistique, expo,
        expos, exposition, expositions, galerie, peinture, sculpture, patrimoine, chateau, chateaux, monument,
        monuments, vieilles pierres, chapelle, eglise restauration, restauration du patrimoine, chantier de
        restauration, ruines, archeologie, fouilles, histoire locale, devoir de memoire, lieux de memoire, archives,
        bibliotheque, bibliotheques, mediatheque, mediatheques, livre, livres, lecture publique, salon du livre,
        litterature, poesie, radio associative, mjc, ludotheque, jeux de societe, spectacle, spectacles, salle de
        concert, conte, contes, cultural, museums, theater, movies, music, choir, orchestra, gig, gigs at a festival,
        artists, art gallery, gallery, exhibition, exhibitions, heritage, castle, castles, old stones, library,
        libraries, books, book fair, dance, storytelling, archaeology, cultura, kultur, musica, musik
        """,
    ("elderly",): """
        personnes agees, personne agee, personnes agées, gens ages, vieux, vieilles, vieilles dames, vieille dame,
        petits vieux, petites vieilles, vieillards, nos anciens, seniors, senior, retraites isoles, papis, papi,
        mamies, mamie, papys, papy, mamy, grands parents, grand mere, ehpad, ehpads, maison de retraite, maisons de
        retraite, residence senior, residence autonomie, personnes isolees, personne isolee, isolement, isoles,
        isolees, solitude, gens seuls, personnes seules, voisins ages, visites a domicile, visites de convivialite,
        {troisieme|3eme|3e|quatrieme} age, grand age, bien vieillir, dependance, perte d'autonomie, portage de repas,
        intergenerationnel, centenaires, elderly, old {lady|ladies|man|men|neighbours|neighbors|folk}, older people,
        old people, old folks, older folks, senior citizens, the aged, pensioners, retirement home, retirement homes,
        care home, care homes, nursing home, nursing homes, old age home, grannies, granny, grandparents, grandmas,
        lonely people, lonely, isolated people, befriending, loneliness, ancianos, mayores, anziani, idosos, alte
        menschen, senioren, {les|aux|nos|des|d|l|aux} anciens, {les|aux|nos|des} aines, {les|aux|des|nos} pepes,
        {aged|older|elderly} {people|persons|care}, the aged, anciens isoles, residents d ehpad,
        {dame|dames|monsieur|messieurs} agee, gens du troisieme age, {aux|des|avec les} retraites, retirees
        """,
    ("disability",): """
        handicap, handicaps, handicape, handicapes, handicapee, handicapees, situation de handicap, non voyant, non
        voyants, malvoyant, malvoyants, aveugle, aveugles, deficients visuels, deficient visuel, deficients, sourd,
        sourds, malentendant, malentendants, lsf, langue des signes, autisme, autiste, autistes, trisomie, trisomique,
        trisomiques, paralyses, paralyse, imc, esat, ime, polyhandicap, polyhandicapes, handi, mobilite reduite,
        deficience, deficience intellectuelle, dys, braille, joelette, joelettes, inclusion des handicapes, chiens
        guides, chien guide, disability, disabilities, disabled, disabled people, wheelchairs, wheelchair users,
        blind, visually impaired, partially sighted, deaf, sign language, autism, autistic, special needs, learning
        difficulties, down syndrome, guide dogs, discapacidad, disabilita, behinderung, deficiencia,
        {personnes|gens|enfants|sportifs|jeunes} en fauteuil, down syndrome, people in wheelchairs, wheelchair users
        """,
    ("disability", "sport"): """
        handisport, handi sport, sport adapte, para sport, parasport, sport handicap, basket fauteuil, disability
        sport, disabled sport, wheelchair basketball, cecifoot
        """,
    ("emergency",): """
        secours, secourisme, secouriste, secouristes, premiers secours, gestes qui sauvent, pse1, pse2, psc1, pompier,
        pompiers, sapeur, sapeurs, sapeurs pompiers, protection civile, secours en mer, sauvetage, sauveteur,
        sauveteurs, sauveteurs en mer, sauvetage en mer, urgence, urgences, catastrophe, catastrophes, catastrophes
        naturelles, inondation, inondations, inondes, crue, crues, incendie, incendies, feux de foret, seisme,
        tempete, cyclone, sinistres, sinistre, poste de secours, postes de secours, reserve communale, securite
        civile, ambulance, ambulancier, secours en montagne, plan canicule, first aid, first aider, first aiders,
        first responder, first responders, rescue, sea rescue, lifeboat, lifeboats, firefighter, firefighters, fire
        brigade, civil protection, emergency, emergencies, disaster, disasters, disaster relief, flood, floods,
        flooding, wildfire, wildfires, fires, earthquake, search and rescue, mountain rescue, lifeguard, lifeguarding,
        emergencias, emergenza, notfall, primeros auxilios
        """,
    ("refugees",): """
        refugie, refugies, refugiee, refugiees, migrant, migrants, migrante, migrantes, exile, exiles, exilee,
        exilees, immigres, immigre, demandeur d'asile, demandeurs d'asile, droit d'asile, asile, sans papiers, sans
        papier, mineurs isoles, mineurs non accompagnes, mna, primo arrivants, nouveaux arrivants, ukrainiens,
        ukrainiennes, ukrainien, afghans, syriens, soudanais, fle, cours de fle, francais langue etrangere, francais
        aux etrangers, francais a des etrangers, francais aux migrants, integration, accueil d'etrangers, {cours|cour}
        de francais {pour|aux|a des|a} {etrangers|migrants|refugies|adultes|exiles}, apprendre le francais a,
        enseigner le francais, campement, camps de calais, refugee, refugees, asylum, asylum seeker, asylum seekers,
        newcomers, immigrants, undocumented, displaced people, displaced, ukrainians, ukrainian, afghan, syrians,
        teach french to, french lessons, french classes, refugiados, rifugiati, fluchtlinge, welcoming foreigners,
        accueil des etrangers, aide aux etrangers, etrangers en situation irreguliere
        """,
    ("digital",): """
        numerique, inclusion numerique, fracture numerique, mediation numerique, exclusion numerique, illectronisme,
        cours d'{info|informatique|ordi|ordinateur}, {cours|atelier|ateliers|aide|depannage|initiation}
        {informatique|info|ordi|numerique|internet}, initiation a l'ordinateur, initiation a l'informatique,
        initiation a internet, apprendre internet, apprendre l'informatique, apprendre l'ordinateur, demarches en
        ligne, demarches administratives en ligne, demarches numeriques, aide aux demarches, {avec|sur} {leur|leurs} {ordinateur|ordi|telephone|smartphone|tablette|pc|mails|box},
        {utiliser|se servir de|se servir d'|apprivoiser} {leur|un|son|internet|l'} {ordinateur|smartphone|telephone|tablette|internet|ordi},
        smartphone, smartphones, tablette, tablettes, l'informatique, informatique, coder, programmation, code
        informatique, reconditionner, internet aux seniors, bureautique, digital, digital skills, digital inclusion,
        computer, computers, computer lessons, computer classes, {teach|teaching} computers, computer help, computer skills, it skills, it
        lessons, get online, getting online, go online, tech support, tablets, laptops, teach coding, coding, code
        club, informatica, informatik, reconditionner des {ordinateurs|ordis|pc}, reparer des {ordinateurs|ordis|pc},
        {aide|aider} sur ordinateur, {ordinateur|internet} aux {debutants|seniors}, helping people with computers
        """,
    ("human_rights",): """
        {defend|defendre|defense} {les|des|de nos|de leurs|leurs} droits, droits de l'homme, droits humains, droit
        humain, droits des femmes, droit des femmes, egalite femmes hommes, egalite, feminisme, feministe, feministes,
        sexisme, violences faites aux femmes, violences sexistes, discriminations, discrimination, racisme,
        antiracisme, antisemitisme, lgbt, lgbtq, lgbtqi, lgbt+, homophobie, transphobie, transgenre, droits des
        enfants, droits de l'enfant, acces au droit, acces aux droits, aide juridique, permanence juridique,
        permanences juridiques, libertes, liberte d'expression, democratie, citoyennete, prisonniers politiques,
        torture, peine de mort, justice sociale, plaidoyer, esclavage, defense des droits, human rights, women's
        rights, women s rights, womens rights, gender equality, equality, feminism, feminist, racism, anti racism,
        antiracism, discrimination, lgbt, lgbtq, gay rights, children's rights, children s rights, legal aid, legal
        advice, civil liberties, freedom of speech, democracy, political prisoners, amnesty, social justice, advocacy,
        derechos humanos, diritti umani, menschenrechte, direitos humanos
        """,
    ("international",): """
        humanitaire, humanitaires, international, internationale, internationaux, solidarite internationale, aide
        internationale, tiers monde, pays en developpement, pays pauvres, cooperation, afrique, africain, africains,
        haiti, madagascar, senegal, burkina, nepal, cambodge, vietnam, asie, perou, bolivie, amerique latine, syrie,
        gaza, palestine, liban, yemen, ukraine, soudan, congo, rdc, ethiopie, togo, benin, cameroun, bangladesh,
        puits, a l'etranger, mission a l'etranger, partir en mission, coopération nord sud, commerce equitable, aide
        au developpement, famine, famines, pays en guerre, humanitarian, overseas, abroad, developing countries,
        development aid, third world, africa, african, asia, india, syria, lebanon, sudan, foreign aid, fair trade,
        war zones, war zone, global south, ayuda internacional, pays en guerre, victimes de guerre, zones de guerre,
        au mali, en inde
        """,
})  # fmt: skip

# Narrower readings of a word that its neighbours give: the shorter entry would mislead.
_INSTEAD: Final[Lexicon[tuple[str, ...]]] = Lexicon.of({
    ("culture",): """
        salon du livre jeunesse, {livre|livres|litterature|bd|album} jeunesse, theatre jeunesse, {reading|books} club
        """,
    ("human_rights", "disability"): """
        droits des {handicapes|personnes handicapees|autistes|sourds}, disability rights
        """,
    (): """
        ma sante, bonne sante, de sante fragile, en depression, ma depression, mon cancer, j'ai un cancer, mon
        diabete, ma maladie, je suis malade, {my|his|her} {french|english} is poor, is poor, charity's books, the
        books, do the books, conge maladie, arret maladie, en arret maladie, art de vivre, sens de l'humour, livre de
        compte, livret, livre d'or, {mes|mon|ma|nos|notre|ses|j'ai des|j'ai deux|j'ai un|j'ai trois|j'ai quatre}
        {enfants|enfant|gosses|gamins|petits|fils|fille|chien|chat|ado|ados|eleves|chiens|chats|petits enfants|petit
        enfant|grands parents|mamie|papi}, my {kids|kid|children|child|dog|cat|teenagers|pupils|students|health|pets},
        garde d'enfants, avec enfants, maison de la culture, centre social, centres sociaux, reseaux sociaux, reseau
        social, acteurs sociaux, assistante sociale, assistant social, securite sociale, travailleur social,
        professeur des ecoles, prof de sport, professeur de {maths|sport|musique|francais|danse}, prof de
        {maths|sport|musique|francais|danse}, ancien prof, ancienne prof, ancien
        {prof|pompier|militaire|chef|cadre|instit|professeur|medecin|infirmier|policier}, ancienne
        {prof|institutrice|chef|cadre|infirmiere}, ancien pompier, ancienne infirmiere, infirmiere a la retraite,
        permis de conduire, rue de, dans ma rue, ma rue, bas de ma rue, etudiant en
        {medecine|droit|art|sport|informatique|biologie}, etudiante en
        {medecine|droit|art|sport|informatique|biologie}, je suis etudiant, je suis etudiante, etudiant, etudiante,
        etudiants en, je suis
        {sportif|sportive|retraite|senior|handicape|handicapee|malade|migrant|refugie|lyceen|jeune|vieux|pompier|
        sourd|malentendant|aveugle|autiste|pauvre|artiste|informaticien|informaticienne|developpeur|medecin|
        infirmier|infirmiere|seul|seule|isole|etranger|etrangere}, jsuis
        {sportif|sportive|retraite|handicape|handicapee|malade|lyceen|jeune|etudiant}, en fauteuil, en fauteuil
        roulant, carte handicap, reconnue handicapee, reconnu handicape, allergique aux chats, allergique aux chiens,
        i am a {student|refugee|pensioner|senior|teacher|nurse|firefighter|migrant|musician}, i'm a
        {student|refugee|pensioner|senior|teacher|nurse|firefighter|migrant|musician}, student, i'm
        {sick|disabled|blind|deaf|old|young|elderly|unemployed}, i use a wheelchair, in a wheelchair, wheelchair
        access, school holidays, school holiday, after school hours, vacances scolaires, periode scolaire, hors
        periode scolaire, rentree scolaire, conges scolaires, zone scolaire, sans reseau, pompe a chaleur, ligne de
        metro, coup de coeur, de bon coeur, restos du coeur, petits boulots, petits moyens, petit budget, mi temps, a
        l'etranger je suis, nature du don, en nature, dons en nature, don en nature, par nature, gifts in kind,
        d'urgence, de toute urgence, en urgence, urgence de, art 200, art 238, feu vert, match de boxe, ce match,
        score du match, ordinateur portable perso, par mail, mes mails, par ordinateur, sur mon ordinateur, sur
        internet, par internet, via internet, en ligne, site internet, from my computer, on the internet, from my
        laptop, je peux etre mentor, jeune retraite, jeune retraitee, young at heart, travail social etude, fond
        social, chiffre d'affaires, maison secondaire, plus vieux, mes vieux jours, vieux jours, vieux pc, vieux
        ordinateurs, vieux ordis, old laptops, old computers, old clothes, old stock, grands magasins, petits prix,
        petit coup de main, petits coups de main, petits travaux
        """,
    ("digital",): """
        {donner|donne|animer} des cours d'{informatique|ordinateur|info}, cours d'{informatique|ordinateur}, teach
        {computer|digital|it|internet} skills, {teach|teaching} computers, {teaching|teach} people to use,
        {ordinateurs|ordinateur|ordi|internet|informatique|numerique|smartphone|tablette} {aux|pour les|avec
        les|pour|a des} {seniors|retraites|personnes agees|vieux|anciens|aines|papis|mamies|mamies et papis}
        """,
    ("elderly",): "lire aux personnes agees, lecture aux personnes agees, lecture en ehpad",
    ("education",): """
        {lire|lecture|raconter} {des|aux|} {histoires|livres|contes} {aux|a des|avec les}
        {enfants|petits|gamins|gosses}, lire des histoires, {histoires|livres} {aux|a des} enfants, jardin d'enfants,
        reading stories to {kids|children}, read {stories|books} to {kids|children}
        """,
    ("health",): """
        clown a l'hopital, clown en hopital, enfants a l'hopital, {kids|children} in hospital, hospital
        {kids|children}, enfants {malades|hospitalises|atteints}, sick {kids|children}, gosses malades, gamins
        malades, bibliotheque de l'hopital
        """,
    ("disability",): """
        enfants {handicapes|autistes|trisomiques|sourds}, jeunes handicapes, {disabled|autistic|deaf|blind}
        {kids|children}, eleves handicapes, chiens guides d'aveugles, chien d'aveugle, guide dogs for the blind
        """,
    ("refugees",): """
        {donner|donne|donnent|giving|give} des cours de francais, enfants {refugies|migrants|exiles}, jeunes migrants,
        mineurs {isoles|etrangers|non accompagnes}, refugee {kids|children}, cours de francais, {asile|accueil} de
        nuit migrants, jeunes refugies
        """,
    ("solidarity",): """
        violence conjugale, femmes victimes, victimes de violences, femmes victimes de violences, enfants {pauvres|de
        la rue|places}, jeunes {en galere|de la rue|sans abri|a la rue}, lits pour sdf, children in poverty, domestic
        violence, battered women
        """,
    ("animals",): """
        animaux {de la ferme|abandonnes|errants|maltraites}, protection des {oiseaux|animaux}, old dogs, vieux chiens
        """,
    ("environment",): "jardin partage pour, ramasser les dechets en mer, cleaning the river",
})  # fmt: skip


# « vieux » alone is said of people, before a noun of the thing: « de vieux châteaux ».
_OLD: Final = word_set("vieux vieille vieilles")
_OLD_FOLLOWED: Final = word_set(
    """
    a au aux de du des en et ou qui dans chez pour le la les sur avec pres mais ni par gens monsieur dame dames voisin
    voisins isoles seuls malades
    """
)
# Before a trade, a status or an illness: one's own.
_BEING: Final = word_set(
    """
    suis chui jsuis ancien ancienne ex am im infirmier infirmiere prof professeur educateur educatrice animateur
    animatrice assistant assistante directeur directrice
    """
)
_ARTICLES: Final = word_set("un une a an m")
_SUFFERING: Final = word_set(
    """
    mon ma my sors fais sortie souffre atteint atteinte gueri guerie remise remis suite recovering recovered survivor
    """
)
_STAYS_A_CAUSE: Final = word_set("secouriste secouristes benevole first pour contre")


def _is_ones_own(sentence: Sentence, start: int, end: int, causes: tuple[str, ...]) -> bool:
    """« je suis sapeur-pompier », « je sors de dépression »: the person's own trade, status or illness."""
    words = sentence.words
    if end == start + 1 and words[start] in _OLD:
        after = sentence.word(end)
        return after.isalpha() and after not in _OLD_FOLLOWED
    before = start - 1
    before -= sentence.word(before) in _ARTICLES and not (
        sentence.word(before) == "m" and sentence.word(before - 1) != "i"
    )
    if sentence.word(before) in _BEING or (sentence.word(before) == "i" and sentence.word(before + 1) == "m"):
        return words[start] not in _STAYS_A_CAUSE
    return causes == ("health",) and any(word in _SUFFERING for word in words[max(0, start - 4) : start])


def read_causes(text: str | Sentence) -> tuple[list[str], list[str]]:
    """The causes wanted and those refused, as values of the slots `cause` and `not_cause`, each once."""
    sentence = Sentence.of(text)
    found = causes_in(sentence)
    refused = refusals(sentence, [(start, end) for start, end, _values in found], others=lambda: moments_in(sentence))
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    for (_start, _end, values), no in zip(found, refused, strict=True):
        (unwanted if no else wanted).update(dict.fromkeys(values))
    return list(wanted), [cause for cause in unwanted if cause not in wanted]


def causes_in(sentence: Sentence) -> list[tuple[int, int, tuple[str, ...]]]:
    """What speaks of causes, wanted or not: words from, to, and the causes."""
    remembered = sentence.memory.get("causes")
    if isinstance(remembered, list):
        return remembered
    found: list[tuple[int, int, tuple[str, ...]]] = []
    index, size = 0, len(sentence)
    # What an organisation is called says nothing of what the person wants to do.
    names = {body.start: body.end for body in organisations_in(sentence)}
    while index < size:
        if index in names:
            index = max(names[index], index + 1)
            continue
        narrow = _INSTEAD.at(sentence, index)
        entry = _WORDS.at(sentence, index)
        chosen = narrow if narrow is not None and (entry is None or narrow.end >= entry.end) else entry
        if chosen is None:
            index += 1
            continue
        if chosen.value and not _is_ones_own(sentence, index, chosen.end, chosen.value):
            found.append((index, chosen.end, chosen.value))
        index = chosen.end
    sentence.memory["causes"] = found
    return found
