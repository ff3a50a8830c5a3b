"""A recording server that is killed again and again: what was confirmed must be in the ledger."""

from __future__ import annotations

import http.client
import json
import threading
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from tools.soak.load import Request, ask
from tools.soak.nursery import Nursery
from tools.soak.serving import Served, served

CLIENTS = 3


class Killed(NamedTuple):
    """What a number of kills did.

    Attributes:
        kills: how many.
        confirmed: answers that arrived whole.
        recorded: entries of the ledger at the end.
        lost: confirmed answers that are not among them.
        faults: of the chain.
    """

    kills: int
    confirmed: int
    recorded: int
    lost: int
    faults: int


def _client(server: Served, values: list[str], first: int) -> None:
    """Ask for one amount after the other until the server is gone; note each confirmed one."""
    number = first
    while True:
        value = f"{number}.25"
        path = f"/v1/duty?code=8507.60.00.10&origin=CN&on=2025-11-12&value={value}"
        if number % 7 == 0:  # one that a process of its own answers and records
            body = {"code": "8507.60.00.10", "origin": "CN", "on": "2025-11-12", "value": value}
            request = Request("/v1/assess", json.dumps({**body, "destination": "US"}).encode())
        else:
            request = Request(path)
        try:
            status, described = ask(server.port, request, 30)
            json.loads(described)
        except (OSError, http.client.HTTPException, ValueError):
            return
        if status == 200:
            values.append(value)
        number += CLIENTS


def _ask_until_killed(server: Served, confirmed: list[str], first: int, seconds: float) -> None:
    threads = [
        threading.Thread(target=_client, args=(server, confirmed, first + n))
        for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    server.process.kill()
    for thread in threads:
        thread.join()


def kill(home: Path, kills: int, seed: int) -> Killed:
    """Start a recording server, ask it, kill it at a moment by lot; as often as is said."""
    from detente.store.ledger import Ledger

    random, confirmed, first = Random(seed), list[str](), 1
    nursery = Nursery()
    try:
        for _ in range(kills):
            before = len(confirmed)
            with served(home, "--record", nursery=nursery) as server:
                _ask_until_killed(server, confirmed, first, random.uniform(0.05, 0.6))
            first += (len(confirmed) - before + 10) * CLIENTS
    finally:
        nursery.close()
    with Ledger(str(home / "ledger.sqlite")) as ledger:
        entries = list(ledger.entries())
        faults = ledger.verify().faults
    held = {json.loads(each.question)["value"] for each in entries}
    lost = [value for value in confirmed if value not in held]
    return Killed(kills, len(confirmed), len(entries), len(lost), len(faults))
