"""The language a person asks for, by its name in any of the languages people ask it in."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence

__all__ = ["LANGUAGES", "read_language"]

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


def read_language(text: str | Sentence) -> str | None:
    """The ISO code of the language that is asked for or about, None when none is named. The last one named is meant."""
    sentence = Sentence.of(text)
    found = LANGUAGES.find(sentence)
    refused = refusals(sentence, [(entry.start, entry.end) for entry in found])
    wanted = [entry.value for entry, no in zip(found, refused, strict=True) if not no]
    return wanted[-1] if wanted else None
