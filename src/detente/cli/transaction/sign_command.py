"""``detente sign``: the user's own key, and the keys of others that they know."""

from __future__ import annotations

import sys

from detente.cli.options import add, parser
from detente.cli.replies import print_json
from detente.questions.common import JSON

EXAMPLES = """  detente sign init
  detente sign show
  detente sign know ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= "Broker, Example Ltd"

With a key, `detente assess --memo` signs every memo and `detente ledger anchor` every head
(Ed25519). The key is a file of your folder (DETENTE_HOME) that you alone can read; keep a copy.
Give the public key to those who are to check what you signed, by a way that they trust: in a
contract, on your own site. They keep it with `know`, and `detente verify` then names you."""


def run(words: list[str]) -> int:
    """Make a key, show keys, or keep the key of somebody else."""
    command = parser("sign", "The key that signs memos and ledger heads.", EXAMPLES)
    verbs = command.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("init", help="make your own key, once")
    showing = verbs.add_parser("show", help="your public key, and those that you know")
    add(showing, (JSON,))
    knowing = verbs.add_parser("know", help="keep the public key of somebody else")
    knowing.add_argument("key", help="the public key, ed25519:...")
    knowing.add_argument("name", help="who has it")
    options = command.parse_args(words)

    from detente.store.signing import key_file, know_key, known_keys, make_key, own_key

    if options.verb == "init":
        key = make_key()
        print(f"Wrote {key_file()}; keep a copy where nobody else reads it.", file=sys.stderr)
        print(key.public)
        return 0
    if options.verb == "know":
        know_key(options.key, options.name)
        print(f"Kept: {options.key} is of {options.name}.", file=sys.stderr)
        return 0
    own, known = own_key(), known_keys()
    if options.json:
        described = {"own": own.public if own else None, "known": known}
        print_json(described)
        return 0
    print(f"{own.public}  yours" if own else "You have no key: `detente sign init` makes one.")
    for key_text, name in known.items():
        print(f"{key_text}  {name}")
    return 0
