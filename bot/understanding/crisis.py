"""Distress and danger, told before anything else: suicide, violence suffered, abuse of a child, danger now.

A miss is a failure, a false alarm a small embarrassment; so what is said in the first person, or of someone close, always
counts, and only plain figures of speech (« mort de rire ») and the wish to help others (« aider des femmes battues »,
« don pour SOS suicide ») are let by. `bot.understanding.topics` has a second look at what these rules let by.
"""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.writing import fold, in_full

__all__ = ["is_crisis", "is_harmless", "sounds_harmless"]

MAY: Final = r"(?:\w+\W+){0,3}?"
CLOSE: Final = (
    r"(?:m(?:on|a|es)|notre|une?|mon petit|ma petite) (?:\w+ ){0,2}?(?:fils|fille|enfants?|gosses?|ados?|frere|soeur|pere|mere|maman"
    r"|papa|parents?|mari|femme|epouse|conjoint|conjointe|compagnon|compagne|copain|copine|mec|meuf|petit ami|petite amie|ex|oncle"
    r"|tante|cousine?|grand pere|grand mere|beau pere|belle mere|beau frere|ami|amie|pote|collegue|voisine?|voisins|patron"
    r"|chef|prof|eleve|niece|neveu|bebe|coloc|proche)"
)
HITTING: Final = (
    r"(?:frapp\w*|tap(?:e|ent|ait|er|es)|bat(?:s|tu|tue|tent|tre|tait)?|cogn\w*|tabass\w*|gifl\w*|viol(?:e|ee|es|ent|er|ait)|brutalis\w*"
    r"|maltrait\w*|etrangl\w*|insult\w*|menac\w*|poignard\w*|agress\w*|sequestr\w*|enferm\w*|brul\w*|mord\w*|harcel\w*|tue\w*)"
)

