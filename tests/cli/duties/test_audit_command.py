"""``detente audit``: a table in; findings, a page and JSON out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.small_register import write_register

# The small register: 3.4 percent ordinary duty, 10 percent on batteries of China.
ROWS = """\
id,code,origin,on,value,heading,declared_rate,declared_amount,remark
a,8507.60.00.10,CN,2025-05-01,1000,8507.60.00.10,3.4%,34.00,right
a,8507.60.00.10,CN,2025-05-01,1000,9903.99.01,10%,100.00,right
b,8507.60.00.10,CN,2025-05-01,1000,8507.60.00.10,3.4%,34.00,layer left out
c,nothing,CN,2025-05-01,1000,,10%,100.00,no code
d,8507.60.00.10,CN,2025-05-01,1000,,13.4%,143.00,digits transposed
"""


class Desk:
    """A folder with a register and a table, and the command over them."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder = folder
        self.run_it = run
        self.register = str(write_register(folder))
        self.source = folder / "in.csv"

    def run(self, content: str | bytes = ROWS, *more: str) -> Ran:
        self.source.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.run_it("audit", str(self.source), "--register", self.register, *more)

    def answer(self, content: str | bytes = ROWS, *more: str) -> dict:
        ran = self.run(content, "--json", *more)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)


@pytest.fixture
def service(tmp_path: Path, run: Run) -> Desk:
    return Desk(tmp_path, run)


def test_entries_are_judged_with_their_reasons(service: Desk) -> None:
    answer = service.answer()
    assert [(row["id"], row["status"]) for row in answer["rows"]] == [
        ("a", "agrees"),
        ("b", "under"),
        ("c", "unresolved"),
        ("d", "over"),
    ]
    reasons = [row["reasons"] for row in answer["rows"]]
    # What b declares would be right for Hong Kong, which a set of places joins with China.
    assert reasons == [[], ["missing_layer", "other_origin"], [], ["arithmetic"]]
    totals = answer["totals"]
    # Declared 134 + 34 + 143; owed three times 134; b lacks 100, d has 9 too much.
    assert (totals["declared"], totals["owed"]) == ("311.00", "402.00")
    assert (totals["over"], totals["under"]) == ("9.00", "100.00")
    assert totals["unresolved_declared"] == "100.00"


def test_a_person_reads_totals_reasons_and_entries(service: Desk) -> None:
    out = service.run().out
    assert out.startswith("4 entries: 1 agrees, 1 over, 1 under, 1 unresolved\n")
    assert "b  under by 100.00: 9903.99.01 at 10% is not declared" in out
    assert "c  unresolved: 'nothing' is not a tariff code" in out
    assert "Declared amounts of 100.00 stand on entries that are not resolved" in out
    assert "not legal advice" in out


