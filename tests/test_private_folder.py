"""What people said is for the account that runs Allié alone: the folder, every file in it, whoever made them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogue.sqlite import open_writer
from bot.errors import StoreError
from bot.private_folder import private_folder
from bot.store.sqlite import SqliteStore

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def a_machine_with_other_accounts() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [path.name for path in (folder, *folder.rglob("*")) if path.lstat().st_mode & 0o077]


async def test_what_is_wider_is_closed_whoever_made_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "answers" / "fr").mkdir(parents=True)
    for name in ("allie.sqlite3", "catalogue.sqlite3", "allie.toml", "answers/fr/ours.md"):
        (folder / name).touch(mode=0o664)
    (folder / "elsewhere").symlink_to(ROOT / "README.md")
    before = (ROOT / "README.md").stat().st_mode
    store = SqliteStore.open(folder)
    open_writer(folder).close()
    assert open_to_others(folder) == ["elsewhere"], "a link is as wide as what it leads to"
    assert (ROOT / "README.md").stat().st_mode == before
    (folder / "made later").touch()
    assert stat.S_IMODE((folder / "made later").stat().st_mode) == 0o600
    await store.close()


def test_missions_alone_are_private_too(tmp_path: Path) -> None:
    os.umask(0)
    open_writer(tmp_path / "new").close()
    assert open_to_others(tmp_path / "new") == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
def test_a_folder_that_is_open_and_not_ours_is_refused_in_a_sentence(tmp_path: Path) -> None:
    os.chown(tmp_path, 12_345, 12_345)
    tmp_path.chmod(0o755)
    with pytest.raises(StoreError, match="belongs to another: chmod 700 it"):
        private_folder(tmp_path)
    served = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=ROOT,
        env={**os.environ, "ALLIE_DATA_DIR": str(tmp_path), "ALLIE_PORT": "0"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert served.returncode == 1
    assert served.stderr.startswith(f"Error: {tmp_path} is open to other accounts")
    assert "Traceback" not in served.stderr
    tmp_path.chmod(0o700)
    private_folder(tmp_path)  # its owner closed it: nobody else reads it
