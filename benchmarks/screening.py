"""Many names against the whole Consolidated Screening List, beside the peers.

    python -m benchmarks.screening

prints the rows of the table with recall by kind of change. The list is the download in the folder
that DETENTE_REFERENCE names; without it there is nothing to measure against.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import NOT_MEASURED
from benchmarks.screening_names import CHANGES, Asked, asked, plain
from detente.parties.lists.model import KNOWN

HERE = Path(__file__).resolve().parent
ENVIRONMENT, PEERS = HERE / ".venv-screening", HERE / "peers"
LIST = Path("parties/consolidated-screening-list-2026-07-31.json")
COUNT, TOP, STRANGERS = 20_000, 20, 5_000
GOAL = "20,000 names/s on two cores, recall@20 0.998"


class Listed(NamedTuple):
    """The names of the list, and whose each is."""

    names: list[str]
    entries: list[int]


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Rows of what, goal, measured, and the peers beside it."""
    reference = os.environ.get("DETENTE_REFERENCE")
    if not reference or not (Path(reference) / LIST).is_file():
        yield ("screening many names", GOAL, f"{NOT_MEASURED} the list is not here", "")
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DETENTE_HOME"] = folder
        try:
            yield from _rows(Path(reference) / LIST, Path(folder))
        finally:
            del os.environ["DETENTE_HOME"]


def _rows(path: Path, folder: Path) -> Iterator[tuple[str, str, str, str]]:
    from detente.parties.screening.crowd import screen_all
    from detente.parties.screening.importing import import_list
    from detente.parties.screening.queries import NameQuery as Question
    from detente.parties.screening.store import Screen

    import_list(str(path))
    screen = Screen()
    screen.lists = screen.lists[1:]
    listed = _listed(screen)
    questions = asked(listed.names, COUNT)
    top, hits = _recall(screen, listed, questions)  # compiles, too
    peers = _peers(folder, listed, questions)
    ask = [Question(each.text) for each in questions]
    started = time.perf_counter()
    found = list(screen_all(screen, ask, 1, _any))
    rate = COUNT / (time.perf_counter() - started)
    beside = "; ".join(
        f"{peer}: {each:,.0f}/s, recall@20 {recall:.4f} ({count:,} names)"
        for peer, (each, recall, count) in peers.items()
    )
    yield (
        f"screening {COUNT:,} perturbed names against {len(listed.names):,}, best hit explained; "
        "kept index read and processes split off included, compiled loops loaded before",
        GOAL,
        f"{rate:,.0f} names/s, recall@20 {sum(top.values()) / COUNT:.4f}; "
        f"a hit by default {sum(hits.values()) / COUNT:.4f}, {sum(found) / COUNT:.4f} any hit",
        beside,
    )
    seconds = _from_the_shell(folder, questions)
    yield (
        "the same as a file by the command, built-in lists too, from the shell to the last row",
        "stated",
        f"{COUNT / seconds:,.0f} names/s",
        "",
    )
    each = {kind: COUNT / len(CHANGES) for kind in CHANGES}
    yield (
        "the same by kind of change: recall@20, share that is a hit by default",
        "",
        "; ".join(f"{kind} {top[kind] / n:.4f}, {hits[kind] / n:.3f}" for kind, n in each.items()),
        "",
    )
    strangers = swapped(listed.names, STRANGERS)
    alerts = sum(screen_all(screen, [Question(name) for name in strangers], 1, _any))
    yield (
        f"alerts on {STRANGERS:,} names nobody lists: a listed name with the rare word of another",
        "stated",
        f"{alerts / STRANGERS:.3f}",
        "",
    )


def _from_the_shell(folder: Path, questions: Sequence[Asked]) -> float:
    """Seconds of the command for a file of names, the best of three; the first run compiles."""
    with (folder / "asked.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([each.text] for each in questions)])
    asked, described = str(folder / "asked.csv"), str(folder / "told.csv")
    command = [sys.executable, "-m", "detente.cli.main", "screen", "--file", asked, "-o", described]
    took = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - started)
    return min(took)


def _any(hits: object) -> bool:
    return bool(hits) and not isinstance(hits, str)


def _listed(screen: object) -> Listed:
    """Every name that the list prints."""
    names, entries = [], []
    for number, body in screen.lists[0].bodies():  # type: ignore[attr-defined]
        for name in body.names:
            if name.kind != KNOWN:
                names.append(name.text)
                entries.append(number)
    return Listed(names, entries)


def _recall(
    screen: object, listed: Listed, questions: Sequence[Asked]
) -> tuple[Counter[str], Counter[str]]:
    """By kind: how often the entry meant is among the first twenty, and how often a hit."""
    from detente.parties.screening.hits import THRESHOLD
    from detente.parties.screening.many import ManyNames

    lists = screen.lists[0]  # type: ignore[attr-defined]
    many = ManyNames(lists)
    forms, owners = [], []
    for at, question in enumerate(questions):
        try:
            asked = lists.forms(question.text)
        except ValueError:
            continue  # of which the change left a legal form alone
        for form, _ in asked:
            forms.append(form)
            owners.append(at)
    best: list[dict[int, float]] = [{} for _ in questions]
    for at, entry, score in many.ranked(forms):
        found = best[owners[at]]
        found[entry] = max(score, found.get(entry, 0.0))
    top: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for question, found in zip(questions, best, strict=True):
        meant = listed.entries[question.listed]
        first = sorted(found, key=lambda entry: -found[entry])[:TOP]
        top[question.kind] += meant in first
        hits[question.kind] += found.get(meant, 0.0) >= THRESHOLD
    return top, hits


def swapped(names: Sequence[str], count: int, seed: int = 11) -> list[str]:
    """Names nobody lists: the rarest word of one, in the place of the rarest word of another."""
    draw = random.Random(seed)
    held = Counter(word for name in names for word in set(map(plain, name.split())))
    known = {plain(name) for name in names}
    found: list[str] = []
    while len(found) < count:
        one, other = (draw.choice(names).split() for _ in range(2))
        if min(len(one), len(other)) < 3:
            continue
        place = min(range(len(one)), key=lambda at: held[plain(one[at])])
        one[place] = min(other, key=lambda word: held[plain(word)])
        name = " ".join(one)
        if plain(name) not in known and plain(one[place]):
            found.append(name)
    return found


def _peers(
    folder: Path, listed: Listed, questions: Sequence[Asked]
) -> dict[str, tuple[float, float, int]]:
    """Run the peers in their environment, which is made where it is missing."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        venv.create(ENVIRONMENT, with_pip=True)
        wanted = str(PEERS / "screening.txt")
        install = [str(python), "-m", "pip", "install", "--quiet", "--requirement", wanted]
        subprocess.run(install, check=True)
    file = folder / "asked.json"
    pairs = [(each.text, listed.entries[each.listed]) for each in questions]
    file.write_text(json.dumps({**listed._asdict(), "asked": pairs}), encoding="utf-8")
    command = [str(python), str(PEERS / "screening_peers.py"), str(file)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, tuple[float, float, int]] = json.loads(ran.stdout)
    return found


if __name__ == "__main__":
    for row in rows():
        print("\n".join(row))
    sys.exit(0)
