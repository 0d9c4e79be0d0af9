"""Who speaks, where a message says it: « je suis fonctionnaire », « on est une SARL », "as treasurer of a charity".

Only what is said of oneself counts: « ma femme est fonctionnaire » and « les salariés » tell nothing. A declaration ("je
suis …", "en tant que …", « DRH d'une PME, je … ») holds against what was known; a mere sign (« mon employeur », « nos
adhérents ») counts where nothing was.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from bot.understanding.lexicon import Found, Lexicon
from bot.understanding.sentence import Sentence
from bot.word_lists import each, word_lists

__all__ = ["NOBODY", "SPEAKERS", "SaidToBe", "Speaker", "read_speaker"]

_LISTS: Final = word_lists("speakers")

Speaker = Literal["household", "firm", "hr", "employee", "association", "public_agent", "authority", "volunteer"]

SPEAKERS: Final[tuple[Speaker, ...]] = (
    "household",
    "firm",
    "hr",
    "employee",
    "association",
    "public_agent",
    "authority",
    "volunteer",
)


class SaidToBe(NamedTuple):
    """Who speaks, several where somebody is several: employee and treasurer. `declared`: said, not only shown; `alone`:
    and nothing else is."""

    speakers: tuple[Speaker, ...] = ()
    declared: bool = False
    alone: bool = False


NOBODY: Final = SaidToBe()

# What somebody may be. A "head" speaks for the body that follows, a "worker" is paid by it; "chair" is a head that
# mostly an association has.
_Title = Speaker | Literal["head", "chair", "worker"]
_TITLES: Final[Lexicon[_Title]] = Lexicon(
    _LISTS.groups(
        "titles",
        {
            "chair": "chair",
            "association": "association",
            "head": "head",
            "hr": "hr",
            "firm": "firm",
            "worker": "worker",
            "public_agent": "public_agent",
            "authority": "authority",
            "volunteer": "volunteer",
            "household": "household",
        },
    )
)

_Body = Literal["association", "firm", "authority", "public"]
_BODIES: Final[Lexicon[_Body]] = Lexicon(_LISTS.groups("bodies", each(_Body)))

# What makes a title or a body one's own.
_ONESELF: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("oneself"))
_HAVING: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("having"))
"""With these, a firm is one's own: « j'ai une SARL », « ma boutique »."""
_EITHERS: Final = _LISTS.words("either_has")
"""« ma boîte » may be the one somebody works for."""
_WORKING: Final[Lexicon[bool]] = Lexicon(_LISTS.phrases("working"))
_BETWEEN: Final = _LISTS.words("between")
"""Words that may stand between « je suis » and what one is."""
_REACH: Final = 5
_OF: Final = _LISTS.words("of")
_STARTS: Final = _LISTS.words("starts") | frozenset({",", ":", "-"})
_GREETING: Final = _LISTS.words("greetings") | frozenset({",", ".", "!", ":", "-"})
_PLURAL: Final = _LISTS.words("plural")

_SAYS_NO_MORE: Final = _BETWEEN | _OF | _GREETING | _LISTS.words("says_no_more")
_A_NAME: Final = 2
"""So many words may be the name of the body: « présidente du club de judo d'Aurillac »."""

# Signs that show who speaks without a declaration.
_SIGNS: Final[Lexicon[Speaker]] = Lexicon(_LISTS.groups("signs", each(Speaker)))


def read_speaker(text: str | Sentence) -> SaidToBe:
    """Who speaks, as far as the message says it; `NOBODY` where it does not."""
    sentence = Sentence.of(text)
    declared: list[Speaker] = []
    said: set[int] = set()
    free = 0
    for at in range(len(sentence)):
        if at < free:
            continue
        goes_on = bool(declared) and at > free and all(word in _BETWEEN for word in sentence.words[free:at])
        found = _declared(sentence, at, goes_on)
        if found is not None:
            declared.append(found.value)
            said.update(range(at, found.end))
            free = found.end
    if declared:
        beside = [word for at, word in enumerate(sentence.words) if at not in said and word not in _SAYS_NO_MORE]
        is_all = sum(word.isalnum() for word in beside) <= _A_NAME and "?" not in beside
        return SaidToBe(tuple(dict.fromkeys(declared)), declared=True, alone=is_all)
    signs = dict.fromkeys(entry.value for entry in _SIGNS.find(sentence))
    if not signs and (alone := _alone(sentence)) is not None:
        return SaidToBe((alone,))
    return SaidToBe(tuple(signs)) if len(signs) == 1 else NOBODY


