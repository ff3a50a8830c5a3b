"""``detente watch``: what nobody has read yet, and what of ours it touches."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from detente._lean import json_text
from detente._shapes import TYPE_CHECKING
from detente.cli.options import add, parser
from detente.cli.shell import load_register, today
from detente.questions.common import JSON, REGISTER, output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from detente.freshness.answers import Fetcher
    from detente.freshness.touching import Touching
    from detente.freshness.watch_answer import TouchedRow, WatchingAnswer
    from detente.register.book import Register

EXAMPLES = """  detente watch                               what is known to be unread
  detente watch --source answers/             compare saved answers of the indexes
  detente watch --online --since 2026-10-01   ask the publishers
  detente watch --online --save answers/ -o found.json
  detente watch --online --feed unread.atom   for a feed reader
  detente watch --source answers/ --drafts drafts/

Exit code 3: something is unread, or an index could not be seen whole."""

UNREAD = 3
SHOWN = 60
"""Unread documents that are shown before the rest is counted."""


def run(words: list[str]) -> int:
    """Look at the indexes and say what is unread."""
    command = parser(
        "watch", "Official documents that nobody has read, and what they touch.", EXAMPLES
    )
    command.add_argument(
        "--source", metavar="FOLDER|URL", help="saved answers, or an address that serves them"
    )
    command.add_argument("--online", action="store_true", help="ask the publishers themselves")
    command.add_argument("--save", metavar="FOLDER", default="", help="keep the answers that come")
    command.add_argument("--since", metavar="DAY", default="", help="first day of publication")
    command.add_argument(
        "--all", action="store_true", help="known documents of no area too, and what nobody watches"
    )
    command.add_argument("--index", metavar="NAME", action="append", help="these indexes alone")
    command.add_argument("--drafts", metavar="DIR", type=Path, help="write drafts for the new ones")
    command.add_argument("--feed", metavar="FILE", help="write the unread as an Atom feed")
    command.add_argument("--timeout", metavar="SECONDS", type=float, default=60.0)
    add(command, (output("write the answer as JSON"), REGISTER, JSON))
    options = command.parse_args(words)
    if options.source and options.online:
        raise ValueError("--source names saved answers, --online asks the publishers: give one")
    if options.save and not _fetches(options):
        raise ValueError("--save keeps what is fetched: give --online, or --source with an address")
    if options.since:
        from detente.core.stated_days import named_day

        named_day(options.since, "--since")

    from detente.freshness.touching import Touching
    from detente.freshness.watching import answer, watch

    register = load_register(options.register)
    if options.index:
        _only(register, options.index)
    reader = _reader(options)
    queried_on = today() if options.online else ""
    watching = watch(
        register,
        reader,
        options.since,
        every=options.all,
        queried_on=queried_on,
        progress=_progress,
    )
    new = any(not each.known for each in watching.unread)
    touching = Touching(register, _names() if new else None)
    described = answer(register, watching, touching)
    if options.drafts:
        described["drafts"] = _drafts(options, register, described, touching, reader)
    _write(options, described)
    return UNREAD if described["unread"] or any(row["fault"] for row in described["indexes"]) else 0


def _only(register: Register, names: list[str]) -> None:
    """Look at some indexes alone."""
    known = {each.source for each in register.watched}
    for name in names:
        if name not in known:
            raise ValueError(f"no index {name!r}: name one of {', '.join(sorted(known))}")
    register.watched = tuple(each for each in register.watched if each.source in names)


def _fetches(options: argparse.Namespace) -> bool:
    """Whether answers come from a server."""
    from detente.store.fetching import is_address

    return options.online or bool(options.source and is_address(options.source))


def _reader(options: argparse.Namespace) -> Fetcher | None:
    from detente.freshness.answers import from_addresses, from_folder

    if _fetches(options):
        return from_addresses(options.source or "", options.timeout, save=options.save)
    return from_folder(options.source) if options.source else None


def _names() -> Callable[[str], Iterable[str]]:
    """What gives the listed parties that a text names."""
    from detente.parties.names.mentions import Mentions
    from detente.parties.screening.store import open_built_in

    lists = open_built_in()
    try:
        return Mentions(lists).of
    finally:
        lists.close()


def _progress(name: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{name}", end="", file=sys.stderr, flush=True)


def _write(options: argparse.Namespace, described: WatchingAnswer) -> None:
    from detente.store.whole import write_whole

    text = json_text(described)
    if options.output:
        write_whole(options.output, f"{text}\n".encode())
    if options.feed:
        from detente.freshness.unread_feed import unread_feed

        write_whole(options.feed, unread_feed(described))
    if options.json:
        print(text)
    else:
        print("\n".join(_lines(described, options.all)))


def _lines(described: WatchingAnswer, every: bool) -> list[str]:
    """The answer for a person."""
    lines: list[str] = []
    for area in described["areas"]:
        ahead = f", could be {area['could_be']}" if area["could_be"] > area["through"] else ""
        held = f"; held back by {', '.join(area['holding'][:3])}" if area["holding"] else ""
        lines.append(f"{area['area']:<14} read through {area['through']}{ahead}{held}")
    lines.append("")
    for row in described["unread"][:SHOWN]:
        new = "" if row["known"] else "NEW "
        lines.append(f"{new}{row['published'] or '?':<11}{row['source']} {row['document']}")
        lines.append(f"    {row['title']}")
        if row["url"]:
            lines.append(f"    {row['url']}")
        lines += [f"    {line}" for line in _touched(row["touches"])]
    if len(described["unread"]) > SHOWN:
        lines.append(f"and {len(described['unread']) - SHOWN} more (--json has all)")
    quiet = [f"{count} of topic {topic}" for topic, count in described["quiet"].items()]
    if quiet:
        lines.append(f"Unread besides, bearing on no area: {', '.join(quiet)} (--all).")
    for kind in described["unwatched"] if every else ():
        lines.append(f"Not watched: {kind['title']}. {kind['why']} Touches: {kind['touches']}")
        lines.append(f"    {kind['instead']}")
    if not every:
        lines.append(
            f"Nobody watches {len(described['unwatched'])} kinds of documents: --all names them."
        )
    for index in described["indexes"]:
        if index["fault"]:
            lines.append(
                f"! not seen whole: {index['answer']} ({index['index']}): {index['fault']}"
            )
    if not described["unread"]:
        lines.append("Nothing that was seen is unread.")
    return lines


def _touched(touches: list[TouchedRow]) -> list[str]:
    lines = []
    for each in touches[:8]:
        ours = ", ".join(each["ours"][:4]) or "new here"
        lines.append(f"touches {each['kind']} {each['name']}: {ours}")
    if len(touches) > 8:
        lines.append(f"touches {len(touches) - 8} more")
    return lines


def _drafts(
    options: argparse.Namespace,
    register: Register,
    described: WatchingAnswer,
    touching: Touching,
    reader: Fetcher | None,
) -> list[str]:
    """Write a draft for each new document; gives the names of the files."""
    from detente.freshness.drafting import write_drafts

    options.drafts.mkdir(parents=True, exist_ok=True)
    folder = options.save or options.source
    saved = Path(folder) if folder and Path(folder).is_dir() else None
    fetcher = reader if options.online else None
    return write_drafts(register, described["unread"], touching, saved, options.drafts, fetcher)
