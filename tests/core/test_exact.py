"""`Fraction` as a cold answer loads it: the class of the standard library, its patterns later."""

from __future__ import annotations

import subprocess
import sys

import pytest


def said(program: str) -> str:
    """What a program prints in an interpreter of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_arithmetic_loads_no_patterns() -> None:
    found = said(
        "import sys\n"
        "from detente._exact import Fraction\n"
        "print(Fraction(1, 3) + Fraction(1, 6), Fraction(3, 4) > 0, 're' in sys.modules)"
    )
    assert found == "1/2 True False"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("'3/4'", "3/4"),
        ("' -0.25 '", "-1/4"),
        ("'1_000.5e-1'", "2001/20"),
        ("'abc'", "Invalid literal for Fraction: 'abc'"),
        ("''", "Invalid literal for Fraction: ''"),
    ],
)
def test_texts_are_read_as_the_standard_library_reads_them(given: str, found: str) -> None:
    program = (
        "from {} import Fraction\n"
        "try:\n"
        f"    print(Fraction({given}))\n"
        "except ValueError as error:\n"
        "    print(error)"
    )
    assert said(program.format("detente._exact")) == said(program.format("fractions")) == found


def test_it_is_the_class_that_others_import_whoever_comes_first() -> None:
    for one, other in (("detente._exact", "fractions"), ("fractions", "detente._exact")):
        found = said(
            f"from {one} import Fraction as First\n"
            f"from {other} import Fraction as Second\n"
            "import pickle\n"
            "again = pickle.loads(pickle.dumps(First(1, 3)))\n"
            "print(First is Second, type(again) is Second, First.__module__)"
        )
        assert found == "True True fractions"


def test_where_patterns_are_loaded_it_is_imported_as_usual() -> None:
    found = said("import re\nfrom detente._exact import Fraction\nprint(Fraction('1/3'))")
    assert found == "1/3"


def test_where_the_module_is_no_file_it_is_imported_as_usual() -> None:
    found = said(
        "import sys\n"
        "import detente, detente._shapes\n"
        "from _frozen_importlib_external import PathFinder\n"
        "find = PathFinder.find_spec\n"
        "asked = []\n"
        "def once(name, *of):\n"
        "    if name == 'fractions' and not asked:\n"
        "        asked.append(name)\n"
        "        return None\n"
        "    return find(name, *of)\n"
        "PathFinder.find_spec = once\n"
        "from detente._exact import Fraction\n"
        "print(Fraction('1/3'), asked, 're' in sys.modules)"
    )
    assert found == "1/3 ['fractions'] True"
