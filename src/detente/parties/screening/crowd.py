"""Screen a stream of names: one by one while they are few, at once and in processes when many.

The hits are the same either way. Reach for this for a file of names; `store.Screen` answers one.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib.util import find_spec
from itertools import chain, islice

from detente._shapes import TYPE_CHECKING
from detente.parties import names
from detente.parties.names import spelling
from detente.parties.screening.further_names import rows_answered
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.related import NameHits, RelatedParties, without_name
from detente.parties.screening.store import MOST_OTHERS, Screen, is_laid_out
from detente.store.home import home

if TYPE_CHECKING:
    from typing import Any, TypeVar

    from detente.parties.screening.many import Answers

    Shown = TypeVar("Shown")
    Show = Callable[[NameHits | str], Shown]
    Part = TypeVar("Part")
    Compose = Callable[[Sequence[NameQuery], Sequence[NameHits | str]], Part]

FEW, FEW_UNREAD, FEW_AT_FIRST = 25, 600, 2000
"""Names up to which loading what answers many would take longer than asking one by one; up to which
making the arrays that it reads would, or trying it; and up to which compiling it would."""

FEWEST_SHARED = 60
"""Names from which it pays to share out what is asked one by one."""

TRIED_APART = 1000
"""Listed parties of which one is asked in a trial of the loops."""

AT_ONCE, AT_ONCE_ALONE = 1250, 20
"""Names that a process is given at a time, at most where they are asked at once; and where one by
one."""

_READY: list[Answers] = []
"""What this process answers with; split-off processes find it here."""

_BEGUN: list[bool] = []
"""Whether a process that was split off has begun."""


def screen_all(
    screen: Screen,
    queries: Iterable[NameQuery],
    top: int,
    show: Show[Shown],
    processes: int | None = None,
) -> Iterator[Shown]:
    """The answer to every name, in their order.

    Args:
        screen: the lists.
        queries: the names; only so many are held at a time.
        top: hits of each name, at most.
        show: what to make of the hits of a name, or of the reason why it is none; other processes
            call it, so it is of a module, or made of such.
        processes: how many work; None for one a core.
    """
    for shown in screen_parts(screen, queries, top, partial(_each, show), processes):
        yield from shown


def _each(
    show: Show[Shown], _queries: Sequence[NameQuery], answers: Sequence[NameHits | str]
) -> list[Shown]:
    return [show(each) for each in answers]


def screen_parts(
    screen: Screen,
    queries: Iterable[NameQuery],
    top: int,
    compose: Compose[Part],
    processes: int | None = None,
) -> Iterator[Part]:
    """What is made of names and their answers, so many names at a time, in their order.

    Args:
        screen: the lists.
        queries: the names; only so many are held at a time.
        top: hits of each name, at most.
        compose: what to make of some names and the answers to them, where these are found: in the
            process that screens them.
        processes: how many work; None for one a core.
    """
    rest = iter(queries)
    first, are_few = _first_of(rest)
    if are_few:
        spelling.use_library()
        work = partial(_one_by_one, screen, RelatedParties(screen), top, compose)
        every = chain(first, rest)
        if processes == 1 or len(first) < FEWEST_SHARED or not _may_share():
            yield from (work([each]) for each in every)
        else:
            yield from _shared(screen, work, in_chunks(every, AT_ONCE_ALONE), processes)
        return
    from detente.parties.screening.indexed import compile_score
    from detente.parties.screening.many import ready

    spelling.use_library()
    compiles = not machine_code_ready() and not ran_before()
    meanwhile = processes != 1 and compiles and _may_share()
    with split_off(compile_score) if meanwhile else nullcontext():
        _READY[:] = [ready(screen)]
    _READY[0]([NameQuery("Acme")], 1)  # compiles what is left, before the processes are split off
    several = processes or os.cpu_count() or 1
    # Those that were read are worked on while more are read, at first a few.
    some = iter(first), islice(rest, FEW_AT_FIRST), rest
    parts = (in_even_chunks(each, AT_ONCE, several) for each in some)
    chunks = chain.from_iterable(parts)
    work = partial(_at_once, screen, top, compose)
    try:
        if several == 1 or not may_split():
            yield from map(work, chunks)
        else:
            yield from _shared(screen, work, chunks, several)
    finally:
        _READY.clear()


def _first_of(rest: Iterator[NameQuery]) -> tuple[list[NameQuery], bool]:
    """The first names, and whether they are so few that they are asked one by one."""
    first: list[NameQuery] = []
    may_wait = (FEW, at_hand), (FEW_UNREAD, made_ahead), (FEW_AT_FIRST, lambda: True)
    for few, serves in may_wait if all(map(find_spec, ("numpy", "numba"))) else ():
        first += islice(rest, few + 1 - len(first))
        if len(first) <= few:
            return first, True
        if serves():
            return first, False
    return list(islice(rest, FEW_AT_FIRST)), True


def _shared(
    screen: Screen,
    work: Callable[[Sequence[NameQuery]], Part],
    chunks: Iterable[Sequence[NameQuery]],
    processes: int | None,
) -> Iterator[Part]:
    """What work makes of chunks of names, in their order, in so many processes; None for all."""
    from detente.parties.screening.workers import in_processes

    # Plain tuples, which go over in half the time.
    rows = (list(map(tuple, chunk)) for chunk in chunks)
    gc.freeze()
    try:
        yield from in_processes(
            partial(_part, screen, work), rows, processes or os.cpu_count() or 1
        )
    finally:
        gc.unfreeze()


def at_hand() -> bool:
    """Whether nothing need be made or tried before the loops answer."""
    if ran_before():
        return True
    if not is_laid_out():
        return False
    from detente.parties.names.ahead import is_untried, is_usable

    return not is_untried() and is_usable()


def ran_before() -> bool:
    """Whether the compiled loops ran here before: what they read is kept, and younger than they."""
    loops = os.stat(os.path.join(os.path.dirname(names.__file__), "kernels.py"))
    try:
        with os.scandir(home()) as folder:
            return any(
                each.name.startswith("screening-") and each.stat().st_mtime > loops.st_mtime
                for each in folder
            )
    except OSError:
        return False


def try_loops() -> None:
    """Try the loops of the build in a process of its own, where only a trial tells what they do."""
    from detente.parties.names.ahead import is_untried, keep_trial

    if is_untried():
        import subprocess
        import sys

        trial = f"from {compare_loops.__module__} import compare_loops; compare_loops()"
        # What it says, or how it ends, is its own; only whether it came through is asked.
        ended = subprocess.run([sys.executable, "-c", trial], capture_output=True)
        keep_trial(ended.returncode == 0)


def compare_loops() -> None:
    """Answer names of the lists with the loops as LLVM makes them here, and one by one.

    Raises:
        SystemExit: the answers differ.
    """
    from detente.parties.names.ahead import go_on_trial

    go_on_trial()
    screen = Screen()
    listed = [entry.names[0].text for _, entry in screen.lists[0].bodies()][::TRIED_APART]
    queries = [NameQuery(each) for name in listed for each in (name, name[:-2] + name[-1:])]
    beside = RelatedParties(screen)
    if answers_of(screen)(queries, 1) != [one(screen, each, 1, beside) for each in queries]:
        raise SystemExit("the compiled loops give other answers")


def made_ahead() -> bool:
    """Whether the build compiled the loops, for this machine or as far as one can for any."""
    from detente.parties.names.ahead import is_usable

    try_loops()
    return is_usable()


def machine_code_ready() -> bool:
    """Whether the build made machine code that this machine can use."""
    from detente.parties.names.ahead import is_ready

    return is_ready()


def answers_of(screen: Screen) -> Answers:
    """What answers many names in this process; one by one where `many` cannot be loaded."""
    spelling.use_library()
    if all(map(find_spec, ("numpy", "numba"))):
        from detente.parties.screening.many import ready

        return ready(screen)
    return singly(screen, RelatedParties(screen))


def singly(screen: Screen, beside: RelatedParties) -> Answers:
    """What answers names one by one."""
    return lambda queries, top: [one(screen, each, top, beside) for each in queries]


def one(screen: Screen, query: NameQuery, top: int, beside: RelatedParties) -> NameHits | str:
    """The hits of one name and what it is related to, or why it is none."""
    try:
        some = top + MOST_OTHERS
        hits = screen.parties(query.name, query.country, some, query.city, query.address)
        return beside.told(query, screen.lists[0].forms(query.name), hits, top)
    except ValueError as error:
        return without_name(screen, query, str(error), top)


def in_chunks(queries: Iterator[NameQuery], size: int) -> Iterator[list[NameQuery]]:
    """Names, so many at a time."""
    while chunk := list(islice(queries, size)):
        yield chunk


def in_even_chunks(
    queries: Iterator[NameQuery], size: int, several: int
) -> Iterator[list[NameQuery]]:
    """Names, at most so many at a time, and as many times of the same size as there are processes.

    So none has work left at the end while another waits.
    """
    for block in in_chunks(queries, size * several):
        yield from in_chunks(iter(block), -(-len(block) // several))


@contextmanager
def split_off(work: Callable[[], None]) -> Iterator[None]:
    """Do work in a process of its own meanwhile, and wait for its end; only what it wrote stays."""
    process = os.fork()
    if process == 0:
        try:
            gc.disable()
            work()
        finally:
            os._exit(0)
    try:
        yield
    finally:
        os.waitpid(process, 0)


def may_split() -> bool:
    """Whether this process may be split: the system can, and no other thread runs in it."""
    import threading

    return hasattr(os, "fork") and threading.active_count() == 1


def _may_share() -> bool:
    """Whether work can be shared out, to processes that run beside each other."""
    return may_split() and (os.cpu_count() or 1) > 1


def _one_by_one(
    screen: Screen,
    beside: RelatedParties,
    top: int,
    compose: Compose[Part],
    chunk: Sequence[NameQuery],
) -> Part:
    """What is made of some names that are asked one by one."""
    return compose(chunk, rows_answered(screen, chunk, top, singly(screen, beside)))


def _at_once(screen: Screen, top: int, compose: Compose[Part], chunk: Sequence[NameQuery]) -> Part:
    """What is made of some names that are asked at once."""
    return compose(chunk, rows_answered(screen, chunk, top, _READY[0]))


def _part(
    screen: Screen, work: Callable[[Sequence[NameQuery]], Part], rows: Sequence[tuple[Any, ...]]
) -> Part:
    """What work makes of some names, in a process that was split off."""
    if not _BEGUN:
        _BEGUN.append(True)
        gc.disable()  # what it makes stays, or holds nothing that holds it
        for lists in screen.lists:
            lists.open_again()
    return work([tuple.__new__(NameQuery, row) for row in rows])
