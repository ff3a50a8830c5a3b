"""A server that strangers reach: what one of them sends costs others nothing for long.

The server of these tests is the real one, in processes of its own, with small budgets.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from detente.api import processes, rows
from detente.api.guard import HEADERS
from detente.api.limits import SETTINGS, Limits, limits_of, settings_text
from detente.api.processes import QUICK, is_quick
from tests.served import BATTERY, Client, client_of, make_service, running_server
from tools.soak.serving import LOG, children_of, served

SMALL = {
    "wall_seconds": "3",
    "header_seconds": "1",
    "connections": "30",
    "processes": "1",
    "waiting": "2",
    "question": "400000",
    "body": "400000",
    "output": "1000000",
    "rows": "500",
    "columns": "50",
    "kept": str(2**25 + os.getpid()),  # by which the server of this run is told from others
}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        described: dict[str, Any] = json.loads(self.body)["error"]
        assert described["what"]
        assert described["do"]
        return described


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    words = [word for name, number in SMALL.items() for word in ("--setting", f"{name}={number}")]
    with running_server(*words, home=tmp_path_factory.mktemp("home")) as server:
        assert send(server.port, "/v1/owners", chain(2)).status == 200  # its process is started
        yield server.port


def send(
    port: int,
    path: str,
    body: bytes | None = None,
    media: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Answer:
    """Ask a server; POST where there is a body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    try:
        sent = {**({"content-type": media} if body is not None else {}), **(headers or {})}
        connection.request("GET" if body is None else "POST", path, body, sent)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def chain(length: int) -> bytes:
    """A chain of companies, each of which holds 60% of the next; the first is listed."""
    holdings = [{"owner": f"a{n}", "owned": f"a{n + 1}", "share": "60"} for n in range(length)]
    return json.dumps({"holdings": holdings, "seeds": [{"id": "a0", "list": "EL"}]}).encode()