def _alone(sentence: Sentence) -> Speaker | None:
    """« une mairie », « association »: the message names a sort of body and nothing else."""
    words = [at for at in range(len(sentence)) if sentence.words[at].isalnum()]
    start = next((at for at in words if sentence.words[at] not in _BETWEEN), None)
    body = None if start is None else _BODIES.at(sentence, start)
    if body is None or body.value == "public" or any(at >= body.end for at in words):
        return None
    return body.value


def _declared(sentence: Sentence, at: int, goes_on: bool) -> Found[Speaker] | None:
    """What somebody says to be with the words at `at`; `goes_on`, after something else that they are."""
    title = _TITLES.at(sentence, at)
    if title is not None and (goes_on or _is_own(sentence, at) or _opens(sentence, title)):
        body = _body_after(sentence, title.end)
        speaker = _of_title(title.value, body)
        return None if speaker is None else Found(at, body.end if body else title.end, speaker)
    if (body := _BODIES.at(sentence, at)) is not None:
        own = _is_own(sentence, at) or (body.value in ("authority", "association") and _opens_for(sentence, body))
        having = body.value == "firm" and _is_own(sentence, at, _HAVING) and sentence.words[at] not in _EITHERS
        if (own or having) and body.value != "public":
            return Found(at, body.end, body.value)
    if (working := _WORKING.at(sentence, at)) is not None:
        body = _body_after(sentence, working.end - 1)
        is_public = body is not None and body.value in ("authority", "public")
        return Found(at, body.end if body else working.end, "public_agent" if is_public else "employee")
    return None


def _of_title(title: _Title, body: Found[_Body] | None) -> Speaker | None:
    """Who a title, perhaps of a body, makes one."""
    if title == "head" or title == "chair":
        if body is None:
            return "association" if title == "chair" else None
        return "authority" if body.value == "public" else body.value
    if title == "worker":
        return "public_agent" if body is not None and body.value in ("authority", "public") else "employee"
    if title == "association" and body is not None and body.value == "firm":
        return "firm"
    return title


def _is_own(sentence: Sentence, at: int, marks: Lexicon[bool] = _ONESELF) -> bool:
    """Whether « je suis » or the like stands before, with nothing that refuses in between."""
    for end in range(at, max(-1, at - _REACH), -1):
        if marks.ending_at(sentence, end) is not None:
            return True
        if end == 0 or sentence.words[end - 1] not in _BETWEEN:
            return False
    return False


def _opens(sentence: Sentence, title: Found[_Title]) -> bool:
    """« DRH d'une PME, je … », « Fonctionnaire, puis-je … »: the message begins with it."""
    if any(word not in _GREETING for word in sentence.words[: title.start]):
        return False
    after = sentence.word(title.end)
    if title.value == "volunteer":
        return after in ("depuis", "since")
    return after in _STARTS or not after


def _opens_for(sentence: Sentence, body: Found[_Body]) -> bool:
    """« Mairie de Figeac, nous … », « petite asso de quartier, on … »: the message begins with the body, then says we."""
    if any(word not in _GREETING and word not in _BETWEEN for word in sentence.words[: body.start]):
        return False
    words = sentence.words[body.end :]
    comma = next((at for at, word in enumerate(words) if word in (",", ":", "-", ".", "ici", "here")), None)
    return comma is not None and comma <= _REACH and not _PLURAL.isdisjoint(words[comma:])


def _body_after(sentence: Sentence, at: int) -> Found[_Body] | None:
    """The body that a title is of: « présidente d'une petite asso »."""
    while at < len(sentence):
        if (body := _BODIES.at(sentence, at)) is not None:
            return body
        if sentence.words[at] not in _OF and sentence.words[at] not in _BETWEEN:
            return None
        at += 1
    return None
