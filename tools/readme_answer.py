"""Keep the answer that the README shows equal to what the command prints.

The block between the two markers opens with the command; it is asked again, and the block written
anew. With `--check` nothing is written: the exit code says whether the block is current.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(
    r"<!-- answer -->\n```console\n\$ detente (?P<question>[^\n]+)\n.*?```\n<!-- /answer -->",
    re.DOTALL,
)


def ask(question: str) -> str:
    """Return what `detente` prints for a question, asked as a reader without settings would.

    Raises:
        SystemExit: The command did not answer.
    """
    command = [sys.executable, "-m", "detente.cli.main"]
    # A home of its own: records that a user added on this machine must not enter the README.
    with tempfile.TemporaryDirectory() as home:
        run = subprocess.run(
            [*command, *shlex.split(question)],
            capture_output=True,
            cwd=ROOT,
            encoding="utf-8",
            env={**os.environ, "DETENTE_HOME": home, "COLUMNS": "100", "PYTHONUTF8": "1"},
        )
    if run.returncode != 0:
        raise SystemExit(f"`detente {question}` exited {run.returncode}: {run.stderr.strip()}")
    return "\n".join(line.rstrip() for line in run.stdout.strip("\n").splitlines())


def renewed(readme: str) -> str:
    """Return the README's text with the answer in its block given anew.

    Raises:
        ValueError: The text does not have exactly one block.
    """
    blocks = list(_BLOCK.finditer(readme))
    if len(blocks) != 1:
        raise ValueError(
            "README.md must have one block from `<!-- answer -->` to `<!-- /answer -->` that "
            f"opens with `$ detente …`; {len(blocks)} were found"
        )
    question = blocks[0]["question"]
    block = f"```console\n$ detente {question}\n\n{ask(question)}\n```"
    before, after = readme[: blocks[0].start()], readme[blocks[0].end() :]
    return f"{before}<!-- answer -->\n{block}\n<!-- /answer -->{after}"


def main() -> int:
    """Write the block, or with `--check` compare it, and return the exit code."""
    path = ROOT / "README.md"
    old = path.read_text(encoding="utf-8")
    new = renewed(old)
    if "--check" in sys.argv[1:]:
        print("README: current" if new == old else "README: stale; run `make readme`")
        return int(new != old)
    path.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
