"""How well two names are told to be one company's, on labelled pairs.

    python -m benchmarks.screening_pairs [--aliases] [--cases FILE [--peer]] [--wrong tune|held]

The pairs (`tests/parties/names/pairs.tsv`) are names of listed companies in two languages or two
forms, and of different companies that look alike. They were split before anything was chosen:
thresholds and tables were looked at with the half `tune` alone, and `held` is only counted. The two
names are compared by themselves: that a listed entry carries a Chinese name of ours does not help
here.

``--aliases`` measures `alias_pairs.tsv`: two names of one entry of a list, and of two entries of
one list that are spelled alike, none of them in the public set below, drawn by lot and then read by
eye: a pair is the same where somebody who sees the two names alone would say so. Names that the
lists do not print so (other alphabets, cut off, joined) were written by hand. All were written down
before the matcher was changed for what the public set shows. Halves are drawn by the listed name.

``--cases`` measures a public set instead: the `cases.csv` that nomenklatura keeps for its matcher
(`contrib/name_bench`, MIT), with columns `schema`, `name1`, `name2` and `is_match`. It is not part
of this project. Each second name is taken as listed, a person, a ship or a company as the table
says, in every form in which the lists are stored; halves are drawn by the listed name. ``imported``
is the program as it is used: all second names are imported as one list, beside which the built-in
ones stand, and each first name is screened; a pair counts where a hit shows its second name.
``--peer`` scores the same pairs by logic-v2 in an environment of its own, at the threshold that its
authors use. ``--wrong`` prints what we get wrong in a half of either.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from detente.parties.lists.model import MAIN, OFFICIAL, Name
from detente.parties.names.comparing import CRAFT, PERSON, compare
from detente.parties.names.names import is_han
from detente.parties.screening.hits import THRESHOLD
from detente.parties.screening.importing import import_list
from detente.parties.screening.listed.printed_forms import forms_of
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import Screen, open_built_in, read_tables
from encode.parties.document_names import half as half_of
from encode.parties.parties import table

HERE = Path(__file__).resolve().parent
ENVIRONMENT, PEERS = HERE / ".venv-pairs", HERE / "peers"
PARTIES = {"Person": PERSON, "Vessel": CRAFT}
"""What a party of the public set is, by the kind that it says."""

PEERS_THRESHOLD = 0.7
"""Score from which logic-v2 counts a pair as one party, in the harness of its authors."""

ALIASES = HERE / "labelled" / "alias_pairs.tsv"
BY_ALIAS = {"person": PERSON, "craft": CRAFT}
"""What a party of `ALIASES` is, by the word there."""

IMPORTED, IMPORTED_ON = "LISTED", "2026-01-01"
"""The list as which the second names of the public set are imported, and its day."""

MOST_SHOWN = 50
"""Hits of a name that are looked through for the other."""

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "parties" / "names" / "pairs.tsv"


class Pair(NamedTuple):
    """Two names, whether they are one company's, and the score of comparing them."""

    one: str
    other: str
    same: bool
    score: float
    half: str = ""
    kind: str = ""


def built_in() -> Lists:
    """The lists that came with the package, whose rarity of words is what names are compared by."""
    kept = open_built_in()
    return Lists(
        kept, read_tables(kept), dict(kept.execute("SELECT spelling, pinyin FROM cantonese"))
    )


def labelled(half: str) -> list[Pair]:
    """The pairs of a half, each with its score."""
    lists = built_in()
    found = []
    for line in PAIRS.read_text(encoding="utf-8").splitlines()[1:]:
        one, other, same, where = line.split("\t")
        if where == half:
            left, right = ([form for form, _ in lists.forms(name)] for name in (one, other))
            score = max(compare(a, b, lists.weight)[0] for a in left for b in right)
            found.append(Pair(one, other, same == "1", score))
    return found


def shares(pairs: list[Pair]) -> tuple[float, float, float]:
    """Precision, recall and share of different companies that alert, at the default threshold."""
    alerts = [pair for pair in pairs if pair.score >= THRESHOLD]
    right = sum(pair.same for pair in alerts)
    different = sum(not pair.same for pair in pairs)
    return (
        right / max(len(alerts), 1),
        right / max(sum(pair.same for pair in pairs), 1),
        (len(alerts) - right) / max(different, 1),
    )


def script(pair: Pair) -> str:
    """The scripts of the two names."""
    chinese = sum(any(map(is_han, name)) for name in (pair.one, pair.other))
    return ("Latin and Latin", "Chinese and Latin", "Chinese and Chinese")[chinese]


def public(path: Path) -> list[Pair]:
    """The pairs of a public set, each with its score and its half."""
    lists = built_in()
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                row["name1"],
                row["name2"],
                row["is_match"] == "true",
                score(lists, row["name1"], row["name2"], PARTIES.get(row["schema"], 0)),
                half_of(row["name2"]),
            )
            for row in csv.DictReader(file)
        ]


