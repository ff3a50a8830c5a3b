"""What all readers share: limits, and errors that say file, place and what to do."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

LARGEST = 512 * 1024 * 1024
"""Bytes of the largest file that is read."""

LONGEST_NAME = 1000
"""Characters of the longest name that is kept; more is a damaged row."""

MOST_ROWS = 5_000_000
"""Rows of the longest file that is read."""

KINDS = {
    "entity": "entity",
    "organization": "entity",
    "organisation": "entity",
    "company": "entity",
    "individual": "individual",
    "person": "individual",
    "vessel": "vessel",
    "aircraft": "aircraft",
}


def check_size(path: str, largest: int = LARGEST) -> None:
    """Refuse a file that is missing, empty or larger than any list is.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is empty or too large.
    """
    if not os.path.isfile(path):
        raise FileNotFoundError(f"{path} is no file: name the file of the list")
    size = os.path.getsize(path)
    if size == 0:
        raise ValueError(f"{path} is empty: download the list again")
    if size > largest:
        raise ValueError(
            f"{path} has {size} bytes, more than the {largest} that are read: split the list"
        )


def load_json(path: str, what: str) -> object:
    """The content of a JSON file.

    Raises:
        ValueError: it is no JSON; the message says where, and what `what` was expected.
    """
    check_size(path)
    try:
        with open(path, encoding="utf-8-sig") as file:
            loaded: object = json.load(file)
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 text, so it is no {what}") from error
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{path}, line {error.lineno}: no JSON ({error.msg}), so it is no {what}"
        ) from error
    return loaded


def wrong_file(path: str, what: str, want: str) -> ValueError:
    """The error for a file that is something else."""
    return ValueError(f"{path} is no {what}: {want}. Name its format with --format")


def name_fault(text: str) -> str:
    """Why a name cannot be kept; empty when it can."""
    if not text.strip():
        return "no name"
    if len(text) > LONGEST_NAME:
        return f"a name of {len(text)} characters"
    return ""


def kind_of(text: str) -> str:
    """The kind that a list's word means; empty for none, the word itself for an unknown one."""
    low = text.strip().lower()
    return KINDS.get(low, low)


def texts(value: object) -> list[str]:
    """The texts of a list of texts, or of one text with `;` between."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if isinstance(value, Iterable):
        return [str(part).strip() for part in value if str(part).strip()]
    return []
