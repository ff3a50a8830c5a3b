"""A memo, read: its text, the hash that it bears, and the question that it carries."""

from __future__ import annotations

import json
import re
from html import unescape

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.transaction.memo.attested import Attested, without_attested
from detente.transaction.memo.blocks import BLANK, SEAL
from detente.transaction.memo.memo import AGAIN, TITLE, seal_of

if TYPE_CHECKING:
    from typing import Any

_SEAL = re.compile(
    re.escape(SEAL) + r"(?:`([0-9a-f]{64})`|<code>([0-9a-f]{64})</code></p>\s*</footer>"
    r"\s*</body>\s*</html>)\s*\Z"
)
_AGAIN = re.compile(r"```json\n(\{.*?\n\})\n```|<pre>(\{.*?\n\})</pre>", re.DOTALL)

_TRACES = (SEAL.strip(), AGAIN, f"{TITLE}: ", "answer_sha256")
"""What every memo has; a text with two of these was one, whatever became of the rest."""


class DamagedMemoError(ValueError):
    """A memo lacks a part that every memo has, so it was changed; the message says which part."""


class MemoStatement(NamedTuple):
    """What a memo says of itself.

    Attributes:
        form: ``markdown`` or ``html``.
        text: its text with the blank in the place of its hash.
        stated: the hash that it bears.
        again: the question and the hashes that it carries.
        attested: what stands below its hash.
    """

    form: str
    text: str
    stated: str
    again: dict[str, Any]
    attested: Attested = Attested()

    @property
    def computed(self) -> str:
        """The hash that its text has."""
        return seal_of(self.text)

    @property
    def unchanged(self) -> bool:
        """Whether the text is the one that the hash was made of."""
        return self.stated == self.computed

    @property
    def written(self) -> str:
        """The instant at which it says that it was written."""
        return str(self.again.get("written"))


def read_memo(text: str, name: str) -> MemoStatement:
    """A memo, read.

    Raises:
        DamagedMemoError: it is a memo, and a part that every memo has was cut out of it.
        ValueError: it is not a memo.
    """
    # Mail and editors turn line ends, which is no change of what a memo says.
    text, attested = without_attested(text.replace("\r\n", "\n"))
    seal, was_one = _SEAL.search(text), sum(sign in text for sign in _TRACES) > 1
    if seal is None:
        ends = f"{name} does not end with the line {SEAL.strip()!r}"
        if was_one:
            raise DamagedMemoError(f"{ends}: it is a memo, and its end was cut off or changed")
        raise ValueError(f"{ends}: it is not a memo of `detente assess --memo`")
    if not was_one:
        raise ValueError(f"{name} has nothing of a memo but its last line: it is none")
    html = seal[1] is None
    at = seal.start(2 if html else 1)
    again = _carried(text)
    if again is None:
        raise DamagedMemoError(
            f"{name} no longer carries the question that it answers: it was changed"
        )
    # The hash was made while this blank stood in its place.
    blank = text[:at] + BLANK + text[at + len(BLANK) :]
    return MemoStatement(
        "html" if html else "markdown", blank, text[at : at + len(BLANK)], again, attested
    )


def _carried(text: str) -> dict[str, Any] | None:
    """The question and the hashes that a memo carries; None where they are not there."""
    found = list(_AGAIN.finditer(text))
    if not found:
        return None
    markdown, html = found[-1].groups()  # the memo's own block is its last
    try:
        again = json.loads(markdown or unescape(html))
    except (ValueError, RecursionError):
        return None
    return again if isinstance(again.get("question"), dict) else None
