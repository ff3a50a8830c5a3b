"""``detente search``: codes by words."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from detente.cli.options import parser, today

EXAMPLES = """  detente search lithium ion battery
  detente search 8507 electric
  detente search soybeans --to CN
  detente search "rare earth" magnets --on 2025-06-01 --json"""


def run(words: list[str]) -> int:
    """Print the lines of the schedule that match words."""
    options = parser("search", "Find tariff codes by words, or by their first digits.", EXAMPLES)
    options.add_argument("words", nargs="+", help="words of the description, or digits")
    options.add_argument("--on", metavar="DAY", help="day of the schedule (default: today)")
    options.add_argument("--limit", type=int, default=20, help="at most this many (default: 20)")
    options.add_argument("--to", default="US", metavar="CC", help="whose codes: US or CN")
    options.add_argument("--json", action="store_true", help="print as JSON")
    given = options.parse_args(words)

    from detente.goods.schedule import Schedule
    from detente.goods.search import search

    try:
        day = date.fromisoformat(given.on or today())
    except ValueError:
        raise ValueError(f"{given.on!r} is not a day: write it as YYYY-MM-DD") from None
    if given.to.upper() != "US":
        return _of_partner(given, day)
    hits = search(Schedule(), " ".join(given.words), day, given.limit)
    if given.json:
        import json

        rows = [{"code": hit.code.digits, "text": hit.text, "path": list(hit.path)} for hit in hits]
        json.dump({"hits": rows}, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    if not hits:
        print("No line of the schedule has these words. Try fewer, or the words of customs papers.")
    for hit in hits:
        print(f"{hit.code.dotted:<14}{hit.text}")
        if hit.path:
            print(f"{'':14}in {' › '.join(hit.path)}")
    return 0


def _of_partner(given: argparse.Namespace, day: date) -> int:
    """Print lines of another country's tariff that match words."""
    from detente.cli.duties.partner_schedule import search_partner
    from detente.core.figures import dotted
    from detente.goods.schedule import Schedule

    words = " ".join(given.words)
    hits = search_partner(given.to.upper(), words, day, given.limit, Schedule())
    if given.json:
        import json

        json.dump({"hits": hits}, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    if not hits:
        print("No line has these words. Try fewer, or the words of customs papers.")
    for hit in hits:
        print(f"{dotted(hit['code']):<14}{hit['text']}")
        if hit["path"]:
            print(f"{'':14}in {' › '.join(hit['path'])}")
    return 0
