"""Items are made by a copy of the process, and whatever ends them comes to whoever uses them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = """
import os, sys, time
from detente.core.apart import made_apart, may_part

here = os.getpid()

class Wide(ValueError):  # is not made by what it says
    def __init__(self, name, number):
        super().__init__(f"{name} is {number}")
        self.number = number

def count(last, then=lambda: None):
    for number in range(last):
        yield number, os.getpid() == here
    then()
"""


def ran(program: str) -> str:
    """What a program prints, in a process that nothing else runs in."""
    run = subprocess.run(
        [sys.executable, "-c", BEGIN + program], capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return run.stdout


linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


@linux
def test_items_come_in_order_from_another_process() -> None:
    program = "with made_apart(count(3)) as items: print(list(items), os.getpid() == here)"
    assert ran(program) == "[(0, False), (1, False), (2, False)] True\n"


@linux
def test_no_items_and_those_that_count_as_false_are_told_apart() -> None:
    program = """
with made_apart(iter([])) as items: print(list(items))
with made_apart(iter([None, 0, ()])) as items: print(list(items))
"""
    assert ran(program) == "[]\n[None, 0, ()]\n"


@linux
def test_arrays_come_as_they_lie_in_memory_and_may_be_written_to() -> None:
    program = """
import numpy
one = numpy.arange(3_000_000)
with made_apart(iter([(one, one[::7], "text" * 400_000)])) as items: (found,) = items
found[0][1] += 1
print(found[0][:3], (found[1] == one[::7]).all(), found[2] == "text" * 400_000)
"""
    assert ran(program) == "[0 2 2] True True\n"


@linux
@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("FileNotFoundError(2, 'No such file', 'a.parquet')", "FileNotFoundError a.parquet"),
        ("ValueError('the third')", "ValueError the third"),
        ("KeyboardInterrupt()", "KeyboardInterrupt"),
        ("Wide('what', 7)", "Wide what is 7"),
        # Of what cannot be sent at least its words come.
        ("type('Odd', (Exception,), {})('strange')", "RuntimeError Odd('strange')"),
    ],
)
def test_a_fault_comes_when_its_item_is_due(fault: str, told: str) -> None:
    program = f"""
def fail(): raise {fault}
with made_apart(count(2, fail)) as items:
    print(next(items)[0], next(items)[0])
    try: next(items)
    except BaseException as error:
        print(type(error).__name__, getattr(error, "filename", None) or error)
        assert "in fail" in error.__notes__[0]
"""
    assert ran(program).strip() == f"0 1\n{told}"


@linux
def test_a_copy_that_is_killed_is_no_end_of_the_items() -> None:
    program = """
with made_apart(count(1, lambda: os.kill(os.getpid(), 9))) as items:
    print(next(items)[0])
    try: next(items)
    except ChildProcessError as error: print(error)
"""
    assert ran(program) == "0\na process beside this one has ended before its work did\n"


@linux
def test_a_copy_ends_with_the_block_whether_or_not_its_items_do() -> None:
    program = """
def endless():
    while True: yield "x" * 100_000
try:
    with made_apart(endless()) as items:
        next(items)
        raise ValueError("enough")
except ValueError as error: print(error)
try: os.wait()
except ChildProcessError: print("no process is left")
"""
    assert ran(program) == "enough\nno process is left\n"


@linux
def test_a_copy_ends_when_nobody_reads_it_any_longer(tmp_path: Path) -> None:
    mark = tmp_path / "copy"
    program = f"""
def endless():
    while True:
        yield "x" * 100_000
        with open({str(mark)!r}, "w") as file: file.write(str(os.getpid()))
made = made_apart(endless())
items = made.__enter__()
next(items), next(items), next(items)
os._exit(0)
"""
    assert ran(program) == ""
    copy = Path("/proc", mark.read_text())
    for _ in range(200):
        if not copy.exists() or "State:\tZ" in (copy / "status").read_text():
            return
        subprocess.run(["sleep", "0.05"], check=True)
    raise AssertionError("the copy runs on")


@linux
def test_a_process_with_threads_is_not_copied() -> None:
    program = """
import threading
os.sched_getaffinity = lambda pid: {0, 1}
first = may_part()
threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
print(first, may_part(), flush=True)
os._exit(0)
"""
    assert ran(program) == "True False\n"


@linux
def test_one_processor_needs_no_copy() -> None:
    assert ran("os.sched_getaffinity = lambda pid: {3}\nprint(may_part())") == "False\n"
