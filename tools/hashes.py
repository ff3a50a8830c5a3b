"""Write hashes.txt: for every pin of constraints.txt the SHA-256 of each of its archives.

`python tools/hashes.py` asks the package index by way of uv (`pip install uv`), found on the path.
`pip install --require-hashes --no-deps -r hashes.txt` installs these archives and no others.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS, HASHES = ROOT / "constraints.txt", ROOT / "hashes.txt"
OLDEST = "3.11.9"
"""The oldest Python that the pins are for."""


def pins(text: str) -> dict[str, str]:
    """Versions by the names of distributions."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


def hashes(text: str) -> dict[str, set[str]]:
    """Hashes by the names of distributions."""
    found: dict[str, set[str]] = {}
    name = ""
    for line in text.splitlines():
        pinned = pins(line)
        name = next(iter(pinned), name)
        found.setdefault(name, set()).update(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def main() -> int:
    """Write the file; returns the exit code."""
    words = ["uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-deps", "--universal"]
    words += ["--no-header", "--no-annotate", "--no-emit-index-url", "--python-version", OLDEST]
    subprocess.run([*words, str(CONSTRAINTS), "--output-file", str(HASHES)], check=True)
    missing = pins(CONSTRAINTS.read_text("utf-8")).keys() - hashes(HASHES.read_text("utf-8")).keys()
    print(f"no hash of {', '.join(sorted(missing))}" if missing else f"wrote {HASHES.name}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