def imported(path: Path) -> list[Pair]:
    """The same pairs, the second names as a list that is imported; score 1 for a hit, else 0."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with TemporaryDirectory() as home, patch.dict(os.environ, DETENTE_HOME=home):
        listed = Path(home, "listed.csv")
        with listed.open("w", encoding="utf-8", newline="") as file:
            named = dict.fromkeys((row["name2"], row["schema"]) for row in rows)
            csv.writer(file).writerows([("name", "kind"), *named])
        import_list(str(listed), source_date=IMPORTED_ON, name=IMPORTED)
        screen = Screen()
        return [
            Pair(
                row["name1"],
                row["name2"],
                row["is_match"] == "true",
                float(_hits(screen, row["name1"], row["name2"])),
                half_of(row["name2"]),
            )
            for row in rows
        ]


def _hits(screen: Screen, asked: str, listed: str) -> bool:
    """Whether a hit of a name shows a party of the imported list that is called so."""
    try:
        hits = screen.hits(asked, top=MOST_SHOWN)
    except ValueError:
        return False
    entries = (entry for hit in hits for entry in hit.entries if entry.list == IMPORTED)
    return any(listed == name.text for entry in entries for name in entry.names)


def aliases() -> list[Pair]:
    """The pairs of aliases and of near names, each with its score, its half and its class."""
    lists = built_in()
    return [
        Pair(
            asked,
            listed,
            same == "1",
            score(lists, asked, listed, BY_ALIAS.get(party, 0)),
            half_of(listed),
            f"{kind}, {party}",
        )
        for kind, party, asked, listed, same in table(ALIASES)
    ]


def score(lists: Lists, asked: str, listed: str, party: int) -> float:
    """The score of a name against a listed one, as if that were the only one on the lists."""
    try:
        forms = [form for form, _ in lists.forms(asked)]
        stored = [
            form
            for _, form in forms_of(Name(listed, MAIN, OFFICIAL, ""), party, lists.tables)
            if form
        ]
    except ValueError:
        return 0.0
    return max(
        (lists.compared(one, None, other, party)[0] for one in forms for other in stored),
        default=0.0,
    )


def by_peer(path: Path) -> list[float]:
    """The scores of logic-v2, in its environment, which is made where it is missing."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        venv.create(ENVIRONMENT, with_pip=True)
        wanted = str(PEERS / "screening-pairs.txt")
        install = [str(python), "-m", "pip", "install", "--quiet", "--requirement", wanted]
        subprocess.run(install, check=True)
    command = [str(python), str(PEERS / "screening_pairs_peer.py"), str(path)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found: list[float] = json.loads(ran.stdout)
    return found


def balance(pairs: Sequence[Pair], threshold: float) -> str:
    """F1, precision and recall at a threshold, as a line."""
    alerts = [pair for pair in pairs if pair.score >= threshold]
    right, same = sum(pair.same for pair in alerts), sum(pair.same for pair in pairs)
    return (
        f"F1 {2 * right / max(len(alerts) + same, 1):.3f} "
        f"(precision {right / max(len(alerts), 1):.3f}, recall {right / max(same, 1):.3f}; "
        f"{same} same, {len(pairs) - same} different)"
    )


def print_public(path: Path, peer: bool, wrong: str | None) -> None:
    """Print what a public set says of both halves, and of the peer."""
    pairs = public(path)
    measured = [("ours", pairs, THRESHOLD), ("imported", imported(path), THRESHOLD)]
    if peer:
        scored = zip(pairs, by_peer(path), strict=True)
        theirs = [pair._replace(score=each) for pair, each in scored]
        measured.append(("logic-v2", theirs, PEERS_THRESHOLD))
    for who, some, threshold in measured:
        for half in ("tune", "held", "all"):
            chosen = [pair for pair in some if half in ("all", pair.half)]
            print(f"{who:<8}  {half:<4}  {balance(chosen, threshold)}")
    print_wrong(pairs, wrong)


def print_aliases(wrong: str | None) -> None:
    """Print what the pairs of aliases say: both halves, then each class."""
    pairs = aliases()
    for half in ("tune", "held", "all"):
        chosen = [pair for pair in pairs if half in ("all", pair.half)]
        print(f"{half:<4}  {balance(chosen, THRESHOLD)}")
    for kind in sorted({pair.kind for pair in pairs}):
        print(f"{kind:<20}  {balance([pair for pair in pairs if pair.kind == kind], THRESHOLD)}")
    print_wrong(pairs, wrong)


def print_wrong(pairs: Sequence[Pair], wrong: str | None) -> None:
    """Print the pairs of a half that are told wrongly; none without a half."""
    for pair in pairs:
        if pair.half == wrong and pair.same != (pair.score >= THRESHOLD):
            print(
                f"{'missed' if pair.same else 'alert'} {pair.score:.3f} {pair.one} | {pair.other}"
            )


def main() -> int:
    """Print both halves, whole and by script."""
    reads = argparse.ArgumentParser(prog="python -m benchmarks.screening_pairs")
    reads.add_argument("--cases", type=Path, help="the public set's cases.csv")
    reads.add_argument("--peer", action="store_true", help="score it by logic-v2, too")
    reads.add_argument("--wrong", choices=("tune", "held"), help="print what is wrong in a half")
    reads.add_argument("--aliases", action="store_true", help="measure pairs of aliases instead")
    given = reads.parse_args()
    if given.aliases:
        print_aliases(given.wrong)
        return 0
    if given.cases:
        print_public(given.cases, given.peer, given.wrong)
        return 0
    for half in ("tune", "held"):
        pairs = labelled(half)
        for what in ("all", *sorted({script(pair) for pair in pairs})):
            some = [pair for pair in pairs if what in ("all", script(pair))]
            precision, recall, alerts = shares(some)
            same = sum(pair.same for pair in some)
            print(
                f"{half}  {what:<20} {same:>3} same, {len(some) - same:>3} different: "
                f"precision {precision:.3f}, recall {recall:.3f}, alerts on different {alerts:.3f}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
