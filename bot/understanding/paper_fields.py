"""What goes on a paper, out of what somebody types: names, post, address, numbers, dates, in any order.

`read_fields` takes what says itself what it is ("je m'appelle …", "matricule 4512", a SIREN, an address). `read_pieces` also takes the
pieces of an answer that lists several things, and gives a bare name to the field that waits for one. A remark, a question,
a courtesy are no field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from bot.understanding.answers import read_skip, read_yes_no
from bot.understanding.courtesy import read_courtesy
from bot.understanding.dates import read_date
from bot.understanding.papers_asked import read_paper_asked
from bot.understanding.questions import is_question
from bot.understanding.sentence import Sentence, fold
from bot.word_lists import word_lists

__all__ = ["Sort", "Wanted", "gives_leave", "read_fields", "read_pieces", "recipient_as_typed"]

_LISTS: Final = word_lists("papers")

Sort = Literal[
    "person", "company", "body", "post", "number", "address", "siren", "rna", "recipient", "words", "date", "place"
]
"""What a field holds: it decides which bare words may fill it."""


class Wanted(NamedTuple):
    """A field that is still empty; the first of a sort comes first."""

    name: str
    sort: Sort


LONGEST_PIECE: Final = 160
LONGEST_POST: Final = 4
ON_SUMS: Final = "soit|environ|euros?|jours?|mois|annee|fois"
_CUT: Final = re.compile(r"\s*(?:\n|;|•|\s[-–—]\s|,)\s*")
# Words with which a field's value ends and the sentence goes on.
_ON: Final = re.compile(
    r"\s+(?:et|and|mais|but|,)?\s*(?:je |j'|j’|i |i'm |mon |ma |mes |my |il |elle |on |nous |we |qui |who |pour donner|pour un|depuis )",
)
_THEN: Final = re.compile(
    r" chez |\s*\(|\s+(?:donne|donnons|donnera|verse|versons|versera|offre|offrons|prete|pretons|veut|voudrait|souhaite|aimerait|soutient|"
    r"va|gives?|lends?|wants?|would|supports?)\b"
)
_LEGAL_FORM: Final = re.compile(
    r"\b(?:sarl|sas|sasu|eurl|scop|scic|gaec|earl|selarl|snc|gmbh|ltd|llc|inc|cabinet|imprimerie|boulangerie|ateliers?|soci[eé]t[eé]|entreprise|groupe|"
    r"garage|pharmacie|librairie|transports?|menuiserie|ma[cç]onnerie|conseil|consulting|industries?|h[oô]tel|restaurant|agence|banque|"
    r"clinique|magasins?|& (?:fils|cie|associ[eé]s)|et (?:fils|associ[eé]s))\b|\bSA\b",
    re.IGNORECASE,
)
_STREET: Final = (
    r"(?:rue|avenue|av|bd|boulevard|place|chemin|impasse|allee|quai|route|cours|square|passage|faubourg|lotissement|residence|za|zi|zac|"
    r"street|road)"
)
_ADDRESS: Final = re.compile(r"\b\d{1,4} ?(?:bis|ter|quater|b|t)?,? " + _STREET + r"\b.*")
_POSTCODE: Final = re.compile(r"\d{5} [a-z].*")
_TITLE: Final = re.compile(
    r"(?:a l'attention d[eu]s? |a |to |for the attention of )?(?:m\.|mme|mlle|madame|monsieur|mr|mrs|ms)\.? .+"
)
_OFFICE: Final = re.compile(
    r"(?:drh|rh|pdg|dg|daf|responsable|directeur|directrice|gerante?|chef|cheffe|presidente?|service|hr|manager|director|head)\b"
)
_SIREN: Final = re.compile(r"(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{5})?(?!\d)")
_RNA: Final = re.compile(r"(?<!\w)w\d{9}(?!\d)")
_STAFF_NUMBER: Final = re.compile(
    r"(?:matricule|(?:numero|n°|no|num) (?:de |d')?(?:salariee?|matricule|agent|paie|paye)|(?:staff|employee|payroll) (?:number|no|id))"
    r"\s*(?:[:=]|c'est|est|is|n°)?\s*(?:le )?([a-z]{0,3}[-/]?\d[\w/-]{0,20})"
)
# What says itself what follows. With a colon anything may follow, without one only a capital.
_LABELS: Final[dict[str, str]] = {
    "person": (
        r"je m'appelle|mon nom(?: complet)?(?: est| c'est)?|moi c'est|c'est (?=\w+ \w+$)|(?:mon )?(?:nom et prenom|prenom et nom|prenom nom|nom)"
        r"(?: complet)?(?: du salarie| de la salariee)?|my (?:full )?name(?: is|'s)|(?:full )?name|"
        r"(?:le salarie|la salariee|notre salariee?|la personne|the employee)(?: s'appelle| est| is called| is)"
    ),
    "company": (
        r"je (?:travaille|bosse|taffe) (?:chez|pour)|jbosse chez|(?:je suis |)(?:salariee?|employee?|embauchee?) (?:chez|de)|"
        r"(?:(?:mon|notre|l'|ma|nom de l'|le nom de l'|nom de la |the )?(?:employeur|entreprise|societe|boite|company|employer|firm))"
        r"(?: s'appelle| est| c'est| is called| is|)|i work (?:for|at)|working (?:for|at)|nous sommes(?= la societe| l'entreprise)"
    ),
    "body": r"(?:l'|nom de l'|le nom de l'|the )?(?:association|asso|organisme|beneficiaire|charity)(?: s'appelle| est| c'est| is called| is|)",
    "post": r"(?:mon |ma |my |son )?(?:poste|fonction|metier|emploi|qualification|profession|job(?: title)?|position)(?: est| c'est| is|)",
    "address": r"(?:mon |my )?(?:adresse|address)(?: postale)?(?: est| c'est| is|)|j'habite au|i live at",
    "company_address": r"(?:le )?(?:siege(?: social)?|adresse de l'(?:entreprise|employeur)|adresse de la societe|(?:company|employer) address|registered office)(?: est| is|)",
    "body_address": r"adresse de l'(?:asso|association)|(?:charity|association) address",
    "recipient": r"(?:a l'attention d[eu]s?|destinataire|for the attention of|attn)(?: est| is|)",
    "signatory": r"(?:representee? par|signataire|signe par|signee par|represented by|signed by)(?: pour l'entreprise)?(?: est| is|)",
    "counter": r"(?:mon |le )?(?:compteur|counter)(?: est| is|)",
    "tasks": r"(?:la |les |sa |ses )?(?:missions?|taches?|travail|tasks?)(?: sont| est| are| is|)|(?:il|elle) (?:va|fera|devra)|(?:he|she|they) will",
    "timetable": r"(?:jours et horaires|horaires?|timetable|schedule|hours)(?: sont| est| are|)",
    "place": r"fait a|lieu(?: de signature)?|made at|place",
    "work_place": r"lieu (?:de travail|de la mission)|sur place a|place of work",
    "starts": r"(?:date (?:de debut|proposee|souhaitee)|a partir du|a compter du|debut(?: le)?|date|from|starting(?: on)?|start)(?: est| is|)",
    "project": r"(?:projet|objet(?: du don)?|project|purpose)(?: est| is|)",
}  # fmt: skip
_LABELLED: Final = {
    name: re.compile(rf"(?:^|(?<=[\s,.;:(]))(?:{label})\s*(?P<colon>[:=])?\s*(?P<value>\S.*)")
    for name, label in _LABELS.items()
}
_POST_AT: Final = re.compile(r"(?P<post>[^\d,]{3,60}?)? ?\bchez (?P<company>.+)")
_CAPITAL: Final = r"[A-ZÀ-ÖØ-Ý][\w'’-]*"
_WITH_FORM: Final = re.compile(
    rf"\b(?:SARL|SAS|SASU|EURL|SA|SCOP|SNC|SCIC|GAEC|Sarl|Sas|Scop) (?:(?:de|du|des|la|le|les|et|&) |l['’]|d['’])*{_CAPITAL}"
    rf"(?:[ -](?:{_CAPITAL}|&|et(?= (?:Fils|fils|Cie|associés|{_CAPITAL}))|fils|associés|du|de la|de|des))*"
)
_LENDS: Final = r"(?:pr[êe]t(?:er?|ons|é|ée)|d[ée]tach(?:er?|ons|é|ée)|disposition(?: de)?|lib[ée]r(?:er?|ons)|lend(?:ing)?|second(?:ing)?|loan)"
_POST: Final = r"(?P<post>[a-zà-öø-ÿ]{4,20}(?: (?:web|rh|informatique|marketing|financi[èe]re?|juridique|commercial|commerciale|engineer|manager|developer))?)"
# « notre comptable Julie Martin », "lend our engineer"
_LENT_BY_NAME: Final = re.compile(
    rf"(?:{_LENDS} |\b(?:notre|mon|ma|our|my) )(?:(?:notre|une?|mon|ma|our|an?|my) )?(?:{_POST} )?(?P<name>{_CAPITAL} {_CAPITAL})"
)
_LENT: Final = re.compile(rf"{_LENDS} (?:notre|une? de nos|une?|mon|ma|our|an?|my) {_POST}\b")
_ANYBODY: Final = _LISTS.words("anybody")
_OF_A_FIRM: Final = _LISTS.words("of_a_firm")
_NO_POST: Final = _LISTS.words("no_post")
_AM: Final = re.compile(
    r"(?:^|(?<=[\s,.;]))(?:je suis|j'suis|chui|i am|i'm|en tant que|comme|as)(?: une?| an?)? (?P<value>\S.*)"
)
# Words that no name and no title of a post is made of.
_NO_NAME: Final = _LISTS.words("no_name")
_MOST_WORDS: Final = 7


def flat(text: str) -> str:
    """Lower case without accents and typographic variants, letter for letter as long as `text`."""
    out = []
    for character in text:
        if character in "’‘ʼ":
            out.append("'")
            continue
        bare = unicodedata.normalize("NFD", character)[0].lower()
        out.append(bare if len(bare) == 1 else character)
    return "".join(out).replace("\u00a0", " ").replace("\u202f", " ")


def read_fields(text: str, today: date, language: str = "fr") -> dict[str, str]:
    """What a message says of a paper's fields by itself, wherever it stands in it."""
    fields: dict[str, str] = {}
    for piece in _pieces(text):
        for name, value in _told(piece, today, language, chez="person" in fields):
            fields.setdefault(name, value)
    return fields


