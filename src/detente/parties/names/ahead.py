"""Machine code of the compiled loops that the build made, run without the compiler that made it.

Numba compiles a loop when it is first called: ten seconds for those of `kernels`, and a quarter of
one to load numba itself. The build compiles them once, for all machines of a kind, where numba is
installed, each behind an entry that takes its arguments from memory. Here that code is loaded by
LLVM and called. It is used where it was made of these very loops, for this kind of machine and for
a processor with all that it needs. For any other processor LLVM makes machine code of the loops in
its own language, which the build wrote too: half a second, and kept in the user's folder. On a
system where nobody tried that, a process of its own tries it first (see ``is_untried``). Where
neither can be, numba compiles, and keeps the code in its own place.
"""

from __future__ import annotations

import hashlib
import os
import platform
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from detente.store.files import DATA, open_read_only
from detente.store.home import home
from detente.store.whole import write_whole

FILE = os.path.join(DATA, "loops.sqlite")
"""Of the package alone: machine code is never taken from a bundle of law."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- machine code as an object file, by the loop; the name of its entry, and what that takes; and the
-- loop in the language of LLVM, as bitcode
CREATE TABLE loops (
    loop TEXT PRIMARY KEY, entry TEXT NOT NULL, takes TEXT NOT NULL, code BLOB NOT NULL,
    bitcode BLOB NOT NULL
) WITHOUT ROWID;
"""

TRIED_ON = ("Linux",)
"""Systems where LLVM makes machine code of the bitcode of the build without a trial."""

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

HASH = hashlib.sha256().digest_size
"""Bytes of the hash that stands before machine code that is kept."""


def baseline() -> LeastProcessor:
    """The processors of this machine that the build makes machine code for."""
    return BASELINES.get(platform.machine(), LeastProcessor("generic", ()))


def described() -> dict[str, str]:
    """What machine code made here depends on."""
    loops = Path(__file__).with_name("kernels.py").read_bytes()
    return {
        "loops": hashlib.sha256(SCHEMA.encode() + loops).hexdigest(),
        "machine": f"{platform.system()} {platform.machine()} {sys.maxsize.bit_length() + 1}",
        "processor": baseline().name,
    }


_building = _on_trial = False


def build_anew() -> None:
    """Compile as the build does from here on, whatever an earlier one made."""
    global _building
    _building = True


def go_on_trial() -> None:
    """Use from here on what LLVM makes of the bitcode of the build, whatever system this is.

    For a process of its own, which may end in the middle of a loop.
    """
    global _on_trial
    _on_trial = True
    is_usable.cache_clear()


@cache
def is_usable() -> bool:
    """Whether what the build made serves this machine, as it is or with LLVM's help."""
    if _building or not _has_llvm():
        return False
    return is_ready() or _can_translate()


@cache
def is_ready() -> bool:
    """Whether the build made machine code that this machine can use."""
    return _made() == described() and _can_run(baseline().needed)


def _made() -> dict[str, str]:
    """What the file of the build depends on; nothing where there is no such file."""
    if not os.path.isfile(FILE):
        return {}
    connection = open_read_only(FILE)
    try:
        return dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError:
        return {}  # damaged: what is compiled here is as good
    finally:
        connection.close()


def _can_translate() -> bool:
    """Whether LLVM can make machine code for this machine of the loops as the build wrote them."""
    if platform.system() in TRIED_ON or _on_trial or _trial_said() == PASSED:
        return _is_translatable()
    return False


def _is_translatable() -> bool:
    """Whether the loops as the build wrote them are these, for such a machine and such an LLVM.

    They count bytes as machines with words of eight do that lay the lowest one first.
    """
    if _made().get("loops") != described()["loops"]:
        return False
    if sys.byteorder != "little" or sys.maxsize.bit_length() + 1 != 64:
        return False
    from llvmlite import binding

    try:
        binding.parse_bitcode(_row_of("tell_hashes")[-1])
    except RuntimeError:
        return False  # an LLVM that is older than that of the build
    return True


PASSED, FAILED = b"passed", b"failed"
"""What is kept of a trial."""


def is_untried() -> bool:
    """Whether what LLVM makes of the loops may serve this machine, and only a trial can tell.

    That is so on a system where nobody tried it, until what a trial said is kept.
    """
    if _building or platform.system() in TRIED_ON or not _has_llvm() or is_ready():
        return False
    return not _trial_said() and _is_translatable()


def keep_trial(passed: bool) -> None:
    """Keep in the user's folder whether a trial gave the right answers.

    A folder that cannot be written has the next run try again.
    """
    with suppress(OSError, ValueError):
        os.makedirs(home(), exist_ok=True)
        write_whole(_trial_path(), PASSED if passed else FAILED)
    is_usable.cache_clear()


def _trial_said() -> bytes:
    """What is kept of the trial of these loops with this LLVM on this processor; or nothing."""
    with suppress(OSError), open(_trial_path(), "rb") as file:
        return file.read()
    return b""


def _trial_path() -> str:
    from llvmlite import binding

    processor: Any = binding.get_host_cpu_name()
    tried = repr((described(), binding.llvm_version_info, processor)).encode()
    return os.path.join(home(), f"loops-{hashlib.sha256(tried).hexdigest()[:16]}.trial")


