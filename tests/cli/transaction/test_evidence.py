"""Signatures, noted heads and time stamps: what is found when somebody writes a ledger anew.

The forger of these tests knows the program and can write every file but the key and what others
hold: a memo that was handed over, a file of heads, a time stamp.
"""

from __future__ import annotations

import base64
import errno
import json
import os
import re
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from detente.store import signing
from detente.store.heads import Head, check_heads
from detente.store.ledger import Ledger, LedgerEntry, LedgerError, entry_hash, ledger_file
from detente.store.ledger_chain import FIRST, verify
from detente.store.signing import OWN, fits, key_file, make_key
from tests.cli.conftest import Run
from tests.cli.transaction.test_verify_command import SHIPMENT, edit, verified


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


def key_made(run: Run) -> str:
    ran = run("sign", "init")
    assert ran.code == 0, ran.err
    return ran.out.strip()


def memo_made(run: Run, path: Path, *words: str) -> Path:
    ran = run("assess", *SHIPMENT, "--value", "10000", "--memo", str(path), "--record", *words)
    assert ran.code == 0, ran.err
    return path


def rewrite(change: Callable[[list[LedgerEntry]], list[LedgerEntry]]) -> None:
    """Write the user's ledger anew from changed entries, with a chain that holds."""
    with Ledger() as kept:
        entries = change(list(kept.entries()))
    Path(ledger_file()).unlink()
    for end in ("-wal", "-shm"):
        Path(ledger_file() + end).unlink(missing_ok=True)
    instants = iter([entry.recorded for entry in entries])
    with Ledger(create=True) as kept:
        for entry in entries:
            kept.append(
                entry.kind,
                json.loads(entry.question),
                json.loads(entry.answer),
                register=entry.register,
                version=entry.version,
                clock=lambda: next(instants),
            )
        assert not kept.verify().faults


def cheaper(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    """The same entries, the first with another amount in its answer."""
    first = entries[0]
    return [first._replace(answer=first.answer.replace("4840.00", "1840.00")), *entries[1:]]


def test_a_key_is_made_once_and_its_owner_alone_can_read_it(run: Run) -> None:
    public = key_made(run)
    assert re.fullmatch(r"ed25519:[A-Za-z0-9+/]{43}=", public)
    assert stat.S_IMODE(os.stat(key_file()).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(Path(key_file()).parent).st_mode) == 0o700
    again = run("sign", "init")
    assert (again.code, "holds a key already" in again.err) == (2, True)
    assert json.loads(run("sign", "show", "--json").out) == {"own": public, "known": {}}


def test_a_key_that_others_can_read_signs_nothing(run: Run, tmp_path: Path) -> None:
    key_made(run)
    os.chmod(key_file(), 0o640)
    ran = run("assess", *SHIPMENT, "--memo", str(tmp_path / "memo.md"))
    assert (ran.code, "chmod 600" in ran.err) == (2, True)


def test_a_damaged_key_is_told_without_a_traceback(run: Run, tmp_path: Path) -> None:
    key_made(run)
    Path(key_file()).write_bytes(b"nothing of the kind")
    ran = run("assess", *SHIPMENT, "--memo", str(tmp_path / "memo.md"))
    assert (ran.code, "bring back a copy" in ran.err) == (2, True)


def test_a_key_for_which_there_was_no_room_stands_in_nobodys_way(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(signing.os, "fsync", full)
        ran = run("sign", "init")
    assert (ran.code, "make room on the disk" in ran.err) == (1, True)
    assert run("sign", "init").code == 0


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_signed_memo_names_its_key_and_holds_also_where_the_ledger_is_gone(
    run: Run, tmp_path: Path, form: str
) -> None:
    public = key_made(run)
    memo = memo_made(run, tmp_path / f"memo.{form}")
    assert public in memo.read_text("utf-8")
    code, described = verified(run, memo)
    assert (code, described["outcome"], described["signed_by"], described["signer"]) == (
        0,
        "holds",
        public,
        OWN,
    )
    assert described["recorded_as"]["entry"] == 1
    Path(ledger_file()).unlink()
    code, described = verified(run, memo, "--scenario", "decoupling")  # another register than then
    assert (code, described["outcome"], described["signer"]) == (0, "holds", OWN)
    assert "rests on the signer's word" in described["because"]


def test_an_unsigned_memo_without_its_ledger_and_register_is_not_vouched_for(
    run: Run, tmp_path: Path
) -> None:
    memo = memo_made(run, tmp_path / "memo.md")
    Path(ledger_file()).unlink()
    assert verified(run, memo, "--scenario", "decoupling")[1]["outcome"] == "cannot_tell"


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"entry (`|<code>)1(`|</code>)", r"entry \g<1>2\g<2>"),
        (r"(its hash (?:`|<code>))[0-9a-f]{4}", r"\g<1>0000"),
        (r"(ed25519:)[A-Za-z0-9+/]{2}", r"\g<1>AA"),
        (r"(: (?:`|<code>))[A-Za-z0-9+/]{4}(?=[A-Za-z0-9+/]{82})", r"\g<1>AAAA"),
    ],
    ids=["the entry", "its hash", "the key", "the signature"],
)
def test_nothing_below_the_hash_can_be_exchanged(
    run: Run, tmp_path: Path, form: str, old: str, new: str
) -> None:
    key_made(run)
    memo = memo_made(run, tmp_path / f"memo.{form}")
    text = memo.read_text("utf-8")
    at = text.rindex("SHA-256 of this memo")
    changed = text[:at] + re.sub(old, new, text[at:], count=1)
    assert changed != text
    memo.write_text(changed, encoding="utf-8")
    code, described = verified(run, memo)
    assert (code, described["outcome"], described["signed_by"]) == (4, "changed", None), described[
        "because"
    ]


