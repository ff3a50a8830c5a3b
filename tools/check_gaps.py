"""Check that each gap of the register says what it touches, or why it changes no rate.

Run by `make check`. A gap that says nothing would leave answers settled over something unread; a
duty that is not known belongs to a gap which says so.
"""

from __future__ import annotations

import sys
from pathlib import Path

from detente.register.load.check_gaps import unsaid
from detente.register.load.loader import load_folder

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print what is left unsaid; 1 where something is."""
    found = unsaid(load_folder(ROOT / "register"))
    for each in found:
        print(f"register/not-modelled.yaml: {each}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
