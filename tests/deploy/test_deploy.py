"""What is shipped to install Allié names users, paths, settings and commands that exist. No container is built here."""

from __future__ import annotations

import configparser
import fnmatch
import http.client
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.__main__ import COMMANDS
from bot.settings import KNOWN

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PAGES = [ROOT / "docs" / "operations.md", ROOT / "LISEZMOI.md"]


# The image


def steps() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each on one line."""
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Dockerfile").read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.partition(" ")[2]) for line in lines]


def last_stage() -> list[tuple[str, str]]:
    found = steps()
    return found[max(index for index, (word, _rest) in enumerate(found) if word == "FROM") :]


def is_sent(path: str) -> bool:
    """Whether `.dockerignore` lets a path through to the build."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = line.lstrip("!")
        if line and not line.startswith("#"):
            inside = path == pattern or path.startswith(f"{pattern}/") or fnmatch.fnmatch(path, pattern)
            if inside or fnmatch.fnmatch(f"/{path}", pattern.replace("**", "*")):
                sent = line.startswith("!")
    return sent


def test_what_the_image_copies_is_there_and_sent_to_the_build():
    copied = [
        name for word, rest in steps() if word == "COPY" and not rest.startswith("--from") for name in rest.split()[:-1]
    ]
    assert {"bot", "handlers", "locale", "data", "requirements.lock"} <= set(copied)
    for name in copied:
        assert (ROOT / name).exists(), name
        assert is_sent(name), name


@pytest.mark.parametrize(
    "path", [".env", "deploy/.env", "data/.env", ".git/config", ".venv/bin/python", "tests/conftest.py", "build/x.npz"]
)
def test_what_is_secret_or_of_no_use_is_not_sent_to_the_build(path):
    assert not is_sent(path)


def test_an_image_of_others_is_named_by_its_digest():
    """What is built from and run tomorrow is what was tried today."""
    composed = [yaml.safe_load(path.read_text()) for path in DEPLOY.glob("compose*.yaml")]
    services = [service for compose in composed for service in compose["services"].values()]
    images = [rest.split()[0] for word, rest in steps() if word == "FROM"]
    images += [service["image"] for service in services if "image" in service]
    others = {image for image in images if not image.startswith("allie:")}
    assert len(others) >= 3
    assert [image for image in others if not re.fullmatch(r"[\w./-]+:\d[\w.-]+@sha256:[0-9a-f]{64}", image)] == []


def test_all_that_is_installed_is_of_the_locked_versions():
    installs = [part for word, rest in steps() if word == "RUN" for part in rest.split("&&") if "pip install" in part]
    assert len(installs) == 2
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert "--no-deps" in installs[1]
    assert "--no-build-isolation" in installs[1]


def test_the_image_runs_as_nobody_in_particular_and_cannot_build_anything():
    stage = last_stage()
    (user,) = [rest for word, rest in stage if word == "USER"]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user), "a number, so that what runs it can tell it is not root"
    runs = " ".join(rest for word, rest in stage if word == "RUN")
    assert f"--uid {user.partition(':')[0]}" in runs
    assert not re.search(r"\b(pip|apt|apt-get|gcc|make|curl)\b", runs)
    assert "uninstall -q -y setuptools pip" in " ".join(rest for word, rest in steps() if word == "RUN")
    assert not any(word == "ADD" for word, _rest in steps())


def test_the_image_starts_what_there_is_and_knows_whether_it_lives():
    stage = dict(last_stage())
    assert (stage["ENTRYPOINT"], stage["CMD"]) == ('["allie"]', '["serve"]')
    settings = dict(part.split("=", 1) for part in shlex.split(stage["ENV"]))
    assert {name for name in settings if name.startswith("ALLIE_")} <= KNOWN
    assert stage["EXPOSE"] == settings["ALLIE_PORT"]
    assert stage["VOLUME"] == settings["ALLIE_DATA_DIR"]
    assert f"http://127.0.0.1:{settings['ALLIE_PORT']}/healthz" in stage["HEALTHCHECK"]


# Compose


def services(name: str) -> dict[str, dict]:
    return yaml.safe_load((DEPLOY / name).read_text())["services"]


def processes(name: str) -> dict[str, dict]:
    """The services that run our image."""
    return {key: service for key, service in services(name).items() if "build" in service}


@pytest.mark.parametrize("name", ["compose.yaml", "compose.small.yaml"])
def test_our_processes_can_write_nothing_but_their_data_and_gain_no_right(name):
    for service in processes(name).values():
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        kept = [*service.get("tmpfs", ()), *service.get("volumes", ())]
        assert any("/var/lib/allie" in place for place in kept)
        assert {key for key in service.get("environment", {}) if key.startswith("ALLIE_")} <= KNOWN


