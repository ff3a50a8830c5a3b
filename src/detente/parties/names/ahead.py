"""Machine code of the compiled loops that the build made, run without the compiler that made it.

Numba compiles a loop when it is first called: ten seconds for those of `kernels`, and a quarter of
one to load numba itself. The build compiles them once, for all machines of a kind, where numba is
installed, each behind an entry that takes its arguments from memory. Here that code is loaded by
LLVM and called. It is used where it was made of these very loops, for this kind of machine and for
a processor with all that it needs. Anywhere else numba compiles, and keeps the code in its own
place.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from detente.store.files import DATA, open_read_only

FILE = os.path.join(DATA, "loops.sqlite")
"""Of the package alone: machine code is never taken from a bundle of law."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- machine code as an object file, by the loop; the name of its entry, and what that takes
CREATE TABLE loops (
    loop TEXT PRIMARY KEY, entry TEXT NOT NULL, takes TEXT NOT NULL, code BLOB NOT NULL
) WITHOUT ROWID;
"""

NEVER_CALLED = "NRT_MemInfo_call_dtor"
"""What machine code names to free arrays of its own, of which the loops make none."""

_NO_WAY_IN: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}

Loop = TypeVar("Loop", bound=Callable[..., Any])


class LeastProcessor(NamedTuple):
    """The processors that the build makes machine code for.

    Attributes:
        name: the least of them, as LLVM calls it.
        needed: what it can do, as LLVM calls it.
    """

    name: str
    needed: tuple[str, ...]


BASELINES = {
    "x86_64": LeastProcessor("x86-64-v3", ("avx2", "bmi", "bmi2", "f16c", "fma", "lzcnt", "movbe"))
}
"""By machine; elsewhere what every processor of the machine can do."""


def baseline() -> LeastProcessor:
    """The processors of this machine that the build makes machine code for."""
    return BASELINES.get(platform.machine(), LeastProcessor("generic", ()))


def described() -> dict[str, str]:
    """What machine code made here depends on."""
    loops = Path(__file__).with_name("kernels.py").read_bytes()
    return {
        "loops": hashlib.sha256(loops).hexdigest(),
        "machine": f"{platform.system()} {platform.machine()} {sys.maxsize.bit_length() + 1}",
        "processor": baseline().name,
    }


@cache
def is_usable() -> bool:
    """Whether the build made machine code that this machine can use."""
    if not os.path.isfile(FILE):
        return False
    connection = open_read_only(FILE)
    try:
        made = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError:
        return False  # damaged: what is compiled here is as good
    finally:
        connection.close()
    return made == described() and _can_run(baseline().needed)


def _can_run(needed: tuple[str, ...]) -> bool:
    """Whether LLVM is installed, may run code, and the processor can do what that needs."""
    try:
        from llvmlite import binding
    except ImportError:
        return False
    try:
        binding.check_jit_execution()
    except OSError:
        return False
    features: Any = binding.get_host_cpu_features()
    return all(features.get(each) for each in needed)


def inner(loop: Loop) -> Loop:
    """Compile a loop that only other loops call, with no way in from Python."""
    if is_usable():
        return loop
    from numba import njit

    compiled: Loop = njit(nogil=True, **_NO_WAY_IN)(loop)
    return compiled


def outer(loop: Loop) -> Any:
    """A loop that is called from Python: the build's machine code, or compiled and kept."""
    if is_usable():
        return CompiledLoop(loop)
    from numba import njit

    return njit(cache=True, nogil=True)(loop)


def instruction(made: Loop) -> Any:
    """What a compiled loop does by an instruction of the processor's own."""
    if is_usable():
        return made
    from numba.extending import intrinsic

    return intrinsic(made)


class CompiledLoop:
    """A loop as the build compiled it; it holds no lock of Python's while it runs."""

    def __init__(self, loop: Callable[..., Any]) -> None:
        """Take a loop, whose code is loaded when it is first called."""
        self._name = loop.__name__
        self.__doc__ = loop.__doc__
        self._entry: Any = None
        self._takes = ""

    def __call__(self, *arguments: Any) -> Any:
        """Run the loop.

        Raises:
            TypeError: the arguments are not of the types that the code was made for.
            ArithmeticError: the loop divided by zero, or failed otherwise.
        """
        import ctypes

        if self._entry is None:
            self._load()
        numbers: list[int] = []
        takes = _laid_out(arguments, numbers)
        if takes != self._takes:
            raise TypeError(f"{self._name} takes {self._takes}, and not {takes}")
        laid = (ctypes.c_int64 * len(numbers))(*numbers)
        found, fault = ctypes.c_int64(), ctypes.c_void_p()
        if self._entry(ctypes.byref(found), ctypes.byref(fault), ctypes.addressof(laid)):
            raise ArithmeticError(f"{self._name} failed")
        return found.value

    def _load(self) -> None:
        import ctypes

        connection = open_read_only(FILE)
        try:
            name, self._takes, code = connection.execute(
                "SELECT entry, takes, code FROM loops WHERE loop = ?", (self._name,)
            ).fetchone()
        finally:
            connection.close()
        engine = _engine()
        from llvmlite import binding

        engine.add_object_file(binding.ObjectFileRef.from_data(code))
        engine.finalize_object()
        kind = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_void_p] * 3)
        self._entry = kind(engine.get_function_address(name))


