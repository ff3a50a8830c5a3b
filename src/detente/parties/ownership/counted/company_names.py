"""Names of companies as the tables of several sources are joined by them.

Screening reads names by families of words (Telecom as Communications, a holding as its company), so
that no listed party is missed. Companies that are joined are taken for one: of their names nothing
but the legal form is left out.
"""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING
from detente.parties.names.kinds import LEGAL
from detente.parties.names.names import is_han, letters_written, parts, plain, squashed

if TYPE_CHECKING:
    from detente.parties.names.names import NameTables

PARTS = frozenset({"分公司", "总公司", "办事处", "代表处", "总会社", "총회사"})
"""Ends of names that tell a branch, an office or the head of a house: nothing is cut off there."""

NO_FORM = PARTS | {
    "holding company", "holding co", "ticaret", "tic", "est", "etablissements", "trust reg",
    "控股有限公司", "企业", "商行", "工作室", "基金会",
}  # fmt: skip
"""What screening passes over like a legal form, and what tells one company from another."""

BETWEEN_DIGITS = re.compile(r"(?<!\d) | (?!\d)")
"""Blanks of a name but those between two numbers."""

AND = "and"
"""What may stand before a legal form: GmbH & Co. KG."""


def folded(name: str) -> str:
    """A name as it is printed, whatever its case and blanks."""
    return " ".join(name.split()).casefold()


class JoiningNames:
    """Names by which companies are joined."""

    def __init__(self, tables: NameTables) -> None:
        """Take the legal forms.

        Args:
            tables: what names are read with.
        """
        self._tables = tables
        legal = {word for word, (kind, _) in tables.words.items() if kind == LEGAL}
        self._forms = frozenset(legal - NO_FORM)
        self._most = max((each.count(" ") + 1 for each in self._forms), default=0)

    def key(self, name: str) -> str:
        """The letters of a name without its legal forms; "" where it has no letter.

        Case, width, accents, punctuation and blanks are passed over, and a traditional character is
        the simplified one. What says more than the form is kept: a group is not its company.
        """
        words = plain(name, self._tables).split()
        bare = self._without_last_forms(words)
        if bare == words:
            bare = self._without_first_form(words)
        return BETWEEN_DIGITS.sub("", " ".join(bare))

    def letters(self, name: str) -> str:
        """All letters of a name."""
        return letters_written(name, self._tables)

    def family(self, name: str) -> str:
        """The name as screening compares it, in which companies may be one that are not joined."""
        return squashed(parts(name, self._tables))

    def _without_last_forms(self, words: list[str]) -> list[str]:
        while words:
            sizes = range(min(self._most, len(words) - 1), 0, -1)
            size = next((each for each in sizes if " ".join(words[-each:]) in self._forms), 0)
            if not size:
                last = self._without_form_of_han(words[-1])
                if last == words[-1]:
                    break
                words = [*words[:-1], last]
                continue
            words = words[:-size]
            if len(words) > 1 and words[-1] == AND:
                words = words[:-1]
        return words

    def _without_form_of_han(self, word: str) -> str:
        """A word in Chinese without the longest legal form at its end, if it is not all of it."""
        if word.endswith(tuple(PARTS)) or not is_han(word[-1]):
            return word
        ends = (at for at in range(1, len(word)) if word[at:] in self._forms)
        return word[: next(ends, len(word))]

    def _without_first_form(self, words: list[str]) -> list[str]:
        sizes = range(min(self._most, len(words) - 1), 0, -1)
        size = next((each for each in sizes if " ".join(words[:each]) in self._forms), 0)
        return words[size:]
