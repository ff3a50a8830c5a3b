"""Refuse text that ties the project to one machine or to one package registry.

Looks through every file that git tracks or would track, and names each place with a package
registry's host, an option that selects a package index, or an absolute path of somebody's machine.
Exit code 0 when there is none, 1 otherwise.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Written in pieces, so that this file does not find itself.
_HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("yarnpkg", "com"),
    ("crates", "io"),
    ("rubygems", "org"),
    ("anaconda", "org"),
    ("packagist", "org"),
    ("nuget", "org"),
    ("r-project", "org"),
    ("maven", "org"),
    ("proxy.golang", "org"),
)
_FOLDERS = ("work", "tmp", "home", "root", "Users", "opt")
_OPTIONS = ("index-url", "extra-index-url", "find-links", "trusted-host")

# Of each rule the words one of which stands in all that it finds: most files have none of them, and
# to look for words is far quicker than to look for an expression.
_RULES = (
    (
        tuple(".".join(host) for host in _HOSTS),
        re.compile(r"\b(?:" + "|".join(re.escape(".".join(host)) for host in _HOSTS) + r")\b"),
        "a package registry's host; name the package and its version alone",
    ),
    (
        _OPTIONS,
        re.compile(r"(?<!\w)--?(?:" + "|".join(_OPTIONS) + r")\b"),
        "an option that selects a package index; leave that to the machine's own settings",
    ),
    (
        tuple(f"/{folder}/" for folder in _FOLDERS),
        # A path starts a word: `either/or` and the path part of an address are none.
        re.compile(r"(?<![\w./:>)\]}~*-])/(?:" + "|".join(_FOLDERS) + r")/[\w.]"),
        "an absolute path of a machine; make it relative, or an argument",
    ),
    (
        (":\\Users", ":\\\\Users"),
        re.compile(r"\b[A-Z]:\\\\?Users\b"),
        "an absolute path of a machine; make it relative, or an argument",
    ),
)


def tracked_files(root: Path) -> list[Path]:
    """Return the files under `root` that are committed or could be, in order.

    Raises:
        SystemExit: `root` is no git checkout, so there is no list to go by.
    """
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others"]
    run = subprocess.run([*command, "--exclude-standard"], capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"{root} is not a git checkout that can be read: {run.stderr.strip()}")
    return sorted(
        root / name for name in run.stdout.split("\0") if name and (root / name).is_file()
    )


def findings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each offence in a text: its line, the words found, and what is wrong with them."""
    for words, rule, reason in _RULES:
        if not any(word in text for word in words):
            continue
        for match in rule.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, match.group(), reason


def main() -> int:
    """Print every offence as `file:line: words: reason` and return the exit code."""
    offences = []
    for path in tracked_files(ROOT):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or an archive holds no text that anyone reads
        offences += [
            f"{path.relative_to(ROOT)}:{line}: {words!r}: {reason}"
            for line, words, reason in findings(text)
        ]
    print("\n".join(offences) or "text: no registry host, no path of a machine")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
