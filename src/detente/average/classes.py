"""The classes of a destination's goods, those entered under a claim of chapter 98 by themselves."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.partition import GoodsClasses, ListRows
from detente.average.law import CLAIM, tariff

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

OTHER_CLAIM = "other"
CHAPTER_98 = "98"


class ClassPlace(NamedTuple):
    """Where a code stands: the claim under which it is entered, and its class there."""

    claim: str
    number: int


class Classes:
    """The rows of a destination's lists, and the classes of the codes met so far.

    Attributes:
        rows: the rows of the lists.
        groups: classes by the claim under which their codes are entered, "" for most.
    """

    def __init__(
        self, register: Register, destination: str, schedule: Schedule | None = None
    ) -> None:
        """Read the lists.

        Args:
            register: the register asked.
            destination: ISO country of import.
            schedule: the goods schedule, where imported editions may have codes that the lists
                have not seen.
        """
        self.register = register
        self.rows = ListRows(register, tariff(register, destination), schedule)
        self.groups: dict[str, GoodsClasses] = {}

    def place(self, code: str, later: int | None = None) -> ClassPlace:
        """The class of a code; `later` is as in `ListRows.of_code`."""
        claim = self._claim(code) if code.startswith(CHAPTER_98) else ""
        if claim not in self.groups:
            self.groups[claim] = GoodsClasses(self.rows)
        return ClassPlace(claim, self.groups[claim].number(code, later))

    def _claim(self, code: str) -> str:
        """The provision under which a line of chapter 98 is entered; "" where there is no claim."""
        fact = self.register.facts.get(CLAIM)
        if fact is None:
            return ""
        dotted = f"{code[:4]}.{code[4:6]}.{code[6:8]}"
        return dotted if dotted in fact.words else OTHER_CLAIM