def test_the_table_keeps_its_rows_and_adds_what_was_not_declared(service: Desk) -> None:
    target = service.folder / "out.csv"
    assert service.run(ROWS, "-o", str(target)).code == 0
    with open(target, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    declared = [row for row in rows if row["filed"] == "declared"]
    assert [row["remark"] for row in declared] == [
        line.rsplit(",", 1)[1] for line in ROWS.splitlines()[1:]
    ]
    (added,) = [row for row in rows if row["filed"] == "not declared"]
    assert (added["id"], added["heading"], added["owed_amount"]) == ("b", "9903.99.01", "100.00")
    assert rows.index(added) == 3
    assert rows[-1]["difference"] == "9.00"


def test_a_heading_on_two_rows_has_its_figures_once(service: Desk) -> None:
    head, line = ROWS.splitlines()[0], ROWS.splitlines()[2]
    target = service.folder / "out.csv"
    assert service.run("\n".join((head, line, line)) + "\n", "-o", str(target)).code == 0
    with open(target, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # Twice 100 declared and 100 owed; the ordinary 34 is not declared.
    assert [row["owed_amount"] for row in rows] == ["100.00", "", "34.00"]
    assert [row["difference"] for row in rows] == ["100.00", "", "-34.00"]
    assert all("stands on 2 rows" in row["why"] for row in rows[:2])


def test_a_total_on_two_rows_has_its_figures_once(service: Desk) -> None:
    head = ROWS.splitlines()[0]
    line = "e,8507.60.00.10,CN,2025-05-01,1000,,13.4%,134.00,twice"
    target = service.folder / "out.csv"
    assert service.run("\n".join((head, line, line)) + "\n", "-o", str(target)).code == 0
    with open(target, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["owed_amount"] for row in rows] == ["134.00", ""]
    assert [row["difference"] for row in rows] == ["134.00", ""]


def test_what_a_total_lacks_is_listed_without_amounts_of_its_own(service: Desk) -> None:
    head = ROWS.splitlines()[0]
    line = "f,8507.60.00.10,CN,2025-05-01,1000,9903.99.02;8507.60.00.10,,134.00,heading left out"
    target = service.folder / "out.csv"
    ran = service.run(f"{head}\n{line}\n", "-o", str(target))
    assert ran.code == 0
    assert "\n  f  agrees: " in ran.out  # and not "agrees by 0.00"
    with open(target, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["filed"] for row in rows] == ["declared", "not declared"]
    assert [row["owed_amount"] for row in rows] == ["134.00", ""]


def test_json_and_pages_are_written_side_by_side(service: Desk) -> None:
    names = [service.folder / name for name in ("out.json", "out.md", "page.md")]
    words = ("-o", str(names[0]), "-o", str(names[1]), "--summary", str(names[2]))
    assert service.run(ROWS, *words).code == 0
    answer = json.loads(names[0].read_text(encoding="utf-8"))
    assert names[1].read_text(encoding="utf-8") == names[2].read_text(encoding="utf-8")
    assert answer["register"]["sha256"] in names[1].read_text(encoding="utf-8")
    assert not list(service.folder.glob("*.part"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_table_with_a_mark_at_its_beginning_is_read(service: Desk, encoding: str) -> None:
    assert len(service.answer(ROWS.encode(encoding))["rows"]) == 4


def test_another_encoding_is_named(service: Desk) -> None:
    table = ROWS.replace("right", "richtig für China").encode("cp1252")
    ran = service.run(table)
    assert ran.code == 2
    assert "line 2: this is not UTF-8; name the file's encoding with --encoding" in ran.err
    assert len(service.answer(table, "--encoding", "cp1252")["rows"]) == 4


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(service: Desk, delimiter: str) -> None:
    assert len(service.answer(ROWS.replace(",", delimiter))["rows"]) == 4


def test_bare_rates_are_fractions_unless_said_otherwise(service: Desk) -> None:
    table = "code,origin,on,value,declared_rate\n8507.60.00.10,CN,2025-05-01,1000,13.4\n"
    assert "--percent" in service.answer(table)["rows"][0]["why"]
    assert service.answer(table, "--percent")["rows"][0]["status"] == "agrees"


def test_a_fact_may_hold_for_every_entry(service: Desk) -> None:
    assert service.answer(ROWS, "--facts", "auto_part=true")["rows"][0]["status"] == "agrees"
    for wrong, stated in (("auto_part=perhaps", "true or false"), ("part=true", "unknown fact")):
        ran = service.run(ROWS, "--facts", wrong)
        assert (ran.code, stated in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("content", "words", "message"),
    [
        ("code,origin\n", (), "the column on is missing"),
        ("what\n", (), "the columns code, origin and on are missing"),
        ("", (), "it is empty; the first line of a table names its columns"),
        ("code,code,origin,on,declared_rate\n", (), "stands twice"),
        ("code,origin,on,declared_rate,status\n", (), "name of an output column"),
        ("code,origin,on,declared_rate\n1,2\n", (), "line 2: 2 cells under 4 columns"),
        (ROWS, ("-o", "out.xls"), "written as .csv, .tsv, .xlsx, .parquet, .json or .md"),
    ],
)
def test_what_cannot_be_audited_is_refused(
    service: Desk, content: str, words: tuple[str, ...], message: str
) -> None:
    ran = service.run(content, *words)
    assert ran.code == 2
    assert message in ran.err


def test_a_table_that_is_not_there_is_named(service: Desk) -> None:
    ran = service.run_it("audit", "nowhere.csv")
    assert ran.code == 2
    assert "there is no file nowhere.csv" in ran.err


@pytest.mark.parametrize("option", ["-o", "--summary"])
def test_the_table_itself_is_never_written_over(service: Desk, option: str) -> None:
    ran = service.run(ROWS, option, str(service.folder / ".." / service.folder.name / "in.csv"))
    assert ran.code == 2
    assert "is the file that is read: write to another file" in ran.err
    assert service.source.read_text(encoding="utf-8") == ROWS


def test_rows_without_an_id_are_warned_of(service: Desk) -> None:
    table = "\n".join(line.partition(",")[2] for line in ROWS.splitlines()[:3]) + "\n"
    out = service.run(table).out
    assert out.startswith("1 entry: 1 agrees")
    assert "Warning: 2 rows have no id and were read as 1 entry" in out


def test_a_table_of_a_header_alone_has_no_entries(service: Desk) -> None:
    answer = service.answer("code,origin,on,declared_rate\n")
    assert answer["rows"] == []
    assert answer["totals"]["declared"] == "0.00"


def test_the_register_is_named_alike_whatever_could_be_resolved(service: Desk) -> None:
    head, unresolved = ROWS.splitlines()[0], ROWS.splitlines()[4]
    full = service.answer()["register"]
    assert {"version", "sha256", "reviewed_through", "areas"} <= set(full)
    assert service.answer(f"{head}\n")["register"] == full
    assert service.answer(f"{head}\n{unresolved}\n")["register"] == full


def test_the_example_has_one_entry_of_each_outcome(run: Run) -> None:
    example = Path(__file__).parents[3] / "examples" / "audit.csv"
    ran = run("audit", str(example), "--json")
    assert ran.code == 0
    counts = json.loads(ran.out)["totals"]["rows"]
    assert all(counts.values())
