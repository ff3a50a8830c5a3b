"""An exception as an entry offers it by paragraph: ``$3000: 3A002.a, .e; N/A for MT``.

Such a text settles a paragraph only where every part of it is of a form that is known here:
paragraphs, ranges of them, reasons for control, a value in dollars, "N/A", "except", "Yes". A text
with any other word settles nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple

_EXCEPT = re.compile(r",? except (?:N/A )?(?:for )?")
_LEFT_OUT = re.compile(r", (?=N/A for )")
_PART = re.compile(
    r"(?P<no>N/A for (?P<left>.+))"
    r"|(?P<yes>Yes|\$(?P<limit>[\d,]+))"
    r"(?: for all other items|(?:,? for |: )(?P<only>.+?)(?: only)?)?"
)
_NAME = re.compile(r"\.?([a-z](?:\.[a-z0-9]+)*)")
_RANGE = re.compile(r"(\S+) (?:through|to) (\S+)")
_REASON = re.compile(r"([A-Z]{2})(?: items)?")


class PartlyOffered(NamedTuple):
    """Whether an exception is offered for a paragraph, and to which value of an order.

    ``limit`` is in dollars, "" for none.
    """

    offered: bool
    limit: str = ""


def offered_for(
    eccn: str, text: str, paragraph: str, reasons: Iterable[str], perhaps: Iterable[str]
) -> PartlyOffered | None:
    """What an entry's text on an exception says of one paragraph; None where it settles nothing.

    Args:
        eccn: the entry.
        text: of the exception, as the entry prints it.
        paragraph: that is asked about, without the entry's number; "" for the whole entry, which a
            text on some paragraphs does not settle.
        reasons: reasons for which a licence is asked.
        perhaps: reasons for which one may be asked.
    """
    parts = list(_parts(eccn, text))
    if not parts or None in parts:
        return None
    known = [part for part in parts if part is not None]
    held, doubted = set(reasons), set(perhaps)
    rest: PartlyOffered | None = None
    for part in known:
        if part.names is None:
            rest = part.says
            continue
        within = any(_within(each, paragraph) for each in part.names if each != paragraph)
        if within or doubted & (part.reasons - held):
            return None  # some of what is asked about, and not all
    # False sorts first: what is left out of an offer outweighs the offer.
    for part in sorted(known, key=lambda part: part.says.offered):
        if held & part.reasons or any(_within(paragraph, each) for each in part.names or ()):
            return part.says
    # An offer for some paragraphs that says nothing of the rest refuses the rest.
    if rest is None and any(part.says.offered for part in known):
        return PartlyOffered(False)
    return rest


class _OfferedPart(NamedTuple):
    """A part of a text: paragraphs and reasons, None for all the others, and what it says."""

    names: frozenset[str] | None
    reasons: frozenset[str]
    says: PartlyOffered


def _parts(eccn: str, text: str) -> Iterator[_OfferedPart | None]:
    plain = _LEFT_OUT.sub("; ", _EXCEPT.sub("; N/A for ", text.strip().rstrip(".")))
    for words in plain.split(";"):
        found = _PART.fullmatch(words.strip())
        if found is None:
            yield None
            continue
        says = PartlyOffered(not found["no"], (found["limit"] or "").replace(",", ""))
        named = found["left"] or found["only"]
        if named is None:
            yield _OfferedPart(None, frozenset(), says)
            continue
        yield _listed(eccn, named, says)


def _listed(eccn: str, text: str, says: PartlyOffered) -> _OfferedPart | None:
    """A list of paragraphs and reasons; None where a word of it is neither."""
    plain = re.sub(rf"(?:ECCN )?{eccn}(?=\.)", "", text)
    names: set[str] = set()
    reasons: set[str] = set()
    for word in re.split(r", and (?:for )?|,? and (?:for )?|,? or |, ", plain):
        if found := _REASON.fullmatch(word):
            reasons.add(found[1])
        elif found := _NAME.fullmatch(word):
            names.add(found[1])
        elif found := _RANGE.fullmatch(word):
            between = _range(found[1].lstrip("."), found[2].lstrip("."))
            if between is None:
                return None
            names |= between
        else:
            return None
    return _OfferedPart(frozenset(names), frozenset(reasons), says)


def _range(first: str, last: str) -> set[str] | None:
    """Paragraphs from one to another that differ in their last step: ``a.3`` to ``a.6``."""
    above, _, one = first.rpartition(".")
    beside, _, other = last.rpartition(".")
    if beside and above != beside:
        return None
    if one.isdigit() and other.isdigit():
        steps = [str(each) for each in range(int(one), int(other) + 1)]
    elif len(one) == len(other) == 1 and one.isalpha() and other.isalpha():
        steps = [chr(each) for each in range(ord(one), ord(other) + 1)]
    else:
        return None
    return {f"{above}.{step}" if above else step for step in steps}


def _within(paragraph: str, name: str) -> bool:
    """Whether a paragraph is another one or stands within it; the whole entry is ""."""
    return not name or paragraph == name or paragraph.startswith(f"{name}.")
