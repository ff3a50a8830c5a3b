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
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("src", "tests", "register", "data", "tools", "encode", "snapshots", "examples", "docs",
          "benchmarks", "deploy")  # fmt: skip
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
    "compare": ("cli/test_scenario_command.py", "cli/test_truce_command.py", "scenario"),
    "entry": ("cases",),
    "duty": ("test_cases.py", "settled"),
    "audit": ("cli/test_audit_command.py",),
    "freshness": ("register",),
    "register": ("web/test_register_pages.py",),
}
"""Tests of a room beside those in the folder of its name."""

COMPILE = (
    "import sys, hatch_build as build;"
    "build.PRODUCTS = [each for each in build.PRODUCTS if each.file in sys.argv[1:]];"
    "build.main()"
)
"""Compiles what is named alone; what was made from it is found to be old and is not used."""

REGISTER_TESTS = ("register/test_law_tables.py", "register", "test_cases.py", "duty", "scenario")


GROUND = ("deadlines.yaml", "entry-facts.yaml", "places.yaml", "scenarios/*.yaml", "*/*.yaml")
"""What of the register is no measure and yet decides: days, facts, places, suppositions."""


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
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
RARE = 0.3
"""From how near on a file of tests of another room is run as well."""

BROKEN = (4, -signal.SIGSEGV, -signal.SIGABRT)
"""How a run ends whose shared files cannot be imported, or whose compiled loops read elsewhere."""

GUARD = "strict=True"
"""Holds that sequences are of one length, as `assert` would: no test can see that it is gone."""

FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
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
    if GUARD in code:
        code = code.replace(GUARD, " " * len(GUARD))
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


def code_mutant(random: Random, rooms_of: Sequence[str] = (), root: Path = ROOT) -> Mutant:
    """A change of the code: a room by lot, then a file of it, a line, and a change of the line.

    Args:
        random: the lot.
        rooms_of: names of the rooms to draw from; all where none is named.
        root: the checkout.
    """
    source = root / "src" / "detente"
    rooms = sorted(p for p in source.iterdir() if p.is_dir() and p.name not in SKIPPED)
    rooms = [source / name for name in rooms_of] or rooms
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
    kind = random.choice(("measure", "measure", "measure", "code", "rule", "ground"))
    if kind == "rule":
        path = register / "yields.yaml"
        lines = path.read_text("utf-8").splitlines()
        rules = [
            n for n, line in enumerate(lines, 1) if line.startswith("  - {") and line.endswith("}")
        ]
        number = random.choice(rules)
        return Mutant("register/yields.yaml", number, lines[number - 1], "")
    if kind == "code":
        path = random.choice(sorted((register / "lists").glob("[a-z]*.tsv")))
        lines = path.read_text("utf-8").splitlines()
        codes = [n for n, line in enumerate(lines, 1) if line[:1].isdigit()]
        number = random.choice(codes)
        return Mutant(str(path.relative_to(root)), number, lines[number - 1], "")
    while True:
        patterns = GROUND if kind == "ground" else ("*/*/*.yaml",)
        path = random.choice(sorted(each for name in patterns for each in register.glob(name)))
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
    """The files of tests of a change's room, those that name its module first, and then others'."""
    if mutant.file.startswith("register/"):
        names: tuple[str, ...] = REGISTER_TESTS
    else:
        room = mutant.file.split("/")[2]
        names = (room, *BESIDE.get(room, ()), "transcripts")
    files = [file for name in names for file in _test_files(root / "tests" / name)]
    if not mutant.file.startswith("register/"):
        near = _nearness(root, mutant)
        files += [file for file, score in near.items() if score >= RARE]
        files.sort(
            key=lambda file: (
                "browser" in file.stem,
                file.parent.name == "transcripts",
                room not in file.parts,
                -near[file],
            )
        )
    return [str(file.relative_to(root)) for file in dict.fromkeys(files)]


def compiled_by(mutant: Mutant) -> list[str]:
    """The compiled data that a change of the register, or of the program that makes them, is in."""
    from hatch_build import PRODUCTS

    if mutant.file.startswith("register/"):
        return ["register.sqlite"]
    module = ".".join(Path(mutant.file).with_suffix("").parts[1:])
    return [each.file for each in PRODUCTS if each.module == module]


