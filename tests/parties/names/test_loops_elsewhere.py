"""The loops of the build as machine code for other systems, run on this one.

What LLVM makes for Windows and macOS differs in how arguments are passed, in the format of the file
and in what is called of the system. Both are for x86-64 here, where they can be run.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("llvmlite")

RUN = '''
import ctypes
import sys

from llvmlite import binding

from detente.parties.names import ahead

TRIPLES = {
    "windows": "x86_64-pc-windows-msvc-elf",  # the format that is loaded there, too
    "windows, its own format": "x86_64-pc-windows-msvc",
    "macos": "x86_64-apple-macosx11.0.0",
}
# Calls from one way of passing arguments to the other, and what Windows has of its own.
BETWEEN = """
declare ptr @memset(ptr, i32, i64)
declare double @rint(double)
define win64cc ptr @win_memset(ptr %to, i32 %value, i64 %size) {
  %said = call ptr @memset(ptr %to, i32 %value, i64 %size)
  ret ptr %said
}
define win64cc double @win_rint(double %x) {
  %said = call double @rint(double %x)
  ret double %said
}
define void @win_chkstk() { ret void }
@win_fltused = constant i32 0
define i32 @enter(ptr %entry, ptr %found, ptr %fault, ptr %laid) {
  %said = call win64cc i32 %entry(ptr %found, ptr %fault, ptr %laid)
  ret i32 %said
}
"""


def address(function):
    return ctypes.cast(function, ctypes.c_void_p).value


def engine_for(triple):
    """What loads machine code for a system; it writes in the system's format too."""
    module = binding.parse_assembly(f'target triple = "{triple}"')
    machine = binding.Target.from_triple(triple).create_target_machine(jit=True)
    return binding.create_mcjit_compiler(module, machine)


def as_if_on(system):
    """Have the loops be loaded as on another system."""
    ahead._initialize()
    library, mathematics = ctypes.CDLL(None), ctypes.CDLL("libm.so.6")
    between = engine_for(binding.get_default_triple())
    between.add_module(binding.parse_assembly(BETWEEN))
    between.finalize_object()
    if system == "macos":
        found = {"_memset": library.memset, "___bzero": library.bzero, "_rint": mathematics.rint}
        symbols = {name: address(each) for name, each in found.items()}
    else:
        functions = {"memset": "win_memset", "rint": "win_rint", "__chkstk": "win_chkstk"}
        symbols = {name: between.get_function_address(each) for name, each in functions.items()}
        symbols["_fltused"] = between.get_global_value_address("win_fltused")
    for name, where in symbols.items():
        binding.add_symbol(name, where)
    engine, triple = engine_for(TRIPLES[system]), TRIPLES[system]

    def load(loop):
        entry, loop._takes, _, bitcode = ahead._row_of(loop._name)
        machine = binding.Target.from_triple(triple).create_target_machine(opt=3, jit=True)
        module = binding.parse_bitcode(bitcode)
        module.triple, module.data_layout = machine.triple, str(machine.target_data)
        code = machine.emit_object(module)
        engine.add_object_file(binding.ObjectFileRef.from_data(code))
        engine.finalize_object()
        where = engine.get_function_address(entry)
        if system == "macos":
            loop._entry = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_void_p] * 3)(where)
        else:
            kind = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_void_p] * 4)
            enter = kind(between.get_function_address("enter"))
            loop._entry = lambda *laid: enter(where, *laid)
        print(loop._name, file=sys.stderr)

    ahead.CompiledLoop._load = load


if sys.argv[1] != "here":
    as_if_on(sys.argv[1])

from detente.parties.screening.many import ready
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen

screen = Screen()
listed = [entry.names[0].text for _, entry in screen.lists[0].bodies()][::100]
asked = [*listed, *(name[:-2] + name[-1:] for name in listed), *(f"Mr. {name}" for name in listed)]
for hits in ready(screen)([NameQuery(name) for name in asked], 3):
    print(hits, getattr(hits, "related", ""))
'''


def _answers(system: str, home: Path) -> tuple[str, str]:
    """What some hundred names are answered by machine code for a system, and the loops it loaded.

    Raises:
        CalledProcessError: the process ended with a fault, or in the middle of a loop.
    """
    ran = subprocess.run(
        [sys.executable, "-c", RUN, system], capture_output=True, text=True, check=True,
        env={"DETENTE_HOME": str(home)},
    )  # fmt: skip
    return ran.stdout, ran.stderr


HERE = platform.system() == "Linux" and platform.machine() == "x86_64"


@pytest.mark.once
@pytest.mark.skipif(not HERE, reason="machine code for x86-64 is run, called as on Linux")
def test_machine_code_for_other_systems_gives_the_same_answers(tmp_path: Path) -> None:
    expected, _ = _answers("here", tmp_path)
    assert expected.count("\n") > 500
    for system in ("windows", "windows, its own format", "macos"):
        answers, loaded = _answers(system, tmp_path)
        assert answers == expected, system
        assert {"find", "score"} <= set(loaded.split())
