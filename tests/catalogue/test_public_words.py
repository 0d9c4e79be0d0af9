"""Words that strangers will read hold no way round consent, however it is written; and plain words stay as they are."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.provisional import domains

from bot.catalogue.public_words import addresses_in, holds_address, without_addresses

ADDRESSES = [
    # links and domains
    *("https://exemple.fr/x", "http://x", "hxxp://exemple.fr", "www.notre-club", "notre-club.asso.fr", "bit.ly/abc"),
    *("t.me/marie", "wa.me/33612345678", "discord.gg/xyz", "lnkd.in/abc", "exemple.museum", "chez.moi", "x.com"),
    *("EXEMPLE.COM", "Exemple.Com", "exemple。com", "exemple．com", "site.xn--p1ai", "пример.рф", "éclaireuses.fr"),
    *("ex\u200bemple.f\u200br", "exem\u00adple.fr", "exemple . fr", "exemple .com", "exemple point fr"),
    *("exemple (dot) com", "exemple[.]org", "exemple.photography", "un.deux.trois.boutique"),
    # mail and accounts
    *(
        "marie@exemple.fr",
        "marie@75.fr",
        "marie (at) exemple.fr",
        "marie[at]exemple.fr",
        "marie arobase exemple point fr",
    ),
    *(
        "marie＠exemple.fr",
        "@marie75",
        "@ marie",
        "insta : marie_d",
        "Snap: marie.d",
        "WhatsApp = marie",
        "telegram:marie",
    ),
    *("mailto:marie", "tel:0612", "skype:marie"),
    *("insta les_amis35", "snap amis35", "discord amis#1234", "amis#1234 sur discord", "amis35 sur twitter"),
    *("fb/lesamis", "gmail : lesamis", "lesamis chez gmail", "lesamis_gmail_com", "marie.d on Instagram"),
    *("t me/lesamis", "www lesamis fr", "localhost:8080", "192.0.2.7/x", "192.168.1.1"),
    # telephones
    *("06 12 34 56 78", "0612345678", "0 6 1 2 3 4 5 6 7 8", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78"),
    *("06 / 12 / 34 / 56 / 78", "(06) 12 34 56 78", "0612 345 678", "061 234 567 8", "06, 12, 34, 56, 78"),
    *("06:12:34:56:78", "06*12*34*56*78", "06 • 12 • 34 • 56 • 78", "06 12\n34 56 78", "06  12  34  56  78"),
    *("+33 6 12 34 56 78", "+33(0)6 12 34 56 78", "0033612345678", "+44 20 7946 0958", "+1 (202) 555-0143"),
    *("O6 12 34 56 78", "０６ １２ ３４ ５６ ７８", "0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "٠٦١٢٣٤٥٦٧٨", "06\u200b12\u200b34\u200b56\u200b78"),
    *("612345678", "6 12 34 56 78", "0 612345678", "zéro six douze trente-quatre cinquante-six soixante dix-huit"),
    *("06 douze 34 cinquante-six 78", "0 6 12 trente-quatre 56 78"),
    *("zéro six, 12 34 56 78", "zéro 6 12345678", "oh seven, double two 34 56 78", "plus trente-trois six 12 34 56 78"),
    *("zero two, seven nine four six 0958", "+33 six douze 34 56 78", "un SIREN : 06 12 34 56 78"),
    *(
        "tél : six douze trente-quatre cinquante-six soixante-dix-huit",
        "call seven seven nine four six zero nine five eight",
    ),
    # names on networks
    *("Facebook Les Amis de Brest", "notre Insta : Les Amis", "retrouvez Marie D. sur TikTok", "insta : lesamis"),
    *("WhatsApp (The Reading Room)", "notre Facebook c’est Amicale du Port", "find Friends of Leeds on Instagram"),
    *("Page Facebook Groupe Les Amis de Brest", "LinkedIn - Collectif Citoyen Bretagne", "telegram → lesamisdebrest"),
    # bank accounts
    *("FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189", "fr76 3000 6000 0112 3456 7890 189"),
    *("DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32"),
]

PLAIN = [
    *("faire une story insta pour l'asso", "gérer notre page facebook", "animer le compte Instagram de l’association"),
    *("répondre sur Facebook à 20 personnes", "windows 10/11", "écrire un mail aux adhérents", "3 posts sur Instagram"),
    *("un compte-rendu sur Facebook", "version 1.2.3", "05 bénévoles, 2 ou 3 fois", "07 rue des Lilas, 12 places"),
    *("Deux ordinateurs, même anciens, avant janvier", "20 chaises et 4 tables", "Une salle pour 20 personnes"),
    *("du 12/01/2026 au 15/02/2026", "01/02/2026, 20 places", "le 06.12.2026 à 10:00", "2026-11-30 10:00"),
    *("de 9h à 12h et de 14h à 18h", "9:30-12:00 14:00-18:00", "le samedi de 10h30 à 12h30", "24/7", "ven. 18h"),
    *(
        "en 2024-2025 et 2026-2027",
        "1 500 000 euros",
        "12.50 € - 15.00 €",
        "TVA 5.5 %",
        "2.5 kg",
        "3 000 m² de terrain",
    ),
    *(
        "13001, 13002",
        "06000, 06100",
        "75011 75012",
        "groupes de 10, 20, 30, 40 ou 50",
        "trois, quatre, cinq, six, sept",
    ),
    *("une salle. Nous cherchons", "une salle.Nous cherchons", "M.Dupont", "p.ex. des chaises", "c.-à-d. tous", "1.er"),
    *(
        "facture.pdf",
        "node.js et ASP.NET",
        "i.e. nothing",
        "e.g. chairs",
        "U.S.A. team",
        "a.m. and p.m.",
        "S.A.R.L. Aubin",
    ),
    *(
        "Loi du 1er juillet 1901",
        "art. 200 du CGI",
        "etc. et",
        "zéro déchet",
        "prix : 100",
        "3 @ 4",
        "à partir de 16 ans",
    ),
    # numbers that nobody calls
    *(
        "SIREN 123 456 789",
        "SIREN : 732829320",
        "n° SIRET 732 829 320 00074",
        "732 829 320 00074",
        "RCS Brest 732 829 320",
    ),
    *("RNA W751234567", "W29 1234567", "TVA FR44 732 829 320", "registered under SIREN number 732 829 320"),
    *("un budget de 1 500 000 000 €", "1.500.000.000 euros", "de 19.966 € à 2.105.430.685 €", "144/192/140 cm"),
    *(
        "ISBN 978-2-07-036822-8",
        "agrément n° 2024-123-456",
        "BOI-IR-RICI-250-10-20-10",
        "départements 06, 13, 83, 84, 05",
    ),
    *("01/11/26, 15/12/26", "les 03/10, 24/12, 20/10 et 01/02", "les 01, 08, 15, 22, 29 janvier", "05, 12 et 19 mai"),
    *("les 02, 03, 11, 18 et 29 juin 2026", "0-2, 3-5, 6-9, 10-12, 13-15 ans", "08.00-13.15, 14.00-17.30"),
    *(
        "aged 0-2, 3-5, 6-9, 10-12, 13-15 years",
        "zéro, un, deux ou trois enfants",
        "oh one more thing: five, six people",
    ),
    *("un numéro, deux ou trois", "appelez les deux, trois ou quatre personnes", "téléphone : deux heures par semaine"),
    # what one does on a network
    *(
        "Facebook : deux posts par semaine",
        "Facebook : publier deux posts par semaine",
        "Facebook Ads",
        "Facebook Live",
    ),
    *("Community Manager Facebook Instagram", "Facebook (Deux heures par mois)", "Publier sur Facebook Mardi et Jeudi"),
    *("Former à LinkedIn. Dix personnes", "Teach seniors Facebook and WhatsApp", "Facebook Page Manager Wanted"),
    *("le compte Instagram de l’association Les Amis de Brest", "Signal any problem to the warden"),
    *(
        "Facebook et Instagram pour débutants",
        "un compte Telegram",
        "IBAN non demandé",
        "LE 12 MAI 2026",
    ),
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "around", ["{}", "Écrivez-nous : {}, merci", "Deux chaises ({})", "«{}»", "{} pour 20 personnes"]
)
def test_an_address_is_found_wherever_it_stands(address: str, around: str) -> None:
    text = around.format(address)
    assert holds_address(text)
    cleaned = without_addresses(text)
    assert not holds_address(cleaned)
    assert "…" in cleaned
    assert address not in cleaned


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert without_addresses(text) == text


SIGNS_OF_A_LIST = st.sampled_from([", ", " - ", " ; ", " / "])
SIGNS = st.sampled_from(["", " ", "  ", ".", "-", "/", " - ", "\u00a0", "\u202f", ". ", "_", "–", "·", ")", "("])


@st.composite
def telephones(draw: st.DrawFn) -> str:
    """A French number, its digits set apart by whatever signs."""
    digits = "0" + draw(st.sampled_from("1234567")) + draw(st.text("0123456789", min_size=8, max_size=8))
    prefix = draw(st.sampled_from(["0", "+33", "0033", "+33 (0)", "+ 33 "]))
    same = draw(st.booleans())
    sign = draw(SIGNS)
    number = prefix + digits[1]
    for digit in digits[2:]:
        number += (sign if same else draw(SIGNS)) + digit
    return number


@given(telephones())
def test_a_telephone_is_found_in_any_spacing(number: str) -> None:
    assert holds_address(f"Appelez le {number} le soir")


@given(st.lists(st.integers(0, 99), min_size=4, max_size=4), st.sampled_from("1234567"), SIGNS)
def test_a_telephone_is_found_in_pairs(pairs: list[int], second: str, sign: str) -> None:
    number = sign.join(["0" + second, *(f"{pair:02}" for pair in pairs)])
    assert holds_address(number)


IN_FRENCH = """
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
"""
IN_ENGLISH = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
FRENCH = dict(enumerate(IN_FRENCH.split())) | {
    **{20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingts"},
}
ENGLISH = dict(enumerate(IN_ENGLISH.split())) | {
    **{20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"},
}


def said(value: int, words: dict[int, str]) -> str:
    """A number below a hundred, as it is said."""
    if value in words:
        return words[value]
    tens = value // 10 * 10
    if tens not in words or value < 20 or (tens in (70, 90) and words is FRENCH):  # « dix-sept », « soixante-dix-huit »
        tens = 10 if value < 20 else tens - 10
    return f"{words[tens].removesuffix('s') if words is FRENCH else words[tens]}-{said(value - tens, words)}"


PAIRS = st.lists(st.integers(0, 99), min_size=4, max_size=4)


@given(PAIRS, st.integers(1, 7), st.sampled_from([FRENCH, ENGLISH]), st.sampled_from([" ", ", ", "-", ". "]), st.data())
def test_a_telephone_is_found_in_words_in_figures_or_in_both(pairs, second, words, sign, data) -> None:
    def one(value: int) -> str:
        spelled = f"{words[0]} {words[value]}" if value < 10 else said(value, words)
        return data.draw(st.sampled_from([spelled, f"{value:02}"]))

    number = sign.join([f"{words[0]} {words[second]}", *map(one, pairs)])
    assert not holds_address(without_addresses(f"Appelez le {number}, merci"))
    assert holds_address(f"Appelez le {number}, merci")


BODIES = st.sampled_from(["Amis", "Amicale", "Comité", "Ruche", "Relais", "Secours", "Friends", "Hirondelles"])
PLACES = st.sampled_from(["de Brest", "des Lilas", "du Canal", "de l’Ouest", "d'Étampes", "of Leeds"])
NETWORKS = st.sampled_from(["Facebook", "facebook", "Instagram", "Insta", "FB", "WhatsApp", "TikTok", "LinkedIn"])
WAYS = [
    *("{network} {name}", "page {network} {name}", "notre {network} : {name}", "{network} « {name} »"),
    *("{network} ({name})", "{network} - {name}", "suivez {name} sur {network}", "find {name} on {network}"),
    *("retrouvez « {name} » sur {network}", "notre {network} c’est {name}"),
]


@given(NETWORKS, BODIES, PLACES, st.sampled_from(WAYS), st.sampled_from(["", "Les ", "The "]))
def test_a_name_on_a_network_is_found(network: str, body: str, place: str, way: str, article: str) -> None:
    address = way.format(network=network, name=f"{article}{body} {place}")
    cleaned = without_addresses(f"Deux chaises. Voir {address}, merci")
    assert body not in cleaned


@given(domains())
def test_a_domain_is_found_whatever_its_ending(domain: str) -> None:
    # A name of letters alone before “.pdf” or “.js” is a file or a tool; none of these is an ending of the web.
    for text in (domain.lower(), f"voir {domain.lower()} pour la suite", f"{domain.lower()}/page"):
        assert holds_address(text)


NAMES = st.text("abcdefghijklmnopqrstuvwxyzéèàç0123456789_", min_size=3, max_size=20).filter(
    lambda name: name[0].isalpha()
)


@given(NAMES, NAMES)
def test_an_account_and_a_mailbox_are_found(name: str, host: str) -> None:
    assert holds_address(f"@{name}")
    assert holds_address(f"écrivez à {name}@{host}")
    assert holds_address(f"{name} (at) {host}.fr")


@given(st.text("0123456789", min_size=23, max_size=23), SIGNS)
def test_a_bank_account_is_found(digits: str, sign: str) -> None:
    check = 98 - int(digits + "152700") % 97
    compact = f"FR{check:02}{digits}"
    assert holds_address(sign.join(compact[at : at + 4] for at in range(0, len(compact), 4)))


EVERYDAY = """
une deux salle chaises tables pour enfants le lundi samedi soir matin de à et ou avec des bureaux anciens comptabilité
conseil juridique traduction anglais camion repas vélos places personnes semaine mois après vacances
"""
WORDS = st.sampled_from(EVERYDAY.split())


@given(st.lists(WORDS, min_size=1, max_size=20), st.integers(1, 999), st.sampled_from([", ", " ", ". ", " ; ", " – "]))
def test_everyday_sentences_hold_none(words: list[str], count: int, sign: str) -> None:
    text = sign.join([" ".join(words).capitalize(), f"{count} personnes", "de 9h à 12h", "jusqu’au 31/12/2026"])
    assert addresses_in(text) == []


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SUMS = st.integers(1_000, 10**10).map(lambda value: f"{value:,}".replace(",", "\u202f"))


@given(DAYS, DAYS, st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d/%m", "%Y-%m-%d", "%d.%m.%Y"]), SIGNS_OF_A_LIST)
def test_days_in_a_row_are_no_telephone(first: date, second: date, form: str, sign: str) -> None:
    text = sign.join(day.strftime(form) for day in (first, second, first))
    assert addresses_in(f"Séances : {text}, 20 places") == []


@given(st.integers(10**8, 10**9 - 1), st.integers(0, 99_999), st.sampled_from(["SIRET", "Siret n°", "SIRET :"]))
def test_the_number_of_a_body_is_no_telephone(siren: int, place: int, label: str) -> None:
    spaced = f"{siren:,}".replace(",", " ")
    for text in (
        f"SIREN {spaced}",
        f"SIREN : {siren}",
        f"{label} {spaced} {place:05}",
        f"RNA W{siren}",
        f"RCS Brest {spaced}",
    ):
        assert addresses_in(f"Les Hirondelles ({text}), 10 rue du Port") == []


@given(SUMS, SUMS, st.sampled_from(["€", " €", " euros"]))
def test_a_sum_is_no_telephone(first: str, second: str, money: str) -> None:
    assert addresses_in(f"un budget de {first}{money} à {second}{money} en 2026") == []


@given(st.lists(st.integers(1_000, 95_999).map(lambda code: f"{code:05}"), min_size=2, max_size=5))
def test_postcodes_are_no_telephone(codes: list[str]) -> None:
    assert addresses_in(f"autour de {', '.join(codes)}, 20 places") == []


@given(st.text(max_size=200))
def test_what_is_cleaned_is_clean_and_the_rest_is_kept(text: str) -> None:
    cleaned = without_addresses(text)
    assert cleaned == text or "…" in cleaned
    spans = addresses_in(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    kept = "".join(
        text[a:b] for a, b in zip([0, *(end for _, end in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert cleaned.replace("…", "") == kept.replace("…", "")


@pytest.mark.parametrize(
    "piece",
    [
        "a-",
        "1 ",
        "a.b",
        "@",
        "a@",
        "zero ",
        "x",
        "(at)",
        "FR76",
        "A1 ",
        "http:",
        "www.",
        "+1 ",
        "zéro un ",
        "Insta Les ",
        "suivez A ",
    ],
)
def test_a_long_text_costs_little_whatever_it_holds(piece: str) -> None:
    begun = time.process_time()
    addresses_in((piece * 4_000)[:4_000] + "@ . (at) 1")
    assert time.process_time() - begun < 0.5
