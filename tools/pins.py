"""What every face shows today, as hashes: a change of the house that must change nothing is held.

`python tools/pins.py write FILE` records them, `python tools/pins.py check FILE` prints each one
that has changed and leaves with 1; `--texts FOLDER` keeps the texts behind the hashes, so that two
states of the house can be compared line by line.

Pinned are the help of every command, the OpenAPI document, command lines with what they print and
how they leave, bytes of batches and series with and without a scenario, pages, and the modules that
a cold answer loads. Every question states its day, so a pin does not age.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from pathlib import Path

from detente.cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
WIDTH = "100"
Pin = tuple[str, str]

GOODS = (
    ("8507.60.00.10", "CN"),
    ("9403.60.80.40", "VN"),
    ("7208.10.15.00", "JP"),
    ("8703.23.01.60", "DE"),
    ("3004.90.92.18", "IN"),
    ("8471.30.01.00", "MX"),
    ("2204.21.50.40", "FR"),
    ("9503.00.00.73", "HK"),
)
DAYS = ("2018-10-01", "2020-06-01", "2025-04-10", "2025-11-12", "2026-03-02", "2026-10-09")
ITEMS = ("gallium", "1C905", "3A090", "3B001.c", "graphite", "h20", "dysprosium-magnet", "5A002")
NAMES = ("Huawei Technologies", "SMIC Beijing", "华为技术有限公司", "Hikvision", "Acme Toys Ltd")
PAGES = ("/", "/measures", "/timeline", "/truce", "/screen", "/owners", "/compare", "/supply",
         "/not-modelled", "/docs", "/v1/", "/assess")  # fmt: skip


def command_lines() -> Iterator[list[str]]:
    """Command lines of every command, about forty each where there is so much to ask."""
    for (code, origin), day in product(GOODS, DAYS):
        yield ["duty", code, "--origin", origin, "--on", day, "--value", "10000", "--json"]
    for (code, origin), day in product(GOODS[:4], DAYS[2:5]):
        yield ["duty", code, "--origin", origin, "--on", day, "--why"]
        yield ["assess", "--code", code, "--origin", origin, "--to", "US", "--value", "9000",
               "--on", day, "--party", "Huawei Technologies:maker:CN", "--json"]  # fmt: skip
    for code, day in product(("1201.90.00", "2711.12.00", "8703.23"), DAYS[2:]):
        yield ["duty", code, "--origin", "US", "--to", "CN", "--base", "3%", "--on", day, "--json"]
    for item, day, (start, to) in product(ITEMS, DAYS[3:], (("CN", "US"), ("US", "CN"))):
        yield ["licence", "--from", start, "--to", to, "--item", item, "--on", day, "--json"]
        yield ["licence", "--from", start, "--to", to, "--item", item, "--on", day]
    for name, day in product(NAMES, ("2026-08-01", "2025-11-12")):
        yield ["screen", name, "--on", day, "--json"]
        yield ["screen", name, "--on", day]
    for day in (*DAYS, "2026-11-12", "2027-01-11"):
        for command in ("status", "truce", "claims", "upcoming"):
            yield [command, "--on", day, "--json"]
            yield [command, "--on", day]
        yield ["measure", "us-301-technology", "--on", day, "--json"]
        yield ["measure", "cn-mofcom-2025-61", "--on", day]
        yield ["goods", "8507.60.00.10", "--on", day]
    for first, last in (("2025-11-09", "2025-11-10"), ("2026-02-23", "2026-02-25")):
        yield ["diff", "--from", first, "--to-date", last, "--json"]
        yield ["timeline", "--from", first, "--to-date", last, "--json"]
    for words in ("lithium-ion batteries", "toys", "8507", "锂"):
        yield ["search", words, "--on", "2026-03-02"]
    for mineral in ("dysprosium", "gallium", "rare-earths", "graphite"):
        yield ["supply", mineral, "--on", "2026-03-02", "--json"]
    for name in ("threat-100", "truce-lapses", "decoupling", "back-to-2017"):
        for code, origin in GOODS[:3]:
            yield ["compare", "law", name, "--code", code, "--origin", origin, "--on",
                   "2026-11-12", "--json"]  # fmt: skip
    for path in sorted((ROOT / "examples/shipments").glob("*.json")):
        yield ["assess", str(path.relative_to(ROOT)), "--on", "2026-08-01", "--json"]
    yield ["owners", "examples/owners/holdings.csv", "--seeds", "examples/owners/seeds.csv",
           "--on", "2025-10-15", "--json"]  # fmt: skip
    yield ["audit", "examples/audit.csv"]
    yield ["coverage"]
    yield ["scenario", "list"]
    yield ["lists"]


def series_lines() -> Iterator[list[str]]:
    """Averages over years, of both directions, with and without a scenario."""
    span = ["--from", "2018-01-01", "--to-date", "2026-11-10", "--json"]
    for origin in ("CN", "VN", "MX"):
        yield ["average", "--origin", origin, *span]
        yield ["average", "--origin", origin, *span, "--scenario", "threat-100"]
    yield ["average", "--origin", "US", "--to", "CN", *span]


def printed(words: list[str]) -> str:
    """What a command prints, and how it leaves."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(words)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    return f"exit {code}\n{out.getvalue()}\n--- err\n{err.getvalue()}"