def _pieces(text: str) -> list[str]:
    """The text cut at commas and lines; a postcode stays with its street, a title with the post after it."""
    pieces: list[str] = []
    for piece in _CUT.split(text):
        if not piece:
            continue
        last = flat(pieces[-1]) if pieces else ""
        in_address = _POSTCODE.fullmatch(flat(piece)) and _ADDRESS.search(last)
        titled = len(last.split()) <= 6 and _TITLE.fullmatch(last) and _OFFICE.match(flat(piece))
        if in_address or titled:
            pieces[-1] += ", " + piece
        else:
            pieces.append(piece.strip())
    return pieces


def _told(piece: str, today: date, language: str, *, chez: bool = False) -> Iterator[tuple[str, str]]:
    """The fields that say themselves what they are; with `chez`, « comptable chez Fictive » too."""
    plain = flat(piece)
    at_work = _POST_AT.fullmatch(plain) if chez else None
    if at_work is not None and (value := _value_of(piece, plain, at_work.start("company")))[:1].isupper():
        yield "company", value
        if at_work["post"]:
            yield "post", piece[slice(*at_work.span("post"))]
        return
    if number := _STAFF_NUMBER.search(plain):
        yield "staff_number", piece[slice(*number.span(1))]
    if rna := _RNA.search(plain):
        yield "rna", piece[slice(*rna.span())].upper()
    elif siren := _SIREN.search(plain):
        yield "siren", piece[slice(*siren.span())]
    if (form := _WITH_FORM.search(piece)) is not None:
        yield "company", form[0]
    staff = _LENT_BY_NAME.search(piece)
    if staff is not None and fold(staff["post"] or "") in _OF_A_FIRM:
        staff = None
    if staff is not None:
        yield "person", staff["name"]
    if (lent := staff or _LENT.search(piece)) is not None and lent["post"] and fold(lent["post"]) not in _ANYBODY:
        yield "post", lent["post"]
    address = _ADDRESS.search(plain)
    for name, pattern in _LABELLED.items():
        found = pattern.search(plain)
        if found is None or (name == "address" and address is None and not found["colon"]):
            continue
        value = _value(piece, plain, found)
        any_case = found["colon"] or name in _ANY_CASE or (chez and name == "tasks")
        if not value or not (any_case or value[:1].isupper() or value[:1].isdigit()):
            continue
        if name == "starts":
            day = read_date(value, today, past=False, language=language)
            if day is not None:
                yield name, day.isoformat()
        elif name not in _NAMES or _may_be_name(value):
            yield name, value
    if address is not None and not any(_LABELLED[name].search(plain) for name in ("company_address", "body_address")):
        yield "address", _value_of(piece, plain, address.start())
    if (said := _AM.search(plain)) is not None:
        value = _value(piece, plain, said)
        words = flat(value).split()
        if len(words) > 1 and value.istitle() and _may_be_name(value):
            yield "person", value
        elif (
            words
            and words[0] not in _NO_POST
            and not value[:1].isupper()
            and (
                " chez " in plain[said.start("value") :]
                or (chez and len(words) <= LONGEST_POST and _may_be_name(value))
            )
        ):
            yield "post", value


