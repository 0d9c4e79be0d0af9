"""What a message says of the person themselves: that they are under 18, or would help from home."""

from __future__ import annotations

from typing import Final

from bot.understanding.figures import Figure, figures_in
from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.polarity import refusals
from bot.understanding.sentence import Sentence, word_set

__all__ = ["is_minor", "is_remote", "remote_in", "speaks_of_oneself"]

_MINOR: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {ma|notre|en} classe de
        {terminale|premiere|seconde|troisieme|quatrieme|cinquieme|sixieme|3e|4e|5e|6e|3eme|4eme|5eme}, mineur,
        mineure, je suis {mineur|mineure|lyceen|lyceenne|collegien|collegienne|ado|au lycee|au college|en seconde|en
        premiere|en terminale|en troisieme|en 3eme|en 4eme|en 5eme|en 6eme}, lyceen, lyceenne, collegien, collegienne,
        chui {lyceen|lyceenne|au lycee|mineur|mineure|collegien|collegienne|ado}, jsuis {lyceen|lyceenne|au
        lycee|mineur|mineure|collegien|collegienne|ado}, mon {lycee|college|prof principal}, mes profs, mon {ado|fils mineur|ado de fils|lyceen|collegien}, ma {fille
        mineure|ado|lyceenne|collegienne}, nos ados, mes ados, moins de 18 ans, moins de dix huit ans, moins de 16
        ans, pas encore {18 ans|majeur|majeure|18}, pas majeur, pas majeure, pas 18 ans, en classe de
        {seconde|premiere|troisieme|quatrieme|terminale}, ecoliere, en quatrieme, en troisieme, au college moi, pour
        ados, benevole mineur, les mineurs, des mineurs, un mineur, brevet des colleges, accord parental, autorisation
        parentale, autorisation des parents, under 18, under eighteen, under 16, not yet 18, not 18 yet, minor,
        minors, underage, under age, teen, teens, teenager, teenagers, teenage, my teenage {son|daughter|kids}, high
        school student, high schooler, in high school, sixth former, secondary school student, schoolgirl, schoolboy,
        parental consent, menor, minorenne, minderjahrig, menor de edad
        """,
})  # fmt: skip
_HELPED: Final = word_set(
    """
    aider accompagner enfants enfant jeunes gamins eleves encadrer garder occuper animer entrainer tutorer avec aux
    pour help teach coach tutor kids children pupils youth orphelins ados collegiens lyceens mineurs isoles
    accompagnes loi depuis dans pendant experience ya as il bebe petits de travail retraite cdi marie y ecole environ
    sur for since ago
    """
)
_THE_YOUNG: Final = word_set("enfant enfants jeunes gamins eleves kids children pupils de")
_YOUNG: Final = word_set(
    """
    ai g jai suis chui jsuis fils fille gars garcon puce ado neveu niece frere soeur petite copine copain filleul son
    daughter boy girl teen i m im am aged nephew brother sister nos notre mon ma mes my our lyceen lyceenne collegien
    agee age
    """
)
_MINOR_FROM: Final = 6
_EIGHTEEN: Final = 18
_OF_ONESELF: Final = frozenset({"suis", "chui", "jsuis", "mon", "ma", "my", "m", "am"})
_OF_OTHERS: Final = frozenset({"isoles", "isole", "etrangers", "non", "unaccompanied", "foster", "rights"})
_HELPING: Final = word_set(
    """
    aider accompagner encadrer entrainer animer help helping teach teaching coach coaching tutor tutoring mentor
    mentoring aux for with soutien parrainer avec soutenir devoirs support supporting des cours
    """
)

_REMOTE: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        a distance, en distanciel, distanciel, en teletravail, teletravail, de chez moi, depuis chez moi, depuis la
        maison, de la maison, a la maison, de mon {canape|salon|lit|domicile|ordi|ordinateur|bureau a la maison},
        depuis mon {canape|salon|lit|domicile|ordi|ordinateur|appart|telephone|fauteuil|smartphone}, depuis {le|un}
        {canape|telephone|ordinateur}, a domicile chez moi, en ligne, online, sur internet, par internet, via
        internet, par telephone, au telephone, par tel, telephonique, telephoniques, ecoute telephonique, visio, en
        visio, par visio, par mail, par zoom, sur zoom, virtuel, virtuelle, virtuellement, sans me deplacer, sans
        sortir, sans bouger, sans bouger de chez moi, ne peux pas me deplacer, peux pas me deplacer, peux pas bouger,
        en remote, remote, full remote, e benevolat, ebenevolat, benevolat numerique a distance, sans deplacement,
        aucun deplacement, assignee a domicile, derriere mon ecran, derriere un ecran, devant mon ordi, en pyjama, sur
        mon ordi, {ne|} sors {plus|peu|presque plus|quasiment plus} {beaucoup|guere|tellement|trop|}, {ne|} {peux|peut} plus {sortir|me deplacer}, {ne|} me deplace {plus|peu},
        {clouee|cloue|coincee|coince|bloquee|bloque} {chez moi|au lit|a la maison|a domicile}, {telephoner|tel} {a|aux} {des|}, {passer|donner} des {coups de fil|coups de telephone|appels},
        depuis mon {lit|fauteuil}, {don't|dont|do not|rarely|hardly} {go|get} out {much|any more|anymore|}, can't get out {much|}, {call|calling|phone|phoning|ring|ringing} {lonely|older|elderly|isolated} people, sur mon ordinateur, clouee a la maison, cloue a la maison, from home, at home, from my
        {sofa|couch|bed|desk|laptop|computer|living room|phone|flat|place}, work from home, remotely, virtual,
        virtually, virtual volunteering, over the phone, by phone, on the phone, phone calls, telephone, via zoom, on
        zoom, over zoom, by video, by email, from anywhere, without leaving home, without leaving the house, can't
        leave the house, can't leave home, housebound, homebound, stuck at home, without travelling, no travel,
        telephone befriending, a distancia, a distanza, da casa, desde casa, von zuhause, online volunteering, de casa
        """,
})  # fmt: skip

