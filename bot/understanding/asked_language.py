"""The language a person asks for, by its name in any of the languages people ask it in."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence, word_set

__all__ = ["LANGUAGES", "may_want_language", "read_language", "wants_language"]

LANGUAGES: Final[Lexicon[str]] = Lexicon.of({
    "fr": """
        francais, french, frances, francese, franzosisch, la langue de moliere, fr, franchais, francai, francaise,
        française, французька, французский, французькою, الفرنسية, frans
        """,
    "en": """
        anglais, english, ingles, inglese, englisch, langue de shakespeare, en anglais, anglai, angl, eng, англійська,
        английский, англійською, الإنجليزية, الانجليزية, engels, englais, inglish, anglaise
        """,
    "es": """
        espagnol, spanish, espanol, castillan, castellano, spagnolo, spanisch, espanhol, langue de cervantes,
        espagnole, іспанська, الإسبانية, espagnnol
        """,
    "it": "italien, italian, italiano, italienisch, langue de dante, italienne",
    "pt": "portugais, portuguese, portugues, portoghese, portugiesisch, bresilien, brazilian, portugaise",
    "de": "allemand, german, aleman, tedesco, deutsch, alemao, langue de goethe, allemande, німецька",
    "ar": "arabe, arabic, العربية, عربي, بالعربية, عربية, arabo, arabisch, derja, darija, arab",
    "uk": """
        ukrainien, ukrainian, українська, українською, украинский, ucraniano, ucraino, ukrainisch, ukrainienne,
        українську
        """,
    "ru": "russe, russian, русский, ruso, russo, russisch, по русски, російська",
    "zh": "chinois, chinese, mandarin, 中文, chino, cinese, chinoise, 汉语",
    "nl": "neerlandais, dutch, hollandais, nederlands, flamand",
    "pl": "polonais, polish, polski, polonaise",
    "ro": "roumain, romanian, romana, roumaine",
    "tr": "turc, turkish, turkce, turque",
    "br": "breton, brezhoneg, bretonne",
    "oc": "occitan",
    "eu": "basque, euskara",
    "ca": "catalan, catala",
    "co": "corse langue, langue corse, en corse, parler corse, corsu",
    "ja": "japonais, japanese, 日本語, japonaise",
    "fa": "persan, farsi, dari, فارسی, persian",
    "ps": "pachto, pashto, پښتو",
    "so": "somali",
    "ti": "tigrigna, tigrinya",
    "am": "amharique, amharic",
    "ur": "ourdou, urdu, اردو",
    "hi": "hindi, हिन्दी",
    "bn": "bengali, bangla, বাংলা",
    "ta": "tamoul, tamil, தமிழ்",
    "vi": "vietnamien, vietnamese",
    "ko": "coreen, korean, 한국어",
    "el": "grec, greek",
    "he": "hebreu, hebrew, עברית",
    "hu": "hongrois, hungarian",
    "sq": "albanais, albanian, shqip",
    "sr": "serbe, serbian",
    "hr": "croate, croatian",
    "bg": "bulgare, bulgarian",
    "cs": "tcheque, czech",
    "sv": "suedois, swedish",
    "da": "danois, danish",
    "fi": "finnois, finnish",
    "no": "norvegien, norwegian",
    "wo": "wolof",
    "kab": "kabyle, berbere, tamazight",
    "ln": "lingala",
    "gcf": "creole, creole antillais",
    "fsl": "langue des signes, lsf, sign language",
    "eo": "esperanto",
})  # fmt: skip


_REQUEST: Final = word_set("en in parler parlons speak langue language version switch passer passe passez changer talk")
_AROUND: Final = word_set(
    """
    en in to au le la l de du the parler parlons parlez peut peux pouvez pouvons peu on vous tu je j nous veux voudrais
    veu prefere preferer aimerais passer passe passez changer change changez continuer continue continuons svp stp s il te plait
    please pls speak can could we you i d like want would prefer switch let us go on talk answer reply repond repondez
    reponds moi me write ecris ecrivez ecrire langue language version mode ok merci thanks possible maintenant now plutot
    rather instead it this ca c est mets mettez set bonjour hello hi
    """
)
_CAN_YOU: Final = (["parlez", "vous"], ["parles", "tu"], ["tu", "parles"], ["vous", "parlez"], ["do", "you", "speak"])
"""Asks what one can do, and nothing for now."""


def wants_language(text: str | Sentence, *, alone: bool = True) -> str | None:
    """The language that the whole message asks to go on in: « en anglais ? », "can we speak French please".

    The name of a language alone counts where `alone`.
    """
    sentence = Sentence.of(text)
    words = sentence.words
    named = LANGUAGES.find(sentence)
    if not named or len(words) > _MOST_WORDS:
        return None
    beside = [
        word
        for at, word in enumerate(words)
        if word.isalnum() and not any(entry.start <= at < entry.end for entry in named)
    ]
    asks_what_one_can = any(words[at : at + len(them)] == them for them in _CAN_YOU for at in range(len(words)))
    if asks_what_one_can or not all(word in _AROUND for word in beside):
        return None
    if not alone and _REQUEST.isdisjoint(words):
        return None
    return read_language(sentence)


_MOST_WORDS: Final = 12


def may_want_language(text: str | Sentence) -> bool:
    """Whether a language is named as one to speak in: « en anglais », not « des cours d'anglais »."""
    sentence = Sentence.of(text)
    named = LANGUAGES.find(sentence)
    before = {sentence.word(at) for entry in named for at in (entry.start - 1, entry.start)}
    return not before.isdisjoint(_REQUEST) or not _REQUEST.isdisjoint(set(sentence.words) - {"en", "in"}) or not named


def read_language(text: str | Sentence) -> str | None:
    """The ISO code of the language that is asked for or about, None when none is named. The last one named is meant."""
    sentence = Sentence.of(text)
    found = LANGUAGES.find(sentence)
    refused = refusals(sentence, [(entry.start, entry.end) for entry in found])
    wanted = [entry.value for entry, no in zip(found, refused, strict=True) if not no]
    return wanted[-1] if wanted else None
