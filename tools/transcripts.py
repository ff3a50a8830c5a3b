"""Commands with all that they print: `python tools/transcripts.py [NAME…]` writes it anew.

A file of tests/transcripts holds commands behind `$`, each with what it printed and, where that is
not 0, how it ended. They run one after the other in a folder of their own that holds the files of
tests/transcripts/files and the examples. Write a command behind `$`, run this program, and read
what it wrote as you would read code: from then on every sign of it is compared.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "transcripts"
TODAY = "2026-08-01"
"""The day that is meant where a command names none."""

HIDDEN = (
    (re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b"), "<hash>"),
    (re.compile(r"\bdetente-\d\S*"), "<version>"),
    (
        re.compile(r"steps,\s+\S+\s+s,\s+largest\s+residual\s+[\d.e-]+"),
        "steps, <seconds>, <residual>",
    ),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?:T[\d:]{8}\.\d{3}\+00:00| [\d:]{8} UTC)"), "<moment>"),
)
"""What changes with every build or run, and what stands in its place."""


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a transcript, and what it printed."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed.rstrip("\n")


@contextmanager
def place() -> Iterator[Path]:
    """A folder that commands run in, on a day that stays the same."""
    with tempfile.TemporaryDirectory(prefix="transcript-") as named:
        folder = Path(named)
        shutil.copytree(FOLDER / "files", folder, dirs_exist_ok=True)
        shutil.copytree(ROOT / "examples", folder / "examples")
        settings = {"DETENTE_HOME": str(folder / "home"), "COLUMNS": "100", "NO_COLOR": "1"}
        with (
            chdir(folder),
            patch.dict(os.environ, settings),
            patch("detente.cli.ask.today", lambda: TODAY),
        ):
            yield folder


def run(command: str, folder: Path) -> str:
    """What a command prints: `detente …`, or `cat FILE` for a file that one wrote."""
    program, *words = shlex.split(command)
    if program == "cat":
        path = folder / words[0]
        return _shown(path.read_text("utf-8"), folder) if path.exists() else "(not written)"
    if program != "detente":
        raise ValueError(f"{command}: a transcript holds detente and cat alone")
    from detente.cli.main import main

    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(out):
        try:
            code: object = main(words)
        except SystemExit as ended:
            code = ended.code
    out.flush()
    printed = out.buffer.getvalue().decode("utf-8")
    return _shown(printed, folder) + (f"\n[exit {code}]" if code else "")


def _shown(text: str, folder: Path) -> str:
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    text = text.replace(str(folder), "<folder>").replace("\r\n", "\n")
    # A line that begins as a command does would be read as one.
    return re.sub(r"^\$ ", r" $ ", text, flags=re.MULTILINE).strip("\n")


def transcript(text: str, folder: Path) -> str:
    """The commands of a transcript with what they print now."""
    head = text.partition("$ ")[0]
    return head + "\n\n".join(
        f"$ {command}\n{run(command, folder)}" for command, _ in commands(text)
    ) + "\n"  # fmt: skip


def main(names: list[str]) -> int:
    """Write the transcripts that are named, or all."""
    for path in sorted(FOLDER.glob("*.txt")):
        if names and path.stem not in names:
            continue
        with place() as folder:
            found = transcript(path.read_text("utf-8"), folder)
        if found != path.read_text("utf-8"):
            path.write_text(found, encoding="utf-8")
            print(f"{path.relative_to(ROOT)} is written anew")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
