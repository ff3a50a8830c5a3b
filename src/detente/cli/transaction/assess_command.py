"""``detente assess``: a whole transaction, from a file, from options, or every row of a table."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import (
    add_register_options,
    load_register,
    pairs,
    parser,
    quantities,
    today,
)
from detente.cli.recording import add_record_option

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.transaction.assessment import Assessment
    from detente.transaction.shipment import Asked

EXAMPLES = """  detente assess examples/shipments/ev-battery-to-los-angeles.json
  detente assess shipment.json --memo memo.html --record
  detente assess --code 8507.60.00.10 --origin CN --to US --value 10000 --party "A Co.:maker:CN"
  detente assess --item 3A090 --from US --to CN --param tpp=2368 --end-use civil
  detente assess --item 3E001 --from US --deemed-to CN --party "A. Person:end_user:CN"
  detente assess shipments.csv -o assessed.csv

a file is JSON, YAML, or `-` for standard input, with any of: code, item, origin, from,
destination, on, value, quantities, parties [{name, role, country, owners [{name, share, list,
owners}]}], end_use, facts, parameters, content, base,
transfer, deemed_to. A table has a row a shipment, with columns
of these names; quantity and unit; fact.KEY; party, party_role and party_country. The same rows
come out."""

SHIPMENT_OPTIONS = (
    "code",
    "item",
    "origin",
    "start",
    "to",
    "value",
    "quantity",
    "party",
    "end_use",
    "fact",
    "param",
    "content",
    "base",
    "transfer",
    "deemed_to",
)
"""Options that describe a shipment, and that a file therefore leaves no room for."""


def run(words: list[str]) -> int:
    """Assess a shipment, or every row of a table."""
    given = _options().parse_args(words)
    if given.file is not None and (told := [x for x in SHIPMENT_OPTIONS if getattr(given, x)]):
        name = {"start": "from"}.get(told[0], told[0].replace("_", "-"))
        raise ValueError(f"--{name} and {given.file} both describe the shipment: leave one out")
    if given.file is None and not any(getattr(given, each) for each in SHIPMENT_OPTIONS):
        raise ValueError("name a file with a shipment, or describe it with --code, --origin, --to")
    if given.file is not None and _is_table(Path(given.file)):
        from detente.cli.transaction.assess_table import assess_table

        return assess_table(given)
    if given.output is not None:
        raise ValueError("-o takes the rows of a table: a single answer goes to --memo or --json")
    if given.memo is not None:
        from detente.transaction.memo.memo import form_of

        form_of(given.memo)  # what is wrong with the name is said before anything is done
    from detente.goods.schedule import Schedule
    from detente.transaction.assessment import Assessor

    asked = _described(given) if given.file is None else _from_file(given.file)
    register = load_register(given.register, given.scenario, given.reading)
    on = given.on or asked.on or today()
    known_on = given.known_on or asked.known_on
    answer: Any = Assessor(register, Schedule()).assess(asked.shipment, on, known_on)
    _keep(given, answer)
    if given.json:
        import json

        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        from detente.cli.transaction.show_assess import show

        print(show(answer, reasons=given.why))
    return 3 if given.strict and not _settled(answer) else 0


def _is_table(path: Path) -> bool:
    from detente.core.tables.reading import TABLES

    return path.suffix.lower() in TABLES


def _options() -> argparse.ArgumentParser:
    options = parser("assess", "A whole transaction: duty, parties, licences, verdict.", EXAMPLES)
    options.add_argument("file", nargs="?", metavar="FILE", help="a shipment, or a table of them")
    options.add_argument("--code", help="code of the tariff of the country of import")
    options.add_argument("--item", help="controlled item: ECCN, Chinese control code, plain name")
    options.add_argument("--origin", metavar="CC", help="country of origin")
    options.add_argument("--from", dest="start", metavar="CC", help="where the goods leave")
    options.add_argument("--to", metavar="CC", help="where they go")
    options.add_argument("--value", metavar="DOLLARS", help="customs value")
    repeated = (
        ("--quantity", "100kg", "quantity with its unit"),
        ("--party", "NAME[:ROLE[:CC]]", "somebody who takes part"),
        ("--fact", "KEY=VALUE", "an entry fact"),
        ("--param", "KEY=VALUE", "a technical parameter of the item"),
        ("--content", "ITEM=SHARE", "share of a Chinese item in the value"),
    )
    for name, form, words in repeated:
        options.add_argument(name, action="append", default=[], metavar=form, help=words)
    options.add_argument("--end-use", metavar="WORD", help="civil, military, …")
    options.add_argument("--base", metavar="RATE", help="an ordinary duty that the register lacks")
    options.add_argument(
        "--transfer",
        metavar="WORD",
        help="export, reexport or deemed (default: what the countries make it)",
    )
    options.add_argument(
        "--deemed-to", metavar="CC", help="citizenship of whom technology is released to"
    )
    options.add_argument("--memo", metavar="OUT", help="write the record of it as .md or .html")
    options.add_argument(
        "-o", "--output", metavar="FILE", help="table to write: .csv, .xlsx, .parquet"
    )
    options.add_argument("--why", action="store_true", help="show the working of every part")
    options.add_argument(
        "--strict", action="store_true", help="exit 3 if something stops or is to be resolved"
    )
    add_record_option(options)
    add_register_options(options, "day of the entry")
    return options


def _described(given: argparse.Namespace) -> Asked:
    """The shipment that the options describe."""
    from detente.transaction.shipment import Asked, Shipment, party_of

    return Asked(
        Shipment(
            code=given.code,
            origin=given.origin,
            value=given.value,
            destination=given.to or "US",
            quantities=quantities(given.quantity),
            facts=pairs(given.fact, "a fact"),
            item=given.item,
            leaves_from=given.start,
            parties=tuple(map(party_of, given.party)),
            end_use=given.end_use,
            parameters=pairs(given.param, "a parameter"),
            content=pairs(given.content, "a content"),
            base=given.base,
            transfer=given.transfer,
            deemed_to=given.deemed_to,
        )
    )


def _from_file(name: str) -> Asked:
    from detente.transaction.shipment import read_shipment

    if name == "-":
        return read_shipment(sys.stdin.read(), "standard input")
    try:
        return read_shipment(Path(name).read_text("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8 text ({error}): save it as UTF-8") from error


def _keep(given: argparse.Namespace, answer: Assessment) -> None:
    """Record the answer and write its memo, as asked; the memo bears the instant of the entry."""
    written = None
    if given.record:
        from detente.cli.recording import record
        from detente.transaction.recorded import of_answer

        written = record(of_answer("assess", answer))
    if given.memo is not None:
        from detente.cli.recording import now
        from detente.store.signing import own_key
        from detente.transaction.memo.memo import write_memo

        key = own_key()
        at = written.recorded if written else now()
        seal = write_memo(given.memo, answer, at, written, key)
        signed = f", signed with {key.public}" if key else ""
        print(f"Wrote {given.memo}, SHA-256 {seal}{signed}.", file=sys.stderr)


def _settled(answer: Assessment) -> bool:
    """Whether nothing stops the goods, nothing is open, and no part is past its horizon."""
    verdict, horizon = answer["verdict"], answer["register"]["reviewed_through"]
    late = horizon is not None and answer["question"]["on"][:10] > horizon
    return not (verdict["stop"] or verdict["resolve"] or late)
