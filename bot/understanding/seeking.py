"""What an association or a firm looks for: hands and heads, or things; and that it wants it published.

    « on cherche un comptable bénévole »              people, "Comptable bénévole"
    « notre club a besoin d'un minibus »              things
    « tu peux le publier ? »                          to be published

Who looks for a mission for themselves is no such seeker, nor is who asks how to find volunteers.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.sentence import Sentence, word_set

__all__ = ["Seeking", "read_seeking"]

Sought = Literal["people", "things", "published"]


class Seeking(NamedTuple):
    """What is looked for, and in which words, where they tell more than that somebody is. `for_others`: said in the
    name of a body, by its words alone."""

    sought: Sought
    what: str = ""
    for_others: bool = False


_VERBS: Final[Lexicon[Literal["we", "i"]]] = Lexicon.of({
    "we": """
        {on|nous} {cherche|cherchons|recherche|recherchons|recrute|recrutons}, {on a|nous avons|a|ont|avons} besoin {de|d'|du}, {on|nous}
        {manque|manquons} {de|d'}, il nous {faut|faudrait|manque}, {on|nous}
        {aimerait|aimerions|voudrait|voudrions|veut|voulons|souhaite|souhaitons} {trouver|recruter}, {asso|association|club|refuge|ong|collectif|mairie|commune|fondation}
        {cherche|recherche|recrute|manque de}, aurait besoin {de|d'|du}, auraient besoin {de|d'}, aurions besoin {de|d'}, {we're|we are} {looking for|short of|recruiting}, we
        {need|seek|want to find|would like to find|could use}, our {charity|club|association} {needs|seeks|is looking for}
        """,
    "i": """
        je {cherche|recherche|recrute}, {j'aimerais|je voudrais|je veux|je souhaite|j'essaie de} {trouver|recruter}, j'ai besoin {de|d'|du}, il me
        {faut|faudrait|manque}, {i'm|i am} looking for, i need, i {want|would like} to {find|recruit}, i'd like to {find|recruit}
        """,
})  # fmt: skip
_PUBLISH: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {publier|poster|deposer|diffuser|passer|mettre|lancer} {un|une|mon|ma|notre|le|la|ce|cette|l'} {besoin|annonce|mission|offre de benevolat|appel a
        benevoles|recherche de benevoles}, {publie|publiez|poste|diffuse|diffusez} {le|la|les|ca}, {peux|peut|pouvez} {tu|vous|on|} {le|la|les} {publier|poster|diffuser|mettre en
        ligne}, {le|la} {publier|poster|diffuser}, {publish|post} {a|my|our|the|this|it} {need|mission|ad|notice|call for volunteers|}
        """,
})  # fmt: skip
_FOR_A_BODY: Final[Lexicon[bool]] = Lexicon.of({
    True: """
        {pour|dans|au sein de} {mon|notre|ma|l'} {asso|association|club|structure|refuge|collectif|ong|commune|mairie}, {notre|mon}
        {asso|association|club|refuge}, for {my|our} {charity|association|club|nonprofit}
        """,
})  # fmt: skip
_VOLUNTEERS: Final = word_set("benevole benevoles volontaire volontaires volunteer volunteers bras renfort hands")
_THINGS: Final = word_set(
    """
    argent don dons financement financements fonds subvention subventions mecene mecenes sponsor sponsors entreprise entreprises
    partenaire partenaires partenariat local locaux salle salles terrain materiel ordinateur ordinateurs pc camion
    camionnette minibus vehicule voiture meuble meubles nourriture denrees vetements chaises tables frigo imprimante
    materiaux stockage bureau bureaux money funding funds sponsorship company companies room premises equipment computers
    computer van minibus furniture food
    """
)
_ELSE: Final = word_set(
    """
    mission missions benevolat travail emploi boulot job stage logement appartement idee idees info infos information
    informations renseignement renseignements reponse conseil conseils association associations asso assos quoi savoir aider
    a comment ou volunteering work idea ideas advice charity charities
    """
)
"""Looked for, and neither hands nor things."""
_OF_A_FIRM: Final = word_set(
    "entreprise entreprises societe societes mecenat boite company companies firm firms secondment"
)
"""Somebody whom a firm lends: skills sponsorship, and no volunteer."""
_LITTLE: Final = word_set(
    "un une des de d du le la les l a an some the any quelques plusieurs quelqu one deux trois 1 2 3 4 5 6"
)
_HOW: Final = word_set("comment ou pourquoi how where why combien quand")
_ENDS: Final = word_set(". ; ! ? , :") | {"\n"}
_AND_AFTER: Final = (
    ["pour", "notre"],
    ["pour", "mon"],
    ["dans", "notre"],
    ["dans", "mon"],
    ["for", "our"],
    ["for", "my"],
)
_LONGEST: Final = 14
_BARE: Final = _VOLUNTEERS | word_set("monde gens personne personnes people mains main aide help")


def read_seeking(text: str | Sentence) -> Seeking | None:
    """What somebody looks for in the name of others, as far as it is said."""
    sentence = Sentence.of(text)
    words = sentence.words
    if words and words[0] in _HOW:
        return None
    verb = _VERBS.first(sentence)
    if verb is None:
        return Seeking("published", for_others=True) if _PUBLISH.first(sentence) is not None else None
    end = _end_of(sentence, verb)
    sought = words[verb.end : end]
    first = next((word for word in sought if word.isalnum() and word not in _LITTLE), "")
    if not first or first in _ELSE:
        return None
    if not _OF_A_FIRM.isdisjoint(sought):
        return None
    names_volunteers = not _VOLUNTEERS.isdisjoint(sought)
    for_a_body = _FOR_A_BODY.first(sentence) is not None
    if first in _THINGS:
        return Seeking("things", "", for_others=verb.value == "we" or for_a_body)
    what = _phrase(sentence, verb.end, end)
    return Seeking("people", what, for_others=for_a_body or (verb.value == "we" and names_volunteers))


def _end_of(sentence: Sentence, verb: Found[Literal["we", "i"]]) -> int:
    """Where the words of what is looked for end."""
    for at in range(verb.end, min(len(sentence), verb.end + _LONGEST)):
        if sentence.words[at] in _ENDS or sentence.words[at : at + 2] in _AND_AFTER:
            return at
    return min(len(sentence), verb.end + _LONGEST)


def _phrase(sentence: Sentence, start: int, end: int) -> str:
    """The words as they were typed, without their article; none where they say only that somebody is looked for."""
    while start < end and sentence.words[start] in _LITTLE:
        start += 1
    if all(word in _BARE or word in _LITTLE for word in sentence.words[start:end]):
        return ""
    said = sentence.typed(start, end).strip()
    return said[:1].upper() + said[1:]
