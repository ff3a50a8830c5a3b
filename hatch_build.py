"""Compile the register and the big tables into the package whenever it is built.

The law is kept as YAML and small tables, the schedules as text; both are compiled once, here, into
the files that an answer reads. Editable installs and wheels take the same way. The output is the
same bytes for the same inputs, and an output whose inputs did not change is left as it is.

Run as a program (`python hatch_build.py`) it brings `src/detente/_data` up to date in a checkout.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
OUTPUT = Path("src/detente/_data")


class Product(NamedTuple):
    """One compiled file.

    Attributes:
        file: Its name inside the output folder.
        module: The module that compiles it.
        function: The function in it, called as `function(source, target)`.
        source: The folder it is compiled from, relative to the root.
        inputs: What else decides its bytes, relative to the root: the code that compiles it, and
            the folders that this code reads besides `source`.
        needs: A library without which the package does as well, only slower at first.
        sample: A function that compiles a part of it, called like `function`, where the whole takes
            long: a test compiles that twice to see that the compiler gives the same bytes.
        apart: Whether it takes as long as all others that come after it, which do not read it: a
            process of its own compiles it meanwhile.
    """

    file: str
    module: str
    function: str
    source: str
    inputs: tuple[str, ...]
    needs: str = ""
    sample: str = ""
    apart: bool = False


PRODUCTS = (
    Product(
        file="goods.sqlite",
        module="detente.goods.compile",
        function="build_goods",
        source="data/goods/us",
        inputs=("src/detente/goods", "src/detente/core/tables/tsv.py", "data/goods/cn"),
    ),
    Product(
        file="register.sqlite",
        module="detente.register.load.compile",
        function="build_register",
        source="register",
        inputs=("src/detente/register", "src/detente/core/clock.py", "src/detente/core/percent.py"),
    ),
    Product(
        file="tariff-cn.sqlite",
        module="detente.goods.partner_tariff",
        function="build_partner_tariff",
        source="data/goods/cn",
        inputs=("src/detente/goods", "src/detente/core/tables/tsv.py"),
    ),
    # From goods and register, so it comes after them.
    Product(
        file="cells.sqlite",
        module="detente.batch.compiled",
        function="build_cells",
        source="register",
        inputs=(
            "data/goods/us",
            "src/detente/register",
            "src/detente/goods",
            "src/detente/applicability",
            "src/detente/duty",
            "src/detente/core",
            "src/detente/batch/engine",
            *(f"src/detente/batch/panels/{name}.py" for name in ("__init__", "panel")),
            *(
                f"src/detente/batch/{name}.py"
                for name in (
                    "columns",
                    "compiled",
                    "named",
                    "readings",
                    "rows",
                    "stated",
                    "texts",
                )
            ),
        ),
        sample="build_some_cells",
        apart=True,
    ),
    Product(
        file="trade.sqlite",
        module="detente.trade.compile",
        function="build_trade",
        source="data/trade",
        inputs=("src/detente/trade", "src/detente/core/tables/tsv.py"),
    ),
    # From goods and trade, so it comes after them.
    Product(
        file="lines.sqlite",
        module="detente.average.followed_compile",
        function="build_lines",
        source="data/trade",
        inputs=(
            "data/goods/us",
            *(f"src/detente/{room}" for room in ("trade", "goods", "duty", "core")),
            *(
                f"src/detente/average/{name}.py"
                for name in ("cells", "followed", "followed_compile", "lines")
            ),
        ),
    ),
    Product(
        file="words.sqlite",
        module="detente.goods.words_compile",
        function="build_words",
        source="data/words",
        inputs=(
            *(f"src/detente/goods/{name}.py" for name in ("words_compile", "plain", "storing")),
            "data/trade/us-imports-2024",
            "data/trade/partners.tsv",
            "data/parties/han.tsv",
        ),
    ),
    # From the register it takes which listings are suspended by what was announced alone.
    Product(
        file="parties.sqlite",
        module="detente.parties.screening.compile",
        function="build_parties",
        source="data/parties",
        inputs=(
            "src/detente/parties",
            "src/detente/core/tables/tsv.py",
            *(f"register/cn/control/{name}.yaml" for name in ("_terms", "lists")),
        ),
        sample="build_some_parties",
    ),
    # It asks the lists for a name, so it comes after them.
    Product(
        file="loops.sqlite",
        module="detente.parties.screening.loops_compile",
        function="build_loops",
        source="src/detente/parties/names",
        inputs=(
            "constraints.txt",
            *(f"src/detente/parties/screening/{name}.py" for name in ("indexed", "loops_compile")),
        ),
        needs="numba",
    ),
    # It has the loops work on the lists, so it comes after both.
    Product(
        file="screening.arrays",
        module="detente.parties.screening.loops_compile",
        function="build_arrays",
        source="data/parties",
        inputs=(
            "src/detente/parties",
            *(f"src/detente/core/{name}.py" for name in ("tables/tsv", "array_file")),
        ),
        needs="numba",
    ),
    Product(
        file="model.sqlite",
        module="detente.impact.accounts.sheets",
        function="build_model",
        source="data/model",
        inputs=("src/detente/impact",),
    ),
    Product(
        file="controls.sqlite",
        module="detente.controls.compile",
        function="build_controls",
        source="data/controls",
        inputs=("src/detente/controls/compile.py", "src/detente/core/tables/tsv.py"),
    ),
    Product(
        file="entry.sqlite",
        module="detente.entry.compile",
        function="build_entry",
        source="data/entry",
        inputs=("src/detente/entry/compile.py", "src/detente/core/tables/tsv.py"),
    ),
    Product(
        file="supply.sqlite",
        module="detente.supply.compile",
        function="build_supply",
        source="data/supply",
        inputs=("src/detente/supply", "src/detente/core/tables/tsv.py"),
    ),
)


def compile_product(product: Product, root: Path, target: Path) -> None:
    """Compile one product from the sources under `root` into the file `target`.

    Raises:
        ImportError: `product.module` cannot be imported with what the build environment holds.
        FileNotFoundError: The source folder is missing.
    """
    source = root / product.source
    if not source.is_dir():
        raise FileNotFoundError(
            f"{product.file} is compiled from {product.source}/, and that folder is missing; "
            "build from a whole checkout or source distribution"
        )
    sys.path.insert(0, str(root / "src"))
    try:
        build = getattr(importlib.import_module(product.module), product.function)
        from detente.core.collector import without_collector
    finally:
        sys.path.remove(str(root / "src"))
    with without_collector():
        build(source, target)


def fingerprint(product: Product, root: Path) -> str:
    """Return the SHA-256 over everything that decides the bytes of a product.

    That is its inputs, path and content, and the versions of what writes the formats: SQLite stamps
    its own version into each file.
    """
    digest = hashlib.sha256()
    tools = (platform.python_version(), sqlite3.sqlite_version)
    digest.update("\0".join(tools).encode())
    for folder in (product.source, *product.inputs):
        for path in _files(root / folder):
            digest.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
            digest.update(bytes.fromhex(digest_of(path)))
    return digest.hexdigest()


def mark_of(product: Product, output: Path) -> Path:
    """The file in which the build writes from what it compiled, and the SHA-256 of what."""
    return output / f"{product.file}.inputs"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _files(given: Path) -> Iterator[Path]:
    for path in [given] if given.is_file() else sorted(given.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def update(root: Path, output: Path, products: Iterable[Product] = PRODUCTS) -> list[str]:
    """Compile into `output` what is missing there or older than its inputs.

    Returns:
        The names of the files that were compiled, in order; empty when nothing had changed.
    """
    output.mkdir(parents=True, exist_ok=True)
    wanted = {each: _wanted(each, root, output) for each in products}
    stale = [each for each in wanted if wanted[each]]
    running: list[tuple[Product, subprocess.Popen[bytes]]] = []
    try:
        for product in stale:
            if product.apart and product is not stale[-1] and (os.cpu_count() or 1) > 1:
                here = [sys.executable, os.path.abspath(__file__), str(root), str(output)]
                running.append((product, subprocess.Popen([*here, json.dumps(product)])))
            else:
                _compile(product, wanted[product], root, output)
        for product, process in running:
            if process.wait():
                raise NotCompiledError(f"{product.file} was not compiled: the reason stands above")
    finally:
        for _, process in running:
            process.kill()
            process.wait()
    return [product.file for product in stale]


def _wanted(product: Product, root: Path, output: Path) -> str:
    """The fingerprint of a product that is missing or older than its inputs; "" for any other.

    One that cannot be compiled here is not wanted either.
    """
    if product.needs and importlib.util.find_spec(product.needs) is None:
        return ""
    target, mark = output / product.file, mark_of(product, output)
    wanted = fingerprint(product, root)
    if target.is_file() and mark.is_file() and mark.read_text().split()[:1] == [wanted]:
        return ""
    return wanted


def _compile(product: Product, wanted: str, root: Path, output: Path) -> None:
    """Compile one product into the output folder, beside the mark of its inputs."""
    target = output / product.file
    # A build that is interrupted must leave the last good file, not half of a new one.
    with tempfile.TemporaryDirectory(dir=output) as scratch:
        compile_product(product, root, Path(scratch) / product.file)
        os.replace(Path(scratch) / product.file, target)
    mark_of(product, output).write_text(f"{wanted}\n{digest_of(target)}\n")


class NotCompiledError(Exception):
    """A product that another process could not compile; that process told why."""


class CompileHook(BuildHookInterface[Any]):
    """The step that hatchling runs before it makes a wheel or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is out of date and name the results as part of the package.

        Args:
            version: "standard" or "editable"; both need the same files.
            build_data: What hatchling will do; the results are ignored by git, so they are named.
        """
        update(Path(self.root), Path(self.root) / OUTPUT)
        build_data["artifacts"] += [f"/{OUTPUT.as_posix()}/{product.file}" for product in PRODUCTS]
        if version == "standard":
            # A checkout reads its guide where it is written; a wheel brings it along for `serve`.
            build_data["force_include"][str(Path(self.root) / "docs")] = "detente/_docs"


def main(given: Sequence[str]) -> None:
    """Bring this checkout up to date; a mistake in the sources ends with its message alone.

    Args:
        given: nothing; or a root, a folder of output and a product as JSON, which another process
            wants of this one, and will say so.
    """
    try:
        if given:
            root, output = map(Path, given[:2])
            product = Product(*json.loads(given[2]))
            _compile(product, fingerprint(product, root), root, output)
            return
        for name in update(ROOT, ROOT / OUTPUT):
            print(f"compiled {OUTPUT.as_posix()}/{name}")
    except Exception as error:
        # What the product raises itself says file, line and what to do; a traceback would bury it.
        told = isinstance(error, FileNotFoundError | NotCompiledError)
        if told or type(error).__module__.startswith("detente."):
            sys.exit(str(error))
        raise


if __name__ == "__main__":
    main(sys.argv[1:])
