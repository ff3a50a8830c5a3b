"""Shares as open sources state them: in words, with marks of footnotes, as a bound or not at all.

A file of holdings is the user's own, and what is no share there is refused. A table that somebody
published is taken as it is: what it says of a share is read as far as it can be, and what cannot be
read is an unknown share, which is told. A row is never dropped for its share.
"""

from __future__ import annotations

import re
import unicodedata

from detente.parties.ownership.importing import OPEN_END
from detente.parties.ownership.shares import UNKNOWN, WHOLE, ZERO, Share, share_of

NOTHING_SAID = frozenset({
    "", "-", "--", "–", "—", "―", "−", "n/a", "n.a.", "na", "nan", "none", "null", "nil", ".", "*",
    "not available", "not disclosed", "undisclosed", "unknown", "不详", "未知", "未披露",
})  # fmt: skip
"""What stands in a cell of which the source says nothing."""

WHOLLY = re.compile(
    r"(?:100 ?%? )?(?:an? )?(?:(?:directly|indirectly) )?wholly[ -]?owned(?: subsidiary)?|"
    r"(?:100 ?%|fully) owned|全资(?:子公司|附属公司)?|全資(?:子公司|附屬公司)?"
)
"""How the whole is stated in words."""

AT_LEAST = re.compile(
    r"(?:>=?|≥|over|above|more than|greater than|at least|not less than|no less than|"
    r"不低于|不少于|超过|大于) ?"
)
AT_MOST = re.compile(r"(?:<=|≤|up to|at most|not more than|no more than|不超过|不高于) ?")
BELOW = re.compile(r"(?:<|under|below|less than|低于|小于|少于) ?")
"""What stands before the lower, and before the upper end of a share of which one end is told; the
last are of an end that does not belong to it."""

FOOTNOTES = re.compile(
    r"(?:\s*(?:[*†‡§¶#⁎¹²³⁰⁴-⁹]+|"
    r"[(（\[](?:note |notes |注)?(?:[1-9]|1[0-9]|20|[a-z]{1,2}|[*†‡]{1,2})[)）\]]))+$",
    re.IGNORECASE,
)
"""Marks of footnotes behind a share, which are no part of it. A higher number in brackets is rather
another share, such as that of another day."""


def stated_share(text: str) -> tuple[Share, str]:
    """A share as a table of an open source states it.

    Args:
        text: what `share_of` reads, with marks of footnotes behind it; *wholly-owned*, a bound
            such as *>50* (a range from there up to the whole), or what says that nobody tells.

    Returns:
        The share, and "" or why it was taken as unknown.
    """
    bare = FOOTNOTES.sub("", text.strip())
    word = " ".join(unicodedata.normalize("NFKC", bare).casefold().split())
    if word in NOTHING_SAID:
        return UNKNOWN, ""
    if WHOLLY.fullmatch(word):
        return Share(WHOLE, WHOLE), ""
    try:
        if bound := AT_LEAST.match(word):
            return Share(share_of(word[bound.end() :]).lo, WHOLE), ""
        if bound := AT_MOST.match(word):
            return Share(ZERO, share_of(word[bound.end() :]).hi), ""
        if bound := BELOW.match(word):
            return Share(ZERO, max(ZERO, share_of(word[bound.end() :]).hi - OPEN_END)), ""
        return share_of(bare), ""
    except ValueError as error:
        return UNKNOWN, str(error)
