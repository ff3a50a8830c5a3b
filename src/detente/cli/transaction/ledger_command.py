"""``detente ledger``: what was asked and answered, and whether the record still is what it was."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

from detente._lean import json_text
from detente._shapes import TYPE_CHECKING
from detente.cli import ask
from detente.cli.options import add, parser
from detente.cli.replies import print_json
from detente.core.figures import counted
from detente.questions import find
from detente.questions.common import JSON, output
from detente.questions.ledger_list import without_answer

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.store.ledger import LedgerEntry, Verification

EXAMPLES = """  detente duty 8507.60.00.10 --origin CN --value 10000 --record
  detente ledger list --last 20
  detente ledger list --kind licence
  detente ledger show 12
  detente ledger verify
  detente ledger verify --head 9f2c… (a hash that you noted earlier)
  detente ledger export -o ledger.jsonl
  detente ledger verify ledger.jsonl
  detente ledger anchor heads.jsonl --request heads.tsq
  detente ledger verify --anchor heads.jsonl --stamp heads.tsr --authority tsa.pem

Recorded are duty, assess, licence, screen and owners, with --record or by `detente serve --record`.
DETENTE_HOME names the folder of the ledger. An entry is never changed and never removed; each one
is bound to the one before it by its hash. Note the last hash now and then elsewhere: with it, even
a ledger that was written anew from the start is found out. Exit code 1: the chain does not hold;
2: the file is not a ledger."""

BROKEN = 1
"""Exit code of a verification that found something."""


def run(words: list[str]) -> int:
    """List, show, verify or export."""
    command = parser("ledger", "The record of questions and answers.", EXAMPLES)
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    listed = find("ledger list")
    add(verbs.add_parser("list", help="the entries, oldest first"), listed.at_shell)
    showing = verbs.add_parser("show", help="one entry, with its answer")
    showing.add_argument("number", type=int, help="its number")
    verifying = verbs.add_parser("verify", help="recompute every hash")
    verifying.add_argument("file", nargs="?", help="an export (default: the ledger itself)")
    verifying.add_argument("--head", metavar="HASH", help="a hash that must be among them")
    verifying.add_argument("--anchor", metavar="FILE", help="heads that must be among them")
    verifying.add_argument("--stamp", metavar="FILE", help="a time stamp of the heads (RFC 3161)")
    verifying.add_argument("--authority", metavar="PEM", help="certificates of who stamped them")
    anchoring = verbs.add_parser("anchor", help="note the head in a file to be kept elsewhere")
    anchoring.add_argument("file", help="a line is added, signed where you have a key")
    anchoring.add_argument("--request", metavar="FILE", help="write a request for a time stamp")
    exporting = verbs.add_parser("export", help="write every entry, as it is stored")
    add(exporting, (output(".jsonl or .csv"),))
    exporting.add_argument("--csv", action="store_true", help="CSV on standard output")
    for verb in (showing, verifying):
        add(verb, (JSON,))
    options = command.parse_args(words)
    if options.verb == "list":
        return ask.answer(listed, vars(options))
    act = {"show": _show, "verify": _verify, "anchor": _anchor, "export": _export}[options.verb]
    return act(options)


def _show(options: argparse.Namespace) -> int:
    from detente.store.ledger import Ledger

    with Ledger() as ledger:
        entry = ledger.entry(options.number)
    answer = json.loads(entry.answer)
    if options.json:
        print_json({**without_answer(entry), "answer": answer})
        return 0
    for key in ("number", "recorded", "kind", "register", "version", "previous", "hash"):
        print(f"{key:<9} {getattr(entry, key)}")
    print(f"\n{_described(entry.kind, answer)}")
    return 0


def _described(kind: str, answer: Any) -> str:
    """The answer as its command prints it, or as JSON where another version wrote it."""
    try:
        if kind == "duty":
            from detente.cli.duties.show_duty import show

            return show(answer)
        if kind == "assess":
            from detente.cli.transaction.show_assess import show as show_assess

            return show_assess(answer)
        if kind == "licence":
            from detente.cli.parties.show_licence import show as show_licence

            return show_licence(answer)
        if kind == "owners":
            from detente.cli.parties.show_owners import show as show_owners

            return show_owners(answer)
    except (AttributeError, KeyError, TypeError, ValueError):
        pass
    return json_text(answer)


def _verify(options: argparse.Namespace) -> int:
    from detente.store.ledger import Ledger, verify

    beside: list[str] = []
    if options.stamp and not options.anchor:
        raise ValueError("--stamp is of a file of heads: name it with --anchor")
    if options.file is None:
        with Ledger() as ledger:
            where, found = ledger.path, ledger.verify(options.head)
            if options.anchor:
                found, beside = _anchored(options, found, ledger.entries(answers=False))
    else:
        from detente.store.ledger_export import read_export

        where, found = options.file, verify(read_export(options.file), options.head)
        if not found.entries:
            raise ValueError(f"{where} holds no entry: it is not an export, or was emptied")
        if options.anchor:
            found, beside = _anchored(options, found, read_export(options.file))
    if options.json:
        print_json({**_as_json(where, found), "beside": beside})
    elif found.faults:
        print(
            f"{where}: {counted(found.entries, 'entry', 'entries')}, and the chain does not hold",
            file=sys.stderr,
        )
        for fault in found.faults:
            name = f"entry {fault.number}" if fault.number else "as a whole"
            print(f"  {name}: {fault.what}", file=sys.stderr)
    else:
        last = f"; the last hash is {found.head}" if found.head else ""
        print(f"{where}: {counted(found.entries, 'entry', 'entries')}, the chain holds{last}")
        print("".join(f"  {each}\n" for each in beside), end="")
    return BROKEN if found.faults else 0


def _anchored(
    options: argparse.Namespace, found: Verification, entries: Iterable[LedgerEntry]
) -> tuple[Verification, list[str]]:
    """A verification with what heads of earlier say, and what they are in words.

    Raises:
        AnchorError: a file cannot be read, or the time stamp does not hold.
    """
    from pathlib import Path

    from detente.store.heads import StampError, check_heads, check_stamp, read_heads
    from detente.store.ledger_chain import Fault
    from detente.store.signing import signed_by

    heads = read_heads(options.anchor)
    faults = check_heads(heads, entries)
    beside = [f"{counted(len(heads), 'head')} of {options.anchor}, from {heads[0].written}"]
    keys = {head.key: head for head in heads if head.key is not None}
    for key, head in keys.items():
        name = signed_by(key, head.signature or "", head.text).name
        beside.append(f"signed with {key}, {name or 'a key that nobody here is known to have'}")
    if options.stamp:
        if not options.authority:
            raise ValueError("--stamp is checked by the certificate of its authority: --authority")
        texts = [
            Path(each).read_bytes() for each in (options.anchor, options.stamp, options.authority)
        ]
        try:
            stamp = check_stamp(*texts)
        except StampError as error:
            faults.append(Fault(0, str(error)))
        else:
            beside.append(f"time-stamped at {stamp.at}, by the authority {stamp.by}")
    return found._replace(faults=(*found.faults, *faults)), beside


def _anchor(options: argparse.Namespace) -> int:
    from pathlib import Path

    from detente.cli.recording import now
    from detente.store.heads import append_head, check_heads, head_of, read_heads, stamp_request
    from detente.store.ledger import Ledger
    from detente.store.signing import own_key

    with Ledger() as ledger:
        ledger.check()
        last = ledger.last()
        if last is None:
            raise ValueError(f"{ledger.path} holds no entry: record an answer with --record")
        earlier = read_heads(options.file) if Path(options.file).exists() else []
        faults = check_heads(earlier, ledger.entries(answers=False))
        if faults:
            raise ValueError(
                f"{ledger.path} is not the ledger of {options.file} ({faults[0].what}): nothing "
                "was noted; `detente ledger verify --anchor` tells all"
            )
    head = head_of(last, now(), own_key())
    append_head(options.file, head)
    signed = f", signed with {head.key}" if head.key else ""
    entries = counted(head.entries, "entry", "entries")
    if options.request:
        from detente.store.whole import write_whole

        write_whole(options.request, stamp_request(Path(options.file).read_bytes()))
    print(f"Noted in {options.file}: {entries}, {head.head}{signed}.", file=sys.stderr)
    if options.request:
        print(f"Wrote {options.request}: send it to an authority as it is.", file=sys.stderr)
    return 0


def _as_json(where: str, found: Verification) -> dict[str, object]:
    return {
        "file": where,
        "holds": not found.faults,
        "entries": found.entries,
        "head": found.head or None,
        "faults": [{"entry": each.number or None, "what": each.what} for each in found.faults],
    }


def _export(options: argparse.Namespace) -> int:
    from detente.store.ledger import Ledger
    from detente.store.ledger_export import form_of, write_export
    from detente.store.whole import written_whole

    if options.output is None:
        with Ledger() as ledger:
            write_export(ledger.entries(), sys.stdout, "csv" if options.csv else "jsonl")
        return 0
    form = form_of(options.output)
    with (
        Ledger() as ledger,
        written_whole(options.output) as beside,
        open(beside, "w", encoding="utf-8", newline="") as file,
    ):
        count = write_export(ledger.entries(), file, form)
    print(f"Wrote {counted(count, 'entry', 'entries')} to {options.output}.", file=sys.stderr)
    return 0
