"""Asking the publishers themselves: their addresses, proxies, certificates, pages and patience."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from detente.freshness.answers import decoded, from_addresses, from_folder, see
from detente.freshness.found import FormatError
from detente.freshness.known import Known
from detente.register.book import Register
from detente.register.documents import Watched
from detente.store import fetching
from detente.store.fetching import fetch, fetch_newer
from tests.freshness.officials import Answer, Officials, Running, federal_register, running
from tests.freshness.stub import serving


def document(number: str, day: str, *agencies: str, **more: Any) -> dict[str, Any]:
    given = [{"slug": each} for each in agencies]
    return {
        "document_number": number,
        "publication_date": day,
        "title": f"Notice {number}",
        "agencies": given,
        "html_url": f"https://www.federalregister.gov/documents/{number}",
        **more,
    }


USTR = "trade-representative-office-of-united-states"
NOTICES = [document(f"2099-{at:05}", f"2099-01-{30 - at:02}", USTR) for at in range(8)]
NOTICES += [document("2099-01000", "2099-01-05", "commerce-department", abstract="section 232")]


def feed(path: str, query: dict[str, list[str]], before: int) -> Answer:
    """A feed of ten items a page, a day each, back to the first of January."""
    page = int(query.get("paged", ["1"])[0])
    days = [day for day in range(31 - 10 * (page - 1), 31 - 10 * page, -1) if day > 0]
    if not days:
        return Answer(404)
    items = "".join(
        f"<item><title>Action of day {day}</title><link>https://www.whitehouse.gov/{day}</link>"
        f"<pubDate>{day} Jan 2099 09:00:00 -0500</pubDate></item>"
        for day in days
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    return Answer(200, text.encode())


def publications(path: str, query: dict[str, list[str]], before: int) -> Answer:
    """The sanctions list service: by year; the export itself lies on another host."""
    if path.startswith("/changes/history/"):
        year = path.rpartition("/")[2]
        row = {"publicationID": int(year) % 100, "datePublished": f"{year}-01-09T00:00:00"}
        return Answer(200, json.dumps([row]).encode())
    if path == "/away":
        return Answer(302, b"", (("Location", "http://www.federalregister.gov/plain"),))
    if path == "/inwards":
        return Answer(302, b"", (("Location", "http://127.0.0.1:1/"),))
    return Answer(302, b"", (("Location", "https://www.federalregister.gov/api/v1/x"),))


@pytest.fixture
def officials() -> Officials:
    return Officials(
        {
            "www.federalregister.gov": federal_register(NOTICES, b'{"count": 0}'),
            "www.whitehouse.gov": feed,
            "sanctionslistservice.ofac.treas.gov": publications,
        }
    )


@pytest.fixture
def out(officials: Officials, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """The way out: the proxy and the authority of this machine."""
    for name in ("https_proxy", "http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with running(officials, tmp_path) as where:
        monkeypatch.setenv("HTTPS_PROXY", where.proxy)
        monkeypatch.setenv("SSL_CERT_FILE", str(where.authority))
        yield where


def answer_of(register: Register, file: str) -> Watched:
    return next(each for each in register.watched if each.file == file)


def test_the_publishers_are_asked_at_their_own_addresses_page_by_page(
    register: Register, officials: Officials, out: Running, tmp_path: Path
) -> None:
    kept = tmp_path / "answers"
    reader = from_addresses(pause=0.0, save=str(kept))
    known = Known(())
    ustr = answer_of(register, "fr-ustr.json")
    seen = see(ustr, reader, known, "2098-12-01", [], "2099-01-31")
    assert (seen.fault, len(seen.found)) == ("", 8)
    assert len([each for each in officials.asked if "search_after_cursor" in each]) == 2
    assert set(out.connected) == {"www.federalregister.gov:443"}
    assert sorted(each.name for each in kept.iterdir()) == [
        "fr-ustr.json",
        "fr-ustr.json.2",
        "fr-ustr.json.3",
    ]
    saved = see(ustr, from_folder(str(kept)), known, "2098-12-01", [], "2099-01-31")
    assert saved == seen


def test_a_server_that_asks_for_patience_is_asked_again(
    register: Register, officials: Officials, out: Running
) -> None:
    commerce = answer_of(register, "fr-commerce.json")
    seen = see(commerce, from_addresses(pause=0.0), Known(()), "2098-12-01", [], "2099-01-31")
    assert (seen.fault, [each.id for each in seen.found]) == ("", ["2099-01000"])
    assert [*officials.asked.values()] == [2]


def test_a_list_of_the_latest_is_followed_until_it_reaches_back(
    register: Register, officials: Officials, out: Running
) -> None:
    news = answer_of(register, "whitehouse.rss")
    reader = from_addresses(pause=0.0)
    seen = see(news, reader, Known(()), "2099-01-15", [], "2099-01-31")
    assert (seen.fault, len(seen.found)) == ("", 17)
    assert len(officials.asked) == 2
    far = see(news, reader, Known(()), "2098-12-01", [], "2099-01-31")
    assert "404" in far.fault  # the list ends before the day asked


def test_an_answer_by_year_is_asked_for_each_year(
    register: Register, officials: Officials, out: Running
) -> None:
    changes = answer_of(register, "ofac-changes.json")
    seen = see(changes, from_addresses(pause=0.0), Known(()), "2098-01-02", [], "2100-02-01")
    assert [each.id for each in seen.found] == ["SLS 98", "SLS 99", "SLS 0"]
    assert len(officials.asked) == 3


LISTS = "https://sanctionslistservice.ofac.treas.gov"


def test_a_redirect_is_followed_to_an_encrypted_address_alone(out: Running, tmp_path: Path) -> None:
    path = str(tmp_path / "file")
    assert fetch(f"{LISTS}/api/export", path) == ""
    assert json.loads(Path(path).read_bytes())["count"] == 9
    assert "leads to http://www.federalregister.gov/plain" in fetch(f"{LISTS}/away", path)
    assert "leads to http://127.0.0.1:1/" in fetch(f"{LISTS}/inwards", path)


def test_a_certificate_of_an_unknown_authority_is_refused_with_advice(
    out: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    wrong = fetch(f"{LISTS}/api/export", str(tmp_path / "file"))
    assert "CERTIFICATE_VERIFY_FAILED" in wrong
    assert "SSL_CERT_FILE" in wrong


def test_this_machine_is_never_asked_through_a_proxy(out: Running, tmp_path: Path) -> None:
    with serving({"plain": b"text"}) as address:
        assert fetch(f"{address}/plain", str(tmp_path / "file")) == ""
    assert out.connected == []


def test_a_file_that_the_server_still_has_is_not_sent_again(out: Running, tmp_path: Path) -> None:
    path = tmp_path / "file"
    first = fetch_newer(f"{LISTS}/api/export", str(path), "")
    assert (first.wrong, first.unchanged, bool(first.tag)) == ("", False, True)
    again = fetch_newer(f"{LISTS}/api/export", str(path), first.tag)
    assert (again.wrong, again.unchanged, again.tag) == ("", True, first.tag)
    assert fetch_newer(f"{LISTS}/api/export", str(path), '"other"').unchanged is False


@pytest.mark.parametrize(
    "address", ["http://example.org/x", "http://127.0.0.1.example.org/x", "https:///x", "https://["]
)
def test_an_address_that_is_not_encrypted_is_not_asked(address: str, tmp_path: Path) -> None:
    assert "is not an https address" in fetch(address, str(tmp_path / "x"))


def stated(body: bytes, *head: tuple[str, str], status: int = 200) -> Callable[..., None]:
    """A server that says just that."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in head:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def drop_by_drop(handler: BaseHTTPRequestHandler) -> None:
    """A server that is never silent for long and never comes to an end."""
    from time import sleep

    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(40):
            handler.wfile.write(b".")
            handler.wfile.flush()
            sleep(0.01)
    except OSError:
        pass


