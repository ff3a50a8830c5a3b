"""Heads of a ledger noted elsewhere: a file that can be published, printed or time-stamped.

A ledger that was written anew is whole in itself. What shows it is a head that somebody else holds:
how many entries there were, and the hash of the last. An anchor file has one on each line, as JSON,
signed where the user has a key; a time stamp (RFC 3161) of the file says when it existed at the
latest. Nothing here needs a network: a request is a file, and so is what an authority answers.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.ledger_chain import Fault, seconds_between
from detente.store.signing import signed_by
from detente.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from detente.store.ledger_chain import LedgerEntry
    from detente.store.signing import SigningKey

KEYS = ("entries", "head", "recorded", "written", "key", "signature")
"""Keys of a line; the last two are null where nobody signed it."""


class AnchorError(ValueError):
    """A file of heads or a time stamp that cannot be read; the message says what to do."""


class StampError(AnchorError):
    """A time stamp that does not hold."""


class Head(NamedTuple):
    """The head of a ledger at an instant.

    Attributes:
        entries: how many entries there were; the number of the last.
        head: its hash.
        recorded: when it was recorded.
        written: when the head was noted.
        key: public key of whoever signed it; None where nobody did.
        signature: over ``text``.
    """

    entries: int
    head: str
    recorded: str
    written: str
    key: str | None = None
    signature: str | None = None

    @property
    def text(self) -> str:
        """What is signed."""
        return "\n".join(
            # The first line says what this is, so that its signature serves for nothing else.
            ("detente ledger head 1", str(self.entries), self.head, self.recorded, self.written)
        )


def head_of(last: LedgerEntry, written: str, key: SigningKey | None) -> Head:
    """The head of a ledger by its last entry, signed where there is a key."""
    made = Head(last.number, last.hash, last.recorded, written)
    if key is None:
        return made
    return made._replace(key=key.public, signature=key.sign(made.text))


def append_head(path: str, head: Head) -> None:
    """Add a head to a file, which comes into its place whole."""
    # Written anew and not appended to: what fails in between leaves the old file and no half line.
    before = Path(path).read_bytes() if os.path.exists(path) else b""
    line = json.dumps(head._asdict(), ensure_ascii=False, separators=(",", ":"))
    write_whole(path, before + line.encode() + b"\n", durable=True)


def read_heads(path: str) -> list[Head]:
    """The heads of a file, in order.

    Raises:
        AnchorError: a line is not a head.
    """
    try:
        text = Path(path).read_text("utf-8")
    except UnicodeDecodeError as error:
        raise AnchorError(f"{path} is not UTF-8 text: it is not a file of heads") from error
    heads = [_head(line, f"{path}, line {n}") for n, line in enumerate(text.splitlines(), 1)]
    if not heads:
        raise AnchorError(f"{path} holds no head: note one with `detente ledger anchor {path}`")
    return heads


def _head(line: str, place: str) -> Head:
    try:
        described = json.loads(line)
        made = Head(**{key: described[key] for key in KEYS})
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise AnchorError(f"{place} is not a head of a ledger: bring back the file") from error
    texts = (made.head, made.recorded, made.written)
    if not isinstance(made.entries, int) or not all(isinstance(each, str) for each in texts):
        raise AnchorError(f"{place} is not a head of a ledger: bring back the file")
    return made


def check_heads(heads: Iterable[Head], entries: Iterable[LedgerEntry]) -> list[Fault]:
    """What of a ledger is not what heads say of it, that were noted earlier.

    Args:
        heads: in the order in which they were noted.
        entries: of the ledger, all of them.
    """
    heads = list(heads)
    wanted = {head.entries for head in heads}
    found = {each.number: each for each in entries if each.number in wanted}
    faults: list[Fault] = []
    for number, head in enumerate(heads, 1):
        place = f"head {number}, of {head.entries} entries, noted {head.written}"
        entry = found.get(head.entries)
        if entry is None:
            faults.append(Fault(head.entries, f"{place}: there is no such entry any more"))
        elif (entry.hash, entry.recorded) != (head.head, head.recorded):
            faults.append(
                Fault(head.entries, f"{place}: it was {head.head}: what is there was written anew")
            )
        if head.key is not None and not signed_by(head.key, head.signature or "", head.text).fits:
            faults.append(Fault(head.entries, f"{place}: its signature is not of {head.key}"))
    for before, after in pairwise(heads):
        if after.entries < before.entries or seconds_between(after.written, before.written) > 0:
            what = f"noted {after.written} after one of {before.entries} entries, {before.written}"
            faults.append(Fault(after.entries, f"a head of {after.entries} entries was {what}"))
    return faults


def stamp_request(data: bytes) -> bytes:
    """A request for a time stamp of data (RFC 3161), to be sent to an authority.

    Raises:
        AnchorError: the library is missing.
    """
    builder = _library().TimestampRequestBuilder()
    made: bytes = builder.data(data).build().as_bytes()
    return made


class Stamp(NamedTuple):
    """A time stamp that holds: when, and by whom (subjects of certificates)."""

    at: str
    by: str


def check_stamp(data: bytes, response: bytes, authority: bytes) -> Stamp:
    """Whether an authority stamped data, and when.

    Args:
        data: what was stamped.
        response: what the authority answered, as a file.
        authority: certificates in PEM: the root first, then those between, if any.

    Raises:
        StampError: it did not.
        AnchorError: one of the files is none.
    """
    library = _library()
    from cryptography import x509

    try:
        certificates = x509.load_pem_x509_certificates(authority)
        answered: Any = library.decode_timestamp_response(response)
    except ValueError as error:
        raise AnchorError(
            f"the time stamp or the certificate of its authority cannot be read ({error}): give "
            "the response as the authority sent it, and its certificates as PEM"
        ) from error
    builder = library.VerifierBuilder().add_root_certificate(certificates[0])
    for between in certificates[1:]:
        builder = builder.add_intermediate_certificate(between)
    try:
        builder.build().verify_message(answered, data)
    except (library.VerificationError, ValueError) as error:
        raise StampError(
            f"the time stamp does not hold ({error}): it is of other data (SHA-256 here: "
            f"{sha256(data).hexdigest()}), or of another authority"
        ) from error
    info = answered.tst_info
    return Stamp(info.gen_time.isoformat(), certificates[0].subject.rfc4514_string())


def _library() -> Any:
    try:
        import rfc3161_client
    except ModuleNotFoundError as error:
        raise AnchorError(
            'time stamps need rfc3161-client, which is not installed: pip install "detente[sign]"'
        ) from error
    return rfc3161_client
