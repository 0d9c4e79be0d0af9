"""Yes, no, and "I'd rather not say", in the many ways people answer."""

from __future__ import annotations

from typing import Final

from bot.understanding.lexicon import Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["read_skip", "read_yes_no"]

_YES_NO: Final[Lexicon[bool | None]] = Lexicon.of({
    True: """
        oui, ouais, ouai, ouaip, ouep, ouip, oui oui, wi, ui, yep, yes, yeah, yup, ya, yess, ye, yea, aye, ok, okay,
        okey, oki, okok, k, dac, d'ac, d'acc, d'accord, dacord, d'acord, daccord, carrement, volontiers, avec plaisir,
        bien sur, biensur, bien sûr que oui, evidemment, absolument, certainement, tout a fait, exact, exactement,
        exactly, parfait, parfaitement, super, genial, top, nickel, vas y, vazy, vas-y, go, allez, allez y, allons y,
        c'est parti, go go, banco, ca marche, ca me va, ca me convient, entendu, entendu oui, pourquoi pas, why not,
        je veux bien, jveux bien, je veux, j'aimerais bien, avec joie, affirmatif, effectivement, en effet, c'est ca,
        c ca, c'est bien ca, c'est bon, c bon, correct, juste, vrai, true, si si, mais oui, mais si, grave, deal, tu
        peux, vous pouvez, envoie, envoyez, fais le, faites, faites le, je confirme, confirme, confirmer, valide,
        valider, accepte, j'accepte, d'accord oui, sans probleme, pas de probleme, pas de souci, aucun probleme, aucun
        souci, sure, sure thing, of course, certainly, absolutely, definitely, please, yes please, please do, do it,
        go ahead, go on, go for it, sounds good, fine, alright, all right, right, that's right, that s right, indeed,
        great, perfect, i do, i would, i'd love to, i'd like that, let's go, lets go, i am, i agree, agreed,
        confirmed, no problem, by all means, with pleasure, gladly, totally, sí, si, vale, claro, sim, certo, va bene,
        ja, genau, gerne, 👍, ✅, 👌, ✔, 🙏, 🆗, on y va, pk pas, pq pas, bah oui, ben oui, j'en suis, partant,
        partante,
        chiche, je suis d'accord, si possible, svp oui, s'il vous plait, svp, stp, oui merci, je le veux
        """,
    False: """
        non, nan, nn, non non, na, nope, nop, no, nah, nay, non merci, no thanks, no thank you, no thx, pas
        maintenant, not now, not yet, pas encore, pas pour l'instant, pas pour le moment, pas tout de suite, pas
        aujourd'hui, une autre fois, another time, plus tard, later, maybe later, peut etre plus tard, pas du tout,
        not at all, absolument pas, certainement pas, surtout pas, bien sur que non, jamais, never, jamais de la vie,
        pas question, hors de question, no way, negatif, negative, je ne veux pas, je veux pas, jveux pas, veux pas,
        j'en veux pas, i don't, i do not, i dont, don't, dont, do not, i'd rather not, rather not, not really, pas
        vraiment, pas trop, pas besoin, ca ira, ca va aller, ca ira merci, c'est bon merci, inutile, sans facon, sans
        moi, merci non, laisse tomber, laissez tomber, laisse, nevermind, never mind, forget it, annule, annuler,
        cancel, faux, false, pas d'accord, incorrect, wrong, c'est faux, c'est pas ca, ce n'est pas ca, pas ca, stop,
        arrete, refuse, je refuse, nada, nein, nao, aucun, aucune, none, que nenni, bof, bof non, mouais non, pas la
        peine, tant pis, i'm good, im good, i'm fine, ni, 👎, ❌, 🚫, pas forcement, pas envie, i'm not, im not, i am
        not, isn't, it isn't, not interested, pas interesse, pas interessee, j'aimerais pas, je prefere pas, je
        prefere ne pas
        """,
    None: """
        je ne sais pas, je sais pas, jsp, sais pas, chais pas, i don't know, dunno, no idea, aucune idee, peut etre,
        maybe, perhaps, ca depend, it depends, mouais, pas sur, pas sure, not sure, oui et non, yes and no, pourquoi,
        why, comment, how, quoi, what, combien, qui, hein, no matter, si j, si je, si on, si c'est
        """,
})  # fmt: skip

