"""What guards the server, part by part: buckets, keys, settings, packing and counts."""

from __future__ import annotations

import asyncio
import base64
import gzip
import re
from typing import Any

import pytest

from detente.api import metering
from detente.api.buckets import SIZE, Buckets, caller_of, make_table
from detente.api.keys import SHORTEST_KEY, Keys, KeysError, key_in, read_keys
from detente.api.limits import SETTINGS, Limits, limits_of
from detente.api.metering import BOUNDS, Meter
from detente.api.packing import LEAST, MOST, SMALL, GzipWriter, takes_gzip


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("shared", [False, True])
def test_a_bucket_empties_and_fills_at_its_rate(shared: bool, tmp_path: Any) -> None:
    path = tmp_path / "table"
    if shared:
        make_table(path)
        assert path.stat().st_size == SIZE
        assert path.stat().st_mode & 0o777 == 0o600
    clock = Clock()
    buckets = Buckets(clock, path if shared else None)
    # Six a minute: six at once, then one each ten seconds.
    assert [buckets.wait("a", 6) for _ in range(7)] == [0, 0, 0, 0, 0, 0, 11]
    assert buckets.wait("b", 6) == 0  # another caller has a bucket of their own
    clock.now += 5
    assert buckets.wait("a", 6) == 6
    clock.now += 5
    assert buckets.wait("a", 6, take=False) == 0
    assert buckets.wait("a", 6) == 0
    assert buckets.wait("a", 6) == 11
    clock.now += 3600  # it holds no more than is full
    assert [buckets.wait("a", 6) for _ in range(7)] == [0, 0, 0, 0, 0, 0, 11]
    clock.now -= 50  # a clock that goes back gives nothing and takes nothing
    assert buckets.wait("a", 6) == 11
    buckets.close()


def test_processes_that_share_a_table_count_together(tmp_path: Any) -> None:
    make_table(tmp_path / "t")
    clock = Clock()
    one, two = Buckets(clock, tmp_path / "t"), Buckets(clock, tmp_path / "t")
    assert (one.wait("a", 2), two.wait("a", 2), one.wait("a", 2)) == (0, 0, 31)
    one.close()
    two.close()
    with pytest.raises(FileExistsError):
        make_table(tmp_path / "t")


@pytest.mark.parametrize(
    ("address", "caller"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("unix", "unix"),
    ],
)
def test_a_caller_is_an_address_or_a_network_of_version_6(address: str, caller: str) -> None:
    assert caller_of(address) == caller


def basic(pair: bytes) -> str:
    return f"Basic {base64.b64encode(pair).decode()}"


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Bearer  abc ", "abc"),
        ("bearer abc", "abc"),
        (basic(b"who:a:b"), "a:b"),
        (basic(b"nothing"), ""),
        (basic(b"\xff\xfe:x"), ""),
        ("Basic ???", ""),
        ("Digest abc", ""),
        ("", ""),
    ],
)
def test_a_key_is_read_out_of_a_header(header: str, key: str) -> None:
    assert key_in(header) == key


LONG = "k" * SHORTEST_KEY


def test_keys_are_read_by_their_holders() -> None:
    keys = Keys.read(f"# all\nann {LONG} # hers\n\nbob  {LONG}2\n", "keys")
    assert [keys.holder(key) for key in (LONG, f"{LONG}2", f"{LONG}3", "")] == [
        "ann", "bob", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("\n# nothing\n", "keys holds no key: write a name and a key on a line of it"),
        ("ann\n", "keys, line 1: write a name and a key with a blank between them"),
        (f"# x\nann {LONG} x\n", "keys, line 2: write a name and a key with a blank between them"),
        (f"ann {LONG[1:]}", "keys, line 1: the key of ann is shorter than 20 characters; make a"),
        (f"ann {LONG}\nann {LONG}2", "keys, line 2: ann has a key already; use another name"),
    ],
)
def test_a_file_of_keys_that_cannot_be_used_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(KeysError, match=f"^{re.escape(refusal)}"):
        Keys.read(text, "keys")


@pytest.mark.parametrize(
    ("mode", "fine"),
    [(0o600, True), (0o400, True), (0o640, False), (0o604, False), (0o610, False)],
)
def test_keys_that_others_can_read_are_refused(mode: int, fine: bool, tmp_path: Any) -> None:
    path = tmp_path / "keys"
    path.write_text(f"ann {LONG}\n")
    path.chmod(mode)
    if fine:
        assert read_keys(str(path)).holder(LONG) == "ann"
    else:
        with pytest.raises(KeysError, match=f"write `chmod 600 {path}`"):
            read_keys(str(path))
    path.chmod(0o600)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(KeysError, match="is not UTF-8 text"):
        read_keys(str(path))


def test_settings_are_set_by_name_and_the_rest_stays() -> None:
    found = limits_of(["rows = 5", "wall_seconds=1.5", "a_minute=0", "processes=0"])
    assert found == Limits()._replace(rows=5, wall_seconds=1.5, a_minute=0, processes=0)
    assert limits_of([]) == Limits()
    assert [each.name for each in SETTINGS] == list(Limits._fields)
    assert [each.default for each in SETTINGS] == list(Limits())
    assert [each.name for each in SETTINGS if each.least == 0] == [
        "processes", "waiting", "kept", "a_minute",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "refusal"),
    [
        (["rows"], "--setting 'rows' sets nothing: write NAME=NUMBER"),
        (["rows=1", "rows=2"], "--setting rows is given twice: keep one of them"),
        (["row=1"], "'row' is not a setting: did you mean rows"),
    ],
)
def test_settings_that_cannot_be_are_refused(texts: list[str], refusal: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(refusal)}"):
        limits_of(texts)