_NAMES: Final = frozenset({"person", "company", "body", "signatory", "post"})
_ANY_CASE: Final = frozenset({"address", "company_address", "body_address", "starts"})


def _value(piece: str, plain: str, found: re.Match[str]) -> str:
    return _value_of(piece, plain, found.start("value"))


def _value_of(piece: str, plain: str, start: int) -> str:
    """The words from `start` on, to where the sentence goes on to something else."""
    end = len(piece)
    for stop in (_ON.search(plain, start), _THEN.search(plain, start)):
        end = min(end, stop.start()) if stop else end
    return piece[start:end].strip(" .,;:!\"'«»()")[:LONGEST_PIECE]


def gives_leave(text: str) -> bool:
    """Whether the person wants the paper with what is known: « c'est bon, donne le document », "as it is"."""
    sentence = Sentence(text)
    if is_question(text) or len(sentence) > 10:
        return False
    return bool(
        read_paper_asked(sentence) is not None
        or read_skip(sentence)
        or read_yes_no(sentence) is not None
        or _AS_IT_IS.search(flat(text))
    )


_AS_IT_IS: Final = re.compile(
    r"\bc'est (?:tout|bon)|telle? quelle?|comme ca|comme c'est|rien d'autre|laisse (?:vide|comme|en blanc)|en pointilles|as (?:it )?is|"
    r"that's (?:all|it|fine|enough)|leave it|nothing else|go ahead"
)