# « près de chez moi », « démarches en ligne »: not where one would help from.
_NEAR_HOME: Final = word_set("pres proche loin cote autour demarches formulaires services administratives close")


def is_minor(text: str | Sentence, language: str = "fr") -> bool:
    """Whether the volunteer is under 18. The age of those one would help says nothing."""
    sentence = Sentence.of(text)
    said = _MINOR.first(sentence)
    if said is not None and not _is_of_the_helped(sentence, said):
        return True
    return any(
        _MINOR_FROM <= figure.number.value < _EIGHTEEN and _is_age_of_volunteer(sentence, figure)
        for figure in figures_in(sentence, language)
        if figure.number.value % 1 == 0 and not figure.number.article
    )


def _is_age_of_volunteer(sentence: Sentence, figure: Figure) -> bool:
    """« j'ai 15 ans », "my son (14)", "I'm 16": not « des enfants de 10 ans » nor « depuis 12 ans »."""
    before, after = sentence.words[max(0, figure.start - 5) : figure.start], sentence.word(figure.number.end)
    close = any(word in _YOUNG for word in before)
    if figure.measure == "age":
        if before[-1:] == ["a"] and sentence.word(figure.end) in ("", "?", ".", "!", ",", "on", "c"):
            return not any(word in _THE_YOUNG for word in before)
        bare = sentence.word(figure.end - 1) not in ("annee", "annees", "anos", "anni", "jahre")
        return close or (bare and not any(word in _HELPED for word in before[-4:]))
    if not close or figure.measure not in ("unsaid", "other", "name", "people"):
        return False
    if before[-1] == "(" and after == ")":
        return True
    return before[-1] in ("m", "im", "am", "aged", "is") and after in ("", ",", ".", "and", "!", "?")


def _is_of_the_helped(sentence: Sentence, said: Found[bool]) -> bool:
    """« aider des collégiens », "mentor teenagers", « mineurs isolés »: they are those who are helped."""
    near = sentence.words[max(0, said.start - 2) : said.start + 1]
    if any(word in _OF_ONESELF for word in near):
        return False
    before = sentence.words[max(0, said.start - 4) : said.start]
    return sentence.word(said.end) in _OF_OTHERS or any(word in _HELPING for word in before)


_ONESELF: Final = word_set(
    "je j jai jaimerais jveux jvoudrais moi mon ma mes nous on notre nos i we my our me us im ive id"
)


def speaks_of_oneself(text: str | Sentence) -> bool:
    """Whether the words are somebody's own sentence rather than a name or a title."""
    return not _ONESELF.isdisjoint(Sentence.of(text).words)


def is_remote(text: str | Sentence) -> bool:
    """Whether the person wants to help from home, by phone or online."""
    return bool(remote_in(Sentence.of(text)))


def remote_in(sentence: Sentence) -> list[tuple[int, int]]:
    """Where a message says so: words from, to."""
    found = _REMOTE.find(sentence)
    refused = refusals(sentence, [(entry.start, entry.end) for entry in found])
    return [
        (entry.start, entry.end)
        for entry, no in zip(found, refused, strict=True)
        if not no
        and sentence.word(entry.start - 1) not in _NEAR_HOME
        and sentence.words[entry.start : entry.end] not in _ELSEWHERE
    ]


# Said of many things: « aider à la maison de retraite », "the telephone".
_ELSEWHERE: Final = (["a", "la", "maison"], ["de", "la", "maison"], ["telephone"])