def entries() -> str:
    """A table of entries over all goods, days and some facts."""
    rows = ["code,origin,on,value,fact.usmca,fact.steel_value"]
    facts = ((), ("true", ""), ("", "25%"))
    for (code, origin), day, given in product(GOODS, DAYS, facts):
        rows.append(",".join((code, origin, day, "12345.67", *(given or ("", "")))))
    return "\n".join(rows) + "\n"


def batches() -> Iterator[Pin]:
    """The bytes of a batch, with and without a scenario."""
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "in.csv", Path(name) / "out.csv"
        source.write_text(entries(), encoding="utf-8")
        for extra in ([], ["--scenario", "threat-100"]):
            printed(["batch", str(source), "-o", str(target), *extra])
            yield f"batch {' '.join(extra)}".strip(), target.read_text(encoding="utf-8")
        names = Path(name) / "names.csv"
        names.write_text("name\n" + "\n".join(NAMES) + "\n", encoding="utf-8")
        printed(["screen", "--file", str(names), "-o", str(target), "--on", "2026-08-01"])
        yield "screen --file", target.read_text(encoding="utf-8")


def served() -> Iterator[Pin]:
    """The OpenAPI document and the pages."""
    sys.path.insert(0, str(ROOT))
    from tests.served import client_of, make_service

    with client_of(make_service()) as client:
        document = client.get("/v1/openapi.json").json()
        yield "openapi", json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
        for path in PAGES:
            yield f"page {path}", client.get(path).text


def cold_modules() -> Pin:
    """The modules of the package, and the others, that one cold answer loads."""
    program = (
        "import sys\nfrom detente.cli.main import main\n"
        "main(['duty', '8507.60.00.10', '--origin', 'CN', '--on', '2025-11-12'])\n"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    return "cold modules", run.stderr


def all_pins() -> Iterator[Pin]:
    """Every pin: its name, and the text that is pinned."""
    yield "help", printed(["--help"])
    for command in COMMANDS:
        yield f"help {command}", printed([command, "--help"])
    for words in (*command_lines(), *series_lines()):
        yield f"line {' '.join(words)}", printed(words)
    yield from batches()
    yield from served()
    yield cold_modules()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]


def _keep(folder: Path, name: str, text: str) -> None:
    plain = "".join(mark if mark.isalnum() or mark in "-._" else "_" for mark in name)
    (folder / f"{plain[:100]}-{_digest(name)[:6]}.txt").write_text(text, encoding="utf-8")


def run(arguments: list[str]) -> int:
    """Record the pins or hold today's against those of a file; returns the exit code."""
    os.environ["COLUMNS"] = WIDTH
    os.environ["DETENTE_HOME"] = tempfile.mkdtemp()
    os.chdir(ROOT)
    texts = Path(arguments[arguments.index("--texts") + 1]) if "--texts" in arguments else None
    if texts is not None:
        texts.mkdir(parents=True, exist_ok=True)
    found: dict[str, str] = {}
    for name, text in all_pins():
        found[name] = _digest(text)
        if texts is not None:
            _keep(texts, name, text)
    verb, path = arguments[0], Path(arguments[1])
    if verb == "write":
        path.write_text("".join(f"{digest}\t{name}\n" for name, digest in found.items()))
        print(f"{len(found)} pins written")
        return 0
    rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines())
    before = {name: digest for digest, name in rows}
    changed = [name for name in {**before, **found} if before.get(name) != found.get(name)]
    print("\n".join(changed))
    print(f"{len(changed)} of {len(found)} pins changed")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
