"""``detente goods``: one line of the schedule, and the editions that it is read from."""

from __future__ import annotations

import sys
import textwrap
from datetime import date

from detente._shapes import TYPE_CHECKING
from detente.cli.options import parser, today

if TYPE_CHECKING:
    from typing import Any

EXAMPLES = """  detente goods 8507.60.00.10
  detente goods 8507600020 --on 2025-11-12
  detente goods 1201.90.10 --to CN --on 2018-07-20
  detente goods 8507.60 --json        (exits 2 and lists the lines below)
  detente goods import FILE… --from DAY   a newer edition; see `detente goods import --help`
  detente goods editions                  the editions at hand
  detente goods forget EDITION            undo an import"""
VERBS = ("import", "editions", "forget")


def run(words: list[str]) -> int:
    """Print one line of the schedule: words, rates, footnotes, what it was and became."""
    if words and words[0] in VERBS:
        from detente.cli.duties.goods_import import run as run_verb

        return run_verb(words[0], words[1:])
    options = parser("goods", "One line of the tariff schedule on a day.", EXAMPLES)
    options.add_argument("code", help="8 or 10 digits, with dots or without")
    options.add_argument("--on", metavar="DAY", help="day of the schedule (default: today)")
    options.add_argument("--to", default="US", metavar="CC", help="whose tariff: US or CN")
    options.add_argument("--json", action="store_true", help="print as JSON")
    given = options.parse_args(words)

    from detente.goods.answer import goods_line
    from detente.goods.codes import Code
    from detente.goods.schedule import Schedule

    try:
        day = date.fromisoformat(given.on or today())
    except ValueError:
        raise ValueError(f"{given.on!r} is not a day: write it as YYYY-MM-DD") from None
    if given.to.upper() != "US":
        from detente.cli.duties.partner_schedule import partner_line, show_partner_line

        answer = partner_line(given.to.upper(), given.code, day.isoformat(), Schedule())
        shown = show_partner_line(answer)
    else:
        answer = goods_line(Schedule(), given.code, day)
        shown = _show(answer, Code(answer["code"]).dotted)
    if given.json:
        import json

        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        print(shown)
    return 0


def _show(answer: dict[str, Any], dotted: str) -> str:
    rows = [f"{dotted}, {answer['edition']}"]
    for depth, words in enumerate([*answer["path"], answer["description"]]):
        indent = "  " * (depth + 1)
        rows.append(textwrap.fill(words, 96, initial_indent=indent, subsequent_indent=indent))
    rows.append(f"  general      {answer['general']}")
    rows.append(f"  special      {answer['special'] or 'none'}")
    rows.append(f"  column 2     {answer['other']}")
    rows.append(f"  units        {', '.join(answer['units']) or 'none'}")
    for key, label in (
        ("headings", "footnotes"),
        ("predecessors", "was"),
        ("successors", "became"),
    ):
        if answer[key]:
            rows.append(f"  {label:<12} {', '.join(code or 'unknown' for code in answer[key])}")
    rows.extend(f"  ! {note}" for note in answer["notes"])
    return "\n".join(rows)
