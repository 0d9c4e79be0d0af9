"""A law file that cannot be read is one sentence for whoever runs Allié, in whichever command, and no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.rules.parameters import LAW_FOLDER, LawDataError, UnknownParameter, applied, parameter, read_law

ROOT = Path(__file__).resolve().parents[2]
CHECKED = "checked = 2026-11-21\nknown_until = 2026-12-31\n"
BROKEN = {
    "cut in the middle": b"checked = 2026-11-21\nknown_unt",
    "not text": b"\xff\xfe\x00",
    "nested without end": b"x = " + b"[" * 100_000,
    "no day": b"known_until = 2026-12-31\n",
    "a value alone": CHECKED.encode() + b"rate = 0.66\n",
    "rows that are no rows": CHECKED.encode() + b'[rate]\nlabel = "x"\nunit = "x"\nrows = 3\n',
    "a row that is no row": CHECKED.encode() + b'[rate]\nlabel = "x"\nunit = "x"\nrows = [3]\n',
    "values that are none": CHECKED.encode()
    + b'[rate]\nlabel = "x"\nunit = "x"\nrows = [{ from = 2026-01-01, values = 3 }]\n',
    "a text that is none": CHECKED.encode()
    + b'[rate]\nlabel = "x"\nunit = "x"\nrows = [{ from = 2026-01-01, text = 3 }]\n',
    "an address that is none": CHECKED.encode()
    + b'[rate]\nlabel = "x"\nunit = "x"\nrows = [{ from = 2026-01-01, value = 3, url = 4 }]\n',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_whatever_is_wrong_names_the_file_or_the_parameter(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rates.toml").write_bytes(content)
    with pytest.raises(LawDataError, match="rates"):
        read_law(tmp_path)


def test_a_parameter_that_was_taken_out_is_named(tmp_path: Path) -> None:
    for path in LAW_FOLDER.glob("*.toml"):
        if path.stem != "donations":
            shutil.copy(path, tmp_path)
    with applied(read_law(tmp_path)), pytest.raises(UnknownParameter, match=r"^donations\.coluche\.rate is in no file"):
        parameter("donations.coluche.rate")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the house whose law can be broken."""
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("handlers", "locale"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "data").mkdir()
    for path in (ROOT / "data").iterdir():
        if path.name != "law":
            (tmp_path / "data" / path.name).symlink_to(path)
    shutil.copytree(ROOT / "data" / "law", tmp_path / "data" / "law")
    return tmp_path


@pytest.mark.parametrize("command", ["serve", "doctor", "estimate donation"])
def test_a_broken_law_is_one_sentence(copy: Path, command: str) -> None:
    with (copy / "data" / "law" / "donations.toml").open("a") as file:
        file.write("\nbroken = [")
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *command.split()],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "ALLIE_DATA_DIR": str(copy / "folder"), "ALLIE_PORT": "0"},
        input='{"year": 2026, "gifts": [{"kind": "general", "amount": 10}]}\n',
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert "Traceback" not in said
    assert "data/law cannot be read: donations.toml" in said
    if command == "doctor":
        assert "law checked" not in said
        assert "missions:" in said, "the rest is looked at"
