"""Names of companies as the tables of several sources are joined by them.

Screening reads names by families of words (Telecom as Communications, a holding as its company), so
that no listed party is missed. Companies that are joined are taken for one: of their names nothing
but the legal form is left out.
"""

from __future__ import annotations

import re
import unicodedata

from detente._shapes import TYPE_CHECKING
from detente.parties.names.kinds import LEGAL
from detente.parties.names.names import letters_written, parts, plain, squashed

if TYPE_CHECKING:
    from detente.parties.names.names import NameTables

PARTS = frozenset({"分公司", "总公司", "办事处", "代表处", "总会社", "총회사", "총공사"})
"""Ends of names that tell a branch, an office or the head of a house: nothing is cut off there."""

NO_FORM = PARTS | {
    "holding company", "holding co", "ticaret", "tic", "est", "etablissements", "trust reg",
    "控股有限公司", "企业", "商行", "工作室", "基金会", "기술유한공사",
}  # fmt: skip
"""What screening passes over like a legal form, and what tells one company from another."""

LAST_ALONE = frozenset({"ek", "dd", "gk"})
"""Abbreviations of legal forms (e.K., d.d., G.K.) behind a name; anywhere else, and where names are
screened, they are initials as often."""

AROUND = {"pt": "tbk", "บริษัท": "จํากัด"}
"""Forms before a name of which a part stands behind it: PT Foo Tbk."""

OF_A_PARTNER = frozenset({"kg", "kgaa", "ohg", "og"})
"""Partnerships that are called by the company that is liable in them: GmbH & Co. KG is not the GmbH
of that name."""

IN_BRACKETS = {
    "株": "株式会社", "有": "有限会社", "同": "合同会社", "주": "주식회사", "유": "유한회사",
}  # fmt: skip
"""Legal forms by the one character that stands for them in brackets, or in a sign of its own."""

BRACKETED = re.compile(rf"^\(([{''.join(IN_BRACKETS)}])\)|\(([{''.join(IN_BRACKETS)}])\)$")

LONG = 4
"""Characters of the shortest legal form that is cut off before a name without a blank."""

BETWEEN_DIGITS = re.compile(r"(?<!\d) | (?!\d)")
"""Blanks of a name but those between two numbers."""

AND, CO = frozenset({"and", "u", "und"}), "co"
"""What may stand before a legal form: GmbH & Co. KG."""

HANGUL = "[\uac00-\ud7a3]"
"""A Korean syllable, as patterns write it."""

NO_BLANKS = re.compile("[\u0e00-\u0e7f\u3400-\u9fff]")
"""A character of a script that writes words without blanks between them."""


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
        legal = {word for word, (kind, _) in tables.words.items() if kind == LEGAL} - NO_FORM
        self._forms = frozenset(plain(each, tables) for each in legal)
        self._together = {each.replace(" ", "") for each in self._forms} | LAST_ALONE
        # A form may be written in letters each apart: spol. s r. o.
        self._most = max((each.count(" ") + 3 for each in self._forms), default=0)
        self._longest = max(map(len, self._forms), default=0)
        hangul = [each for each in legal if re.fullmatch(f"{HANGUL}+", each)]
        hangul.sort(key=len, reverse=True)
        long = (each for each in hangul if len(each) >= LONG)
        self._behind = re.compile(rf"(?<!{HANGUL})({HANGUL}+?)({'|'.join(hangul)})(?!{HANGUL})")
        self._before = re.compile(f"(?<!{HANGUL})({'|'.join(long)})(?={HANGUL})")

    def key(self, name: str) -> str:
        """The letters of a name without its legal forms; "" where it has no letter.

        Case, width, accents, punctuation and blanks are passed over, and a traditional character is
        the simplified one. What says more than the form is kept: a group is not its company, and a
        partnership not the company that is liable in it.
        """
        words = plain(self._forms_apart(name), self._tables).split()
        words, of_partner = self._without_partnership(words)
        bare = self._without_last_forms(words)
        last = AROUND.get(self._first_form(words))
        if bare == words or (last and any(each.endswith(last) for each in words)):
            bare = self._without_first_form(bare)
        return BETWEEN_DIGITS.sub("", " ".join([*bare, *of_partner]))

    def letters(self, name: str) -> str:
        """All letters of a name."""
        return letters_written(name, self._tables)

    def family(self, name: str) -> str:
        """The name as screening compares it, in which companies may be one that are not joined."""
        return squashed(parts(name, self._tables))

    def _forms_apart(self, name: str) -> str:
        """A name with blanks around the legal forms that stand in brackets or among Hangul."""
        if name.isascii():
            return name
        name = unicodedata.normalize("NFKC", name).strip()
        name = BRACKETED.sub(lambda found: f" {IN_BRACKETS[found[1] or found[2]]} ", name)
        name = self._behind.sub(
            lambda found: found[0] if found[0].endswith(tuple(PARTS)) else f"{found[1]} {found[2]}",
            name,
        )
        return self._before.sub(r"\1 ", name)

    def _without_partnership(self, words: list[str]) -> tuple[list[str], list[str]]:
        """A name without `& Co. KG` behind the form of a company, and that as one word beside."""
        if len(words) > 3 and words[-1] in OF_A_PARTNER and words[-2] == CO:
            partner = words[:-3] if words[-3] in AND else words[:-2]
            if self._without_last_forms(partner) != partner:
                return partner, [CO + words[-1]]
        return words, []

    def _without_last_forms(self, words: list[str]) -> list[str]:
        while words:
            size = self._last_form(words)
            if not size:
                last = self._without_glued_form(words[-1])
                if last == words[-1]:
                    break
                words = [*words[:-1], last]
                continue
            words = words[:-size]
            if len(words) > 1 and words[-1] in AND:
                words = words[:-1]
        return words

    def _last_form(self, words: list[str]) -> int:
        """How many words at the end of a name are its legal form, if they are not all of it."""
        sizes = range(min(self._most, len(words) - 1), 0, -1)
        # As it is usually spelled first: Plan A SA is of the form SA, and not ASA.
        spelled = (each for each in sizes if " ".join(words[-each:]) in self._forms)
        apart = (each for each in sizes if "".join(words[-each:]) in self._together)
        return next(spelled, 0) or next(apart, 0)

    def _without_glued_form(self, word: str) -> str:
        """A word without blanks, less the longest legal form at its end, if it is not all of it."""
        if word.endswith(tuple(PARTS)) or not NO_BLANKS.match(word[-1]):
            return word
        first = max(1, len(word) - self._longest)
        ends = (at for at in range(first, len(word)) if word[at:] in self._forms)
        return word[: next(ends, len(word))]

    def _without_first_form(self, words: list[str]) -> list[str]:
        first = self._first_form(words)
        if not first:
            return words
        size = first.count(" ") + 1
        return words[size:] if first == " ".join(words[:size]) else [
            words[0].removeprefix(first), *words[1:]
        ]  # fmt: skip

    def _first_form(self, words: list[str]) -> str:
        """The legal form that a name begins with, if it is not all of it; "" for none."""
        for size in range(min(self._most, len(words) - 1), 0, -1):
            if (found := " ".join(words[:size])) in self._forms:
                return found
        word = words[0] if words and NO_BLANKS.match(words[0]) else ""
        starts = (word[:size] for size in range(min(self._longest, len(word) - 1), LONG - 1, -1))
        return next((each for each in starts if each in self._forms), "")