def _nearness(root: Path, mutant: Mutant) -> dict[Path, float]:
    """How near each file of tests is: by the names of the module that it writes, rare ones first.

    The name of the module in full counts most, then what the changed line stands in.
    """
    path = Path(mutant.file)
    tree = ast.parse((root / path).read_text("utf-8"))
    defined = [node for node in ast.walk(tree) if isinstance(node, DEFINED)]
    around = {node.name for node in defined if node.lineno <= mutant.line <= (node.end_lineno or 0)}
    module = ".".join(path.with_suffix("").parts[1:])
    found = dict.fromkeys(_test_files(root / "tests"), 0.0)
    for name in {module, path.stem, *(node.name for node in defined)}:
        word = re.compile(rf"\b{re.escape(name)}\b")
        named = [file for file in found if word.search(f"{file.stem} {file.read_text('utf-8')}")]
        for file in named:
            found[file] += (3 if name == module or name in around else 1) / len(named)
    return found


def _test_files(place: Path) -> list[Path]:
    return sorted(place.rglob("test_*.py")) if place.is_dir() else [place] * place.exists()


def copied(target: Path) -> None:
    """A copy of the checkout that can be changed."""
    for name in COPIED:
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns(".git"))
    for name in FILES:
        shutil.copy(ROOT / name, target / name)


class Tests:
    """The tests of a copy of the checkout, without those that fail there unchanged."""

    def __init__(self, copy: Path, seconds: float) -> None:
        self.copy = copy
        self._seconds = seconds
        self._good: set[str] = set()
        self._bad: set[str] = set()

    def notice(self, mutant: Mutant) -> bool | None:
        """Whether a test sees a change; None where that cannot be told.

        A change after which the data can no longer be compiled, or a module no longer imported, is
        seen too: nobody could ship it. A test that also fails on what is unchanged sees nothing.
        """
        names = tests_of(mutant, self.copy)
        try:
            while True:
                with changed(mutant, self.copy):
                    if not self._built(mutant):
                        return True
                    ran = self._run(names)
                if ran.returncode in BROKEN:
                    return True
                if ran.returncode not in (1, 2):  # 2: a file of tests cannot be imported
                    return None if ran.returncode else False
                failed = FAILED.findall(ran.stdout)
                if not failed or any(self._is_good(mutant, test) for test in failed):
                    return True if failed else None
        except subprocess.TimeoutExpired:
            return None
        finally:
            if mutant.file.startswith("src/"):  # a change of the register compiles before it asks
                self._built(mutant)

    def _is_good(self, mutant: Mutant, test: str) -> bool:
        """Whether a test passes where nothing is changed."""
        if test not in self._good | self._bad:
            self._built(mutant)
            passes = self._run([test]).returncode == 0
            (self._good if passes else self._bad).add(test)
        return test in self._good

    def _built(self, mutant: Mutant) -> bool:
        """Compile anew what a change makes other data of; whether that was possible."""
        files = compiled_by(mutant)
        return not files or self._python("-c", COMPILE, *files).returncode == 0

    def _run(self, names: list[str]) -> subprocess.CompletedProcess[str]:
        names = [name for name in names if name not in self._bad]
        left_out = [f"--deselect={test}" for test in sorted(self._bad)]
        return self._python("-m", "pytest", "-q", "-x", "-rfE", "--tb=no", "-p",
                            "no:cacheprovider", "-p", "no:xdist", *left_out, *names)  # fmt: skip

    def _python(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": f"{self.copy / 'src'}:{self.copy}",
        }
        return subprocess.run(
            [sys.executable, *words], cwd=self.copy, env=environment, capture_output=True,
            check=False, timeout=self._seconds, text=True,
        )  # fmt: skip


@contextmanager
def changed(mutant: Mutant, copy: Path) -> Iterator[None]:
    """Make a change in a copy of the checkout, and take it back at the end."""
    path = copy / mutant.file
    original = path.read_text("utf-8")
    lines = original.split("\n")
    assert lines[mutant.line - 1] == mutant.before
    lines[mutant.line - 1 : mutant.line] = [mutant.after] if mutant.after else []
    _write(path, "\n".join(lines))
    try:
        yield
    finally:
        _write(path, original)


MOMENTS = count(int(time.time()))
"""A second of its own for every write: what was compiled from another text is not taken for it."""


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    as_of = next(MOMENTS)
    os.utime(path, (as_of, as_of))


def sample(
    folder: Path, make: Callable[..., Mutant], number: int, seed: int, seconds: float
) -> Sampled:
    """Make so many changes, one after the other, and say which were seen.

    A change whose tests take more than so many seconds is not decided.
    """
    random, found = Random(seed), Sampled([], [], [])
    copy = folder / "copy"
    copied(copy)
    tests = Tests(copy, seconds)
    for _ in range(number):
        # Of the copy: the checkout itself may be worked on meanwhile.
        mutant = make(random, root=copy)
        seen = tests.notice(mutant)
        kind = found.undecided if seen is None else found.seen if seen else found.unseen
        kind.append(mutant)
        print(f"{'?' if seen is None else 'seen' if seen else 'NOT SEEN'}  {mutant}", flush=True)
    return found