def read_pieces(
    text: str, wanted: Sequence[Wanted], today: date, language: str = "fr", *, known: Sequence[Wanted] = ()
) -> dict[str, str]:
    """What an answer gives for the fields that wait, each piece to the first that can hold it; empty for no answer.

    A field that says its own name is taken even where it does not wait, since it was said to be changed; `known` are the
    fields that hold something already.
    """
    if is_question(text, language) or read_courtesy(text) is not None:
        return {}
    fields: dict[str, str] = {}
    left = list(wanted)

    def fill(name: str, value: str) -> None:
        fields[name] = value
        left[:] = [field for field in left if field.name != name]

    for piece in _pieces(text):
        told = list(_told(piece, today, language, chez=True))
        for name, value in told:
            fill(_meant(name, (*wanted, *known)), value)
        fits = None if told else _fitting(piece, left, today, language)
        if fits is not None:
            fill(fits.name, _dated(piece, today, language) if fits.sort == "date" else _without_for(piece, fits.sort))
    return fields


def _meant(name: str, wanted: Sequence[Wanted]) -> str:
    """The field that waits, for one of the same sort under another name: the employee lent is the person."""
    names = {field.name for field in wanted}
    if name in names:
        return name
    sort = _SORTS.get(name)
    return next((field.name for field in wanted if field.sort == sort), name) if sort else name