def test_a_memo_that_was_edited_and_sealed_again_is_found_by_its_signature_alone(
    run: Run, tmp_path: Path
) -> None:
    key_made(run)
    memo = memo_made(run, tmp_path / "memo.md")
    edit(memo, "$4,840.00", "$1,840.00")
    Path(ledger_file()).unlink()
    code, described = verified(run, memo, "--scenario", "decoupling")
    assert (code, described["outcome"], described["signed_by"]) == (4, "changed", None)


def test_a_signature_of_a_key_that_nobody_knows_settles_nothing_until_it_is_known(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = key_made(run)
    memo = memo_made(run, tmp_path / "memo.md")
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "another"))
    code, described = verified(run, memo, "--scenario", "decoupling")
    assert (code, described["outcome"], described["signed_by"]) == (3, "cannot_tell", public)
    assert "nobody here is known to have" in described["because"]
    assert run("sign", "know", public, "Broker, Example Ltd").code == 0
    code, described = verified(run, memo, "--scenario", "decoupling")
    assert (code, described["outcome"], described["signer"]) == (0, "holds", "Broker, Example Ltd")
    assert run("sign", "know", public, "Somebody else").code == 2


@pytest.mark.parametrize("key", ["ed25519:short", "rsa:AAAA", "ed25519:" + "A" * 42 + "B="])
def test_what_is_no_public_key_is_not_kept(run: Run, key: str) -> None:
    assert run("sign", "know", key, "Somebody").code == 2


def test_a_ledger_that_was_written_anew_is_found_against_a_memo_of_it(
    run: Run, tmp_path: Path
) -> None:
    key_made(run)
    memo = memo_made(run, tmp_path / "memo.md")
    memo_made(run, tmp_path / "second.md")
    rewrite(cheaper)
    code, described = verified(run, memo)
    assert (code, described["outcome"], described["signer"]) == (0, "holds", OWN)
    assert "shortened or written anew" in described["because"]


def test_without_a_signature_a_memo_of_a_ledger_written_anew_is_no_evidence_either_way(
    run: Run, tmp_path: Path
) -> None:
    memo = memo_made(run, tmp_path / "memo.md")
    rewrite(cheaper)
    code, described = verified(run, memo, "--scenario", "decoupling")
    assert (code, described["outcome"]) == (3, "cannot_tell")
    assert "shortened or written anew" in described["because"]


@pytest.fixture
def anchored(run: Run, tmp_path: Path) -> Path:
    """A file of heads noted after one, two and three answers, signed."""
    key_made(run)
    heads = tmp_path / "heads.jsonl"
    for number in range(3):
        memo_made(run, tmp_path / f"memo-{number}.md")
        assert run("ledger", "anchor", str(heads)).code == 0
    return heads


