"""Single changes by lot, in the code and in the register, and whether a test of the room sees them.

A change of code is one token: a comparison turned, a number moved by one, a sign exchanged, a
condition negated, a word of a text dropped, a return emptied. A change of the register is one rate,
day, code, heading, threshold or stacking rule. Each is made in a copy of the checkout, the tests of
its room are run, and a change that none of them sees is told with its place.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "register", "data", "tools", "encode", "snapshots", "examples", "docs")
FILES = ("pyproject.toml", "hatch_build.py", "constraints.txt", "Makefile", "README.md",
         "LICENSE", "LICENSE-DATA", "NOTICE", "CHANGELOG.md", "CONTRIBUTING.md",
         "SECURITY.md", "zensical.toml")  # fmt: skip
SKIPPED = ("_data", "__pycache__", "_version.py")
BESIDE = {
    "transaction": ("cli/test_assess_command.py", "cli/test_verify_command.py"),
    "store": ("cli/test_ledger_command.py", "cli/test_evidence.py"),
    "licence": ("controls", "cli/test_licence_command.py"),
    "core": ("duty", "batch"),
    "goods": ("cli/test_goods_import.py", "duty"),
    "questions": ("api", "cli", "test_python.py"),
    "compare": ("cli/test_scenario_command.py", "scenario"),
    "entry": ("cases",),
    "duty": ("test_cases.py", "settled"),
    "audit": ("cli/test_audit_command.py",),
    "freshness": ("register",),
}
"""Tests of a room beside those in the folder of its name."""

REGISTER_TESTS = ("register/test_law_tables.py", "register", "test_cases.py", "duty", "scenario")


class Mutant(NamedTuple):
    """One change.

    Attributes:
        file: relative to the checkout.
        line: number, from 1.
        before: the line as it is.
        after: the line as it is made.
    """

    file: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before.strip()!r} -> {self.after.strip()!r}"


class Sampled(NamedTuple):
    """What a sample found; a change whose tests could not be run is not decided."""

    seen: list[Mutant]
    unseen: list[Mutant]
    undecided: list[Mutant]

    @property
    def share(self) -> float:
        """The part of the decided ones that was seen."""
        decided = len(self.seen) + len(self.unseen)
        return len(self.seen) / decided if decided else 0.0


SWAPS = {
    " < ": (" <= ", " > "), " <= ": (" < ",), " > ": (" >= ", " < "), " >= ": (" > ",),
    " == ": (" != ",), " != ": (" == ",), " + ": (" - ",), " - ": (" + ",), " * ": (" + ",),
    " and ": (" or ",), " or ": (" and ",), " is not None": (" is None",),
    " is None": (" is not None",), " not in ": (" in ",), "True": ("False",), "False": ("True",),
    "min(": ("max(",), "max(": ("min(",), "[0]": ("[-1]",), "[-1]": ("[0]",), " if not ": (" if ",),
}  # fmt: skip
NUMBER = re.compile(r"(?<![\w.\"'])(\d{1,4})(?![\w.\"'])")


def _code_lines(path: Path) -> Iterator[int]:
    """Numbers of lines that are executed: no docstring, no comment, no import, no annotation."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    texts: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            texts.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            texts.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if number in texts or not stripped:
            continue
        if stripped.startswith(
            ("#", "import ", "from ", "@", "def ", "class ", "raise ", "assert ")
        ):
            continue
        yield number


def _changes_of_line(line: str) -> Iterator[str]:
    code = line.partition("  #")[0]
    for old, swaps in SWAPS.items():
        at = code.find(old)
        if at >= 0 and not _in_text(code, at):
            yield from (line[:at] + new + line[at + len(old) :] for new in swaps)
    for match in NUMBER.finditer(code):
        if not _in_text(code, match.start()):
            number = int(match[1])
            yield line[: match.start()] + str(number + 1) + line[match.end() :]
    found = re.match(r"(\s*)return (?!None|False|True)\S", code)
    if found and code.count("(") == code.count(")") and not code.rstrip().endswith(("(", "[", "{")):
        yield f"{found[1]}return None"


def _in_text(line: str, at: int) -> bool:
    """Whether a place of a line lies within quotes, roughly."""
    return line[:at].count('"') % 2 == 1 or line[:at].count("'") % 2 == 1


def code_mutant(random: Random, root: Path = ROOT) -> Mutant:
    """A change of the code: a room by lot, then a file of it, a line, and a change of the line."""
    source = root / "src" / "detente"
    rooms = sorted(p for p in source.iterdir() if p.is_dir() and p.name not in SKIPPED)
    while True:
        files = sorted(p for p in random.choice(rooms).rglob("*.py") if p.name not in SKIPPED)
        path = random.choice(files)
        numbers = list(_code_lines(path))
        if not numbers:
            continue
        number = random.choice(numbers)
        line = path.read_text("utf-8").splitlines()[number - 1]
        changes = list(_changes_of_line(line))
        if changes:
            return Mutant(str(path.relative_to(root)), number, line, random.choice(changes))