_SORTS: Final[dict[str, Sort]] = {
    "person": "person", "company": "company", "body": "body", "post": "post", "address": "address", "siren": "siren",
    "rna": "rna", "staff_number": "number", "recipient": "recipient", "starts": "date", "place": "place",
}  # fmt: skip


def _fitting(piece: str, left: Sequence[Wanted], today: date, language: str) -> Wanted | None:
    """The field that a bare piece fills, None where it is no name."""
    plain = flat(piece)
    first = {field.sort: field for field in reversed(left)}
    if "recipient" in first and _TITLE.fullmatch(plain):
        return first["recipient"]
    if "date" in first and len(piece.split()) <= 5 and _dated(piece, today, language):
        return first["date"]
    if not _may_be_name(piece):
        return None
    if "company" in first and _LEGAL_FORM.search(piece):
        return first["company"]
    if "body" in first and re.match(r"(?:l'|la |une )?(?:association|asso|fondation)\b", plain):
        return first["body"]
    if "words" in first and piece[:1].islower() and (_is_doing(plain) or _FOR.match(piece)):
        return first["words"]
    if "post" in first and piece[:1].islower() and "person" not in first and "company" not in first:
        return first["post"]
    return next((field for field in left if field.sort in _NAMED), None)


_NAMED: Final = frozenset({"person", "company", "body", "post", "words", "place"})


_FOR: Final = re.compile(
    r"(?:c['’]est )?(?:pour|for) (?=(?:(?:la|le|les|un|une|des|leur|son|the|a) |l['’])?[a-zà-öø-ÿ])"
)
"""« pour la rénovation du local », and not « pour la Croix-Rouge »."""


def _without_for(piece: str, sort: Sort) -> str:
    return _FOR.sub("", piece, count=1) if sort == "words" else piece


def _is_doing(plain: str) -> bool:
    """Something to do: « refaire le site », "to keep the books"."""
    words = plain.split()
    return len(words) > 1 and (words[0].endswith(("er", "ir", "re", "oir", "ing")) or words[0] == "to")


_RECIPIENT: Final = re.compile(
    r"(?:\b(?:à|a|pour) (?:l['’]|la |les |le )|\baux? (?:profit (?:de l['’]|de la |du |des ))?)"
    rf"(?P<name>{_CAPITAL}(?:[ -](?:{_CAPITAL}|(?:de|du|des|la|le|les|et|&)(?= )|[dl]['’]{_CAPITAL}|[a-zà-öø-ÿ]{{4,20}}(?![a-zà-öø-ÿ]*['’])))+)"
)
_SENTENCE_GOES_ON: Final = re.compile(
    rf"\s+(?:pour|avec|chaque|cette|dans|depuis|pendant|avant|apres|parce|sous|sans|par|qui|que|est|sont|afin|comme|mais|"
    rf"alors|donc|cash|{ON_SUMS})\b.*"
)


def recipient_as_typed(text: str) -> str:
    """The body that something is for, by words with a capital after “à l'”, “aux”, “pour la”: of two words or more, as
    one alone may be a feast or a country. Empty where there is none."""
    found = _RECIPIENT.search(text)
    if found is None:
        return ""
    words = found["name"]
    goes_on = _SENTENCE_GOES_ON.search(flat(words))
    name = re.sub(r"(?:\s+(?:de|du|des|la|le|les|et|&))+$", "", words[: goes_on.start()] if goes_on else words)
    return name if len(name.split()) > 1 and len(name) <= LONGEST_PIECE else ""


def _dated(piece: str, today: date, language: str) -> str:
    day = read_date(piece, today, past=False, language=language)
    return "" if day is None else day.isoformat()


def _may_be_name(piece: str) -> bool:
    """Whether bare words may be a name, a post or a task: short, of letters, and nothing that people say to a machine."""
    sentence = Sentence(piece)
    words = [word for word in sentence.words if word.isalpha()]
    if not words or len(words) > _MOST_WORDS or "?" in piece or not re.search(r"[^\W\d_]{2}", piece):
        return False
    if read_courtesy(sentence) is not None or read_yes_no(sentence) is not None or read_skip(sentence):
        return False
    return _NO_NAME.isdisjoint(words)
