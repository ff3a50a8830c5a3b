"""What stands below the hash of a memo: the entry that it was recorded as, and who signed it.

Both are outside the text that is hashed, since they are known only after it. The signature is over
the hash, the entry and the key, so none of them can be exchanged alone.
"""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detente.store.ledger import LedgerEntry
    from detente.store.signing import SigningKey

# At the very end alone: text within a memo must not pass for what stands below its hash.
_MARKDOWN = re.compile(
    r"(?:\n\nRecorded as entry `(\d+)` of a ledger, its hash `([0-9a-f]{64})`\.)?"
    r"(?:\n\nSigned with the key `([^`\n]+)`: `([^`\n]+)`)?\s*\Z"
)
_HTML = re.compile(
    r"(?:\n<p>Recorded as entry <code>(\d+)</code> of a ledger, its hash "
    r"<code>([0-9a-f]{64})</code>\.</p>)?"
    r"(?:\n<p>Signed with the key <code>([^<\n]+)</code>: <code>([^<\n]+)</code></p>)?"
    r"(\s*</footer>\s*</body>\s*</html>\s*)\Z"
)


class Attested(NamedTuple):
    """What a memo bears below its hash; each is None where it bears none.

    Attributes:
        entry: number of the entry of the ledger.
        hash: hash of that entry.
        key: public key.
        signature: over ``text_of``.
    """

    entry: int | None = None
    hash: str | None = None
    key: str | None = None
    signature: str | None = None

    def text_of(self, seal: str) -> str:
        """What is signed: the memo by its hash, its entry, and the key."""
        entry = "" if self.entry is None else str(self.entry)
        return "\n".join(("detente memo 1", seal, entry, self.hash or "", self.key or ""))


def attest(seal: str, entry: LedgerEntry | None, key: SigningKey | None) -> Attested:
    """What is to stand below a hash: the entry where there is one, signed where there is a key."""
    made = Attested(entry.number if entry else None, entry.hash if entry else None)
    if key is None:
        return made
    made = made._replace(key=key.public)
    return made._replace(signature=key.sign(made.text_of(seal)))


def with_attested(text: str, made: Attested, form: str) -> str:
    """A memo with what stands below its hash."""
    lines = []
    mark = ("`", "`") if form == "markdown" else ("<code>", "</code>")

    def code(value: object) -> str:
        return f"{mark[0]}{value}{mark[1]}"

    if made.entry is not None:
        hashed = code(made.hash)
        lines.append(f"Recorded as entry {code(made.entry)} of a ledger, its hash {hashed}.")
    if made.key is not None:
        lines.append(f"Signed with the key {code(made.key)}: {code(made.signature)}")
    if form == "markdown":
        return text.rstrip("\n") + "".join(f"\n\n{each}" for each in lines) + "\n"
    before, end, after = text.rpartition("\n</footer>")
    return before + "".join(f"\n<p>{each}</p>" for each in lines) + end + after


def without_attested(text: str) -> tuple[str, Attested]:
    """A memo without what stands below its hash, and that."""
    html = text.rstrip().endswith("</html>")
    found = (_HTML if html else _MARKDOWN).search(text)
    if found is None:
        return text, Attested()
    entry, hashed, key, signature = found.groups()[:4]
    rest = found[5] if html else "\n"
    made = Attested(int(entry) if entry else None, hashed, key, signature)
    if made == Attested():
        return text, made
    return text[: found.start()] + rest, made
