"""Refuse compiled data that is not what its sources give, and tables of unknown origin.

Compiles the register and the tables into a scratch folder, as the package's build does, and
compares the bytes with `src/detente/_data`; then looks for the SOURCE.yaml that says where each
folder of tables comes from. Exit code 0 when all is well, 1 otherwise.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hatch_build import OUTPUT, PRODUCTS, compile_product  # noqa: E402


def stale_products(root: Path) -> list[str]:
    """Return one sentence for each compiled file that differs from a fresh compilation."""
    problems = []
    with tempfile.TemporaryDirectory() as scratch:
        for product in PRODUCTS:
            fresh, kept = Path(scratch) / product.file, root / OUTPUT / product.file
            compile_product(product, root, fresh)
            if not kept.is_file():
                problems.append(f"{OUTPUT / product.file} is missing; run `make data`")
            elif kept.read_bytes() != fresh.read_bytes():
                problems.append(
                    f"{OUTPUT / product.file} is not what {product.source}/ compiles to; run "
                    "`make clean demo`, and if it stays, the compiler gives other bytes each time"
                )
    return problems


def unsourced_folders(data: Path) -> list[Path]:
    """Return the folders below `data` that hold files but no SOURCE.yaml, in order."""
    folders = {path.parent for path in data.rglob("*") if path.is_file()}
    return sorted(folder for folder in folders if not (folder / "SOURCE.yaml").is_file())


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