PACKED = gzip.compress(b"whole text " * 1000)
SAID = {
    "packed": (stated(PACKED, ("Content-Encoding", "gzip")), ""),
    "packed, half": (stated(PACKED[:40], ("Content-Encoding", "gzip")), "packed form has no end"),
    "packed, damaged": (
        stated(PACKED[:20] + b"\xff" * 30, ("Content-Encoding", "gzip")),
        "came damaged",
    ),
    "packed otherwise": (stated(b"\x28\xb5", ("Content-Encoding", "zstd")), "came packed as zstd"),
    "a bomb": (stated(gzip.compress(bytes(1 << 20)), ("Content-Encoding", "gzip")), "larger than"),
    "too much": (stated(bytes(1 << 17)), "larger than 100000 bytes"),
    "drop by drop": (drop_by_drop, "took longer than"),
    "a long wait": (stated(b"", ("Retry-After", "3600"), status=429), "asks to wait 3600 seconds"),
    "a wait to a day": (
        stated(b"", ("Retry-After", "Wed, 01 Jan 2098 00:00:00 GMT"), status=503),
        "asks to wait",
    ),
    "always busy": (stated(b"", ("Retry-After", "0"), status=503), "503"),
    "not allowed": (stated(b"", status=403), "403"),
    "nothing": (stated(b""), "is empty"),
}


