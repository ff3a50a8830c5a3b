"""Refuse compiled data that is not what its sources give, and tables of unknown origin.

The build writes down of each product what it compiled it from and what that came to: a product is
current where its inputs and its bytes are still those. Then looks for the SOURCE.yaml that says
where each folder of tables comes from. Exit code 0 when all is well, 1 otherwise.

Whether the build can be believed is a test: `compiled_otherwise` compiles each product into a
scratch folder once more, compares the bytes, and holds the tables that the compiler read against
the inputs that decide when it is compiled again. Of a product that takes long a part is compiled
twice instead, each time in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hatch_build import (  # noqa: E402
    OUTPUT,
    PRODUCTS,
    Product,
    compile_product,
    digest_of,
    fingerprint,
    mark_of,
)

SOURCES = ("data", "register")
"""The folders of a checkout from which products are compiled."""


def stale_products(root: Path, products: Iterable[Product] = PRODUCTS) -> list[str]:
    """Return one sentence for each product that is missing or stale."""
    problems = []
    for product in _needed(products):
        compiled, mark = root / OUTPUT / product.file, mark_of(product, root / OUTPUT)
        if not compiled.is_file():
            problems.append(f"{OUTPUT / product.file} is missing; run `make data`")
            continue
        built = mark.read_text().split() if mark.is_file() else []
        if built != [fingerprint(product, root), digest_of(compiled)]:
            problems.append(
                f"{OUTPUT / product.file} is not what the build compiled from {product.source}/ as "
                "it is; run `make data`, and if it stays, `make clean demo`"
            )
    return problems


def compiled_otherwise(root: Path, products: Iterable[Product] = PRODUCTS) -> list[str]:
    """Compile products once more; one sentence for each that comes out otherwise.

    That is one whose bytes differ, and one whose compiler reads tables that no input names.
    """
    problems = []
    for product, done in _compiled_again(_needed(products), root):
        problems += _problems(product, root, done)
    return problems


def _needed(products: Iterable[Product]) -> list[Product]:
    """Those without which nothing is answered: what only hastens first use is checked there."""
    return [product for product in products if not product.needs]


class Again(NamedTuple):
    """A product compiled again.

    Attributes:
        digest: the SHA-256 of what it came to.
        opened: the sources that the compiler opened, relative to the root, in order.
    """

    digest: str
    opened: list[str]


def _compiled_again(
    products: Iterable[Product], root: Path
) -> Iterator[tuple[Product, list[Again]]]:
    """Compile products again: the whole, or its sample twice where it has one."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        # A process for each: what one compiler opened must not count for the next.
        ProcessPoolExecutor(
            2, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1
        ) as pool,
    ):
        running = []
        for product in products:
            parts = [product._replace(function=product.sample)] * 2 if product.sample else [product]
            targets = [Path(scratch) / f"{number}-{each.file}" for number, each in enumerate(parts)]
            running.append((product, pool.map(compile_watched, parts, [root] * 2, targets)))
        for product, done in running:
            yield product, list(done)


def compile_watched(product: Product, root: Path, target: Path) -> Again:
    """Compile one product in this process; see `Again`."""
    opened: set[str] = set()

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str):
            opened.add(arguments[0])

    sys.addaudithook(note)
    compile_product(product, root, target)
    inside = {Path(path).relative_to(root) for path in opened if Path(path).is_relative_to(root)}
    sources = sorted(
        path.as_posix()
        for path in inside
        if path.parts[:1] and path.parts[0] in SOURCES and (root / path).is_file()
    )
    return Again(digest_of(target), sources)


def unnamed_inputs(product: Product, files: Iterable[str]) -> list[str]:
    """Return those files that no input of the product names."""
    named = [Path(each) for each in (product.source, *product.inputs)]
    return [file for file in files if not any(Path(file).is_relative_to(each) for each in named)]


def unsourced_folders(data: Path) -> list[Path]:
    """Return the folders below `data` that hold files but no SOURCE.yaml, in order."""
    folders = {path.parent for path in data.rglob("*") if path.is_file()}
    return sorted(folder for folder in folders if not (folder / "SOURCE.yaml").is_file())


def _problems(product: Product, root: Path, done: list[Again]) -> list[str]:
    files = sorted({file for each in done for file in each.opened})
    problems = [
        f"{OUTPUT / product.file} is compiled from {file} too, which hatch_build.py does not name "
        "among its inputs: a change of it would not be compiled"
        for file in unnamed_inputs(product, files)
    ]
    again = {each.digest for each in done}
    if product.sample and len(again) > 1:
        problems.append(f"{product.module}.{product.sample} gives other bytes each time")
    if not product.sample and again != {digest_of(root / OUTPUT / product.file)}:
        problems.append(
            f"{OUTPUT / product.file} is not what {product.source}/ compiles to: the compiler "
            "gives other bytes each time"
        )
    return problems


def main() -> int:
    """Print every problem and return the exit code."""
    problems = stale_products(ROOT)
    problems += [
        f"{folder.relative_to(ROOT)}/ has no SOURCE.yaml; its encode program writes one"
        for folder in unsourced_folders(ROOT / "data")
    ]
    print("\n".join(problems) or "data: compiled files are current, tables name their source")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