@cache
def _engine() -> Any:
    """What loads machine code."""
    import ctypes

    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    abort: Any = ctypes.cast(ctypes.CDLL(None).abort, ctypes.c_void_p)
    binding.add_symbol(NEVER_CALLED, abort.value)
    machine = binding.Target.from_default_triple().create_target_machine(jit=True)
    return binding.create_mcjit_compiler(binding.parse_assembly(""), machine)


def _laid_out(value: Any, numbers: list[int]) -> str:
    """Lay an argument out as compiled code has it in memory, in words of eight bytes.

    Returns:
        Its type, as `_type_of` has it.
    """
    if isinstance(value, tuple):
        return f"({','.join(_laid_out(each, numbers) for each in value)})"
    kind = type(value).__name__
    if kind == "ndarray":
        if not value.flags.c_contiguous:
            raise TypeError("an array of a compiled loop lies in one piece")
        # Nobody's memory to count, whose it is, how many and how large, and where.
        numbers += (0, 0, value.size, value.itemsize, value.ctypes.data)
        numbers += value.shape
        numbers += value.strides
        return f"{value.dtype.str}{value.ndim}"
    if kind == "void":
        numbers.append(value.__array_interface__["data"][0])
        return str(value.dtype.str)
    if isinstance(value, float):
        import struct

        numbers += struct.unpack("q", struct.pack("d", value))
        return "float"
    numbers.append(int(value))
    return "int"


def _type_of(type_: Any) -> str:
    """The type of an argument as numba calls it, in short.

    Raises:
        TypeError: it is laid out in other words than of eight bytes.
    """
    from numba import types
    from numba.np.numpy_support import as_dtype

    if isinstance(type_, types.BaseTuple):
        several: Any = type_
        return f"({','.join([_type_of(each) for each in several])})"
    if isinstance(type_, types.Array):
        return f"{as_dtype(type_.dtype).str}{type_.ndim}"
    if isinstance(type_, types.Record):
        return str(as_dtype(type_).str)
    if type_ in (types.int64, types.float64):
        return "int" if type_ == types.int64 else "float"
    raise TypeError(f"a compiled loop takes no {type_} from Python")


def _with_entry(loop: Any) -> tuple[str, str, bytes]:
    """A loop that was called, behind an entry that takes its arguments from memory.

    Returns:
        The name of the entry, what it takes, and the machine code of both.
    """
    from numba import njit, types
    from numba.extending import intrinsic

    (signature,) = loop.signatures
    tuple_of: Any = types.Tuple
    arguments = tuple_of(signature)

    def _from_memory(_context: Any, _address: Any) -> Any:
        def code(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
            kind = context.get_value_type(arguments).as_pointer()
            return builder.load(builder.inttoptr(values[0], kind))

        return arguments(types.int64), code

    from_memory: Any = intrinsic(_from_memory)

    def entry(address: int) -> Any:
        return loop(*from_memory(address))

    wanted = (types.int64,)
    made: Any = njit(wanted, nogil=True, **_NO_WAY_IN)(entry)
    result = made.overloads[wanted]
    code: bytes = result.library._get_compiled_object()
    return result.fndesc.llvm_func_name, _type_of(arguments), code


def write(target: Path, loops: Any) -> None:
    """Write the machine code of loops that were called; see ``compile_loops``.

    Args:
        target: the file to make.
        loops: as numba compiled them.
    """
    connection = sqlite3.connect(target)
    try:
        connection.executescript(SCHEMA)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(described().items()))
        for loop in loops:
            row = (loop.py_func.__name__, *_with_entry(loop))
            connection.execute("INSERT INTO loops VALUES (?, ?, ?, ?)", row)
        connection.commit()
    finally:
        connection.close()
