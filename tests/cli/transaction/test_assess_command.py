"""``detente assess`` and ``detente verify``, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SHIPMENT = {
    "code": "8507.60.00.10",
    "origin": "CN",
    "destination": "US",
    "on": "2025-11-12",
    "value": "10000",
    "facts": {"auto_part": "false"},
    "end_use": "civil",
}
OPTIONS = (
    "--code", "8507.60.00.10", "--origin", "CN", "--to", "US", "--on", "2025-11-12",
    "--value", "10000", "--fact", "auto_part=false", "--end-use", "civil",
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shipment.json"
    path.write_text(json.dumps(SHIPMENT), encoding="utf-8")
    return path


def test_the_keys_of_the_answer_are_those_of_the_contract(run: Run, file: Path) -> None:
    answer = json.loads(run("assess", str(file), "--json").out)
    assert {"duty", "parties", "licence", "verdict", "register", "sha256"} <= set(answer)
    assert {"stop", "resolve", "pay", "watch"} <= set(answer["verdict"])
    assert answer["duty"]["total"]["amount"] == "4840.00"


def test_file_standard_input_and_options_give_the_same_answer(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_file = run("assess", str(file), "--json").out
    monkeypatch.setattr(sys, "stdin", io.StringIO(file.read_text(encoding="utf-8")))
    assert run("assess", "-", "--json").out == from_file
    assert run("assess", *OPTIONS, "--json").out == from_file


def test_a_yaml_file_gives_the_same_answer(run: Run, file: Path, tmp_path: Path) -> None:
    yaml = tmp_path / "shipment.yaml"
    yaml.write_text(
        "code: 8507.60.00.10\norigin: CN\ndestination: US\non: 2025-11-12\nvalue: 10000\n"
        "facts: {auto_part: false}\nend_use: civil\n",
        encoding="utf-8",
    )
    answers = [json.loads(run("assess", str(each), "--json").out) for each in (file, yaml)]
    assert answers[0] == answers[1]


def test_the_text_leads_with_what_stops_and_says_what_is_paid(run: Run, file: Path) -> None:
    shown = run("assess", str(file)).out
    places = [shown.index(word) for word in ("Stops the goods", "Pay", "$4,840.00", "To watch")]
    assert places == sorted(places)
    assert shown.rstrip().endswith("not legal advice.")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "name a file with a shipment"),
        (("missing.json",), "missing.json"),
        (("--code", "8507.60.00.10", "--to", "US"), "does not say where the goods come from"),
        (("--origin", "CN", "--to", "US"), "neither goods nor item"),
        (("--code", "8507.60.00.10", "--origin", "CN", "--to", "CN"), "go there too"),
        (("--code", "8507.60.00.10", "--origin", "XQ"), "unknown country 'XQ'"),
        ((*OPTIONS, "--party", "A:friend"), "'friend' is not a role"),
        ((*OPTIONS, "--fact", "no_such_fact=1"), "no_such_fact"),
        ((*OPTIONS, "--memo", "memo.pdf"), "ends in .md or .html"),
        ((*OPTIONS, "-o", "out.csv"), "-o takes the rows of a table"),
    ],
)
def test_a_question_that_cannot_be_understood_exits_with_2_and_says_why(
    run: Run, words: tuple[str, ...], says: str
) -> None:
    ran = run("assess", *words)
    assert ran.code == 2
    assert says in ran.err
    assert ran.out == ""


def test_a_file_of_one_shipment_is_not_written_as_rows(run: Run, file: Path) -> None:
    ran = run("assess", str(file), "-o", "out.csv")
    assert (ran.code, ran.out) == (2, "")
    assert "-o takes the rows of a table: a single answer goes to --memo or --json" in ran.err
    assert not Path("out.csv").exists()


def test_a_file_and_options_that_both_describe_it_are_refused(run: Run, file: Path) -> None:
    ran = run("assess", str(file), "--value", "5")
    assert ran.code == 2
    assert "both describe the shipment" in ran.err


@pytest.mark.parametrize("end", ["md", "html"])
def test_a_memo_is_written_verified_and_found_in_the_ledger(
    run: Run, file: Path, tmp_path: Path, end: str
) -> None:
    memo = tmp_path / f"memo.{end}"
    ran = run("assess", str(file), "--memo", str(memo), "--record")
    assert f"Wrote {memo}, SHA-256 " in ran.err
    described = json.loads(run("verify", str(memo), "--json").out)
    assert described["outcome"] == "holds"
    assert described["holds"] is True
    assert described["signed_by"] is None
    assert "entry 1 of the ledger" in described["because"]
    assert described["ledger"] == 1
    memo.write_text(memo.read_text("utf-8").replace("4,840.00", "4,480.00"), encoding="utf-8")
    changed = run("verify", str(memo))
    assert changed.code == 4
    assert "THE TEXT WAS CHANGED" in changed.out


def test_a_memo_of_another_day_of_the_register_is_asked_again(
    run: Run, file: Path, tmp_path: Path
) -> None:
    memo, scenario = tmp_path / "memo.md", tmp_path / "scenario.yaml"
    run("assess", str(file), "--memo", str(memo))
    scenario.write_text(
        "name: dearer\nevents:\n  - {do: set_rate, measure: us-ieepa-reciprocal-china, "
        "provision: main, from: 2025-11-01, until: 2025-12-01, rate: '20%'}\n",
        encoding="utf-8",
    )
    ran = run("verify", str(memo), "--scenario", str(scenario))
    assert ran.code == 3
    assert "CANNOT TELL" in ran.out
    assert "The register at hand is another" in ran.out
    assert "to pay, then: $4,840.00" in ran.out
    assert "to pay, now: $5,840.00" in ran.out


def test_a_file_that_is_no_memo_is_refused(run: Run, file: Path) -> None:
    ran = run("verify", str(file))
    assert ran.code == 2
    assert "does not end with the line" in ran.err


TABLE = """id,code,origin,destination,on,value,fact.auto_part,end_use,party,party_role
a,8507.60.00.10,CN,US,2025-11-12,10000,false,civil,,
b,8507.60.00.10,XQ,US,2025-11-12,10000,,,,
c,8507.60.00.10,CN,US,2025-11-12,10000,false,,Huawei Technologies Co.,supplier
d,,CN,US,2025-11-12,10000,,,,
"""


def test_a_table_comes_out_row_for_row_with_its_status(run: Run, tmp_path: Path) -> None:
    table, out = tmp_path / "shipments.csv", tmp_path / "out.csv"
    table.write_text(TABLE, encoding="utf-8")
    ran = run("assess", str(table), "-o", str(out))
    assert ran.code == 0
    assert ran.err.startswith("4 rows: ")
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    assert [row["pay_amount"] for row in rows] == ["4840.00", "", "4840.00", ""]
    assert [row["status"] == "unresolved" for row in rows] == [False, True, False, True]
    assert "unknown country 'XQ'" in rows[1]["reason"]
    assert "neither goods nor item" in rows[3]["reason"]
    assert rows[2]["party_status"] == "listed"
    single = json.loads(run("assess", *OPTIONS, "--json").out)
    assert rows[0]["sha256"] == single["sha256"]
    assert rows[0]["headings"] == ";".join(single["duty"]["filing"])


def test_a_table_of_another_shape_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path
) -> None:
    table, out = tmp_path / "shipments.csv", tmp_path / "out.csv"
    table.write_text("code,origin\n1,CN\n", encoding="utf-8")
    ran = run("assess", str(table), "-o", str(out))
    assert ran.code == 2
    assert "or no destination" in ran.err
    assert not out.exists()


def test_strict_exits_with_3_where_something_is_to_be_resolved(run: Run, file: Path) -> None:
    assert run("assess", str(file)).code == 0
    given = {**SHIPMENT, "parties": [{"name": "Huawei Technologies Co.", "role": "supplier"}]}
    file.write_text(json.dumps(given), encoding="utf-8")
    assert run("assess", str(file), "--strict").code == 3


def test_an_assessment_from_the_shell_loads_no_heavy_library(file: Path) -> None:
    program = (
        "import sys\nfrom detente.cli.main import main\n"
        f"assert main(['assess', {str(file)!r}, '--json']) == 0\n"
        "print(*sys.modules, file=sys.stderr, sep='\\n')"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    loaded = {name.partition(".")[0] for name in ran.stderr.split()}
    assert "detente" in loaded
    assert not loaded & {"litestar", "msgspec", "numpy", "polars", "yaml"}