def _moved_day(match: re.Match[str]) -> str:
    day = int(match[3])
    return f"{match[1]}-{match[2]}-{day - 1 if day > 1 else day + 1:02}"


LAW: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r'"(\d+(?:\.\d+)?)%"'), lambda m: f'"{float(m[1]) + 1:g}%"'),
    (re.compile(r"(?<=from: )(\d{4})-(\d\d)-(\d\d)"), _moved_day),
    (re.compile(r"(?<=until: )(\d{4})-(\d\d)-(\d\d)"), _moved_day),
    (re.compile(r'"(9903\.\d\d\.)(\d\d)"'), lambda m: f'"{m[1]}{(int(m[2]) + 1) % 100:02}"'),
    (re.compile(r"(?<=free: )true"), lambda m: "false"),
)
"""Changes of the register's measures, and what finds them."""


def law_mutant(random: Random, root: Path = ROOT) -> Mutant:
    """A change of the register: of a measure, a list of codes, or a stacking rule."""
    register = root / "register"
    kind = random.choice(("measure", "measure", "measure", "code", "rule"))
    if kind == "rule":
        path = register / "yields.yaml"
        lines = path.read_text("utf-8").splitlines()
        rules = [
            n for n, line in enumerate(lines, 1) if line.startswith("  - {") and line.endswith("}")
        ]
        number = random.choice(rules)
        return Mutant("register/yields.yaml", number, lines[number - 1], "")
    if kind == "code":
        path = random.choice(sorted((register / "lists").glob("us-*.tsv")))
        lines = path.read_text("utf-8").splitlines()
        number = random.randrange(2, len(lines) + 1) if len(lines) > 1 else 1
        return Mutant(str(path.relative_to(root)), number, lines[number - 1], "")
    while True:
        path = random.choice(sorted(register.glob("*/*/*.yaml")))
        lines = path.read_text("utf-8").splitlines()
        places = [
            (number, line, pattern, change)
            for number, line in enumerate(lines, 1)
            if not line.lstrip().startswith("#")
            for pattern, change in LAW
            if pattern.search(line)
        ]
        if places:
            number, line, pattern, change = random.choice(places)
            after = pattern.sub(change, line, count=1)
            return Mutant(str(path.relative_to(root)), number, line, after)


def tests_of(mutant: Mutant, root: Path) -> list[str]:
    """The tests of a change's room that there are."""
    if mutant.file.startswith("register/"):
        names: tuple[str, ...] = REGISTER_TESTS
    else:
        room = mutant.file.split("/")[2]
        names = (room, *BESIDE.get(room, ()))
        if room == "cli":
            names = ("cli",)
    return [f"tests/{name}" for name in names if (root / "tests" / name).exists()]


def copied(target: Path) -> None:
    """A copy of the checkout that can be changed."""
    for name in COPIED:
        shutil.copytree(
            ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__", ".git")
        )
    for name in FILES:
        shutil.copy(ROOT / name, target / name)


def notices(mutant: Mutant, copy: Path, seconds: float) -> bool | None:
    """Whether a test sees a change; None where that cannot be told.

    A change after which the data can no longer be compiled, or a module no longer imported, is
    seen too: nobody could ship it.
    """
    path = copy / mutant.file
    original = path.read_text("utf-8")
    lines = original.split("\n")
    assert lines[mutant.line - 1] == mutant.before
    lines[mutant.line - 1 : mutant.line] = [mutant.after] if mutant.after else []
    path.write_text("\n".join(lines), encoding="utf-8")
    law = mutant.file.startswith("register/")
    environment = {
        **os.environ,
        "PYTHONPATH": f"{copy / 'src'}:{copy}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        if law:
            built = subprocess.run(
                [sys.executable, "hatch_build.py"], cwd=copy, env=environment, capture_output=True,
                check=False, timeout=seconds,
            )  # fmt: skip
            if built.returncode:
                return True
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
             "-p", "no:xdist", *tests_of(mutant, copy)],
            cwd=copy, env=environment, capture_output=True, check=False, timeout=seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None if law else True  # a loop without an end is seen by whoever waits
    finally:
        path.write_text(original, encoding="utf-8")
    return (
        ran.returncode == 1 if ran.returncode in (0, 1) else True if ran.returncode == 2 else None
    )


def sample(
    folder: Path, make: Callable[[Random], Mutant], count: int, seed: int, seconds: float = 900
) -> Sampled:
    """Make so many changes, one after the other, and say which were seen."""
    random, found = Random(seed), Sampled([], [], [])
    copy = folder / "copy"
    copied(copy)
    for _ in range(count):
        mutant = make(random)
        seen = notices(mutant, copy, seconds)
        kind = found.undecided if seen is None else found.seen if seen else found.unseen
        kind.append(mutant)
        print(f"{'?' if seen is None else 'seen' if seen else 'NOT SEEN'}  {mutant}", flush=True)
    return found
