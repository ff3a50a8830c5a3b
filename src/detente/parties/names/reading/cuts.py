"""What was cut off a line, or kept of it, as a reading says it."""

from __future__ import annotations

CUT_LEAD, CUT_ADDRESS = "without words of forms", "without the address"
CUT_PART, REGISTRATION = "without a part of the organization", "the mark of an aircraft"
CUT_NUMBER = "without numbers of the party and how it is reached"
CUT_PRODUCT, CUT_ROLE = "without the goods", "without what a person is, papers and birth"
CUT_BRACKETS, IN_BRACKETS = "without what stands in brackets", "what stands in brackets"
CUT_WITHIN = "without what stands in brackets within it"
CUT_SHIP, OF_COMPANY = "without what is said of a ship", "who stands behind a company"
ONE_SCRIPT = "one of the two names that the line has in two scripts"

_LEAVES_OUT = "without "
_OTHER_SPELLINGS = "without a hyphen", "without the articles of its language"


def is_cut(how: str) -> bool:
    """Whether a name was read so that something beside it was cut away, or it was cut out itself.

    Where a letter is written otherwise nothing is.
    """
    if how in _OTHER_SPELLINGS:
        return False
    return _LEAVES_OUT in how or how in (IN_BRACKETS, OF_COMPANY)