def test_two_processes_serve_once_the_database_is_up_to_date():
    all_ = services("compose.yaml")
    replicas = {key: one for key, one in processes("compose.yaml").items() if "command" not in one}
    assert len(replicas) == 2
    for one in replicas.values():
        assert one["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert all_["migrate"]["command"][0] in COMMANDS
    assert all_["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "@database/" in all_["migrate"]["environment"]["ALLIE_DATABASE_URL"]
    assert "ports" not in all_["database"]
    assert [key for key, one in all_.items() if "ports" in one] == ["caddy"]


def test_the_proxy_sends_people_to_these_two_and_nobody_to_what_is_measured():
    lines = (DEPLOY / "Caddyfile").read_text()
    (behind,) = re.findall(r"reverse_proxy (.+) \{", lines)
    replicas = [key for key, one in processes("compose.yaml").items() if "command" not in one]
    port = dict(last_stage())["EXPOSE"]
    assert behind.split() == [f"{name}:{port}" for name in replicas]
    assert "health_uri /readyz" in lines
    assert "/metrics" in re.search(r"@inner path (.+)", lines)[1].split()
    assert "{$DOMAIN}" in lines
    assert "DOMAIN" in services("compose.yaml")["caddy"]["environment"]


def test_the_proxy_of_compose_is_believed_and_nobody_else():
    whole = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    subnet = whole["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    for service in processes("compose.yaml").values():
        assert service["environment"]["ALLIE_TRUSTED_PROXIES"] == subnet


def test_each_variable_that_compose_needs_is_in_the_example():
    given = {
        line.partition("=")[0] for line in (DEPLOY / "example.env").read_text().splitlines() if re.match(r"[A-Z]", line)
    }
    needed = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text()))
    assert needed <= given
    assert {name for name in given if name.startswith("ALLIE_")} <= KNOWN
    assert all(line.endswith("=") for line in (DEPLOY / "example.env").read_text().splitlines() if line[:1].isupper())


# systemd


UNITS = sorted(DEPLOY.glob("allie*.service"))


def unit(path: Path) -> dict[str, dict[str, list[str]]]:
    """The sections of a unit; a key may be there several times."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _equals, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_there_is_as_a_user_of_its_own(path):
    service = unit(path)["Service"]
    assert service["User"] == ["allie"]
    named = re.findall(r"\.venv/bin/allie ([a-z]+)", service["ExecStart"][0])
    assert len(named) == 1
    assert set(named) <= set(COMMANDS)
    assert {one.partition("=")[0] for one in service["Environment"]} <= KNOWN
    assert service["NoNewPrivileges"] == ["yes"]
    assert service["ProtectSystem"] == ["strict"]
    assert service["CapabilityBoundingSet"] == [""]


def test_a_stop_leaves_time_for_what_is_in_hand():
    (seconds,) = unit(DEPLOY / "allie.service")["Service"]["TimeoutStopSec"]
    assert int(seconds) > 10
    for name in ("compose.yaml", "compose.small.yaml"):
        for service in processes(name).values():
            assert int(service["stop_grace_period"].rstrip("s")) > 10


def test_the_timer_is_of_a_unit_that_there_is():
    timer = configparser.ConfigParser()
    timer.read(DEPLOY / "allie-backup.timer")
    assert (DEPLOY / "allie-backup.service").exists()
    assert timer["Timer"]["OnCalendar"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_understands_the_units(path, tmp_path):
    text = path.read_text().replace("/opt/allie/.venv/bin/allie", "/bin/true")
    (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if path.name in line]) == (0, [])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_the_server_little_exposed():
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(DEPLOY / "allie.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Unknown" in done.stderr or "unrecognized" in done.stderr:
        pytest.skip("this systemd is too old to say")
    assert done.returncode == 0, done.stdout[-200:]


def test_the_operator_s_command_uses_what_the_service_uses():
    script, service = (DEPLOY / "allie").read_text(), unit(DEPLOY / "allie.service")["Service"]
    assert f"--setenv={service['Environment'][0]}" in script
    assert f"EnvironmentFile={service['EnvironmentFile'][0]}" in script
    assert service["ExecStart"][0].split()[0] in script
    assert os.access(DEPLOY / "allie", os.X_OK)


# Where nothing can be written


@pytest.mark.long  # it learns the examples
@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root, to give up its power")
def test_served_by_somebody_who_can_write_nothing_but_the_data(tmp_path):
    tree, data = tmp_path / "tree", tmp_path / "data"
    for name in ("bot", "handlers", "locale", "data"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    data.mkdir(mode=0o700)
    subprocess.run([sys.executable, "-m", "bot", "build"], cwd=tree, capture_output=True, check=True)
    before = set(tree.rglob("*"))
    for path in (tree, *before):
        path.chmod(0o555 if path.is_dir() else 0o444)
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", sys.executable]
    assert subprocess.run(
        [*powerless, "-c", f"open({str(tree / 'x')!r}, 'w')"], capture_output=True, check=False
    ).returncode
    server = subprocess.Popen(
        [*powerless, "-m", "bot", "serve"],
        cwd=tree,
        env={"PATH": os.environ["PATH"], "ALLIE_DATA_DIR": str(data), "ALLIE_PORT": "0", "HOME": "/nonexistent"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        host, port = server.stdout.readline().split()[-1].removeprefix("http://").split(":")
        asking = http.client.HTTPConnection(host, int(port), timeout=10)
        asking.request("GET", "/readyz")
        assert asking.getresponse().read() == b"ok\n"
        asking.close()
    finally:
        server.terminate()
        _out, said = server.communicate(timeout=15)
    assert (server.returncode, said) == (0, "")
    assert set(tree.rglob("*")) == before
    assert (data / "allie.sqlite3").exists()
