"""Rates such as "7.5%" and their millionths, exactly, both ways."""

from __future__ import annotations

import re


def percent(text: str) -> int | None:
    """Millionths of a rate such as "7.5%" (75,000); None when the text is no such rate."""
    found = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]{1,4}))?%", text)
    if found is None:
        return None
    whole, part = found.group(1), (found.group(2) or "").ljust(4, "0")
    return int(whole) * 10_000 + int(part)


def percent_text(millionths: int) -> str:
    """The rate as people write it: 75,000 millionths are "7.5%"."""
    whole, part = divmod(millionths, 10_000)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".") + "%"
