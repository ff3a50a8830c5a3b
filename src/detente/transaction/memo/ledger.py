"""A memo beside the ledger: the memo that a recorded answer makes is compared as a whole.

A memo states its question, the hash of its answer and the instant of its writing, and whoever
changes it may change those too. An entry that any one of them leads to is therefore compared; what
the memo says of itself decides nothing.
"""

from __future__ import annotations

import json
import unicodedata

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.ledger import canonical
from detente.transaction.memo.memo import memo_of, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from detente.store.ledger import LedgerEntry, Verification
    from detente.transaction.memo.reading import MemoStatement

KIND = "assess"
"""The entries that a memo can be of."""

LONGEST = 160
"""Characters of a line that are shown where two differ."""


class LedgerRecords(NamedTuple):
    """A ledger or an export of one.

    Attributes:
        where: its file.
        chain: what the verification of its chain found.
        entries: its entries; those of another kind than ``assess`` may be left out.
        hash_of: gives the hash of an entry by its number; None where there is no such entry.
    """

    where: str
    chain: Verification
    entries: Iterable[LedgerEntry]
    hash_of: Callable[[int], str | None]


class Compared(NamedTuple):
    """A memo beside one entry.

    Attributes:
        entry: the entry.
        text: the memo that its answer makes; "" where this version cannot make one of it.
        same: whether that is the memo, word for word.
        bound: whether the memo says that it was written when the entry was recorded.
        named: whether the memo states the hash of the entry's answer.
    """

    entry: LedgerEntry
    text: str
    same: bool
    bound: bool
    named: bool

    @property
    def dated(self) -> bool:
        """Whether the memo is the entry's, and of its instant."""
        return self.same and self.bound


def compare(read: MemoStatement, entries: Iterable[LedgerEntry]) -> list[Compared]:
    """A memo beside every entry that its question, its instant or its hash leads to.

    Returns:
        The entries compared, the one that is nearest to the memo first.
    """
    found = [_compared(read, entry) for entry in entries if _leads(read, entry)]
    lines = set(read.text.splitlines())
    return sorted(
        found,
        key=lambda each: (each.dated, each.same, len(lines & set(each.text.splitlines()))),
        reverse=True,
    )


def _leads(read: MemoStatement, entry: LedgerEntry) -> bool:
    if entry.kind != KIND:
        return False
    return entry.question == _question(read) or _bound(read, entry) or _named(read, entry)


def _question(read: MemoStatement) -> str:
    return canonical(read.again["question"])


def _bound(read: MemoStatement, entry: LedgerEntry) -> bool:
    """Whether the memo was written when the entry was recorded."""
    return entry.recorded == read.written


def _named(read: MemoStatement, entry: LedgerEntry) -> bool:
    """Whether the memo states the hash of the entry's answer."""
    stated = read.again.get("answer_sha256")
    return isinstance(stated, str) and f'"sha256":{json.dumps(stated)}' in entry.answer


def _compared(read: MemoStatement, entry: LedgerEntry) -> Compared:
    try:
        text = render(memo_of(json.loads(entry.answer), read.written), read.form)
    except (AttributeError, KeyError, TypeError, ValueError):  # another version's answer
        text = ""
    return Compared(entry, text, text == read.text, _bound(read, entry), _named(read, entry))


def difference(memo: str, written: str) -> str:
    """The first line in which a memo is not the one that was written, in words."""
    stated, meant = memo.splitlines(), written.splitlines()
    at = next((n for n, (a, b) in enumerate(zip(stated, meant, strict=False)) if a != b), None)
    if at is None:
        at = min(len(stated), len(meant))
        if at == max(len(stated), len(meant)):
            return "only line ends differ"
    ours, theirs = (each[at] if at < len(each) else "" for each in (stated, meant))
    return f"line {at + 1} says {_shown(ours, theirs)}, where {_shown(theirs, ours)} was written"


def _shown(line: str, other: str) -> str:
    """A line around the place where it differs from another, with signs named that look alike."""
    at = next((n for n, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), None)
    at = min(len(line), len(other)) if at is None else at
    start = max(0, at - LONGEST // 2)
    part = line[start : start + LONGEST]
    shown = repr(f"{'…' if start else ''}{part}{'…' if start + LONGEST < len(line) else ''}")
    sign = line[at : at + 1]
    if sign and not (sign.isascii() and sign.isprintable()):
        return f"{shown} (with {unicodedata.name(sign, f'U+{ord(sign):04X}')})"
    return shown