FRENCH: Final = (
    # Wanting to die.
    r"(?:veux|veu|vx|voulais|voudrais|envie d\w*|vais|aimerais|pense a|souhaite|prefere\w*|autant|peur de|decide de|besoin de) "
    + MAY
    + r"(?:mourir|crever|me tuer|me buter|me flinguer|me pendre|me suicid\w*|me foutre en l air|me noyer"
    r"|en finir|disparaitre|partir pour de bon|m endormir (?:pour toujours|et ne)|sauter (?:du|d un|par la|dans le vide)"
    r"|me jeter (?:sous|du|d un|par|dans)|me faire du mal|me (?:tailler|couper|ouvrir) les veines|m ouvrir les veines|me supprimer"
    r"|quitter ce monde|me laisser mourir|plus exister|ne plus exister|plus etre la|le rejoindre la haut|la rejoindre la haut)",
    r"\bme (?:suicid\w*|scarifi\w*|mutil\w*|faire du mal)\b|\bme fais du mal\b|\bme fai du mal\b|me (?:taille|coupe|ouvre) les veines"
    r"|m automutil\w*|me coupe (?:les bras|les cuisses|la peau)",
    r"\b(?:idees?|pensees?|envies?|pulsions?) (?:noires?|suicidaires?|de suicide|morbides?|d en finir|de mort)\b",
    r"\bsuicidaires?\b|\bsui cide\b|\bau suicide\b|\b(?:tentative|tente) (?:de suicide|de me|de se)\b|\bmettre fin a (?:mes|ses) jours\b",
    r"\bmettre fin a (?:ma|sa) vie\b|\bfinir avec (?:la|ma|cette) vie\b|\barreter de vivre\b|\bme donner la mort\b|\bpasser a l acte\b",
    r"(?:plus|marre|fatigue\w*|assez|las|lasse|honte|peu|peux|pu|ras le bol|epuise\w*|degout\w*|envie|gout|force|raison|sens|peine|quoi|utile|bon)"
    r" (?:\w+ ){0,4}?(?:de vivre|a vivre|la vie|de la vie|a la vie|ma vie|de ma vie|d exister|de continuer a vivre|etre en vie)\b",
    r"\b(?:veux|veu|vx|peux|peu|arrive|envie de?|force de) plus (?:de )?(?:vivre|continuer|exister|etre la|etre en vie)\b|\bveux pas vivre\b|\bplus vivre\b",
    r"\b(?:j en peux|jen peux|jen peu|j en peu|je n en peux|n en peux|peux) plus (?:de vivre|de la vie|de cette vie|de ma vie|d exister|du tout|de tout|2 la vie)\b",
    r"\bplus (?:la|aucune) (?:force|raison|envie) de (?:vivre|continuer|me battre|me lever|rester)\b|\bplus rien ne me (?:retient|rattache)\b",
    r"\b(?:mieux|heureux|tranquilles?|soulages?) (?:\w+ ){0,3}?sans moi\b|\bsans moi (?:\w+ ){0,4}?mieux\b|\bpersonne ne (?:me |va me )?(?:regrettera\w*|pleurera\w*|remarquera\w*)",
    r"\b(?:poids|fardeau|boulet) pour (?:\w+ ){0,3}?(?:tous|tout le monde|famille|proches|enfants|les autres)\b",
    r"\b(?:dernier|ultime) message\b|\blettre d adieu\b|\badieu a tous\b|\badieu (?:\w+ ){0,3}?(?:monde|enfants|vie|famille|les amis)\b|\bvous dis adieu\b|\bprenez soin de (?:mes|ma|mon)\b",
    r"\b(?:serai|serais|serrai) (?:plus (?:la|de ce monde|en vie)|parti|partie|mort|morte)\b|\bc est (?:\w+ )?(?:la fin|fini) (?:pour|de) moi\b|\bce soir (?:c est la fin|je pars)",
    r"\b(?:ne|n) (?:jamais|plus) (?:me |m )?(?:reveiller|etre ne|etre nee)\b|\bpas (?:me|se) reveiller\b|\bjamais (?:du )?(?:naitre|etre nee?|exister)\b|\bjamais me reveiller\b",
    r"\b(?:avale|pris|prendre|avaler|prends|gobe) (?:\w+ ){0,5}?(?:somniferes|cachets|comprimes|boites? de|medocs|anxiolytiques|medicaments pour|doliprane|javel)",
    r"\b(?:combien|comment|methode|facon|moyen) (?:\w+ ){0,4}?(?:mourir|se suicider|se tuer|se pendre|me tuer|me suicider|me pendre|en finir avec la vie)\b",
    r"\bsi je (?:meurs|mourrais|mourais|creve|disparais|disparaissais)\b|\bmerite de mourir\b|\b(?:vie|existence) (?:\w+ ){0,4}?(?:peine|vaut (?:rien|plus)|aucun sens|insupportable|plus de sens)\b",
    r"\b(?:au bout du rouleau|a bout|je craque|jen peu plu|j en peux plus|je n en peux plus|je tiens plus|je ne tiens plus|je sombre|je m effondre|desespere\w*|je suis perdue? et seule?)\b"
    r"(?=.{0,60}\b(?:bout|plus|seule?|peur|fin|vie|vivre|mal|noir|aide\w*|adieu|betise|connerie|finir|mourir|mort)\b)",
    r"\b(?:faire|fasse|ferai\w*|fera) (?:une|un) (?:connerie|betise|carnage|massacre|malheur)\b|\brejoindre (?:mon|ma) (?:\w+ )?(?:decede\w*|defunte?|mort\w*|au ciel|la haut)\b",
    CLOSE
    + r" (?:\w+ ){0,9}?(?:se suicid\w*|suicid\w*|se tuer|se pendre|se faire du mal|se scarifi\w*|se mutil\w*|en finir|veut mourir|mettre fin)\b",
    r"\b(?:se tuer|se suicider|se pendre|me suicider)\b",
    # Violence suffered.
    r"\b(?:il|elle|ils|on|qui|"
    + CLOSE
    + r") (?:\w+ ){0,4}?(?:me|m|nous|se fait|se font|lui) (?:\w+ ){0,3}?"
    + HITTING
    + r"\b",
    r"\b(?:me|m) "
    + HITTING
    + r"(?: (?:dessus|encore|souvent|fort|tous les|chaque|quand|qd|depuis|et|a coups?|les? soir|devant|hier|tout))\b",
    CLOSE
    + r" (?:\w+ ){0,5}?(?:bat|frappe|tape|cogne|tabasse|viole|violente|maltraite) (?:\w+ ){0,2}?(?:femme|enfants?|fils|fille|mere|gosses?|petite?|compagne|bebe|frere|soeur)",
    r"\b(?:frappe|frappent|frappee?|tape|tapent|tapes|taper|bat|battent|cogne|maltraite\w*|viole) (?:\w+ ){0,1}?(?:sa|ses|son|leurs?|les|mes) (?:\w+ )?(?:femme|enfants?|fils|fille|gosses?|gamins?|copine|bebe|mere)\b",
    r"\b(?:me fai[st]?|me suis fait|se fait|me faire|m a|m ont|ai ete|j etais|je suis|est) (?:\w+ )?(?:frapp\w*|tabass\w*|cogn\w*|viole\w*|battue?|agresse\w*|poignarde\w*|sequestre\w*|etrangle\w*|taper? dessus)\b",
    r"\b(?:leve|lever|levent|levait) la main sur (?:moi|nous|elle|lui|les enfants|mes enfants)\b|\bme (?:roue|rouer) de coups\b|\b(?:des|par des|en) coups\b.{0,30}\b(?:mari|conjoint|mec|pere|mere|bleus?|saoul|ivre)\b|\b(?:mari|conjoint|mec|pere|saoul|ivre|bu)\b.{0,60}\bcoups\b",
    r"\b(?:des|mes|les|ses) bleus (?:\w+ ){0,3}?(?:partout|bras|corps|visage|a cause|sur)\b|\bcach\w+ (?:\w+ ){0,2}?bleus\b|\b(?:a|ai|avait|avec) des bleus\b|\btape dessus\b|\btapent dessus\b",
    r"\bvictime (?:de|d) (?:\w+ ){0,2}?(?:violences?|viol|inceste|agressions?|abus|maltraitance|harcelement)\b(?=.{0,80})(?<!femmes )",
    r"\b(?:je suis|suis) (?:une )?(?:femme|homme|enfant)? ?(?:battue?|violentee?|maltraitee?)\b|\bviolent\w* (?:avec|envers|contre) (?:moi|nous|les enfants|mes enfants|sa|ses)\b|\bchez moi (?:c est|il y a) (?:la |de la )?violence",
    r"\bpeur (?:de|d|du|que) (?:\w+ ){0,3}?(?:mari|conjoint|copain|mec|ex|pere|compagnon|lui|rentrer|il me|elle me|qu il|quil|mon fils me)\b|\bpeur (?:pour ma vie|de mourir|de ce que je pourrais)\b|\bfait peur (?:\w+ ){0,6}?(?:sortir|maison|rentrer|chez moi)\b",
    r"\b(?:me|m|nous) (?:touche|touchait|a touchee?|caresse|force a|oblige a (?:coucher|faire|me)|enferme|sequestre|suit|suivent|traque|surveille et|prostitue\w*)\b",
    r"\b(?:touche|touchait|touchent|attouch\w*|abuse|abusait|abusee?|tripote|tripotait) (?:\w+ ){0,4}?(?:enfants?|petite?|fille|fils|nuit|eleve|mineure?|niece|soeur|frere|moi)\b|\battouchements?\b|\binceste\b|\bla touchait\b|\bla touche la nuit\b",
    r"\b(?:mari\w+|marier) (?:\w+ ){0,2}?(?:de force|contre mon gre)\b|\bmariage force\b|\bau pays pour me marier\b|\bexcision\b|\bme prostituer\b|\bretient mon passeport\b|\bconfisque (?:mon passeport|mes papiers)\b",
    r"\b(?:enfants?|gosses?|gamine?s?|bebe|niece|neveu|eleve|mineure?|petite?) (?:\w+ ){0,6}?(?:maltraite\w*|battue?s?|en danger|abuse\w*|sequestre\w*|bleus|frappee?s?|affame\w*|se fait frapper|se fait taper)\b",
    # Danger now, or doing harm.
    r"\ben danger\b|\bau secours\b(?! (?:populaire|catholique|islamique|pop))|\ba l aide (?:il|on|vite)\b|\bappele[zr] (?:\w+ ){0,2}?(?:police|pompiers|samu|secours|gendarm\w*)\b|\b(?:urgence|urgent) (?:vitale|absolue|medicale)\b|\bau feu\b|\bfeu chez (?:moi|nous|mes)\b|\b(?:maison|appartement|immeuble) (?:\w+ )?brule\b",
    r"\b(?:respire|respirait|bouge|repond) (?:plus|pas|mal)\b|\bne (?:respire|bouge)\b|\bmalaise\b|\b(?:crise cardiaque|infarctus|avc|overdose|convulsion\w*|inconsciente?|perdu connaissance|saigne (?:beaucoup|enormement|partout)|hemorragie)\b",
    r"\b(?:a|avec|tient|sort|prend|pris) (?:une? |son |mon )?(?:arme|couteau|fusil|flingue|pistolet|hache)\b|\b(?:essaie|essaye|tente|cherche) (?:d |de |a )?(?:entrer|rentrer|defoncer)\b|\bderriere (?:la|ma) porte\b|\bon me suit\b|\bquelqu un me suit\b",
    r"\b(?:va|vas|veut|voulait|menace de|essaye? de|jure de|essaie de) (?:me|nous|la|les|le|se) (?:tuer|buter|planter|egorger|crever|massacrer|enlever|finir)\b|\bmenaces? de mort\b|\bme menace\b",
    r"\b(?:veux|vais|envie de|peur de|failli) (?:\w+ ){0,2}?(?:tuer|buter|poignarder|etrangler|egorger|planter|massacrer) (?:mon|ma|mes|quelqu|tout le monde|des gens|quelqu un|le|la|les gens|lui|un|elle)\b|\b(?:je )?vais (?:le|la|les) (?:tuer|buter|planter|crever)\b",
    r"\bpeur de faire du mal a\b|\bfaire du mal (?:a|au) (?:mon|ma|mes|quelqu|bebe)\b|\bsecouer mon bebe\b|\b(?:harcele\w*|harcelement) (?:\w+ ){0,8}?(?:mourir|plus|vivre|peur|ecole|college|lycee|bout)\b",
)
ENGLISH: Final = (
    r"\b(?:want|wanna|wish|going|gonna|ready|like|need|rather|try(?:ing)?|plan(?:ning)?|about|decided|thinking (?:of|about)|prefer) (?:to |of |about |i (?:was|were) |that i (?:was|were) )?"
    + MAY
    + r"(?:die|dying|dead|kill(?:ing)? my ?self|end(?:ing)? it|end(?:ing)? (?:it all|everything|my life|things)|hurt(?:ing)? my ?self|disappear(?:ing)?(?: forever| for good)?|jump(?:ing)? (?:off|from|in front)|hang(?:ing)? my ?self|cut(?:ting)? my ?self|never wake up|not wake up|be gone)\b",
    r"\b(?:suicid\w*|kms|kill my ?self|killing my ?self|hang my ?self|hurt my ?self|hurting my ?self|cut my ?self|cutting my ?self|self harm\w*|end my life|ending my life|take my (?:own )?life|unalive)\b",
    r"\b(?:don t|dont|do not|no longer|can t|cant|cannot|not) (?:\w+ ){0,3}?(?:want to |wanna )?(?:live|be alive|go on|be here|exist|wake up|be here anymore|carry on|take it anymore|do this anymore|keep going)\b(?! (?:in|near|at|with|there|close|to|alone|far|like|on))",
    r"\b(?:point|reason|worth|use|strength|will) (?:\w+ ){0,3}?(?:living|to live|of life|in living|waking up|going on|to go on|to carry on|being alive)\b|\blife (?:isn t|is not|isnt|not) worth\b|\b(?:tired|sick) of (?:living|life|being alive|existing)\b|\b(?:give|giving|gave) up on (?:life|living)\b",
    r"\bbetter off (?:without me|dead|if i)\b|\b(?:nobody|no one|noone) (?:would|will|d) (?:miss|notice|care if)\b|\bi m (?:just )?a burden\b|\b(?:last|final) message\b|\bgoodbye (?:note|letter|everyone|world|cruel)\b|\bi (?:won t|wont|will not) be (?:here|around|alive) (?:tomorrow|anymore|for long|much longer)\b",
    r"\b(?:honestly |just |so )?(?:i m|im|i am) (?:so |just |completely |totally )?done (?:with (?:life|everything|it all|living|this world))\b|\bdone with (?:life|living|it all|everything)\b|\b(?:honestly|truly|really) (?:i m|im|i am) done\b|\btonight (?:it ends|is the end)\b|\bwish i (?:was|were|d) (?:dead|never)\b|\bend of my rope\b|\bno way out\b|\bi m dead inside\b",
    r"\b(?:took|taken|swallowed|take|swallow) (?:\w+ ){0,4}?(?:pills|tablets|bleach|overdose|paracetamol)\b|\boverdos\w+\b|\b(?:how many|painless|how|best way|ways?) (?:\w+ ){0,4}?to (?:die|kill my ?self|kill yourself|commit)\b|\bon (?:the|a) (?:bridge|roof|ledge)\b.{0,30}\b(?:jump|end|done|goodbye)\b|\bkill me\b|\bdo something stupid\b",
    r"\b(?:my|a) (?:\w+ ){0,2}?(?:son|daughter|friend|husband|wife|brother|sister|mother|father|mum|mom|dad|partner|boyfriend|girlfriend|child|kid|pupil|student|neighbou?r|mate|colleague)s? (?:\w+ ){0,8}?(?:suicid\w*|kill (?:him|her|them)sel\w+|hang (?:him|her)self|end (?:his|her|their) life|wants to die|self harm\w*|hurt(?:ing)? (?:him|her)self)\b",
    r"\b(?:he|she|they|who|husband|wife|boyfriend|girlfriend|partner|ex|dad|father|mum|mom|mother|parents|brother|uncle|stepfather|stepdad|boss|neighbou?r|teacher|coach|son) (?:\w+ ){0,4}?(?:hits?|hit|beats?|beat|beating|punch\w*|slap\w*|chok\w*|strangl\w*|kick\w*|rap(?:es?|ed)|abus\w*|touch(?:es|ed)|hurts?|threaten\w*|stab\w*|attack\w*|lock(?:s|ed)|molest\w*|assault\w*) (?:\w+ )?(?:me|us|her|him|his|my|their|the) ?(?:wife|kids?|children|son|daughter|up|in|again|dog)?\b",
    r"\b(?:raped|molested|sexually assaulted|being abused|am abused|was abused|get beaten|got beaten|being beaten|beaten up|domestic violence victim|victim of (?:domestic|sexual|abuse|violence|rape)|battered by|forced marriage|force me to|forced to marry|trafficked|held captive|bruises)\b",
    r"\b(?:afraid|scared|terrified|frightened) (?:of|to) (?:my (?:husband|wife|partner|boyfriend|ex|dad|father|son|mother)|him|her|go home|being at home)\b|\bfear for my life\b|\b(?:i m|im|i am|we are|in) (?:in )?danger\b|\bhe (?:has|s got|got|took|pulled) a (?:gun|knife|weapon)\b|\b(?:gonna|going to|will|wants? to|threatens to|trying to) kill (?:me|us|him|her|them|someone|somebody|everyone|people|my)\b|\bwant to kill\b",
    r"\bcall (?:the )?(?:police|ambulance|911|999|112|fire brigade|cops)\b|\b(?:someone|somebody|a man) (?:is |s )?(?:breaking in\w*|following me|at my door|outside my|in my house|trying to get in)\b|\b(?:house|flat|kitchen|building) (?:is |s )?on fire\b|\b(?:isn t|isnt|not|stopped|can t|cant) breath\w*\b|\bheart attack\b|\bcollapsed\b|\bunconscious\b|\bbleeding (?:badly|a lot|out|heavily)\b|\bplease help.{0,12}\bemergency\b|\bhelp me (?:he|she|they|quick|now|please he)\b|\bchild (?:\w+ ){0,3}?(?:abused|beaten|in danger|hurt)\b|\bhurt my (?:baby|child|kids?)\b",
)
OTHERS: Final = (
    # Spanish
    r"\b(?:quiero|quisiera|voy a|ganas de|pienso en|prefiero) (?:\w+ ){0,2}?(?:morir\w*|matarme|suicidarme|desaparecer|acabar con (?:todo|mi vida)|quitarme la vida)\b|\bsuicid\w+|\bno (?:\w+ ){0,2}?quiero (?:\w+ ){0,2}?(?:vivir|seguir viviendo)\b|\bno puedo mas\b|\b(?:sentido|ganas) (?:\w+ ){0,3}?(?:vida|vivir)\b|\bmejor sin mi\b|\bme corto\b|\btodas las pastillas\b",
    r"\bme (?:pega|pegan|pego|golpea\w*|maltrata\w*|viol\w+|amenaza\w*|va a matar|ha violado|quiere matar|toca)\b|\bmiedo de (?:mi|mi marido|volver)\b|\bpega a (?:sus|su|mis|mi)\b|\ben peligro\b|\bsocorro\b|\bllam\w+ a la policia\b|\bno respira\b|\bviolencia (?:de genero|domestica)\b",
    # Portuguese
    r"\b(?:quero|queria|vou|vontade de|penso em|prefiro) (?:\w+ ){0,2}?(?:morrer|matar me|me matar|suicidar me|me suicidar|desaparecer|acabar com (?:a minha vida|tudo))\b|\bnao (?:\w+ ){0,2}?(?:quero|aguento) (?:\w+ ){0,2}?viver\b|\bsuicidi\w+|\bsuicidar\w*|\bmelhor sem mim\b|\btodos os comprimidos\b|\bbate (?:me|em mim|nos filhos|nos)\b|\bme (?:bate|batem|agride|violou|estuprou|ameaca)\b|\bmatar me\b|\b(?:violada|estuprada|violad[ao]|abusad[ao])\b|\bmedo do meu\b|\bem perigo\b|\bchamem a policia\b|\bnao respira\b|\bviolencia domestica\b",
    # Italian
    r"\b(?:voglio|vorrei|sto per|penso di) (?:\w+ ){0,2}?(?:morire|uccidermi|ammazzarmi|suicidarmi|farla finita|sparire|togliermi la vita)\b|\bnon (?:\w+ ){0,2}?voglio (?:\w+ ){0,2}?vivere\b|\b(?:suicid\w+|farla finita|uccidermi|ammazzarmi|togliermi la vita)\b|\bnon ce la faccio piu\b|\bsenza di me\b|\bmi (?:picchia\w*|violenta\w*|ha violentat\w|ha stuprat\w|ammazza|uccidera|minaccia|tocca|taglio)\b|\bstuprat\w|\bviolentat\w|\bpaura di mio\b|\bin pericolo\b|\bla polizia\b|\bnon respira\b|\bpicchia (?:i|la|suo|sua|mio|mia)\b|\btutte le pastiglie\b",
    # German
    r"\b(?:will|mochte|wollte|werde|kann) (?:\w+ ){0,4}?(?:sterben|mich umbringen|mich toten|nicht mehr leben|nicht mehr da sein|allem ein ende|mir das leben nehmen|schluss machen mit allem)\b|\bumbringen\b|\bselbstmord\w*|\bsuizid\w*|\bnicht mehr leben\b|\bohne mich\b.{0,20}\bbesser\b|\britze mich\b|\balle tabletten\b|\b(?:keinen sinn|sinnlos) (?:\w+ ){0,3}?(?:leben|weiter)\b|\bschlagt (?:mich|uns|seine|ihre|die)\b|\bschlagen (?:mich|uns)\b|\bvergewaltig\w*|\bangst vor (?:meinem|meiner|ihm)\b|\bbringt mich um\b|\bin gefahr\b|\b(?:ruft|rufen sie) die polizei\b|\batmet nicht\b|\bhausliche gewalt\b|\bmissbrauch\w*",
    # Arabic, as `fold` leaves it (no vowel marks, no hamza)
    r"انتحار|انتحر|ينتحر|اقتل نفسي|ان اموت|اريد الموت|انهاء حياتي|لا اريد ان اعيش|احتمل الحياه|احتمل الحياة|تعبت من الحياه|تعبت من الحياة|لا معني ل|لا معنى ل|كل الحبوب|يضربني|تضربني|يضربونني|اغتصب|سيقتلني|يقتلني|اخاف من زوجي|في خطر|النجده|النجدة|الشرطه|بالشرطه|الشرطة|بالشرطة|لا تتنفس|لا يتنفس|يضرب اطفاله|يتحرش|تحرش بي|عنف زوجي|يعنفني",
    # Ukrainian and Russian
    r"\bхочу (?:\w+ ){0,2}?(?:померти|умереть|вмерти|вбити себе|убить себя|зникнути|покінчити|покинчити|покончить)\b|\bсамогубств\w*|\bсамоубий\w*|\bсуицид\w*|\bсуїцид\w*|\bсуицид\w*|накласти на себе руки|\bне (?:хочу|можу|могу) (?:\w+ ){0,2}?(?:жити|жить)\b|\bвбити себе\b|\bпокинчити з життям\b|\bпокінчити з життям\b|краще без мене|таблетк|мене б є|мене б'є|\bб є (?:мене|дітеи|дітей|дитину|дружину)|\bбє мене|\bмене бє|меня бьет|бьет меня|згвалтув|зґвалтув|изнасилов|боюся (?:свого|чоловіка|чоловика)|мене вб є|мене вб'є|убьет|в небезпеці|в небезпеци|в опасности|рятуите|рятуйте|спасите|поліці|полици|полици|полиц|не дихає|не дихае|не дышит|не має сенсу|не мае сенсу|домашнє насильство|домашне насильство",
)
# Figures of speech, and words in which the words above mean something else.
FIGURES: Final = re.compile(
    r"\b(?:mort\w*|mour\w*|meur\w*|creve\w*|explose\w*|tue\w*) (?:de|d) (?:rire|ennui|faim|soif|chaud|froid|envie|honte|fatigue|trouille|impatience|jalousie)\b"
    r"|\bm (?:as|a) (?:tue\w*|acheve)\b(?=.{0,12}(?:😂|🤣|mdr|lol|ptdr|$))|\b(?:impots?|taxes?|chaleur|boulot|ordi|jeu|attente) (?:me|m) (?:tue\w*|creve\w*)\b|\bkilling me\b|\bkilled me\b|\b(?:dying|dead) (?:of laughter|laughing|to (?:help|know|see|try|meet|volunteer))\b"
    r"|\b(?:phone|battery|laptop|telephone|portable|ordi|batterie|car|voiture) (?:is |est |just )?(?:dead|mort\w*|died)\b|\bmorte? de rire\b|\bdeath and taxes\b|\ben finir avec (?:mes|mon|les|le|la|l|cette|ce|ces|un|une) (?!vie|jours|existence|corps)\w+"
    r"|\bdisparaitre de (?:vos|votre|tes|la base|ton|ta|vos fichiers|la liste|cette|internet)|\b(?:faire|fais|fait) (?:disparaitre|mourir)\b|\bdisappear from (?:your|the)\b|\bcall (?:the )?police orphans?\b|\borphelins de la police\b|\bcoups? de main\b|\bcoup de (?:pouce|fil|telephone|coeur|balai|chapeau)\b|\bbat(?:tre)? (?:son plein|pour)\b",
)
# Wanting to help, to give, to know who does: the words are then those of a cause.
HELPING: Final = re.compile(
    r"\bbenevol\w*|\bvolunt\w*|\bfaire un don\b|\bdons?\b|\bdonn(?:er|e|ons|ez|erai)\b(?! la mort)|\bverser\b|\bassociations?\b|\bassos?\b|\bong\b|\bfondations?\b|\bcharit\w+|\bdonat\w+|\bgifts?\b|\bgive to\b|\bfund\w*\b|\bmission\w*\b|\bvoluntari\w*|\bdonar\b|\bdoar\b|\bvolontari\w*"
    r"|\bspende\w*|\behrenamt\w*|\bfreiwillig\w*|تطوع|تبرع|جمعيه|جمعية|волонт\w*|пожертв\w*|\b(?:aider|accompagner|soutenir|secourir|accueillir|ecouter|proteger|defendre) (?:\w+ ){0,2}?(?:les|des|ces|aux?|de|d|une?|les jeunes)\b|\bhelp (?:\w+ )?(?:women|children|kids|people|victims|battered|abused|those|others)\b"
    r"|\bsos (?:amitie|suicide|femmes|homophobie)\b|\bprevention (?:du|des|de|contre)\b|\b(?:suicide|violence) prevention\b|\blutte\w* (?:contre|le)\b|\bcontre (?:le|la|les|l) (?:\w+ )?(?:suicide|viol|violence\w*|inceste|harcelement|maltraitance)\b|\brtt\b|\bconges?\b|\bjours? (?:de repos|a)\b|\bassur\w*|\bduerp\b|\blaw\b|\binsurance\b|\bdays off\b|\bleave\b|\bresponsab\w+|\bhelpline\b|\bshelter\b|\bfoyer\b"
    r"|\bdeduct\w*|\bdeduire\b|\bdeductible\b|\bimpots?\b|\btax\w*|\brecus?\b"
)
# In the first person or of someone close: a crisis whatever else the message asks for.
PERSONAL: Final = re.compile(
    r"\b(?:je|j) (?:\w+ ){0,3}?(?:mourir|me tuer|me suicider|me pendre|crever|vivre|en finir)\b(?! (?:avec|de rire|d ennui|de faim))|\b(?:me|m|nous) (?:\w+ ){0,2}?(?:frappe|tape|bat|cogne|viole|violee?|tabasse\w*|menace|touche|etrangle\w*|agressee?)\b|\b(?:mari|conjoint|mec|copain|pere|mere|ex) (?:\w+ ){0,3}?(?:me|m|nous) "
    r"|\bmes bleus\b|\bdes bleus\b|\bidees (?:noires|suicidaires)\b|\bje suis en danger\b|\bau secours\b(?! (?:populaire|catholique|islamique|pop))|\bsans moi\b|\b(?:i|im|i m) (?:\w+ ){0,4}?(?:die|kill my ?self|hurt my ?self|suicidal|end my life|end it all|dead)\b|\b(?:hits?|beats?|rap(?:ed|es)|chok\w+|hurts?|abus\w+) me\b|\bi was (?:raped|abused|assaulted)\b|\bkill my ?self\b|\bme (?:suicider|tuer|pendre)\b"
    r"|\bme pega\b|\bsuicidarme\b|\bmatarme\b|\bmi picchia\b|\bschlagt mich\b|\bmich umbringen\b|يضربني|نفسي"
)

ALL: Final = tuple(re.compile(pattern) for pattern in (*FRENCH, *ENGLISH, *OTHERS))
WORDS: Final = re.compile(r"[^\w😂🤣]+")


def _words(text: str) -> str:
    return " ".join(WORDS.split(fold(text))).strip()


def is_harmless(words: str) -> bool:
    """Whether words of violence or death are those of a cause to help, and nothing is said of oneself."""
    return HELPING.search(words) is not None and PERSONAL.search(words) is None


def is_crisis(text: str) -> bool:
    """Whether `text` speaks of distress or danger, in any of the languages that Allié reads."""
    for words in dict.fromkeys((_words(text), _words(in_full(text, {})))):
        plain = FIGURES.sub(" ", words)
        if any(pattern.search(plain) for pattern in ALL) and not is_harmless(plain):
            return True
    return False


def sounds_harmless(text: str) -> bool:
    """Whether `text`, which no rule calls a crisis, is plainly a figure of speech or the wish to help others."""
    words = _words(text)
    return FIGURES.search(words) is not None or is_harmless(words)
