"""``detente search``: codes by words."""

from __future__ import annotations

import sys
from datetime import date

from detente.cli.options import parser, today

EXAMPLES = """  detente search lithium ion battery
  detente search 8507 electric
  detente search "rare earth" magnets --on 2025-06-01 --json"""


def run(words: list[str]) -> int:
    """Print the lines of the schedule that match words."""
    options = parser("search", "Find tariff codes by words, or by their first digits.", EXAMPLES)
    options.add_argument("words", nargs="+", help="words of the description, or digits")
    options.add_argument("--on", metavar="DAY", help="day of the schedule (default: today)")
    options.add_argument("--limit", type=int, default=20, help="at most this many (default: 20)")
    options.add_argument("--json", action="store_true", help="print as JSON")
    given = options.parse_args(words)

    from detente.goods.schedule import Schedule
    from detente.goods.search import search

    try:
        day = date.fromisoformat(given.on or today())
    except ValueError:
        raise ValueError(f"{given.on!r} is not a day: write it as YYYY-MM-DD") from None
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
