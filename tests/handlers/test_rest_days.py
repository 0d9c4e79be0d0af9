"""Rest days: useful at once, by every way of being paid, what is never promised, and what another side is told."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from docx import Document

from bot.dialogue.buttons import StartPress
from bot.dialogue.events import Command, Press


async def begin(person, **details):
    me = person(language="fr", **details)
    await me.send(Command("rtt"))
    return me


async def on_the_side_of(person, role: str):
    me = person(language="fr")
    await me.send(Press(str(StartPress("rest_days", "role", role))))
    return me


def letter_of(me) -> str:
    """The words of the letter that came with the last reply."""
    files = {file.name: file.content for reply in me.last.replies for file in reply.files}
    document = Document(io.BytesIO(files["don-de-jours-lettre.docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return text.replace("\u00a0", " ").replace("\u202f", " ")


async def test_the_first_reply_says_what_the_law_allows_and_asks_nothing_first(person) -> None:
    me = await begin(person)
    shown = me.last.replies[0].text
    assert "jusqu’à 3 jours par an, si votre employeur est d’accord" in me.text
    assert "Pas de réduction d’impôt pour vous" in me.text
    assert len(shown.split()) <= 80  # tags and all: one screen of a phone
    assert me.labels[0] == "Écrire la lettre"


async def test_a_forfait_by_the_year(person) -> None:
    """Reference, example 14: 52,000 / (218 + 25 + 9) = 206.35 a day; 2026 has 9 public holidays on weekdays."""
    me = await begin(person)
    await me.say("je donne 3 jours, 52 000 € brut par an, je suis au forfait jours")
    assert "206,35 €" in me.text
    assert "619,05 €" in me.text


async def test_a_pay_by_the_year_without_forfait_is_a_twelfth(person) -> None:
    """Reference, example 14, monthly method: 52,000 / 12 / 21.67 = 199.97 a day, 599.91 for three."""
    me = await begin(person)
    await me.say("je donne 3 RTT, 52 000 € brut par an")
    assert "199,97 €" in me.text
    assert "599,91 €" in me.text


async def test_an_hourly_pay_counts_the_hours_of_a_full_day(person) -> None:
    """14.20 × 7 = 99.40."""
    me = await begin(person)
    await me.say("14,20 € brut de l'heure")
    assert "99,40 €" in me.text


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("je suis à 60 %", "120 €"),  # 1,560 a month, three days a week: 52 × 3 / 12 = 13 days
        ("je travaille 3 jours par semaine", "120 €"),
        ("je suis à mi-temps", "144,04 €"),  # 52 × 2.5 / 12 = 10.83
    ],
)
async def test_part_time_is_told_in_words(person, words: str, value: str) -> None:
    me = await begin(person)
    await me.say("je donne 1 RTT, 1560 brut par mois")
    assert "71,99 €" in me.text  # 1,560 / 21.67
    await me.say(f"en fait {words}")
    assert value in me.text


async def test_days_given_already_count_in_the_limit(person) -> None:
    me = await begin(person)
    await me.say("je donne 2 RTT, 2600 brut par mois")
    await me.say("et si j'en ai déjà donné 2 cette année ?")
    assert "2 jours demandés, 1 jour au plus : 119,98 €" in me.text  # 3 − 2
    assert "reste à donner : 1" in me.text


async def test_a_half_day_says_that_the_texts_are_silent(person) -> None:
    me = await begin(person)
    await me.say("je donne une demi-journée de RTT, 2600 brut par mois")
    assert "59,99 €" in me.text  # 119.98 / 2
    assert "demi-journées" in me.last.replies[0].text


async def test_a_bare_number_after_the_limit_is_a_number_of_days(person) -> None:
    me = await begin(person)
    await me.say("2")
    assert "2 jours pour l’association" in me.text


async def test_a_net_pay_is_refused_kindly_and_the_rest_shown(person) -> None:
    me = await begin(person)
    await me.say("je donne 2 RTT, je touche 2000 net par mois")
    assert "en haut de la fiche de paie" in me.text
    assert "2 jours pour l’association" in me.text


async def test_paid_leave_is_counted_otherwise_and_the_fifth_week_checked(person) -> None:
    """2,450 / 26 = 94.23; in weekdays 2,450 / 21.67 = 113.06; 33,000 × 10 % / 30 = 110."""
    me = await begin(person)
    await me.say("je donne 3 jours de congés payés, 2450 brut par mois")
    assert "94,23 €" in me.text
    assert "113,06 €" in me.text
    assert "24 jours ouvrables de congés payés" in me.text
    await me.press("Plus…")
    await me.press("Vérifier mes congés")
    await me.say("25")
    assert "24 sont toujours gardés" in me.text


async def test_what_one_talk_learnt_another_need_not_ask(person) -> None:
    me = await begin(person)
    await me.say("je donne 2 RTT à Sidaction, 2600 brut par mois")
    await me.say("menu")
    await me.send(Command("rtt"))
    assert "Don de 2 jours : 239,96 € brut pour Sidaction" in me.text


@pytest.mark.parametrize("role", ["employer", "association", "employee"])
async def test_no_reduction_is_promised_to_anybody(person, role: str) -> None:
    me = await on_the_side_of(person, role)
    assert "66 %" not in me.text
    assert "60 %" not in me.text
    assert any(word in me.text for word in ("Pas de réduction", "Ne comptez pas", "Ne promettez aucun"))


async def test_the_day_of_the_talk_decides_of_the_law(person) -> None:
    """The decree made it usable on 22 February 2025: the day before, nothing can be given."""
    before = person(language="fr", at=datetime(2025, 2, 21, 11, tzinfo=UTC))
    await before.say("je veux donner 2 RTT, 2600 brut par mois")
    assert "22 février 2025" in before.text
    assert "Écrire la lettre" not in before.labels
    after = person(language="fr", at=datetime(2025, 2, 22, 11, tzinfo=UTC))
    await after.say("je veux donner 2 RTT, 2600 brut par mois")
    assert "239,96 €" in after.text


async def test_a_public_agent_is_told_the_truth_in_any_words(person) -> None:
    me = await begin(person)
    await me.say("je donne 2 RTT à la SPA, 2600 brut par mois")
    await me.say("en fait je suis fonctionnaire")
    assert "agents publics" in me.text
    assert "Pour un collègue" in me.labels
    await me.press("Je suis dans le privé")
    assert "239,96 €" in me.text


class TestTheLetter:
    async def test_all_that_was_told_is_filled_in_and_the_rest_asked_on_one_screen(self, person) -> None:
        me = person(language="fr")
        await me.say("je donne 2 RTT à l'association L'Étape d'Ys, 2 600 brut par mois, je m'appelle Noam Fictif")
        await me.press("Écrire la lettre")
        assert "il me manque votre employeur" in me.text
        assert "votre matricule" in me.text
        await me.say("Imprimerie Fictive, matricule 4512, 12 rue des Lilas, 35000 Rennes, Mme Roux, DRH, le 12 janvier")
        letter = letter_of(me)
        for part in (
            "Noam Fictif", "Imprimerie Fictive", "L'Étape d'Ys", "Matricule 4512", "12 rue des Lilas", "Mme Roux, DRH",
            "12 janvier 2027", "compteur RTT", "239,96 €",
        ):  # fmt: skip
            assert part in letter, part
        assert "À vérifier avant de signer" in me.text
        assert "À vérifier avant de signer" not in letter

    async def test_a_remark_or_a_question_is_no_name(self, person) -> None:
        me = person(language="fr")
        await me.say("lettre à mon employeur : 2 RTT pour Sidaction")
        await me.say("c'est obligatoire de mettre mon nom ?")
        assert not any(reply.files for reply in me.last.replies)
        await me.say("c'est bon, donne le document")
        letter = letter_of(me)
        assert "c'est bon" not in letter
        assert "obligatoire" not in letter

    async def test_one_thing_changed_is_the_only_thing_said(self, person) -> None:
        me = person(language="fr")
        await me.say(
            "lettre pour donner 2 RTT à Sidaction, je m'appelle Noam Fictif, je travaille chez Imprimerie Fictive"
        )
        await me.say("mon matricule c'est 4512")
        shown = str(me.last.replies[0].text)
        assert "Votre lettre, avec 4512" in shown
        assert "Sidaction" not in shown
        assert "Matricule 4512" in letter_of(me)
        await me.say("en fait 3 jours")
        assert "3 jours pour Sidaction" in me.text
        assert "Matricule 4512" in letter_of(me)

    @pytest.mark.parametrize("body", ["Épicerie solidaire du Val", "Les Restos de la vallée", "Croix-Rouge de Mende"])
    async def test_a_body_is_never_renamed(self, person, body: str) -> None:
        me = person(language="fr")
        await me.say(f"lettre pour donner 1 RTT à l'association {body}")
        await me.say("passer")
        assert body in letter_of(me)
        assert not any("ajouter son numéro" in label for label in me.labels)

    async def test_a_known_body_is_only_proposed(self, person) -> None:
        me = person(language="fr")
        await me.say("lettre pour donner 1 RTT à la croix rouge")
        await me.say("passer")
        assert "W751" not in letter_of(me)
        await me.press(next(label for label in me.labels if "ajouter son numéro" in label))
        letter = letter_of(me)
        assert "Croix-Rouge française" in letter
        assert "W751" in letter

    async def test_without_a_pay_or_a_name_it_can_be_had_all_the_same(self, person) -> None:
        me = await begin(person)
        await me.press("Écrire la lettre")
        await me.press("Passer")
        assert "………" in letter_of(me)
        await me.press("Revenir aux chiffres")
        assert "jusqu’à 3 jours par an" in me.text


class TestAColleague:
    @pytest.mark.parametrize(
        ("words", "answer"),
        [
            ("je veux donner des RTT à un collègue dont la fille de 8 ans a un cancer", "L. 1225-65-1"),
            ("mon collègue est pompier volontaire, je lui donne des jours", "L. 723-12-1"),
            ("donner des RTT à ma collègue qui est bénévole aux Restos", "aucun texte ne le prévoit"),
        ],
    )
    async def test_the_situation_is_told_in_words(self, person, words: str, answer: str) -> None:
        me = person(language="fr")
        await me.say(words)
        assert answer in me.text
        assert "3 jours ouvrables par an" not in me.text

    async def test_without_a_situation_those_of_the_law_are_shown(self, person) -> None:
        me = await on_the_side_of(person, "colleague")
        assert "dans certaines situations" in me.text
        await me.press("Il ou elle est sapeur-pompier volontaire")
        assert "L. 723-12-1" in me.text
        await me.say("et dans le public ?")
        assert "10 jours" in me.text

    async def test_a_reason_that_no_text_knows_is_told(self, person) -> None:
        me = await on_the_side_of(person, "colleague")
        await me.say("et si c'est parce qu'il déménage ?")
        assert "Pas pour cette raison" in me.text


class TestPointingAtIt:
    async def shown(self, person):
        me = person(language="fr")
        await me.say("je donne 1 RTT à Sidaction, 2 600 brut par mois")
        return me

    @pytest.mark.parametrize(
        ("words", "answer"),
        [
            ("et le double ?", "239,96 €"),
            ("et à 3 000 ?", "138,44 €"),
            ("pourquoi ?", "21,67 jours"),
            ("t'es sûr ?", "c’est le chiffre du service paie"),
            ("la source ?", "D. 3142-82"),
            ("par mois ?", "pas un don de chaque mois"),
            ("résume", "2 600 € par mois"),
            ("c'est brut ou net ?", "Brut : 119,98 €"),
            ("il y a une case à remplir ?", "Rien ne vous revient"),
            ("écris la lettre", "il me manque"),
        ],
    )
    async def test_what_is_pointed_at_is_answered(self, person, words: str, answer: str) -> None:
        me = await self.shown(person)
        await me.say(words)
        assert answer in me.text
