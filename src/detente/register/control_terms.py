"""The words of export control: items, the codes beside them, classes of parties, exceptions.

A provision of a control names its items and parties in words. What those words mean stands once a
side, in ``<side>/control/_terms.yaml`` and, for tariff codes, in ``<side>/control/_codes.tsv`` for
goods that leave and ``_imports.tsv`` for goods that come in. All are optional: a register without
controls has none.
"""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.register.model import CodeRow, Test

NONE, LICENCE, PROHIBITED = "none", "licence", "prohibited"

DECISIONS = (NONE, LICENCE, PROHIBITED)
"""Decisions, the mildest first."""

POLICIES = (
    "presumption_of_approval",
    "normal",
    "case_by_case",
    "stricter_review",
    "not_permitted_in_principle",
    "presumption_of_denial",
    "policy_of_denial",
)
"""Review policies, the mildest first."""

BORROWED = ("as listed", "strictest owner")
"""Policies that are those of the party's entry, or of its owner's."""

COVERS = ("whole", "test", "part")
"""How far the goods of a code are an item: all of them, those that meet its tests, or some."""

STATED = "stated"
"""Of goods that come in: those of which it is stated; of others it is told, and not asked."""

REACHES = ("everything", "licensed", "listed")
"""Items that are no list: whatever there is, needs a licence already, or has a number of its own.

Beside these words a reach may be the first two places of control numbers, such as ``3B 3C``.
"""


class ControlItem(NamedTuple):
    """An item that a control names, or a thing that people call by name.

    Attributes:
        name: a control code (``1C905.b``, ``3A090.a``) or a plain name (``gallium``).
        title: in words.
        title_zh: the same in Chinese.
        also: other names for it.
        has: narrower items within it; a code has those that begin with it besides.
        complete: whether nothing else is within it than the narrower items.
        when: what an item is by its parameters: alternatives, in each of which all tests hold.
        known: parameters of a named product, by fact.
        may_be: items that the thing may turn out to be, each with how (``COVERS``).
        reach: one of ``REACHES``, places that numbers begin with, or empty.
        note: what else must be known.
        grade: how well this is known; empty for that of the measure.
    """

    name: str
    title: str
    title_zh: str = ""
    also: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    complete: bool = False
    when: tuple[tuple[Test, ...], ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    may_be: tuple[tuple[str, str], ...] = ()
    reach: str = ""
    note: str = ""
    grade: str = ""


class PartyClass(NamedTuple):
    """A class of parties that a control names.

    A party belongs to it by an entry of ``list`` whose requirement or citation holds one of the
    words given, or by bearing one of ``names``. ``instead`` says that such an entry counts for this
    class alone, and not for the list as a whole; ``raised``, that an answer asks
    whether a party belongs to it where none is known to, as it does of whole lists; ``settled``,
    that every entry with these words has had them since the rule began, or since it was listed.
    """

    name: str
    title: str
    list: str = ""
    requirement: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    instead: bool = False
    raised: bool = False
    settled: bool = False


class LicenceException(NamedTuple):
    """A licence exception or a general licence: who or what it frees, and where it stands."""

    name: str
    title: str
    citation: str
    note: str


class UnreadControl(NamedTuple):
    """A part of one side's controls that was not read, and the goods that it may bear on.

    Attributes:
        key: its short name.
        title: what it is, in words.
        citation: where it stands.
        to: places; goods that go to one of them may come under it. Empty for every place.
        end_use: words of end use under which goods may come under it. Empty for every use.
        parties: classes of parties to whom goods may come under it. Empty for every party.
        but_not: items that are known not to come under it.
    """

    key: str
    title: str
    citation: str
    to: tuple[str, ...]
    end_use: tuple[str, ...]
    parties: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()


class ControlReading(NamedTuple):
    """How far one side's controls were read; no licence is denied to be needed beyond it.

    Attributes:
        start: first day that the register answers for, ISO.
        items: items with the first day from which every control on them is held; what is within
            one is held likewise, unless it is named itself. Of others only some rules are held.
        unread: parts of the law that were not read.
        facts: facts that bring goods of other countries under this law.
        apart: licences that are no question of export control, in a sentence; or empty.
        control_list: the measure under which the items of a whole control list stand that is
            compiled beside the register; or empty.
        scope: the measure that says which goods are subject to this law at all; or empty.
    """

    start: str = ""
    items: tuple[tuple[str, str], ...] = ()
    unread: tuple[UnreadControl, ...] = ()
    facts: tuple[str, ...] = ()
    apart: str = ""
    control_list: str = ""
    scope: str = ""


class ControlTerms(NamedTuple):
    """The words of one side.

    ``claims`` are ids of claims with the measures that they speak of; ``codes`` stand beside items
    that leave the side, ``imports`` beside items that come in.
    """

    by: str
    items: tuple[ControlItem, ...]
    codes: tuple[CodeRow, ...]
    parties: tuple[PartyClass, ...]
    exceptions: tuple[LicenceException, ...]
    claims: tuple[tuple[str, tuple[str, ...]], ...]
    unlisted: str
    read: ControlReading = ControlReading()
    imports: tuple[CodeRow, ...] = ()
