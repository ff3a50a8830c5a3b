"""Small tools of the ground: prefetching, what is stated, nesting, what is kept."""

from __future__ import annotations

import gc
import os
import platform
import re
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from detente.core.collector import (
    HUGE_PAGES,
    SELDOM,
    keep_freed_memory,
    keep_what_is_old,
    prefetched,
    without_collector,
)
from detente.core.nesting import DEPTH, NestingError, check_nesting
from detente.core.recent import cached
from detente.core.stated import pairs, quantities


def test_items_come_in_their_order_also_those_that_count_as_false() -> None:
    assert list(prefetched(iter([0, None, "", 3, 4]))) == [0, None, "", 3, 4]
    assert list(prefetched(iter([]))) == []


@pytest.mark.parametrize("waiting", [1, 2, 3])
def test_so_many_items_are_made_before_they_are_asked_for(waiting: int) -> None:
    made, enough = [], threading.Event()

    def items() -> Iterator[int]:
        for number in range(20):
            made.append(number)
            if len(made) == 1 + waiting:
                enough.set()
            yield number

    found = prefetched(items(), waiting)
    assert next(found) == 0
    assert enough.wait(10)  # one that is used, and as many more
    assert list(found) == [*range(1, 20)]


def test_two_are_made_ahead_where_nothing_is_said() -> None:
    made = []

    def items() -> Iterator[int]:
        for number in range(9):
            made.append(number)
            yield number

    found = prefetched(items())
    next(found)
    threading.Event().wait(0.05)
    assert len(made) <= 3


def test_a_fault_comes_when_its_item_is_due() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("the second")

    found = prefetched(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="the second"):
        next(found)


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_off_for_a_while_and_then_as_it_was(on: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with without_collector():
            assert not gc.isenabled()
        assert gc.isenabled() is on
        assert gc.get_freeze_count() == 0
    finally:
        (gc.enable if was else gc.disable)()


def test_a_server_looks_seldom_through_what_is_old_and_often_through_what_is_young() -> None:
    here = gc.get_threshold()
    # Those of Python: the process of the tests has its own.
    young, middle, old = 700, 10, 10
    gc.set_threshold(young, middle, old)
    try:
        keep_what_is_old()
        assert gc.get_threshold() == (young, middle, SELDOM)
        assert old < SELDOM
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.set_threshold(*here)
        gc.unfreeze()


def test_facts_are_read_with_blanks_and_further_signs() -> None:
    assert pairs([" a = 1 ", "b=x=y", "c="], "a fact") == {"a": "1", "b": "x=y", "c": ""}


@pytest.mark.parametrize(
    ("texts", "refusal"),
    [
        (["auto_part"], "a fact is written KEY=VALUE, such as auto_part=true, not 'auto_part'"),
        (["a=1", "a =2"], "a fact 'a' is given twice: keep one"),
    ],
)
def test_facts_that_are_none_or_stand_twice_are_refused(texts: list[str], refusal: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
        pairs(texts, "a fact")


def test_quantities_are_read_by_their_unit() -> None:
    assert quantities(["100kg", "12 doz.", "1,000.5 m2"]) == {
        "kg": "100", "doz.": "12", "m2": "1,000.5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "refusal"),
    [
        (["100"], "a quantity is a number and its unit, such as 100kg, not '100'"),
        (["kg"], "a quantity is a number and its unit, such as 100kg, not 'kg'"),
        ([" 5kg"], "a quantity is a number and its unit, such as 100kg, not ' 5kg'"),
        (["5kg", "6 kg"], "the quantity in kg is given twice: keep one"),
    ],
)
def test_quantities_without_number_or_unit_are_refused(texts: list[str], refusal: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
        quantities(texts)


def _nested(levels: int) -> object:
    value: object = 1
    for level in range(levels):
        value = [value] if level % 2 else {"k": value}
    return value


def test_a_document_has_as_many_levels_as_it_may_and_not_one_more() -> None:
    check_nesting(_nested(DEPTH))
    check_nesting(_nested(3), most=3)
    with pytest.raises(NestingError, match="more than 3 levels"):
        check_nesting(_nested(4), most=3)
    with pytest.raises(NestingError, match=f"more than {DEPTH} levels"):
        check_nesting(_nested(DEPTH + 1))


@pytest.mark.parametrize(
    ("value", "half"),
    [("\ud800", "d800"), ({"\udc00x": 1}, "dc00"), ([{"k": ["ü\ud83d"]}], "d83d")],
)
def test_half_a_character_is_refused_wherever_it_stands(value: object, half: str) -> None:
    with pytest.raises(NestingError, match=rf"half a character, \\u{half}: write both halves"):
        check_nesting(value)
    check_nesting({"ü": ["中", "plain"]})


def test_what_is_kept_is_made_once_and_all_is_forgotten_at_the_limit() -> None:
    store: dict[str, str] = {}
    made: list[str] = []

    def make(key: str) -> str:
        return cached(store, key, lambda: made.append(key) or key.upper(), 2)  # type: ignore[func-returns-value]

    assert [make("a"), make("a"), make("b")] == ["A", "A", "B"]
    assert made == ["a", "b"]
    assert make("c") == "C"
    assert store == {"c": "C"}
    with pytest.raises(ZeroDivisionError):
        cached(store, "d", lambda: str(1 // 0), 1)
    assert store == {"c": "C"}  # what fails forgets nothing


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator")
def test_freed_memory_is_used_again_without_the_system() -> None:
    def faults(first: str) -> int:
        code = (
            "import resource; from detente.core.collector import keep_freed_memory; "
            f"{first}; [[bytearray(1 << 23) for _ in range(6)] for _ in range(20)]; "
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)"
        )
        code = code.replace("for _ in range(20)]", "and None for _ in range(20)]")
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        return int(ran.stdout)

    assert faults("keep_freed_memory()") < faults("None") / 2


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator")
def test_freed_memory_of_one_thread_is_used_by_the_others() -> None:
    def faults(first: str) -> int:
        code = f"""
import resource, threading
from detente.core.collector import keep_freed_memory
{first}
turn, end = threading.Lock(), threading.Barrier(6)
def fill():
    with turn:
        [bytearray(1 << 23) for _ in range(6)]
    end.wait()
threads = [threading.Thread(target=fill) for _ in range(6)]
[each.start() for each in threads]
[each.join() for each in threads]
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt)
"""
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
        return int(ran.stdout)

    assert faults("keep_freed_memory(for_all_threads=True)") < faults("keep_freed_memory()") / 2


def test_another_allocator_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    keep_freed_memory()


@pytest.mark.skipif(sys.platform != "linux", reason="huge pages of Linux")
def test_arrays_of_a_command_are_in_pages_of_the_usual_size() -> None:
    def huge(first: str) -> bool:
        code = (
            f"from detente.core.collector import use_small_pages; {first}; import numpy; "
            "found = numpy.empty(1 << 26, 'u1'); "
            "print(any('VmFlags' in line and ' hg' in line for line in open('/proc/self/smaps')))"
        )
        bare = {key: text for key, text in os.environ.items() if key != HUGE_PAGES}
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env=bare
        )
        return ran.stdout.strip() == b"True"

    assert huge("None")
    assert not huge("use_small_pages()")