@pytest.mark.parametrize("what", SAID)
def test_what_a_server_says_is_whole_or_a_fault(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply, words = SAID[what]
    monkeypatch.setattr(fetching, "SILENCES", 0.3)
    path = tmp_path / "file"
    with serving({"file": reply}) as address:
        wrong = fetch(f"{address}/file", str(path), 100_000, 0.3, 0.0)
    assert words in wrong
    assert bool(wrong) == bool(words)
    if not words:
        assert path.read_bytes() == b"whole text " * 1000


def test_a_text_is_read_in_the_characters_that_it_names() -> None:
    title = "商务部公告2026年第44号"
    page = f'<html><meta charset="gb2312"><li>{title}</li></html>'
    assert title in decoded(page.encode("gb18030"))
    assert title in decoded(b"\xef\xbb\xbf" + title.encode())
    for wrong in (title.encode("gb18030"), b'<html><meta charset="no-such">' + b"x"):
        with pytest.raises(FormatError, match="its text is not in"):
            decoded(wrong)


def test_lists_are_fetched_once_and_again_when_they_changed_or_were_taken_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from detente.cli.main import main

    names = [f"Zorblax Works Number {at}" for at in range(20)]
    sent: list[int] = []

    def nations(path: str, query: dict[str, list[str]], before: int) -> Answer:
        rows = "".join(
            f"<ENTITY><DATAID>{at}</DATAID><FIRST_NAME>{name}</FIRST_NAME></ENTITY>"
            for at, name in enumerate(names)
        )
        day = f"2026-09-{len(names)}" if len(names) > 1 else "2026-10-01"
        head = f'<CONSOLIDATED_LIST dateGenerated="{day}T00:00:00Z">'
        sent.append(before)
        return Answer(200, f"{head}<ENTITIES>{rows}</ENTITIES></CONSOLIDATED_LIST>".encode())

    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    with running(Officials({"scsanctions.un.org": nations}), tmp_path) as where:
        monkeypatch.setenv("HTTPS_PROXY", where.proxy)
        monkeypatch.setenv("SSL_CERT_FILE", str(where.authority))

        def update() -> tuple[int, dict[str, Any]]:
            code = main(["lists", "update", "UN-SC", "--json"])
            (row,) = json.loads(capsys.readouterr().out)["updates"]
            return code, row

        code, row = update()
        assert (code, row["refused"]) == (0, None)
        assert row["lists"]["UN-SC"]["added"] == 20
        code, row = update()
        assert (code, row["unchanged"], row["sha256"]) == (0, True, None)
        assert "publisher still has the file" in row["refused"]
        names.append("Third Foe")
        code, row = update()
        assert (code, row["lists"]["UN-SC"]["added"]) == (0, 1)
        assert main(["lists", "remove", "UN-SC"]) == 0
        capsys.readouterr()
        code, row = update()
        assert (code, row["refused"]) == (0, None)
        del names[1:]
        code, row = update()
        assert code == 1
        assert "1 entry where it had 21" in row["refused"]
    assert len(sent) == 5


def test_a_bundle_is_fetched_whole_or_the_law_in_use_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from detente.cli.main import main
    from detente.freshness.updating import in_use
    from tests.freshness.law import bundle, key_of, package, trusting
    from tests.small_register import DUTY

    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "user"))
    package(tmp_path / "package", monkeypatch)
    key = key_of(tmp_path / "maintainer")
    trusting(key)
    changed = {"us/tariff/duty.yaml": f"{DUTY}note: newer\n"}
    whole = bundle(tmp_path / "newer", key, changed=changed).read_bytes()
    at = len(whole) // 2
    bodies = {
        "/half.law": (whole[:at], "not a whole bundle"),
        "/page.law": (b"<html>Sign in</html>", "not a whole bundle"),
        "/gone.law": (b"", "404"),
    }

    def publisher(path: str, query: dict[str, list[str]], before: int) -> Answer:
        if path == "/latest":
            return Answer(302, b"", (("Location", "https://law.example/whole.law"),))
        if path == "/whole.law":
            return Answer(200, whole)
        body = bodies[path][0]
        return Answer(200 if body else 404, body)

    with running(Officials({"law.example": publisher}), tmp_path) as where:
        monkeypatch.setenv("HTTPS_PROXY", where.proxy)
        monkeypatch.setenv("SSL_CERT_FILE", str(where.authority))
        for path, (_, words) in bodies.items():
            assert main(["update", "--source", f"https://law.example{path}"]) == 2
            assert words in capsys.readouterr().err
            assert in_use() == ""
        day = ["--on", "2026-10-10"]
        assert main(["update", "--source", "https://law.example/latest", *day]) == 0
        assert in_use().startswith("2026-10-14-")