def names(count: int, words: int) -> bytes:
    """Different names that are compared with much."""
    some = ("north", "star", "delta", "global", "trading", "power", "machine", "ocean", "tech")
    made = [" ".join(some[(n // 9 ** (k % 4) + k) % 9] for k in range(words)) for n in range(count)]
    return json.dumps({"names": made}).encode()


WIDE = ",".join(["code", "origin", "on", *(f"c{n}" for n in range(20_000))]).encode()
LINE = b'{"code":"8507600010","origin":"CN","on":"2025-11-12"}\n'
SHIPMENT = b'{"code":"8507.60.00.10","origin":"CN","destination":"US","parties":[{"name":"%s"}]}'
YAML = b"code: '8507.60.00.10'\nparties:\n" + b"  - name: a\n" * 20_000
CSV, LINES = "text/csv", "application/x-ndjson"
HALF = b"\\ud800"

HOSTILE: list[tuple[str, str, bytes, str, int, str]] = [
    ("a chain whose paths fill an answer", "/v1/owners", chain(300), "", 422, "bytes"),
    ("a chain of 2,000", "/v1/owners", chain(2_000), "", 422, "Ask for less"),
    (
        "names of 4,000 characters",
        "/v1/screen",
        b'{"names":["%s"]}' % (b"x" * 4000),
        "",
        422,
        "300",
    ),
    ("names that take too long", "/v1/screen", names(1000, 30), "", 422, "longer than 3 seconds"),
    ("too many names", "/v1/screen", names(1001, 1), "", 422, "1001 names"),
    ("20,000 columns", "/v1/batch", WIDE + b"\n", CSV, 422, "columns are too many"),
    ("behind ;", "/v1/batch", WIDE.replace(b",", b";") + b"\n", CSV, 422, "columns are too many"),
    ("sep=|", "/v1/batch", b"sep=|\n" + WIDE.replace(b",", b"|"), CSV, 422, "columns are too many"),
    ("too many rows", "/v1/batch", b"code,origin,on\n" + b"1,CN,\n" * 501, CSV, 413, "500 rows"),
    ("rows beyond counting", "/v1/batch", b"a\n" * 100_000, CSV, 413, "500 rows"),
    ("much YAML", "/v1/assess", YAML, "", 413, "65536"),
    ("deep YAML in brackets", "/v1/assess", b"a: " + b"[" * 900 + b"]" * 900, "", 422, "32 levels"),
    ("deep YAML in dashes", "/v1/assess", b"- " * 900, "", 422, "32 levels"),
    ("deep JSON", "/v1/assess", b'{"a":' * 900 + b"1" + b"}" * 900, "", 422, "32 levels"),
    ("deeper JSON", "/v1/owners", b"[" * 100_000 + b"]" * 100_000, "", 422, "too deep"),
    ("half a character, duty", "/v1/duty", b'{"code":"1","origin":"%s"}' % HALF, "", 422, "ud800"),
    ("half a character, assess", "/v1/assess", SHIPMENT % HALF, "", 422, "ud800"),
    ("half a character, screen", "/v1/screen", b'{"names":["%s"]}' % HALF, "", 422, "ud800"),
    ("half a character, key", "/v1/owners", b'{"holdings":[{"%s":"1"}]}' % HALF, "", 422, "ud800"),
    ("half a character, entry", "/v1/entry", b'{"lines":[{"id":"%s"}]}' % HALF, "", 422, "ud800"),
    ("half a character, row", "/v1/batch", LINE + b'{"id":"%s"}\n' % HALF, LINES, 422, "ud800"),
    ("a body beyond its bytes", "/v1/batch", b"x" * 400_001, CSV, 413, "400000"),
    ("a question beyond its bytes", "/v1/duty", b"x" * 65_537, "", 413, "65536"),
]


@pytest.mark.parametrize(
    ("path", "body", "media", "status", "stated"),
    [case[1:] for case in HOSTILE],
    ids=[case[0] for case in HOSTILE],
)
def test_what_asks_too_much_is_refused_with_what_to_do(
    port: int, path: str, body: bytes, media: str, status: int, stated: str
) -> None:
    asked = send(port, path, body, media or "application/json")
    assert (asked.status, stated in str(asked.error)) == (status, True), asked.body
    assert send(port, f"/v1/duty?{BATTERY}").status == 200


def test_six_hostile_posts_at_once_leave_a_quick_question_quick(port: int) -> None:
    with ThreadPoolExecutor(7) as pool:
        posts = [pool.submit(send, port, "/v1/screen", names(1000, 30)) for _ in range(6)]
        time.sleep(0.5)
        asked = send(port, f"/v1/duty?{BATTERY}")
        assert any(not each.done() for each in posts)
        answers = [each.result() for each in posts]
    assert asked.status == 200
    # One is answered and two wait, each until its own three seconds are over; three find no room.
    assert sorted(each.status for each in answers) == [422, 422, 422, 503, 503, 503]
    busy = next(each for each in answers if each.status == 503)
    assert busy.headers["retry-after"] == "5"
    assert "busy" in busy.error["what"]


def workers_of(port: int) -> set[int]:
    """Processes that answer long questions for the server on a port, by the system's own list."""
    found = set()
    for name in os.listdir("/proc"):
        try:
            words = Path(f"/proc/{name}/cmdline").read_bytes().split(b"\0")
            above = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()[1]
            parent = Path(f"/proc/{above}/cmdline").read_bytes()
        except OSError:
            continue
        if b"detente.api.worker" in words and f"kept={SMALL['kept']}".encode() in parent:
            found.add(int(name))
    return found


def test_a_process_is_ended_when_its_caller_leaves(port: int) -> None:
    assert send(port, "/v1/owners", chain(2)).status == 200
    before = workers_of(port)
    assert len(before) == 1
    with socket.create_connection(("127.0.0.1", port)) as left:
        body = names(1000, 30)
        head = f"POST /v1/screen HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
        left.sendall(head.encode() + body)
        time.sleep(0.5)
    until = time.monotonic() + 2.5  # before its budget would have ended it
    while before & workers_of(port) and time.monotonic() < until:
        time.sleep(0.05)
    assert not before & workers_of(port)


def test_a_process_that_starts_for_a_caller_who_left_is_ended_and_reads_no_line_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, given = subprocess.Popen, list[tuple[int, int]]()

    def slowly(words: list[str], **named: Any) -> subprocess.Popen[bytes]:
        before = os.fstat(int(words[-1])).st_ino
        time.sleep(0.3)
        given.append((before, os.fstat(int(words[-1])).st_ino))
        return real(words, **named)

    async def leave() -> list[int]:
        starting = asyncio.create_task(processes.Worker.start(make_service, Limits()))
        await asyncio.sleep(0.1)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
        others = socket.socketpair()  # takes the first free numbers
        await asyncio.sleep(0.6)
        for each in others:
            each.close()
        return children_of(os.getpid())

    monkeypatch.setattr(processes.subprocess, "Popen", slowly)
    before = children_of(os.getpid())
    assert asyncio.run(leave()) == before
    assert [was == is_now for was, is_now in given] == [True]


def test_who_asks_much_at_once_and_leaves_is_no_fault_of_the_server(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        assert send(server.port, "/v1/scoreboard").status == 200  # its process is started
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", server.port)) as left:
                left.sendall(b"GET /v1/scoreboard HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20)
                left.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        assert send(server.port, "/v1/scoreboard").status == 200
        described = (tmp_path / LOG).read_text("utf-8")
    assert "Traceback" not in described, described


def talk(port: int, *pieces: bytes, pause: float = 0) -> bytes:
    """What a server says to bytes as they are, until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=15) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
                time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough
        found = b""
        try:
            while piece := line.recv(65536):
                found += piece
        except ConnectionResetError:
            pass
        return found


START = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        ((START + b"X: " + b"a" * 20_000 + b"\r\n\r\n",), 431),
        ((START, b"X: ", *[b"a" * 4_000] * 5), 431),
        ((START + b"X: a\r\n" * 3_000 + b"\r\n",), 431),
        ((b"GET /healthz?" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",), 414),
        ((START,), 408),
        ((b"nonsense\r\n\r\n",), 400),
        ((START + b"Host: elsewhere\r\n\r\n",), 400),
    ],
    ids=["one long header", "a long header in pieces", "many headers", "a long address",
         "headers that do not end", "no HTTP", "two hosts"],
)  # fmt: skip
def test_what_the_server_refuses_by_itself_looks_like_every_refusal(
    port: int, pieces: tuple[bytes, ...], status: int
) -> None:
    described = talk(port, *pieces, pause=0.02)
    head, _, body = described.partition(b"\r\n\r\n")
    assert re.match(rb"HTTP/1\.1 (\d+)", head)[1] == str(status).encode()  # type: ignore[index]
    assert json.loads(body)["error"]["do"]
    assert all(b"%s: %s" % header in head for header in HEADERS)


def test_an_endless_header_is_cut_off_at_its_limit(port: int) -> None:
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=15) as line:
        line.sendall(START + b"X: ")
        try:
            while sent < 50_000_000:
                sent += line.send(b"a" * 65536)
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert sent < 20_000_000  # what the buffers of the system hold; the server kept 16 KiB


def test_headers_that_trickle_in_are_not_waited_for(port: int) -> None:
    described = talk(port, START, *[b"X: a\r\n"] * 40, pause=0.1)
    assert b" 408 " in described.partition(b"\r\n")[0]


def test_idle_connections_make_room_for_those_that_ask(port: int) -> None:
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    try:
        for _ in range(5):
            assert send(port, f"/v1/duty?{BATTERY}").status == 200
    finally:
        for each in idle:
            each.close()


def test_a_connection_that_says_nothing_is_closed(port: int) -> None:
    assert talk(port) == b""


def test_a_route_that_nobody_declared_quick_has_a_budget() -> None:
    assert is_quick("GET", "/v1/duty", b"code=1")
    assert is_quick("POST", "/v1/duty", b"")
    assert is_quick("GET", "/measures/us-mfn", b"")
    assert not is_quick("GET", "/v1/duty", b"code=1&scenario=decoupling")
    assert not is_quick("GET", "/v1/duty", b"code=1&%73cen%61rio=decoupling")
    assert not is_quick("GET", "/v1/of-tomorrow", b"")
    assert not is_quick("POST", "/assess", b"")


@pytest.mark.parametrize("path", [each for each in QUICK if each not in ("/v1", "/metrics")])
def test_what_is_declared_quick_is_a_route(client: Client, path: str) -> None:
    assert client.get(path).status_code != 404


def test_every_limit_has_one_row_with_its_default() -> None:
    assert tuple(each.name for each in SETTINGS) == Limits._fields
    for each in SETTINGS:
        assert each.default >= each.least
        assert re.search(rf"^{each.name} +{each.default:.0f} +{each.unit}", settings_text(), re.M)


def test_the_guide_lists_every_limit_with_its_default() -> None:
    guide = Path("docs/guides/serve.md").read_text("utf-8")
    for each in SETTINGS:
        assert f"| `{each.name}` | {each.default:,.0f} {each.unit} | {each.sentence} |" in guide


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("rows", "write NAME=NUMBER"),
        ("row=5", "rows"),
        ("rows=0", "not a number of rows from 1"),
        ("rows=many", "not a number of rows"),
        ("wall_seconds=inf", "not a number of seconds"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(text: str, stated: str) -> None:
    with pytest.raises(ValueError, match=re.escape(stated)):
        limits_of([text])


def test_a_setting_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="rows is given twice"):
        limits_of(["rows=5", "rows=6"])


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/duty", "GET, HEAD, OPTIONS, POST"),
        ("POST", "/v1/status", "GET, HEAD, OPTIONS"),
        ("PUT", "/measures/us-mfn", "GET, HEAD, OPTIONS"),
    ],
)
def test_a_method_that_is_not_answered_names_those_that_are(
    client: Client, method: str, path: str, allowed: str
) -> None:
    refused = client.request(method, path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize("media", [CSV, LINES])
def test_rows_that_the_server_fails_at_say_so_and_none_is_missing(
    monkeypatch: pytest.MonkeyPatch, media: str
) -> None:
    answer_rows, calls = rows.answer_rows, []

    def failing(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("a fault of our own")
        return answer_rows(*given)

    monkeypatch.setattr(rows, "answer_rows", failing)
    count = rows.PIECE * 3
    body = (
        LINE * count
        if media == LINES
        else b"code,origin,on\n" + b"8507600010,CN,2025-11-12\n" * count
    )
    read: Callable[[str], list[str]] = str.splitlines
    with client_of(make_service()) as client:
        asked = client.post("/v1/batch", content=body, headers={"content-type": media})
    lines = read(asked.text)[0 if media == LINES else 1 :]
    assert asked.status_code == 200
    assert len(lines) == count
    assert ["failed at this row" in line for line in lines] == [
        *[False] * rows.PIECE, *[True] * rows.PIECE, *[False] * rows.PIECE
    ]  # fmt: skip
    assert sum("unresolved" in line for line in lines) == rows.PIECE


def test_rows_for_which_no_time_is_left_say_so() -> None:
    with client_of(make_service(), limits=Limits(wall_seconds=1e-9)) as client:
        asked = client.post("/v1/batch", content=LINE * 20, headers={"content-type": LINES})
    described = [json.loads(line) for line in asked.text.splitlines()]
    assert [each["status"] for each in described] == ["unresolved"] * 20
    assert {each["reason"] for each in described} == {rows.LATE}


def test_a_process_answers_one_table_after_the_other(port: int) -> None:
    body = b"code,origin,on\n" + b"8507600010,CN,2025-11-12\n" * 20
    for _ in range(3):
        asked = send(port, "/v1/batch", body, CSV)
        assert (asked.status, asked.body.count(b"\n")) == (200, 21)
    assert len(workers_of(port)) == 1
