"""What is said of a file that is not there: one wording for every command."""

from __future__ import annotations

import os

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike


def no_file(path: str | PathLike[str], do: str = "") -> str:
    """Why a path does not lead to a file: it is a folder, or its folder is missing, or it is.

    Args:
        path: as the user wrote it.
        do: what to do, where the command does not make it plain.
    """
    name = os.fspath(path)
    folder = os.path.dirname(name)
    if os.path.isdir(name):
        why = f"{name} is a folder, not a file"
    elif folder and not os.path.isdir(folder):
        why = f"there is no folder {folder}"
    else:
        why = f"there is no file {name}"
    return f"{why}: {do}" if do else why