_SKIP: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        je ne sais pas, je sais pas, {quand|ou|ce que|comme} {tu veux|vous voulez|tu preferes|vous preferez}, {a toi|a
        vous} {de voir|de choisir}, {choisis|choisissez} {pour moi|}, surprends moi, surprise me, up to you, your call,
        you choose, whenever, wherever, je ne saurais {pas|} dire, bonne question, j'hesite, pas encore decide, pas
        decide, not decided, j'sais pas, jsais pas, jsp, sais pas, chais pas, je n'en sais rien, j'en sais
        rien, aucune idee, pas d'idee, pas la moindre idee, passe, passer, je passe, passons, on passe, peu importe,
        n'importe, peut importe, m'est egal, ca m'est egal, c'est egal, pas d'avis, sans avis, pas de preference,
        aucune preference, comme vous voulez, comme tu veux, question suivante, suivant, suivante, je ne souhaite pas
        repondre, je ne veux pas repondre, je prefere ne pas repondre, je prefere ne pas le dire, je prefere pas,
        ignorer, ignore, sauter, saute, je m'en fiche, je m'en fous, osef, balek, je ne connais pas, connais pas, je
        connais pas, ca ne vous regarde pas, ca te regarde pas, pas envie de le dire, indifferent, tous, toutes,
        toute, tout me va, tout, any, anything, whatever, whichever, no preference, skip, skip it, pass, next, dunno,
        i don't know, i dont know, idk, don't know, dont know, no idea, no clue, not sure, doesn't matter, doesnt
        matter, don't care, dont care, don't mind, dont mind, i'd rather not say, rather not say, prefer not to say,
        prefer not, n/a, na, none of your business, unknown, inconnu, inconnue, aucun, aucune, rien, ?, ??, je ne me
        souviens pas, je me souviens plus, je ne sais plus, j'ai oublie, oublie, je ne m'en souviens plus, can't
        remember, i forget, no se, non lo so, nao sei, weiss nicht, partout, anywhere, everywhere, n'importe ou,
        n'importe quand, n'importe quel, n'importe quelle, un peu de tout, plus tard, later, pas maintenant, pour
        l'instant non
        """,
})  # fmt: skip

_FILLERS: Final = word_set(
    """
    euh eh ben bah beh bon alors hum hmm heu ah oh ha bin bein mais je j et donc enfin franchement honnetement la
    vraiment du coup well uh um so er oh and i to be honest it vous tu le ca cela that then now merci thanks thank thx
    you monsieur madame bcp beaucoup mon ma the a ! . , ; : - ( ) en fait moi
    """
)
_MOST_WORDS: Final = 12


def read_yes_no(text: str | Sentence) -> bool | None:
    """True for yes, False for no, None when the text says neither, or both, or is about something else."""
    sentence = Sentence.of(text)
    size = len(sentence)
    if not 0 < size <= 60:
        return None
    index = 0
    while index < size and sentence.words[index] in _FILLERS and _YES_NO.at(sentence, index) is None:
        index += 1
    found = _YES_NO.at(sentence, index)
    if found is None:
        return None
    # « oui mais non », « non si »: the last word of a chain of yeses and noes is what is meant.
    said, index = found.value, found.end
    while index < size:
        following = _YES_NO.at(sentence, index)
        if following is not None:
            if following.value is None:
                return None
            # After a yes or a no, polite words add nothing.
            if following.value != said and sentence.words[index] not in (
                "ok",
                "super",
                "svp",
                "stp",
                "please",
                "s",
                "top",
                "parfait",
                "great",
                "fine",
                "k",
            ):
                said = following.value
            index = following.end
        elif sentence.words[index] in _FILLERS:
            index += 1
        else:
            break
    rest = size - index
    short_word = found.end - found.start == 1 and sentence.words[found.start] in _OPENERS
    return said if rest <= (_MOST_WORDS if not short_word else 3) else None


# Words that begin many sentences which are neither yes nor no (« si je donne… », "please tell me…").
_OPENERS: Final = word_set(
    """
    si please k ya super top go envoie envoyez aucun aucune no none na ni stop laisse annule faites grave juste vrai
    right fine great perfect correct allez jamais never plus later sure svp stp je
    """
)


def read_skip(text: str | Sentence) -> bool:
    """Whether the person would rather pass on a question: « je ne sais pas », « peu importe », "skip"."""
    sentence = Sentence.of(text)
    size = len(sentence)
    if not 0 < size <= _MOST_WORDS:
        return False
    index = 0
    while index < size:
        found = _SKIP.at(sentence, index)
        if found is not None:
            rest = [word for word in sentence.words[found.end :] if word not in _FILLERS]
            return len(rest) <= 4 and "," not in rest
        if sentence.words[index] not in _FILLERS:
            return False
        index += 1
    return False
