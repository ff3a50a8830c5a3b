"""``detente owners``: who is covered through owners, with the shares, the path and the source."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import day
from detente.cli.options import add_register_options, load_register, parser, today
from detente.cli.recording import add_record_option

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.answers.owners import OwnedCompany, Owners, Step
    from detente.parties.ownership.model import Holdings

EXAMPLES = """  detente owners holdings.csv --seeds listed.csv --entities companies.csv
  detente owners holdings.csv --seeds listed.csv --regime ofac --on 2014-08-12 --json
  detente owners holdings.csv --entities companies.csv --screen --paths first
  detente owners holdings.csv --seeds listed.csv --chart tree.svg
  detente owners holdings.csv --seeds listed.csv --record
  detente owners count ownership.parquet exhibit21.csv --country CN

holdings: owner,owned,share and from, until, source, key, board_share, votes_share,
contract_control; a share is 50 or 50% (percent), 1/3 (a fraction of one), 33.33-49.99 (a
range in percent) or unknown. listed: id,list and programme, country, requirement.
companies: id,name,country and branch_of. Holdings may also be BODS 0.4, FollowTheMoney or
GLEIF relationships."""

SHOWN = 40
"""Companies that are printed before the rest is counted; --json gives them all."""


def run(words: list[str]) -> int:
    """Answer who is covered."""
    if words[:1] == ["count"]:
        from detente.cli.parties.owners_count import run as count

        return count(words[1:])
    options = parser("owners", "Who is covered because of who owns them.", EXAMPLES)
    options.add_argument("file", type=Path, help="holdings")
    options.add_argument("--seeds", type=Path, metavar="FILE", help="listed parties")
    options.add_argument("--entities", type=Path, metavar="FILE", help="names, countries, branches")
    options.add_argument(
        "--regime",
        default="bis",
        metavar="RULE",
        help="bis (the default), ofac, ofac-2013, mofcom-61, us-301-cranes, economic-interest",
    )
    options.add_argument("--encoding", default="", help="of the files (default: UTF-8)")
    options.add_argument(
        "--screen",
        action="store_true",
        help="screen the names in the files, to know which parties are listed",
    )
    options.add_argument(
        "--paths",
        choices=("full", "first", "none"),
        default="full",
        help="ways written out; each company has the owner it was reached through",
    )
    options.add_argument("--chart", type=Path, metavar="OUT.svg", help="draw the tree")
    add_record_option(options)
    add_register_options(options, "the day")
    given = options.parse_args(words)

    from detente.parties.ownership.answer import owners
    from detente.parties.ownership.coverage import unmatched

    if given.chart is not None and given.chart.suffix.lower() != ".svg":
        raise ValueError(f"{given.chart} is no SVG: the tree is written as .svg")
    register = load_register(given.register, given.scenario, given.reading)
    # Millions of small tuples and no ring among them: the collector would walk them for nothing.
    gc.disable()
    holdings = _read(given.file, given.seeds, given.entities, given.encoding)
    known_on = day(given.known_on, "--known-on")
    if given.screen:
        from detente.parties.ownership.regimes import regime
        from detente.parties.ownership.screened_names import with_listed
        from detente.parties.screening.store import Screen

        lists = regime(register, given.regime).seeds
        screen = Screen((given.on or today())[:10], today())
        holdings = with_listed(holdings, screen, lists)
        parties = len({seed.id for seed in holdings.seeds})
        print(f"Screened: {parties} parties stand on {', '.join(lists)}.", file=sys.stderr)
    answer = owners(register, holdings, given.regime, given.on or today(), known_on, given.paths)
    if given.chart is not None:
        from detente.chart.ownership_tree import ownership_tree
        from detente.store.whole import write_whole

        write_whole(given.chart, ownership_tree(answer).encode())
        print(f"Wrote {given.chart}.", file=sys.stderr)
    for warning in unmatched(holdings).notes():
        print(f"Warning: {warning}.", file=sys.stderr)
    if given.record:
        from detente.cli.recording import record
        from detente.transaction.recorded import of_owners

        record(of_owners({"files": _files(given), "known_on": given.known_on}, answer))
    if given.json:
        _write_json(answer)
    else:
        print(show_owners(answer))
    return 0


def _write_json(answer: Owners) -> None:
    """Print the answer, each company on a line: tens of thousands of them are usual."""
    import json

    encode = json.JSONEncoder(ensure_ascii=False).encode
    parts = []
    for key, value in answer.items():
        lines = ",\n".join(f"    {encode(row)}" for row in value) if isinstance(value, list) else ""
        parts.append(f"  {encode(key)}: " + (f"[\n{lines}\n  ]" if lines else encode(value)))
    print("{\n" + ",\n".join(parts) + "\n}")


def _files(given: argparse.Namespace) -> dict[str, Any]:
    """The names and hashes of the files: with them at hand, the question can be asked again."""
    from hashlib import sha256

    paths = {"holdings": given.file, "seeds": given.seeds, "entities": given.entities}
    return {
        part: {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
        for part, path in paths.items()
        if path is not None
    }


def _read(file: Path, seeds: Path | None, entities: Path | None, encoding: str) -> Holdings:
    from detente.parties.ownership.file import read_all

    for path in (file, seeds, entities):
        if path is not None and not path.is_file():
            raise ValueError(f"{path} is no file: name a CSV file with a header")
    return read_all(file, seeds, entities, encoding)


def show_owners(answer: Owners) -> str:
    """Covered, possibly covered, what to look at, for a person to read."""
    from detente.cli.show_register import when

    force = {True: "in force", False: "not in force", None: "no legal test"}[answer["in_force"]]
    parts = [
        f"{when({**answer, 'known_on': None})}, {answer['regime']}: {force}\n  {answer['title']}"
    ]
    for rows, title in (
        (answer["covered"], "Covered"),
        (answer["possibly_covered"], "Possibly covered"),
    ):
        lines = [line for row in rows[:SHOWN] for line in _lines(row)]
        if len(rows) > SHOWN:
            lines.append(f"  and {len(rows) - SHOWN} more; --json gives them all")
        if rows:
            parts.append("\n".join([f"{title} ({len(rows)})", *lines]))
    if not answer["covered"] and not answer["possibly_covered"]:
        parts.append(answer["finding"])
    flags = [f"  {flag['id']}: {flag['why']}" for flag in answer["red_flags"]]
    parts.append(_list("Look closer", flags))
    parts.append(_list("Hold each other up", [f"  {each}" for each in answer["ambiguous"]]))
    parts.append(_list("Notes", [f"  {note}" for note in answer["notes"]]))
    return "\n\n".join(part for part in parts if part)


def _list(title: str, lines: list[str]) -> str:
    shown = lines[:SHOWN]
    if len(lines) > SHOWN:
        shown.append(f"  and {len(lines) - SHOWN} more; --json gives them all")
    return "\n".join([title, *shown]) if lines else ""


def _lines(row: OwnedCompany) -> list[str]:
    """A company: its share, the ways down to it, what follows."""
    from fractions import Fraction

    from detente.parties.ownership.shares import span_text

    share = span_text(*(Fraction(end) for end in row["share_exact"] or row["share"]))
    name = f" {row['name']}" if row["name"] else ""
    place = f" ({row['country']})" if row["country"] else ""
    held = "a branch" if row["branch_of"] else f"{share} held by covered owners"
    if row["kind"] == "contract_control":
        held = "effective control by contract"
    lines = [f"  {row['id']}{name}{place}: {held}"]
    lines.extend(f"      {_way(way)}" for way in row["holdings"])
    lines.append(f"      requirement: {row['requirement']}")
    return lines


def _way(way: list[Step]) -> str:
    """A path with the share and the source of every holding."""
    from fractions import Fraction

    from detente.parties.ownership.shares import span_text

    words = [way[0]["owner"]]
    for step in way:
        share = step["share"]
        told = (
            share
            if share == "unknown"
            else span_text(Fraction(share), Fraction(step["share_to"] or share))
        )
        source = f", {'; '.join(step['sources'])}" if step["sources"] else ""
        words.append(f"-[{told}{source}]-> {step['owned']}")
    return " ".join(words)
