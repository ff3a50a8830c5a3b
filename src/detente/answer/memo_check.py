"""Whether a memo still says what it said: its hash, its register, and the answer asked again."""

from __future__ import annotations

import json
import re
from html import unescape

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.memo import BLANK, SEAL, memo_of, render, seal_of

if TYPE_CHECKING:
    from typing import Any

    from detente.goods.schedule import Schedule
    from detente.register.book import Register

_SEAL = re.compile(
    re.escape(SEAL) + r"(?:`([0-9a-f]{64})`|<code>([0-9a-f]{64})</code></p>\s*</footer>"
    r"\s*</body>\s*</html>)\s*\Z"
)
_AGAIN = re.compile(r"```json\n(\{.*?\n\})\n```|<pre>(\{.*?\n\})</pre>", re.DOTALL)


class Read(NamedTuple):
    """What a memo says of itself.

    Attributes:
        form: ``markdown`` or ``html``.
        text: its text with the blank in the place of its hash.
        stated: the hash that it bears.
        again: the question and the hashes that it carries.
    """

    form: str
    text: str
    stated: str
    again: dict[str, Any]

    @property
    def computed(self) -> str:
        """The hash that its text has."""
        return seal_of(self.text)

    @property
    def unchanged(self) -> bool:
        """Whether the text is the one that was written."""
        return self.stated == self.computed


def read_memo(text: str, name: str) -> Read:
    """A memo, read.

    Raises:
        ValueError: it is no memo, or what makes it one was cut out.
    """
    text = text.replace("\r\n", "\n")
    seal = _SEAL.search(text)
    if seal is None:
        raise ValueError(
            f"{name} does not end with the line {SEAL.strip()!r}: it is no memo of `detente assess "
            "--memo`, or its end was cut off"
        )
    html = seal[1] is None
    at = seal.start(2 if html else 1)
    found = _AGAIN.search(text)
    try:
        again = json.loads(found[1] or unescape(found[2])) if found is not None else None
    except ValueError:
        again = None
    if not isinstance(again, dict) or not isinstance(again.get("question"), dict):
        raise ValueError(f"{name} no longer carries the question that it answers: it was changed")
    blank = text[:at] + BLANK + text[at + len(BLANK) :]
    return Read("html" if html else "markdown", blank, text[at : at + len(BLANK)], again)


def check_memo(register: Register, schedule: Schedule, read: Read) -> dict[str, Any]:
    """A memo beside what the register at hand answers to its question.

    Returns:
        ``unchanged, stated, computed, register {memo, at_hand, same}, answer {memo, at_hand, same,
        pay, decision, pay_then, decision_then}, holds``. ``answer.same`` says whether the same
        register gives the same answer and that answer the same memo, word for word; with another
        register or version it is None. ``holds`` is false where the text was changed, or where the
        same register answers otherwise.
    """
    from detente._version import __version__
    from detente.answer.assessment import Assessor
    from detente.answer.shipment import shipment_of

    again = read.again
    asked = shipment_of(again["question"], "the memo's question")
    answer = Assessor(register, schedule).assess(asked.shipment, asked.on, asked.known_on)
    at_hand = answer["register"]["sha256"]
    same_register = again.get("register_sha256") == at_hand and again.get("version") == __version__
    anew = render(memo_of(answer, str(again.get("written"))), read.form)
    same = anew == read.text if same_register else None
    return {
        "holds": read.unchanged and same is not False,
        "unchanged": read.unchanged,
        "stated": read.stated,
        "computed": read.computed,
        "register": {
            "memo": again.get("register_sha256"),
            "at_hand": at_hand,
            "same": again.get("register_sha256") == at_hand,
            "version_memo": again.get("version"),
            "version_at_hand": __version__,
        },
        "answer": {
            "memo": again.get("answer_sha256"),
            "at_hand": answer["sha256"],
            "same": same,
            "pay_then": again.get("pay"),
            "pay": answer["verdict"]["pay"],
            "decision_then": again.get("decision"),
            "decision": answer["licence"]["decision"],
        },
    }