def test_heads_of_the_ledger_hold(run: Run, anchored: Path) -> None:
    ran = run("ledger", "verify", "--anchor", str(anchored))
    assert ran.code == 0, ran.err
    assert "3 heads of" in ran.out
    assert f", {OWN}" in ran.out


@pytest.mark.parametrize(
    ("change", "stated"),
    [
        (cheaper, "written anew"),
        (lambda entries: entries[:1], "no such entry any more"),
        (lambda entries: entries[1:], "written anew"),
        (lambda entries: [entries[1], entries[0]._replace(recorded=entries[1].recorded),
                          entries[2]], "written anew"),
    ],
    ids=["an answer changed", "shortened", "the first removed", "two exchanged"],
)  # fmt: skip
def test_a_ledger_that_was_written_anew_is_found_against_any_earlier_head(
    run: Run, anchored: Path, change: Callable[[list[LedgerEntry]], list[LedgerEntry]], stated: str
) -> None:
    rewrite(change)
    assert run("ledger", "verify").code == 0  # it is whole in itself
    ran = run("ledger", "verify", "--anchor", str(anchored))
    assert (ran.code, stated in ran.err) == (1, True)
    refused = run("ledger", "anchor", str(anchored))
    assert (refused.code, "nothing was noted" in refused.err) == (2, True)


def test_an_export_is_held_against_heads_too(run: Run, anchored: Path, tmp_path: Path) -> None:
    export = tmp_path / "export.jsonl"
    run("ledger", "export", "-o", str(export))
    assert run("ledger", "verify", str(export), "--anchor", str(anchored)).code == 0
    lines = export.read_text("utf-8").splitlines()
    export.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    assert run("ledger", "verify", str(export), "--anchor", str(anchored)).code == 1


def test_a_head_that_was_forged_is_found_by_its_signature(run: Run, anchored: Path) -> None:
    rewrite(cheaper)
    with Ledger() as kept:
        entries = list(kept.entries())
    heads = [json.loads(line) for line in anchored.read_text().splitlines()]
    for head, entry in zip(heads, entries, strict=True):
        head["head"] = entry.hash
    anchored.write_text("".join(json.dumps(head) + "\n" for head in heads))
    ran = run("ledger", "verify", "--anchor", str(anchored))
    assert (ran.code, ran.err.count("its signature is not of")) == (1, 3)


def test_heads_out_of_order_are_faults() -> None:
    entries = [LedgerEntry(n, f"2026-01-0{n}", "duty", "", "", "", "", "", str(n)) for n in (1, 2)]
    heads = [Head(2, "2", "2026-01-02", "2026-02-02"), Head(1, "1", "2026-01-01", "2026-02-03")]
    assert ["after one of 2 entries" in fault.what for fault in check_heads(heads, entries)] == [
        True
    ]


@pytest.mark.parametrize("text", ["", "nonsense\n", "[1]\n", '{"entries": 1}\n', "[" * 50_000])
def test_a_file_that_holds_no_heads_is_told(run: Run, anchored: Path, text: str) -> None:
    anchored.write_text(text)
    ran = run("ledger", "verify", "--anchor", str(anchored))
    assert (ran.code, "head" in ran.err) == (2, True)


def entries_at(*instants: str) -> list[LedgerEntry]:
    """A chain that holds, of entries recorded at these instants."""
    made: list[LedgerEntry] = []
    for number, instant in enumerate(instants, 1):
        before = made[-1].hash if made else FIRST
        entry = LedgerEntry(number, instant, "duty", "{}", "{}", "ab", "1", before, "")
        made.append(entry._replace(hash=entry_hash(entry)))
    return made


def test_an_entry_that_goes_back_in_time_is_a_fault_and_nothing_is_appended_after_it(
    tmp_path: Path,
) -> None:
    early, late = "2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00"
    assert not verify(entries_at(early, early, late)).faults
    [fault] = verify(entries_at(early, late, early)).faults
    assert (fault.number, "before the entry before it" in fault.what) == (3, True)
    path = str(tmp_path / "ledger.sqlite")
    with Ledger(path, create=True):
        pass
    with closing(sqlite3.connect(path)) as kept, kept:
        made = entries_at(early, late, early)
        kept.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 9)})", made)
        kept.execute("INSERT INTO head VALUES (1, 3, ?)", (made[-1].hash,))
    with Ledger(path, create=True) as ledger, pytest.raises(LedgerError, match="does not hold"):
        ledger.append("duty", {}, {}, register="ab", version="1", clock=lambda: late)


