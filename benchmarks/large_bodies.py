"""A client that posts the largest questions that a server takes, one after the other.

``python -m benchmarks.large_bodies PORT SECONDS`` posts in turn a table, names to screen and a
chain of owners, each as large as the limits allow and as slow as could be thought of.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import time
from collections.abc import Iterator

from detente.api.limits import Limits

SEED = 5
WORDS = ("north", "star", "delta", "global", "trading", "power", "machine", "ocean", "tech")
CSV, JSON = "text/csv", "application/json"


def bodies(limits: Limits) -> Iterator[tuple[str, str, bytes]]:
    """Path, type and body of each question."""
    draw = random.Random(SEED)
    size = limits.body // limits.rows
    rows = ["code,origin,on,value,filler"]
    for _ in range(limits.rows - 1):
        row = f"{draw.randrange(10**9, 10**10)},CN,2025-11-12,{draw.randrange(10**6)},"
        rows.append(row.ljust(size - 1, "x"))
    yield "/v1/batch", CSV, "\n".join(rows).encode()[: limits.body]
    names = [" ".join(draw.choices(WORDS, k=limits.name))[: limits.name] for _ in range(1_000)]
    yield "/v1/screen", JSON, json.dumps({"names": names[: limits.names]}).encode()
    chain = [
        {"owner": f"a{number}", "owned": f"a{number + 1}", "share": "60"}
        for number in range(limits.holdings - 1)
    ]
    seeds = [{"id": "a0", "list": "EL"}]
    yield "/v1/owners", JSON, json.dumps({"holdings": chain, "seeds": seeds}).encode()


def main(port: int, seconds: float) -> None:
    """Post them in turn until the time is up."""
    asked, until = list(bodies(Limits())), time.monotonic() + seconds
    while time.monotonic() < until:
        for path, kind, body in asked:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                connection.request("POST", path, body, {"Content-Type": kind})
                connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                pass  # the server may end, or refuse before it has read all
            finally:
                connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
