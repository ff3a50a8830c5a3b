"""Names in scripts that write words without blanks: Hangul, and the katakana of loanwords.

조선장수무역회사 is Korea, Jangsu, trading and company, and ナショナルセキュリティ is national and
security: the words of the table are set apart, and what stands between them is a brand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from detente.parties.names.korean import LONGEST_IN_HANGUL
from detente.parties.names.names import NameTables, NameWord, parts

RUNS = re.compile("[가-힣]+|[ァ-ヺー]+|[^가-힣ァ-ヺー]+").findall
HAS_LONG_RUN = re.compile(rf"[가-힣]{{{LONGEST_IN_HANGUL + 1},}}|[ァ-ヺー]{{3,}}").search
"""Whether a text has a word in Hangul that is longer than the name of a person, or katakana."""

LONGEST = 14
"""Characters of the longest word of the table."""


def told_apart(text: str, tables: NameTables) -> tuple[NameWord, ...]:
    """The words of a name in Hangul or katakana.

    Args:
        text: the name.
        tables: words and characters; the words of trades are there in these scripts.

    Returns:
        () for a name without a word of the table, or with nothing else.
    """
    text = unicodedata.normalize("NFKC", text)
    if not HAS_LONG_RUN(text):
        return ()
    pieces = [piece for run in RUNS(text) for piece in _pieces(run, tables)]
    known = [piece in tables.words for piece in pieces]
    if not any(known) or all(known):
        return ()
    form: list[NameWord] = []
    for piece, told in zip(pieces, known, strict=True):
        form += [NameWord(*tables.words[piece])] if told else parts(piece, tables)
    return tuple(form)


def _pieces(run: str, tables: NameTables) -> Iterator[str]:
    """A run of one script cut into words of the table, the longest first, and what is between."""
    begun = at = 0
    if run.isascii():
        at = len(run)
    while at < len(run):
        ends = range(min(len(run), at + LONGEST), at + 1, -1)
        end = next((end for end in ends if run[at:end] in tables.words), 0)
        if not end:
            at += 1
            continue
        if begun < at:
            yield run[begun:at]
        yield run[at:end]
        begun = at = end
    if begun < len(run):
        yield run[begun:]