def test_a_text_has_one_signature_in_one_spelling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path))
    key = make_key()
    signature = key.sign("text")
    assert fits(key.public, signature, "text")
    assert not fits(key.public, signature, "Text")
    assert not fits(key.public, signature + "\n", "text")
    assert not fits(key.public, signature.rstrip("="), "text")
    raw = bytearray(base64.b64decode(signature))
    raw[5] ^= 1
    assert not fits(key.public, base64.b64encode(raw).decode(), "text")


class Authority:
    """A time-stamping authority of this machine, with RSA keys, as `openssl ts` makes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = tsa.pem\n"
            "signer_key = tsa.key\nsigner_digest = sha256\ndigests = sha256, sha512\n"
            "default_policy = 1.3.6.1.4.1.5923.1.1.1\naccuracy = secs:1\nordering = no\n"
            "tsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n"
        )
        (folder / "serial").write_text("01\n")
        (folder / "stamping.cnf").write_text("extendedKeyUsage = critical, timeStamping\n")
        self.openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=A local authority",
            "-days", "2", "-keyout", "ca.key", "-out", "ca.pem",
        )  # fmt: skip
        self.openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Stamps of it",
            "-keyout", "tsa.key", "-out", "tsa.csr",
        )  # fmt: skip
        self.openssl(
            "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", "stamping.cnf", "-out", "tsa.pem",
        )  # fmt: skip

    def openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def stamp(self, request: Path, response: Path) -> None:
        self.openssl(
            "ts", "-reply", "-config", "tsa.cnf", "-section", "one",
            "-queryfile", str(request), "-out", str(response),
        )  # fmt: skip


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "one")


@pytest.fixture
def stamped(run: Run, anchored: Path, authority: Authority, tmp_path: Path) -> tuple[Path, Path]:
    request, response = tmp_path / "heads.tsq", tmp_path / "heads.tsr"
    assert run("ledger", "anchor", str(anchored), "--request", str(request)).code == 0
    authority.stamp(request, response)
    return anchored, response


def verify_stamped(run: Run, stamped: tuple[Path, Path], authority: Authority) -> Any:
    words = ("--anchor", str(stamped[0]), "--stamp", str(stamped[1]))
    return run("ledger", "verify", *words, "--authority", str(authority.folder / "ca.pem"))


def test_a_time_stamp_of_the_heads_says_when_they_were_there(
    run: Run, stamped: tuple[Path, Path], authority: Authority
) -> None:
    ran = verify_stamped(run, stamped, authority)
    assert ran.code == 0, ran.err
    assert re.search(r"time-stamped at 20\d\d-.*, by the authority CN=A local authority", ran.out)


def test_openssl_agrees_with_the_request_and_the_response(
    stamped: tuple[Path, Path], authority: Authority
) -> None:
    words = ["ts", "-verify", "-data", str(stamped[0]), "-in", str(stamped[1])]
    authority.openssl(*words, "-CAfile", "ca.pem", "-untrusted", "tsa.pem")


def test_a_time_stamp_of_other_heads_does_not_hold(
    run: Run, stamped: tuple[Path, Path], authority: Authority
) -> None:
    lines = stamped[0].read_text().splitlines(keepends=True)
    stamped[0].write_text("".join(lines[:-1]))
    ran = verify_stamped(run, stamped, authority)
    assert (ran.code, "does not hold" in ran.err) == (1, True)


def test_a_time_stamp_of_another_authority_does_not_hold(
    run: Run, stamped: tuple[Path, Path], tmp_path: Path
) -> None:
    ran = verify_stamped(run, stamped, Authority(tmp_path / "another"))
    assert (ran.code, "another authority" in ran.err) == (1, True)


@pytest.mark.parametrize("body", [b"", b"nonsense", b"0\x82\x01\x00"])
def test_a_file_that_is_no_time_stamp_is_told(
    run: Run, stamped: tuple[Path, Path], authority: Authority, body: bytes
) -> None:
    stamped[1].write_bytes(body)
    ran = verify_stamped(run, stamped, authority)
    assert (ran.code, "time stamp" in ran.err) == (2, True)
