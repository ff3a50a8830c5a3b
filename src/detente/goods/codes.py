"""A tariff code as a type: its digits, how it is written, and the wider codes it lies under."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.core.figures import without_fraction

# The levels at which the schedule numbers goods: chapter, heading, subheading, rate line,
# statistical line.
LEVELS = (2, 4, 6, 8, 10)
RATE_LINE = 8
STATISTICAL_LINE = 10


class CodeError(ValueError):
    """A code that cannot be used as asked; the message says why and what to do.

    Attributes:
        sought: the words that stood in its place, by which it may be found; "" for none.
    """

    def __init__(self, message: str, sought: str = "") -> None:
        super().__init__(message)
        self.sought = sought


class TariffCode(NamedTuple):
    """A code of the tariff schedule, of 2, 4, 6, 8 or 10 digits.

    Attributes:
        digits: The digits alone, e.g. "8507600010".
    """

    digits: str

    @classmethod
    def parse(cls, text: str) -> TariffCode:
        """Read a code written with or without dots, blanks or hyphens.

        Raises:
            CodeError: `text` holds something else than digits and separators, or a number of digits
                at which the schedule has no level.
        """
        plain = text
        if not plain.isascii():  # digits as wide as Chinese characters are digits all the same
            from unicodedata import normalize

            plain = normalize("NFKC", plain)
        digits = without_fraction("".join(plain.split())).replace(".", "").replace("-", "")
        if not (digits.isascii() and digits.isdigit()):
            raise CodeError(
                f"{text!r} is not a tariff code: write 8 or 10 digits, with or without dots, "
                "such as 8507.60.00.10; to find a code by words, search for them",
                text if any(letter.isalpha() for letter in text) else "",
            )
        if len(digits) not in LEVELS:
            raise CodeError(
                f"{text!r} has {len(digits)} digits; a tariff code has 2, 4, 6, 8 or 10 "
                f"({_hint(digits)})"
            )
        return cls(digits)

    @property
    def dotted(self) -> str:
        """The code as the schedule prints it, e.g. "8507.60.00.10"."""
        digits = self.digits
        return ".".join((digits[:4], *(digits[at : at + 2] for at in range(4, len(digits), 2))))

    @property
    def chapter(self) -> str:
        """The first two digits."""
        return self.digits[:2]

    @property
    def heading(self) -> str:
        """The first four digits, fewer where the code has fewer."""
        return self.digits[:4]

    @property
    def subheading(self) -> str:
        """The first six digits, fewer where the code has fewer."""
        return self.digits[:6]

    @property
    def rate_line(self) -> str:
        """The first eight digits, fewer where the code has fewer; column 1 rates stand on them."""
        return self.digits[:RATE_LINE]

    def prefixes(self) -> tuple[str, ...]:
        """Return the digits of this code and of every code above it, the longest first."""
        return tuple(self.digits[:size] for size in reversed(LEVELS) if size <= len(self.digits))

    def __str__(self) -> str:
        return self.dotted


def _hint(digits: str) -> str:
    """Say what is most likely wrong with a number of digits that no level has."""
    if len(digits) > STATISTICAL_LINE:
        return "take the digits after the tenth away"
    return "a leading or closing zero may have been lost, as spreadsheets do"
