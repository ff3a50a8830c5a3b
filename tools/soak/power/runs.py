"""Runs whose power goes: a recording server, and lists that are brought up to date."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools.soak.power.replay import build, crashes, mark

ASK = "/v1/duty?code=8507.60.00.10&origin=CN&on=2025-11-12&value={}"


class Loss(NamedTuple):
    """What a number of power losses did.

    Attributes:
        losses: moments tried.
        confirmed: records that had been confirmed before one of them, added up.
        lost: what was confirmed and is gone, or cannot be read, in words.
    """

    losses: int
    confirmed: int
    lost: list[str]


def recording(library: Path, root: Path, log: Path) -> dict[str, str]:
    """The environment of a program that is recorded."""
    return {
        **os.environ,
        "DETENTE_HOME": str(root),
        "POWER_ROOT": str(root),
        "POWER_LOG": str(log),
        "LD_PRELOAD": str(library),
    }


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[str]:
    words = [sys.executable, "-m", "detente.cli.main", "serve", "--port", "0", "--record"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        try:
            yield process.stderr.readline().split()[2].rstrip("/")
        finally:
            process.kill()


def recording_server(folder: Path, answers: int, losses: int, seed: int) -> Loss:
    """A server that records answers and loses its power, at moments by lot."""
    root, log = folder / "home", folder / "log"
    root.mkdir()
    with _server(recording(build(folder), root, log)) as address:
        for number in range(1, answers + 1):
            path = ASK.format(number)
            with urllib.request.urlopen(f"{address}{path}", timeout=120) as response:
                response.read()
            mark(log, str(number))
    found = Loss(losses, 0, [])
    for confirmed in crashes(log, root, folder / "after", losses, seed):
        found = found._replace(confirmed=found.confirmed + len(confirmed))
        found.lost.extend(_lost_of_ledger(folder / "after" / "ledger.sqlite", confirmed))
    return found


def _lost_of_ledger(path: Path, confirmed: list[str]) -> Iterator[str]:
    """What of a ledger is gone or broken after a loss; it must also take a further entry."""
    from detente.store.ledger import Ledger

    try:
        with Ledger(str(path), create=True) as ledger:
            faults = ledger.verify().faults
            held = {str(float(json.loads(each.question)["value"])) for each in ledger.entries()}
            if faults:
                yield f"the chain does not hold: {faults[0].what}"
            for each in confirmed:
                if str(float(each)) not in held:
                    yield f"answer {each} was confirmed, and is gone"
            ledger.append(
                "duty", {"after": True}, {}, register="", version="", clock=lambda: "9999-01-01"
            )
    except ValueError as error:
        yield f"the ledger cannot be used: {error}"


def updated_lists(folder: Path, days: int, losses: int, seed: int) -> Loss:
    """Lists that are imported day by day, with a loss of power at moments by lot."""
    root, log = folder / "home", folder / "log"
    root.mkdir()
    environment = recording(build(folder), root, log)
    for day in range(1, days + 1):
        file = folder / f"watch-{day:02}.csv"
        rows = "".join(f"w{n},Invented Company {n} Ltd,CN\n" for n in range(day, day + 40))
        file.write_text(f"id,name,country\n{rows}")
        words = [sys.executable, "-m", "detente.cli.main", "lists", "import", str(file)]
        words += ["--name", "MY-WATCH", "--as-of", f"2026-01-{day:02}"]
        subprocess.run(words, env=environment, check=True, capture_output=True)
        mark(log, f"2026-01-{day:02}")
    found = Loss(losses, 0, [])
    for confirmed in crashes(log, root, folder / "after", losses, seed):
        found = found._replace(confirmed=found.confirmed + len(confirmed))
        found.lost.extend(_lost_of_lists(folder / "after", confirmed))
    return found


def _lost_of_lists(home: Path, confirmed: list[str]) -> Iterator[str]:
    """What of the user's lists is gone or broken after a loss."""
    import sqlite3

    from detente.parties.screening.store import listed, open_user

    before = os.environ.get("DETENTE_HOME")
    os.environ["DETENTE_HOME"] = str(home)
    try:
        open_user().close()
        versions = {day for each in listed() if each.list == "MY-WATCH" for day in each.versions}
        for day in confirmed:
            if day not in versions:
                yield f"the list of {day} was confirmed, and is gone"
    except (ValueError, sqlite3.Error) as error:
        yield f"the lists cannot be used: {error}"
    finally:
        os.environ.pop("DETENTE_HOME")
        if before is not None:
            os.environ["DETENTE_HOME"] = before
