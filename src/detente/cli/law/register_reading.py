"""``detente register read``: what became of an official document, in the folder of a checkout."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.register.documents import Document

UNREAD = "unread"


def add_reading(options: argparse.ArgumentParser) -> None:
    """The options of the verb."""
    options.add_argument("document", nargs="?", help="its number, as `detente watch` prints it")
    options.add_argument(
        "--effect",
        metavar="KIND: WORDS",
        help="source: KEY | table: FILE | within: TEXT | gap: ID | none: WHY | unread",
    )
    options.add_argument("--touches", metavar="WORDS", help="while unread: code:8507 place:CN")
    options.add_argument("--reader", metavar="NAME", help="who read it")
    options.add_argument("--grade", help="primary, secondary or background")
    options.add_argument("--day", metavar="DAY", help="the day it was read (default: today)")
    options.add_argument("--index", metavar="NAME", help="its index, if the number is in several")
    options.add_argument("--topic", help="what it is about, where that is not what its index says")
    options.add_argument("--found", metavar="FILE", help="new documents, by `watch --json -o FILE`")
    options.add_argument(
        "--through",
        metavar="AREA=DAY",
        action="append",
        help="with --index: it was gone through for an area to a day",
    )
    options.add_argument(
        "--register", metavar="DIR", type=Path, default=Path("register"), help="of a checkout"
    )


def read(options: argparse.Namespace) -> int:
    """Record a decision, or how far an index was gone through, and say which days moved."""
    from detente.freshness.recording import areas_of, go_through, holders, record
    from detente.register.load.yaml_reader import RegisterError

    if not (options.register / "sources.yaml").is_file():
        raise ValueError(
            f"{options.register} is not a register: run this in a checkout, or name its register "
            "with --register"
        )
    if bool(options.document) == bool(options.through):
        raise ValueError("name a document, or say --index NAME --through AREA=DAY")
    try:
        if options.through:
            if not options.index:
                raise ValueError("--through needs --index: how far which index was gone through")
            days = dict(map(_pair, options.through))
            moved, areas = go_through(options.register, options.index, days), tuple(days)
            print(f"{options.index}: {', '.join(options.through)}")
        else:
            recorded = record(options.register, _decided(options))
            moved, document = recorded.moved, recorded.document
            areas = areas_of(options.register, document)
            print(f"{document.source} {document.id}: {document.effect or UNREAD}")
    except RegisterError as error:
        raise ValueError(f"{error}. Nothing was kept") from error
    for area, (before, after) in moved.items():
        print(f"{area} is read through {after} (before: {before}).")
    if not moved:
        print("No area is read through another day.")
        for sentence in holders(options.register, areas):
            print(f"  {sentence}")
    return 0


def _pair(text: str) -> tuple[str, str]:
    area, sign, day = text.partition("=")
    if not sign:
        raise ValueError(f"{text!r}: write AREA=DAY, such as us/tariff=2026-10-14")
    return area, day


def _decided(options: argparse.Namespace) -> Document:
    """The document with the decision that the options give."""
    document = _document(options)
    if options.topic:
        document = document._replace(topic=options.topic)
    if options.effect == UNREAD or (options.effect is None and options.touches is not None):
        blank = document._replace(effect="", reader="", day="", grade="")
        return blank._replace(touches=options.touches or "")
    missing = [name for name in ("effect", "reader", "grade") if getattr(options, name) is None]
    if missing:
        raise ValueError(f"say {', '.join(f'--{name}' for name in missing)}")
    day = options.day
    if day is None:
        from datetime import date

        day = date.today().isoformat()
    return document._replace(
        effect=options.effect, touches="", reader=options.reader, day=day, grade=options.grade
    )


def _document(options: argparse.Namespace) -> Document:
    """The row of the document: one that is known, or one that a look found."""
    from detente.freshness.recording import find
    from detente.register.documents import Document

    known = find(options.register, options.document, options.index or "")
    if known is not None:
        return known
    if not options.found:
        raise ValueError(
            f"{options.document} is in no table of {options.register / 'read'}: give what "
            "`detente watch --json -o FILE` wrote with --found FILE"
        )
    rows = json.loads(Path(options.found).read_text(encoding="utf-8"))["unread"]
    for row in rows:
        if row["document"] == options.document and options.index in (None, row["source"]):
            blank = dict.fromkeys(Document._fields, "")
            texts = {key: row[key] or "" for key in ("published", "effective", "title", "topic")}
            more = {"citation": row["citation"] or "", "address": row["url"] or ""}
            return Document(
                **{**blank, **texts, **more, "source": row["source"], "id": row["document"]}
            )
    raise ValueError(f"{options.found} has no unread document {options.document}")
