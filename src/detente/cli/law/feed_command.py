"""``detente feed``: the timeline as an Atom feed."""

from __future__ import annotations

from detente.cli.asking import add_choice, query
from detente.cli.options import add_register_options, load_register, parser

EXAMPLES = """  detente feed -o detente.atom
  detente feed --by CN --kind measure,threat -o china.atom"""


def run(words: list[str]) -> int:
    """Write the feed."""
    options = parser("feed", "What was announced, as an Atom feed with lasting ids.", EXAMPLES)
    options.add_argument("-o", "--output", required=True, metavar="FILE", help="file to write")
    add_choice(options, "all")
    add_register_options(options, on="")
    given = options.parse_args(words)

    from detente.register.views.feed import feed
    from detente.store.whole import write_whole

    register = load_register(given.register, given.scenario, given.reading)
    text = feed(register, query(register, given))
    write_whole(given.output, text)
    if given.json:
        import json

        print(json.dumps({"file": given.output, "entries": text.count(b"<entry>")}))
    else:
        print(f"Wrote {given.output}: {text.count(b'<entry>')} entries.")
    return 0
