"""A message put into plain words before its topic is judged: « jveu doné a lasso » reads "je veux donner à l'asso".

Text-message spellings are written out, drawn-out letters shortened, and accents put back where a word leaves no
doubt (which words those are is learnt from the examples). Only the topic and the language are judged on this text;
values are read from what the person typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

__all__ = ["accents_of", "fold", "in_full", "typed", "without_courtesy", "words_of"]

# An elided word ("t'as") and a letter after a number ("500 g") are no abbreviations.
WORD: Final = re.compile(r"(?<!\d )(?<!\d)[^\W\d_](?![^\W_]|')|[^\W\d_]{2,}(?!')|€")
SPACES: Final = re.compile(r"\s+")
DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f\u061c]")

# How text messages spell French words; keys without accents. Words that are also plain English or French are left out.
SHORT_FRENCH: Final[Mapping[str, str]] = {
    key: full
    for full, keys in {
        "je": "j jeu",
        "je veux": "jveu jveux jve jveut jvx jeveux",
        "je voudrais": "jvoudrais jvoudrai jvoudré jvudrais jvoudrait",
        "je peux": "jpeu jpeux jpe jpx jpeut",
        "je suis": "jsuis jsui chui chuis jss jsus",
        "je sais": "jsais jsai",
        "je cherche": "jcherche jcherch",
        "je comprends": "jcomprends jcomprend jcompren",
        "je donne": "jdonne jdone jedone",
        "je fais": "jfais jfai",
        "je récupère": "jrecup jrecupere jrécup jrecupère",
        "je vais": "jvai jvais jvé jvè",
        "je me": "jme",
        "je serai": "jserai",
        "veux": "veu",
        "envie": "envi",
        "frappé": "frapé",
        "fait": "fé fai",
        "faire": "fer fere",
        "t'es": "t tes_",
        "j'ai": "jai jé gé g",
        "j'aimerais": "jaimerais jaimerai",
        "j'habite": "jhabite jabite",
        "j'étais": "jetais",
        "t'as": "tas",
        "c'est": "c cest cé ct",
        "qu'est-ce que": "kesk keske kesske qesque qesk keskon kes",
        "est-ce que": "eske esque esq eskeu esk",
        "que": "ke keu q",
        "qui": "ki",
        "quoi": "koi kwa qoi kwoi",
        "pourquoi": "pk pkoi pq pcq pourkoi",
        "comment": "cmt cmnt coment koment comen",
        "combien": "cb cbien combi1 combyen kombien cmb",
        "quand": "kan kand qd qand",
        "quel": "kel kelle kels",
        "quelque": "kelke qq qlq kelk qlqe",
        "quelque chose": "qqch qqc kelkechose kkchose qlqch qqchose",
        "quelqu'un": "qqn qqun kelkun kelkin qlqn",
        "parce que": "parske pask paske pcke parceque",
        "pour": "pr pour1 pourr",
        "par": "pr_",
        "dans": "ds dan",
        "avec": "avc av avek",
        "sans": "ss",
        "sur": "sr",
        "pendant": "pdt pdnt",
        "avant": "avt",
        "après": "apre",
        "chez": "ché chè",
        "vous": "vs",
        "nous": "ns",
        "tous": "ts",
        "tout": "tt tou",
        "toute": "tte",
        "toujours": "tjs tjrs tjr toujour",
        "jamais": "jms jamé",
        "beaucoup": "bcp bcq bocou",
        "trop": "tro",
        "plus": "plu pls",
        "peut": "peu_",
        "mieux": "mieu",
        "serait": "seré_",
        "peut-être": "ptet ptetre",
        "maintenant": "mtn mnt mtnt",
        "aujourd'hui": "ajd auj aujourdhui ajdh",
        "demain": "2main dem1",
        "ce soir": "cesoir",
        "week-end": "we wk wkd wknd weekend wend",
        "après-midi": "aprem aprm aprèm",
        "semaine": "sem smn",
        "jour": "jr",
        "jours": "jrs",
        "heure": "hr",
        "temps": "tps tan",
        "personne": "pers",
        "problème": "pb pblm",
        "bonjour": "bjr bjour bonjours",
        "bonsoir": "bsr",
        "salut": "slt",
        "coucou": "cc kikou",
        "s'il te plaît": "stp",
        "s'il vous plaît": "svp siouplait",
        "merci": "mrc mci mersi merki",
        "d'accord": "dac dacc dacor",
        "rendez-vous": "rdv",
        "association": "asso assoc asos assoss",
        "l'association": "lasso",
        "associations": "assos assocs",
        "bénévole": "benevol bénévol benevolle bénevol bnvl",
        "bénévoles": "benevols",
        "bénévolat": "benevola benevolats bnvlat",
        "donner": "doner doné",
        "donation": "dona",
        "aider": "édé aidé_ aidez_",
        "d'aider": "daider",
        "gens": "gen_",
        "y a-t-il": "yatil",
        "il y a": "ya ia",
        "y avoir": "yavoir",
        "n'importe": "nimporte",
        "ce que": "ske",
        "et": "é",
        " euros": "€",
        "euros": "eur",
        "remboursé": "remboursser",
        "entreprise": "entrprise entreprize etp",
        "travail": "taf taff",
        "travailler": "bosser",
        "impôts": "impo impos impaux",
        "déduire": "deduir déduir",
        "données": "doné_ donnees_",
        "message": "msg",
        "messages": "msgs",
        "téléphone": "tel tél",
        "partenariat": "partenaria",
        "assurance": "assurence",
    }.items()
    for key in keys.split()
    if not key.endswith("_")
}
SHORT_ENGLISH: Final[Mapping[str, str]] = {
    "u": "you", "ur": "your", "r": "are", "y": "why", "pls": "please", "plz": "please", "thx": "thanks",
    "wanna": "want to", "gonna": "going to", "gimme": "give me", "im": "i am", "ive": "i have", "id": "i would",
    "dont": "do not", "cant": "cannot", "wont": "will not", "wat": "what", "wot": "what", "sth": "something",
    "smth": "something", "smb": "somebody", "ppl": "people", "abt": "about", "bc": "because", "cuz": "because",
    "msg": "message", "msgs": "messages", "tmrw": "tomorrow", "wk": "week", "wkend": "weekend", "hrs": "hours",
    "govt": "government", "biz": "business", "yr": "year", "b4": "before", "whats": "what is", "hows": "how is",
}  # fmt: skip
FIRST_MARK: Final = "\u0300"
"""No character before it is a mark that combines with another."""
# How messages begin and end, whatever they are about.
GREETING: Final = re.compile(
    r"^(?:(?:bonjour|bonsoir|salut|coucou|hello|hey|hi there|hi|good (?:morning|evening|afternoon)|dear sir(?: or madam)?|madame"
    r"|monsieur|mesdames|messieurs|à tous|à toutes|tout le monde|re|rebonjour|there|hola|buenos días|buenas tardes|buenas|olá"
    r"|bom dia|boa tarde|ciao|buongiorno|salve|hallo|guten (?:tag|morgen|abend)|привіт|добрий день|доброго дня|вітаю|مرحبا|السلام عليكم"
    r"|au fait|dis donc|dis[- ]moi|dites[- ]moi|sinon|du coup|euh+|heu+|ben|bah|bon ben|alors|d'ailleurs|par ailleurs|by the way|btw|well|um+|so)\b"
    r"[\s,.!:;…-]*(?:(?:et|ou)\s)?)+"
)
THANKS: Final = re.compile(
    r"(?:[\s,.!;…-]+(?:un grand |mille )?(?:merci(?: (?:d'avance|beaucoup|bien|à vous|infiniment|par avance|pour (?:votre|ton|vos) \w+))*"
    r"|s'il (?:te|vous) plaît|please|thanks(?: in advance| a lot)?|thank you(?: in advance| very much| so much)?|kind regards"
    r"|(?:bien )?cordialement|bonne (?:journée|soirée)|cheers|gracias|por favor|obrigad[oa]|grazie|per favore|danke|bitte|дякую|будь ласка|شكرا))+[\s.!…]*$"
)


def fold(text: str) -> str:
    """`text` in lower case without accents or typographic variants."""
    lowered = INVISIBLE.sub("", text.lower()).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    bare = unicodedata.normalize("NFKD", lowered.replace("’", "'").replace("ʼ", "'").replace("`", "'"))
    if bare.isascii():
        return bare
    return "".join([char for char in bare if char < FIRST_MARK or not unicodedata.combining(char)])


def typed(text: str) -> str:
    """`text` as it was typed, in lower case, with plain apostrophes and drawn-out letters shortened."""
    lowered = INVISIBLE.sub("", unicodedata.normalize("NFC", text).lower())
    return DRAWN_OUT.sub(r"\1", lowered.replace("’", "'").replace("ʼ", "'").replace("`", "'"))


def words_of(text: str) -> list[str]:
    """The words, numbers and signs of `text` in lower case, as they stand. An elided article keeps its apostrophe."""
    return WORD.findall(typed(text))


def in_full(text: str, accents: Mapping[str, str], *, english: bool = False) -> str:
    """`text` in lower case with its words written out; `accents` gives the accented form of words typed without."""
    short = SHORT_ENGLISH if english else SHORT_FRENCH

    def written(match: re.Match[str]) -> str:
        word = match[0]
        full = short.get(word)
        if full is not None:
            return full
        return accents.get(word, word) if not english else word

    return SPACES.sub(" ", WORD.sub(written, typed(text))).strip()


def without_courtesy(plain: str) -> str:
    """`plain` (in lower case) without the greeting it begins with and the thanks it ends with, if anything is left."""
    start = GREETING.match(plain)
    rest = plain[start.end() :] if start else plain
    rest = THANKS.sub("", rest)
    return rest if len(rest.split()) >= 2 else plain


def accents_of(french: Iterable[str], others: Iterable[str]) -> dict[str, str]:
    """From words without accents to the one way these texts accent them; words that `others` use too are left out."""
    forms: dict[str, Counter[str]] = {}
    for text in french:
        for word in words_of(text):
            if len(word) > 3:
                forms.setdefault(fold(word), Counter())[word] += 1
    foreign = {word for text in others for word in words_of(text)}
    found = {}
    for bare, seen in sorted(forms.items()):
        accented = [(count, word) for word, count in seen.items() if word != bare]
        if accented and bare not in foreign and len(accented) == 1:
            count, word = accented[0]
            # Examples are typed without accents too: the accented form has to be the usual one.
            if count >= seen[bare]:
                found[bare] = word
    return found
