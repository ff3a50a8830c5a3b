"""Print what fits a screen of a batch's output: which entry, how sure, how much, what to file."""

from __future__ import annotations

import csv
import sys

COLUMNS = {"id": 18, "status": 11, "total_ad_valorem": 17, "total_amount": 13, "headings": 0}


def main() -> None:
    """Print the file that the first argument names, a line a row under the columns' names."""
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        for row in ({name: name for name in COLUMNS}, *csv.DictReader(file)):
            print("".join(row[name].ljust(width) for name, width in COLUMNS.items()))


if __name__ == "__main__":
    main()
