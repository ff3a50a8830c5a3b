"""Why something was not fetched, whether another try may succeed, and packed answers, by hand."""

from __future__ import annotations

import gzip
import io
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from urllib.error import URLError

import pytest

from detente.store import fetching
from detente.store.fetching import FetchError, is_address


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (ConnectionResetError("reset"), 0.0), (BrokenPipeError("pipe"), 0.0),
        (TimeoutError(), 0.0), (OSError("The read operation timed out"), 0.0),
        (URLError(ConnectionResetError("reset")), 0.0), (URLError("timed out"), 0.0),
        # Nobody listens there, or there is no such place: another try finds the same.
        (ConnectionRefusedError("refused"), None), (URLError(ConnectionRefusedError()), None),
        (URLError("Name or service not known"), None), (OSError("No space left on device"), None),
        (ValueError("unknown url type"), None),
    ],
)  # fmt: skip
def test_another_try_is_worth_it_where_a_connection_broke_or_was_silent(
    error: Exception, again: float | None
) -> None:
    assert fetching._again(error) == again


def test_a_reason_is_told_and_an_unknown_authority_says_what_to_do() -> None:
    assert fetching._reason(URLError("no route")) == "no route"
    assert fetching._reason(OSError("broken")) == "broken"
    assert fetching._reason(TimeoutError()) == "TimeoutError"
    told = fetching._reason(URLError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed"))
    assert told.endswith("(an authority of your own: name its file in SSL_CERT_FILE)")


def test_a_server_that_is_busy_names_seconds_or_a_day() -> None:
    for text, seconds in (("7", 7.0), (" 12 ", 12.0), ("0", 0.0), (None, 0.0), ("", 0.0),
                          ("soon", 0.0), ("-5", 0.0)):  # fmt: skip
        assert fetching._retry_after(text) == seconds
    later = datetime.now(UTC) + timedelta(seconds=90)
    assert 85 < fetching._retry_after(format_datetime(later, usegmt=True)) <= 90
    past = datetime.now(UTC) - timedelta(seconds=90)
    assert fetching._retry_after(format_datetime(past, usegmt=True)) == 0.0
    # A day without a zone could be any.
    assert fetching._retry_after("Mon, 01 Jan 2035 00:00:00 -0000") == 0.0


# --- answers -------------------------------------------------------------------------------------


def received(
    body: bytes, largest: int = 10**6, pieces: int = 7, seconds: float = 60, **headers: str
) -> tuple[int, bytes]:
    """What is written down of an answer that comes in small pieces."""
    stream, file = io.BytesIO(body), io.BytesIO()
    answer: Any = SimpleNamespace(
        headers={name.replace("_", "-"): text for name, text in headers.items()},
        read1=lambda size: stream.read(pieces),
    )
    return fetching._receive(answer, file, largest, seconds), file.getvalue()


TEXT = b"code,rate\n" * 50


def test_an_answer_is_written_down_whole_and_unpacked() -> None:
    assert received(TEXT) == (500, TEXT)
    assert received(TEXT, Content_Length="500") == (500, TEXT)
    packed = gzip.compress(TEXT)
    for name in ("gzip", " X-GZIP "):
        assert received(packed, Content_Encoding=name) == (500, TEXT)
    # The length is that of what came, packed.
    length = str(len(packed))
    assert received(packed, Content_Encoding="gzip", Content_Length=length) == (500, TEXT)
    assert received(b"") == (0, b"")


@pytest.mark.parametrize("block", [1, 3, 499, 500, 10**6])
def test_an_answer_is_unpacked_in_pieces_of_any_size(
    monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(fetching, "_BLOCK", block)
    parts: Iterator[bytes] = iter([gzip.compress(TEXT)])
    found = list(fetching._unpacked(parts))
    assert b"".join(found) == TEXT
    assert max(map(len, found)) <= block


def test_an_answer_that_is_not_whole_may_be_asked_for_again() -> None:
    packed = gzip.compress(TEXT)
    for body, headers, told in (
        (TEXT[:499], {"Content_Length": "500"}, "broke off: 499 of 500 bytes came"),
        (TEXT, {"Content_Length": "499"}, "broke off: 500 of 499 bytes came"),
        (packed[:-1], {"Content_Encoding": "gzip"}, "broke off: its packed form has no end"),
        (b"no gzip at all", {"Content_Encoding": "gzip"}, "came damaged: "),
    ):
        with pytest.raises(FetchError, match=told) as error:
            received(body, **headers)
        assert error.value.wait == 0.0


def test_an_answer_is_held_against_the_digest_that_the_server_states() -> None:
    packed = gzip.compress(TEXT)
    for body, more in ((TEXT, {}), (packed, {"Content_Encoding": "gzip"})):
        right = b64encode(sha256(body).digest()).decode()
        stated = (
            {"Repr_Digest": f"md5=:AAAA:, sha-256=:{right}:"},
            {"Content_Digest": f"sha-256=:{right}:"},
            {"Digest": f"SHA-256={right}"},
        )
        for headers in stated:
            assert received(body, **headers, **more) == (500, TEXT)
            wrong = {name: text.replace(right, "AAAA") for name, text in headers.items()}
            with pytest.raises(FetchError, match="came changed: its SHA-256 is not") as error:
                received(body, **wrong, **more)
            assert error.value.wait == 0.0
    # what is not a digest is not the right one, and of another kind nothing is known
    with pytest.raises(FetchError, match="came changed"):
        received(TEXT, Digest="sha-256=???")
    assert received(TEXT, Digest="md5=AAAA") == (500, TEXT)


def test_an_answer_that_is_too_large_or_packed_otherwise_is_refused_for_good() -> None:
    packed = gzip.compress(TEXT)
    assert received(TEXT, 500)[0] == received(packed, 500, Content_Encoding="gzip")[0] == 500
    for body, headers in ((TEXT, {}), (packed, {"Content_Encoding": "gzip"})):
        with pytest.raises(FetchError, match="is larger than 499 bytes") as error:
            received(body, 499, **headers)
        assert error.value.wait is None
    # Small when unpacked, and yet more than is wanted came.
    with pytest.raises(FetchError, match="is larger than 19 bytes"):
        received(gzip.compress(b"ab"), 19, Content_Encoding="gzip")
    with pytest.raises(FetchError, match="came packed as br, which was not asked for") as error:
        received(TEXT, Content_Encoding="br")
    assert error.value.wait is None


def test_an_answer_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr("time.monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(fetching, "SILENCES", 3)
    with pytest.raises(FetchError, match="took longer than 45 seconds") as error:
        received(TEXT, seconds=15)
    assert error.value.wait == 0.0
    assert next(clock) == 60  # begun at 0, looked at after 10, 20, 30, 40 and 50 seconds


def test_an_address_is_told_from_a_file(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert is_address("https://example.org/list.csv")
    assert not is_address("list.csv")
    (tmp_path / "odd:").mkdir()
    (tmp_path / "odd:" / "x").write_text("")
    assert not is_address("odd://x")
