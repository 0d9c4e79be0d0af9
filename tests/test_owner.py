"""`allie.toml`: how those who run Allié say where a person reaches them."""

from __future__ import annotations

import pytest

from bot.owner import LOOK_EVERY, OWNER_FILE, OwnerFile, unusable


def test_a_contact_is_seen_without_a_restart_and_outlives_a_slip(tmp_path, caplog):
    now = 0.0
    file = tmp_path / OWNER_FILE
    owner = OwnerFile(tmp_path, "ask@town.example", clock=lambda: now)
    assert owner.contact() == "ask@town.example"
    assert unusable(tmp_path) is None

    file.write_text("\ufeff[contact]\nmail = 'hello@town.example'\nhours = '9 h – 17 h'\n", encoding="utf-8")
    assert owner.contact() == "ask@town.example"
    now += LOOK_EVERY
    assert owner.contact() == "hello@town.example, 9 h – 17 h"

    file.write_text("[contact]\nmail = 12\n")
    now += LOOK_EVERY
    assert owner.contact() == "hello@town.example, 9 h – 17 h"
    assert "contact.mail" in caplog.text
    assert "contact.mail" in (unusable(tmp_path) or "")

    file.write_text("colour = 'red'\n[contact]\nfax = '1'\ntelephone = '01 99 00 12 34'\n")
    now += LOOK_EVERY
    assert owner.contact() == "01 99 00 12 34"
    assert unusable(tmp_path) == "has keys that say nothing: colour, contact.fax"

    file.unlink()
    now += LOOK_EVERY
    assert owner.contact() == "ask@town.example"


@pytest.mark.parametrize(
    "damaged",
    [b"\xff\xfe", b"[contact", b"contact = 3", b"a = " + b"[" * 20_000, b"#" * 70_000, b"[contact]\nmail='''a\nb'''"],
)
def test_nothing_in_the_file_stops_the_talk(tmp_path, damaged):
    (tmp_path / OWNER_FILE).write_bytes(damaged)
    assert OwnerFile(tmp_path, "ask@town.example").contact() == "ask@town.example"
    assert (unusable(tmp_path) or "").startswith("cannot be used: ")
