"""The image and its composition, read as their programs do; the server under their limits."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.cli.completion_tree import described
from tests.served import BATTERY

DEPLOY = Path("deploy")
KEY = "a-key-of-at-least-twenty-characters"

Step = tuple[str, str]


def steps_of(text: str) -> list[Step]:
    """The instructions of a Dockerfile with what stands after each; comments and folds undone."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [
        (name.upper(), rest.strip())
        for name, _, rest in (line.partition(" ") for line in whole.split("\n") if line.strip())
    ]


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    return steps_of((DEPLOY / "Dockerfile").read_text())


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    return found


def last(steps: list[Step], name: str) -> str:
    return next(rest for each, rest in reversed(steps) if each == name)


def test_each_base_names_its_version(steps: list[Step]) -> None:
    for name, rest in steps:
        if name == "FROM":
            assert re.match(r"[a-z]+:\d+\.\d+-[a-z-]+", rest), rest


def test_what_is_copied_is_there_and_nothing_of_a_user_is(steps: list[Step]) -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().split("\n")
    assert ignored[1] == "*"
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    copied = set()
    for name, rest in steps:
        if name == "COPY" and "--from" not in rest:
            *sources, _ = shlex.split(rest)
            copied |= set(sources)
    assert copied == let_in
    assert all(Path(each).exists() for each in copied)


def test_no_step_runs_as_root_once_the_server_is_installed(steps: list[Step]) -> None:
    names = [name for name, _ in steps]
    user = last(steps, "USER")
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert "RUN" not in names[len(names) - names[::-1].index("USER") :]
    assert not any("sudo" in rest or "chmod 777" in rest for _, rest in steps)


def test_pip_is_held_by_the_pins_and_keeps_no_cache(steps: list[Step]) -> None:
    for name, rest in steps:
        if name == "RUN" and "pip install" in rest:
            assert "--constraint constraints.txt" in rest
    assert "PIP_NO_CACHE_DIR=1" in next(rest for name, rest in steps if name == "ENV")


def test_the_command_of_the_image_and_of_the_composition_are_understood(
    steps: list[Step], services: dict[str, Any]
) -> None:
    serve = described("serve")
    entry, *words = [*json.loads(last(steps, "ENTRYPOINT")), *json.loads(last(steps, "CMD"))]
    assert (entry, words[0]) == ("detente", "serve")
    assert serve.parse_args(words[1:]).keys == "/run/secrets/detente_keys"
    command = services["detente"]["command"]
    given = serve.parse_args(command[1:])
    assert (command[0], given.host, given.port) == ("serve", "0.0.0.0", 8080)
    assert given.keys == "/run/secrets/detente_keys"


def test_the_services_may_do_little_and_the_server_is_reached_through_the_proxy_alone() -> None:
    whole = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assert set(whole) == {"name", "services", "networks", "volumes", "secrets"}
    for service in whole["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service
        for mounted in service["volumes"]:
            source = mounted.split(":")[0]
            assert (DEPLOY / source).is_file() or source in whole["volumes"]
    server, proxy = whole["services"]["detente"], whole["services"]["proxy"]
    assert "ports" not in server
    assert server["networks"] == ["inside"]
    assert whole["networks"]["inside"]["internal"] is True
    assert proxy["depends_on"] == {"detente": {"condition": "service_healthy"}}
    subnet = whole["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert server["command"][server["command"].index("--proxy") + 1] == subnet
    assert server["secrets"][0]["source"] in whole["secrets"]
    assert (DEPLOY / server["build"]["context"] / server["build"]["dockerfile"]).is_file()


def test_the_user_of_the_composition_is_that_of_the_image(
    steps: list[Step], services: dict[str, Any]
) -> None:
    user = last(steps, "USER")
    assert services["detente"]["user"] == user
    made = next(rest for name, rest in steps if name == "RUN" and "useradd" in rest)
    assert f"--uid {user.split(':')[0]}" in made
    assert f"--gid {user.split(':')[1]}" in made


def test_the_file_of_the_proxy_is_one_that_caddy_takes() -> None:
    if shutil.which("caddy") is None:
        pytest.skip("caddy is not installed")
    words = ["caddy", "adapt", "--config", str(DEPLOY / "Caddyfile"), "--validate"]
    environment = {**os.environ, "DETENTE_NAME": "duties.example.com"}
    ran = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "detente:8080" in ran.stdout
    assert "duties.example.com" in ran.stdout


READ_ONLY = """
mount -o remount,bind,ro / && mount --bind "$1" "$1" && mount -o remount,bind,rw "$1" || exit 77
if touch "$2" 2>/dev/null; then exit 76; fi
shift 2
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs -- "$@"
"""


def asked(port: int, address: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", address, headers={"authorization": f"Bearer {KEY}"})
        answer = connection.getresponse()
        return answer.status, answer.read()


def test_the_server_answers_where_it_may_write_to_its_own_folder_alone(
    tmp_path: Path, steps: list[Step]
) -> None:
    """The mount and the privileges of the container, without Docker."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("mounting a read-only root needs root and unshare")
    keys = tmp_path / "keys.txt"
    keys.write_text(f"broker {KEY}\n")
    keys.chmod(0o600)
    command = [sys.executable, "-m", "detente.cli.main", "serve", "--port", "0",
               "--keys", str(keys)]  # fmt: skip
    probe = Path.cwd() / "src" / "probe"
    words = ["unshare", "--mount", "bash", "-c", READ_ONLY, "bash", str(tmp_path), str(probe)]
    environment = {
        **os.environ,
        "DETENTE_HOME": str(tmp_path),
        "NUMBA_CACHE_DIR": str(tmp_path / "numba"),
        "TMPDIR": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with subprocess.Popen(
        [*words, *command], stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            if process.poll() == 77:
                pytest.skip("this machine does not let a root be mounted read-only")
            found = re.search(r"127\.0\.0\.1:(\d+)", line)
            assert found is not None, line
            port = int(found[1])
            for address in ("/", "/truce", f"/v1/duty?{BATTERY}"):
                assert asked(port, address)[0] == 200
            answer = json.loads(asked(port, f"/v1/duty?{BATTERY}")[1])
            assert answer["total"]["amount"] == "4840.00"
            health = json.loads(re.search(r"CMD (\[.*\])", last(steps, "HEALTHCHECK"))[1])  # type: ignore[index]
            checked = [sys.executable, "-c", health[2].replace("8080", str(port))]
            assert health[:2] == ["python", "-c"]
            assert subprocess.run(checked, check=False).returncode == 0
        finally:
            process.terminate()
            process.wait(20)
    dead = [sys.executable, "-c", health[2].replace("8080", str(port))]
    assert subprocess.run(dead, capture_output=True, check=False).returncode != 0
