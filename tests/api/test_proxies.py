"""The files for nginx and Caddy in `examples/proxy`: the real programs before the real server."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.served import BATTERY, running_server

NAME = "duties.example.com"
KEY = "a-key-of-at-least-twenty-characters"
EXAMPLES = Path("examples/proxy")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    keys = folder / "keys.txt"
    keys.write_text(f"broker {KEY}\n")
    keys.chmod(0o600)
    words = ["--keys", str(keys), "--proxy", "127.0.0.1", "--name", NAME]
    with running_server(*words, home=folder) as server:
        yield server.address.removeprefix("http://")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def replaced(text: str, **swaps: str) -> str:
    """A file of the examples with the places of this machine; each must stand in it."""
    for old, new in swaps.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def nginx(folder: Path, server: str, port: int, certificate: tuple[Path, Path]) -> list[str]:
    swaps = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "127.0.0.1:8080": server,
        f"/etc/ssl/certs/{NAME}.pem": str(certificate[0]),
        f"/etc/ssl/private/{NAME}.key": str(certificate[1]),
        "/var/log/nginx/detente.log": str(folder / "access.log"),
    }
    site = replaced((EXAMPLES / "nginx.conf").read_text(), **swaps)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"daemon off; pid {folder}/pid; events {{}} http {{ {temporary} {site} }}"
    (folder / "nginx.conf").write_text(whole)
    return ["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, server: str, port: int, certificate: tuple[Path, Path]) -> list[str]:
    swaps = {
        "127.0.0.1:8080": server,
        f"{NAME} {{": f"{NAME}:{port} {{\n\ttls {certificate[0]} {certificate[1]}",
        "\n{\n": f"\n{{\n\tadmin off\n\tauto_https disable_redirects\n\thttp_port {free_port()}\n",
    }
    (folder / "Caddyfile").write_text(replaced((EXAMPLES / "Caddyfile").read_text(), **swaps))
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    with (folder / "output").open("wb") as output:
        environment = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    assert process.poll() is None, (folder / "output").read_text()
                    assert time.monotonic() < until
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module", params=[nginx, caddy], ids=["nginx", "caddy"])
def port(
    request: pytest.FixtureRequest,
    certificate: tuple[Path, Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[int]:
    name = request.param.__name__
    if shutil.which(name) is None and not Path(f"/usr/sbin/{name}").exists():
        pytest.skip(f"{name} is not installed")
    folder, made = tmp_path_factory.mktemp(name), free_port()
    with serving(folder) as server:
        command = request.param(folder, server, made, certificate)
        with running(command, made, folder):
            yield made


class Answer:
    """What came back through a proxy."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()


def ask(
    port: int,
    certificate: tuple[Path, Path],
    path: str,
    body: bytes | None = None,
    **headers: str,
) -> Answer:
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    raw = socket.create_connection(("127.0.0.1", port), timeout=60)
    with trusted.wrap_socket(raw, server_hostname=NAME) as line:
        connection = http.client.HTTPConnection(NAME)
        connection.sock = line
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET" if body is None else "POST", path, body, sent)
        return Answer(connection.getresponse())


ASK = f"/v1/duty?{BATTERY}"
HELD = {"authorization": f"Bearer {KEY}"}


def test_an_answer_comes_through_with_all_its_headers(
    port: int, certificate: tuple[Path, Path]
) -> None:
    answer = ask(port, certificate, ASK, **HELD)
    assert answer.status == 200, answer.body
    assert json.loads(answer.body)["total"]["ad_valorem"] == "0.484"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_body_beyond_the_limit_stops_at_the_proxy(
    port: int, certificate: tuple[Path, Path]
) -> None:
    try:
        answer = ask(port, certificate, "/v1/batch", b"x" * (16 * 2**20 + 1), **HELD)
    except (BrokenPipeError, ConnectionResetError):
        return  # it was told so while it still sent
    except ssl.SSLError as error:
        if error.library != "SYS":
            raise
        return  # so OpenSSL says the same where it has no word for it
    assert answer.status == 413


def test_a_form_of_its_own_page_is_accepted_and_one_of_another_site_is_not(
    port: int, certificate: tuple[Path, Path]
) -> None:
    form = {"content_type": "application/x-www-form-urlencoded"}
    own = ask(port, certificate, "/owners", b"", origin=f"https://{NAME}", **form, **HELD)
    other = ask(port, certificate, "/owners", b"", origin="https://else.example", **form, **HELD)
    assert own.status == 422  # it holds nothing, and is read
    assert other.status == 403


def test_a_caller_who_forges_an_address_is_still_counted_as_themselves(
    port: int, certificate: tuple[Path, Path]
) -> None:
    # Wrong keys are counted by address: ten of one, whatever addresses the caller writes.
    found = [
        ask(port, certificate, ASK, authorization="Bearer wrong", x_forwarded_for=f"203.0.113.{n}")
        for n in range(12)
    ]
    assert {each.status for each in found[:1]} <= {401, 429}
    assert found[-1].status == 429