@pytest.mark.parametrize(
    "text",
    ["rows=0", "rows=-1", "rows=1.5", "rows=x", "wall_seconds=nan", "wall_seconds=inf",
     "wall_seconds=0.5", "wall_seconds=2s", "a_minute=-1"],
)  # fmt: skip
def test_a_number_below_the_least_or_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"--setting {text.partition('=')[0]}"):
        limits_of([text])


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        (b"gzip", True), (b"br, GZIP ;q=0.5", True), (b"*", True), (b"gzip;q=0.001", True),
        (b"gzip;q=0", False), (b"gzip; q = 0.0", False), (b"*;q=0.000", False), (b"", False),
        (b"identity, *;q=0", False), (b"gzip;q=0, *", False), (b"deflate", False),
    ],
)  # fmt: skip
def test_a_caller_says_whether_they_take_gzip(header: bytes, takes: bool) -> None:
    assert takes_gzip({b"accept-encoding": header}) is takes
    assert not takes_gzip({})


def through(
    body: bytes, *headers: tuple[bytes, bytes], status: int = 200, more: bool = False
) -> tuple[dict[str, Any], bytes]:
    """The head and the body that are sent on."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def both() -> None:
        writer = GzipWriter(send)
        await writer(
            {"type": "http.response.start", "status": status, "headers": [*headers]}  # type: ignore[arg-type]
        )
        assert sent == []
        await writer({"type": "http.response.body", "body": body, "more_body": more})

    asyncio.run(both())
    return sent[0], sent[1]["body"]


JSON = (b"Content-Type", b"application/json")


@pytest.mark.parametrize(
    ("size", "packed"),
    [(LEAST - 1, False), (LEAST, True), (SMALL, True), (SMALL + 1, True), (MOST, True),
     (MOST + 1, False)],
)  # fmt: skip
def test_a_body_is_packed_between_two_sizes(size: int, packed: bool) -> None:
    head, body = through(b"a" * size, JSON, (b"Content-Length", str(size).encode()))
    if packed:
        assert gzip.decompress(body) == b"a" * size
        assert head["headers"] == [
            (b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode()), JSON,
        ]  # fmt: skip
    else:
        assert body == b"a" * size
        assert head["headers"] == [JSON, (b"Content-Length", str(size).encode())]


@pytest.mark.parametrize(
    ("media", "packed"),
    [
        (b"text/csv; charset=utf-8", True), (b"Application/JSON", True), (b"image/svg+xml", True),
        (b"application/vnd.vegalite.v5+json", True), (b"application/atom+xml;x=1", True),
        (b"image/png", False), (b"application/octet-stream", False), (b"", False),
    ],
)  # fmt: skip
def test_what_is_text_is_packed(media: bytes, packed: bool) -> None:
    head, _ = through(b"a" * LEAST, (b"content-type", media))
    assert ((b"content-encoding", b"gzip") in head["headers"]) is packed


def test_what_comes_in_parts_or_is_packed_or_no_answer_is_sent_as_it_is() -> None:
    text = b"a" * LEAST
    assert through(text, JSON, more=True)[1] == text
    assert through(text, JSON, status=404)[1] == text
    assert through(text, JSON, (b"content-encoding", b"br"))[1] == text


def test_the_tag_of_a_packed_body_is_weak_and_so_is_that_of_what_did_not_change() -> None:
    head, _ = through(b"a" * LEAST, JSON, (b"ETag", b'"x"'))
    assert (b"ETag", b'W/"x"') in head["headers"]
    head, _ = through(b"", (b"etag", b'W/"x"'), status=304)
    assert head["headers"] == [(b"etag", b'W/"x"')]
    head, _ = through(b"", (b"etag", b'"x"'), status=304)
    assert head["headers"] == [(b"etag", b'W/"x"')]
    head, _ = through(b"a", JSON, (b"etag", b'"x"'))
    assert head["headers"] == [JSON, (b"etag", b'"x"')]


def test_responses_are_counted_by_route_and_their_seconds_by_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metering, "_memory", lambda: 4096)
    meter = Meter({"/", "/v1/duty"})
    meter.note("GET", "/v1/duty/", 200, 0.001)
    meter.note("GET", "/v1/duty", 200, 0.0011)
    meter.note("BREW", "", 404, 5.0)
    meter.note("POST", "/measures/x", 200, 5.5)
    lines = meter.text("1.2").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        'detente_info{version="1.2"} 1',
        'detente_responses_total{method="GET",route="/v1/duty",status="200"} 2',
        'detente_responses_total{method="POST",route="other",status="200"} 1',
        'detente_responses_total{method="other",route="/",status="404"} 1',
        'detente_response_seconds_bucket{le="0.001"} 1',
        *(f'detente_response_seconds_bucket{{le="{bound}"}} 2' for bound in BOUNDS[1:-1]),
        'detente_response_seconds_bucket{le="5.0"} 3',
        'detente_response_seconds_bucket{le="+Inf"} 4',
        "detente_response_seconds_sum 10.502100",
        "detente_response_seconds_count 4",
        "detente_memory_bytes 4096",
    ]
    kinds = [line.split()[2:] for line in lines if line.startswith("# TYPE")]
    assert kinds == [
        ["detente_info", "gauge"],
        ["detente_responses_total", "counter"],
        ["detente_response_seconds", "histogram"],
        ["detente_memory_bytes", "gauge"],
    ]
    monkeypatch.setattr(metering, "_memory", lambda: None)
    assert "memory" not in Meter(set()).text("1")


def test_the_memory_of_this_process_is_counted_in_bytes() -> None:
    used = metering._memory()
    assert used is None or 10 * 2**20 < used < 64 * 2**30
