"""Amounts such as 1234.50 read from the bytes of a whole column, eight digits in one step.

    12345678 -> 12 34 56 78 -> 1234 5678 -> 12345678

Each arrow is one product and one sum of whole numbers that hold all digits of a row. What is
written in any other way is left to who reads one text at a time.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    from detente.core.tables.parquet_pages import LooseTexts

    Column = numpy.ndarray

WHOLE, PART = 8, 3
"""The most digits before the point that are read here, and the bytes of the point and the cents."""

BLOCK = 1 << 14
"""Rows that are read at once: what is worked out for them stays near the processor."""

ZEROS, TENS = 0x3030303030303030, 0x7676767676767676
"""Eight digits zero; and what, added to eight bytes, sets the highest bit of those above nine."""

HIGHEST, FOURS = 0x8080808080808080, 0x000000FF000000FF
"""The highest bit of each byte; and every fourth byte."""

TO_EIGHT = 0x000F424000000064, 0x0000271000000001
"""What four pairs of digits count: the first and the third, and the second and the fourth."""


def cents_of(texts: LooseTexts) -> tuple[Column, Column]:
    """Cents of texts, and for each whether it is one to eight digits, a point, and two digits.

    Where it is anything else its cents mean nothing.
    """
    import numpy

    rows = len(texts.sizes)
    cents, plain = numpy.zeros(rows, numpy.int64), numpy.zeros(rows, bool)
    before = WHOLE + PART
    body = numpy.zeros(before + len(texts.body), "u1")
    body[before:] = numpy.frombuffer(texts.body, "u1") if texts.body else 0
    # At each byte, the eight and the four that begin there.
    eights, fours = (
        numpy.ndarray(len(body) + 1 - size, f"<u{size}", body.data, strides=(1,)) for size in (8, 4)
    )
    ends = texts.sizes.cumsum(dtype=numpy.int64)
    for start in range(0, rows, BLOCK):
        some = slice(start, start + BLOCK)
        cents[some], plain[some] = _block(eights, fours, ends[some], texts.sizes[some])
    return cents, plain


def _block(eights: Column, fours: Column, ends: Column, sizes: Column) -> tuple[Column, Column]:
    """Cents of some rows, by where each text ends, and which of them are plain."""
    import numpy

    fits = (sizes > PART) & (sizes <= WHOLE + PART)
    digits = numpy.where(fits, sizes, WHOLE + PART).astype("u8")
    # The first digit is in the lowest byte: what stands before the text is shifted out.
    shift = (WHOLE + PART - digits) * 8
    whole = eights[ends] ^ ZEROS
    whole >>= shift
    whole <<= shift
    # Of the four bytes that end with the text, the point and both digits.
    part = fours[ends + (WHOLE + PART - 4)]
    tens, ones = (part >> 16 & 0xFF) ^ 0x30, (part >> 24) ^ 0x30
    fits &= ((whole + TENS | whole) & HIGHEST) == 0
    fits &= ((part >> 8 & 0xFF) == ord(".")) & (tens < 10) & (ones < 10)
    whole = whole * 10 + (whole >> 8)
    whole = (whole & FOURS) * TO_EIGHT[0] + (whole >> 16 & FOURS) * TO_EIGHT[1]
    whole >>= 32
    whole *= 100
    whole += tens * 10 + ones
    return whole.astype(numpy.int64), fits