def _has_llvm() -> bool:
    """Whether LLVM is installed and may run code."""
    try:
        from llvmlite import binding
    except ImportError:
        return False
    try:
        binding.check_jit_execution()
    except OSError:
        return False
    return True


def _can_run(needed: tuple[str, ...]) -> bool:
    """Whether LLVM may run code, and the processor can do what that needs."""
    if not _has_llvm():
        return False
    from llvmlite import binding

    features: Any = binding.get_host_cpu_features()
    return all(features.get(each) for each in needed)


def inner(loop: Loop) -> Loop:
    """Compile a loop that only other loops call, with no way in from Python."""
    if is_usable():
        return loop
    from numba import njit

    compiled: Loop = njit(**_options(), **_NO_WAY_IN)(loop)
    return compiled


def outer(loop: Loop) -> Any:
    """A loop that is called from Python: the build's machine code, or compiled and kept."""
    if is_usable():
        return CompiledLoop(loop)
    from numba import njit

    return njit(cache=not _building, **_options())(loop)


def _options() -> dict[str, Any]:
    """How numba compiles; the build has it count no use of arrays, of which the loops make none.

    What it counts with is a call out of the machine code, and a tenth of the time.
    """
    return {"nogil": True, "_nrt": not _building}


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

        entry, self._takes, code, bitcode = _row_of(self._name)
        if not is_ready():
            code = _translated(self._name, bitcode)
        engine = _engine()
        from llvmlite import binding

        engine.add_object_file(binding.ObjectFileRef.from_data(code))
        engine.finalize_object()
        kind = ctypes.CFUNCTYPE(ctypes.c_int32, *[ctypes.c_void_p] * 3)
        self._entry = kind(engine.get_function_address(entry))


def _row_of(loop: str) -> tuple[str, str, bytes, bytes]:
    """What the build wrote of a loop: its entry, what that takes, machine code and bitcode."""
    connection = open_read_only(FILE)
    try:
        query = "SELECT entry, takes, code, bitcode FROM loops WHERE loop = ?"
        entry, takes, code, bitcode = connection.execute(query, (loop,)).fetchone()
    finally:
        connection.close()
    return entry, takes, code, bitcode


def _translated(loop: str, bitcode: bytes) -> bytes:
    """Machine code for this very processor of a loop as the build wrote it.

    It is made once, and kept in the user's folder behind its own hash. A folder that cannot be
    written only costs the next run time.
    """
    from llvmlite import binding

    processor: Any = binding.get_host_cpu_name()
    features: Any = binding.get_host_cpu_features().flatten()
    described = repr((binding.llvm_version_info, processor, features, bitcode)).encode()
    path = os.path.join(home(), f"loop-{loop}-{hashlib.sha256(described).hexdigest()[:16]}.code")
    with suppress(OSError), open(path, "rb") as file:
        hashed, code = file.read(HASH), file.read()
        if hashlib.sha256(code).digest() == hashed:
            return code
    code = _emitted(bitcode, processor, features)
    with suppress(OSError, ValueError):
        os.makedirs(home(), exist_ok=True)
        write_whole(path, hashlib.sha256(code).digest() + code)
    return code


def _emitted(bitcode: bytes, processor: str, features: str) -> bytes:
    """Machine code that LLVM makes of bitcode for a processor."""
    from llvmlite import binding

    _initialize()
    target: Any = binding.Target.from_default_triple()
    machine = target.create_target_machine(cpu=processor, features=features, opt=3, jit=True)
    module: Any = binding.parse_bitcode(bitcode)
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    code: bytes = machine.emit_object(module)
    return code


def _initialize() -> None:
    """Have LLVM know this machine."""
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()


@cache
def _engine() -> Any:
    """What loads machine code."""
    from llvmlite import binding

    _initialize()
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


def _with_entry(loop: Any) -> tuple[str, str, bytes, bytes]:
    """A loop that was called, behind an entry that takes its arguments from memory.

    Returns:
        The name of the entry, what it takes, and both as machine code and as bitcode.
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
    made: Any = njit(wanted, **_options(), **_NO_WAY_IN)(entry)
    result = made.overloads[wanted]
    name: str = result.fndesc.llvm_func_name
    code: bytes = result.library._get_compiled_object()
    bitcode = _of_its_own(result.library._final_module.as_bitcode(), name)
    return name, _type_of(arguments), code, bitcode


def _of_its_own(bitcode: bytes, entry: str) -> bytes:
    """A loop with no function but its entry that another could take for one of its own.

    Numba marks what several loops call as the same for all, which not every system's files of
    machine code can say.
    """
    from llvmlite import binding

    module: Any = binding.parse_bitcode(bitcode)
    for function in module.functions:
        if not function.is_declaration and function.name != entry:
            function.linkage = "internal"
    own: bytes = module.as_bitcode()
    return own


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
            connection.execute("INSERT INTO loops VALUES (?, ?, ?, ?, ?)", row)
        connection.commit()
    finally:
        connection.close()
