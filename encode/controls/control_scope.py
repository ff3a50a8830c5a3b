"""Read what a control line of the Commerce Control List applies to: paragraphs, or words.

"NS applies to 3B001.a.1 to a.3, b, e" names paragraphs; "NS applies to entire entry except
0A501.y" names what it leaves out; "MT applies to commodities in 7A003.d that meet or exceed the
parameters of 7A103" has a condition in words, which no paragraph number settles.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WHOLE = "*"
"""The entry as a whole, in place of a paragraph."""

PARAGRAPH = r"(?:[a-z](?:\.\d+)*(?:\.[a-z](?![a-z])(?:\.\d+)*)*)"
_ONE = re.compile(rf"\.?\s?({PARAGRAPH})")
_RANGE = re.compile(rf"\.?({PARAGRAPH}) (?:to|through) \.?({PARAGRAPH})")
_ENTIRE = re.compile(r"(?:the )?entire entry,?(?: only)?(?:$|[,:]? ?except(?: for)?:? (.*)$)", re.I)
_LEAD = re.compile(
    r"(items?|commodities|equipment|materials|components|software|technology)? ?"
    r"(in|controlled (in|by|under)|described in|of) (the )?(?=paragraphs?\b|\.)"
)
_JOINS = re.compile(
    r"\b(paragraphs?|of this entry|only|and|or|controlled by this entry|in this entry)\b"
)
_ANCHOR = re.compile(
    rf"(?:(?:those )?(?:commodities|items|equipment|“technology”|those items)? ?"
    rf"(?:in|described in)? ?)?\.({PARAGRAPH})(?= (?:when|that|if|in the form|commodities|“|“soft))"
)
_MENTION = re.compile(r"(?<![\w.])(?:\.?[a-z]\.\d|\.[a-z](?![a-z])|[a-z](?=,| \())")


class Scope(NamedTuple):
    """What a line applies to.

    Attributes:
        applies: paragraphs without their first dot, ``*`` for the whole entry.
        but_not: paragraphs that it leaves out.
        words: the condition in words; for one that names what is left out, ``not: …``.
    """

    applies: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    words: str = ""


def scope_of(eccn: str, text: str) -> Scope:
    """What a line such as "NS applies to 3A001.b" applies to."""
    plain = re.sub(
        r"^\s*[A-Z]{2},? (applies|apply) (only )?(to )?", "", text.strip().rstrip(".")
    ).strip()
    # In front of a paragraph the entry's own number is an address; alone it means all of it.
    plain = re.sub(rf"\b{eccn}\s?\.", " .", plain)
    plain = re.sub(rf"\b{eccn}\b", "entire entry", plain)
    plain = re.sub(r"\s+", " ", plain).strip()
    plain = re.sub(r"^entire entry [A-Z]{2} (Column|applies) .*$", "entire entry", plain)
    entire = _ENTIRE.match(plain)
    if entire:
        rest = entire.group(1)
        if not rest:
            return Scope((WHOLE,))
        parts = [(part, paragraphs_of(part)) for part in rest.split(";")]
        left_out = tuple(each for _, named in parts for each in named or ())
        words = ";".join(part for part, named in parts if named is None).strip()
        return Scope((WHOLE,), left_out, f"not: {words}" if words else "")
    named = paragraphs_of(plain)
    if named is not None:
        return Scope(named)
    anchor = _ANCHOR.match(plain)
    # With a second paragraph in the words, they may hang on either of the two.
    only_one = (
        anchor is not None and len(_MENTION.findall(re.sub(r"\d[A-E]\d{3}\S*", "", plain))) < 2
    )
    return Scope((anchor.group(1),) if anchor and only_one else (WHOLE,), (), plain)


def paragraphs_of(text: str) -> tuple[str, ...] | None:
    """The paragraphs that a text names and nothing else; None where it says more than that."""
    plain = _JOINS.sub(" , ", _LEAD.sub("", text)).replace(";", ",")
    found: list[str] = []
    for part in (each.strip() for each in plain.split(",")):
        if not part:
            continue
        span = _RANGE.fullmatch(part)
        if span:
            between = _between(*span.groups())
            if between is None:
                return None
            found += between
            continue
        one = _ONE.fullmatch(part)
        if not one:
            return None
        found.append(one.group(1))
    return tuple(found) or None


def _between(first: str, last: str) -> list[str] | None:
    """The paragraphs from one to another of the same level: k to n, a.1 to a.3."""
    head, _, low = first.rpartition(".")
    other, _, high = last.rpartition(".")
    if head != other:
        return None
    lead = f"{head}." if head else ""
    if low.isdigit():
        return [f"{lead}{number}" for number in range(int(low), int(high) + 1)]
    return [f"{lead}{chr(code)}" for code in range(ord(low), ord(high) + 1)]
